#pragma once

#include <functional>
#include <optional>
#include <string_view>
#include <vector>

#include "base/diagnostic.h"
#include "session/build_report.h"

namespace session {

/// The bytes of an input file as they were built, or nothing if the file cannot be shown (binary,
/// unreadable, changed since). The text stays alive while diagnostics are located.
using TextLookup = std::function<std::optional<std::string_view>(const base::SourcePath&)>;

/// Gives diagnostics their lines, columns and code frames. `diagnostics` are sorted.
std::vector<LocatedDiagnostic> locate_diagnostics(const std::vector<base::Diagnostic>& diagnostics,
                                                  const TextLookup& text_of);

}  // namespace session
