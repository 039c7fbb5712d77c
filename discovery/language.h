#pragma once

#include <optional>
#include <string_view>

#include "discovery/source_facts.h"

namespace discovery {

/// The language of a file by the extension of its `path`; nothing for a file that is no input.
/// Case counts, as it does for TypeScript: `a.TS` is no source file.
std::optional<Language> language_of(std::string_view path);

}  // namespace discovery
