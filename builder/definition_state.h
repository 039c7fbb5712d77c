#pragma once

#include <cstdint>
#include <string>

#include "base/diagnostic.h"

namespace builder {

enum class DefinitionState : std::uint8_t {
  good,
  /// It has an error of its own.
  failed,
  /// It has none, but needs one that cannot be built.
  blocked,
};

/// "good", "failed" or "blocked".
std::string_view to_text(DefinitionState state);

/// Which error a definition fails by: enough to find the diagnostic and to word a stub.
struct Failure {
  base::SourceRange range;
  std::string message;

  friend auto operator<=>(const Failure&, const Failure&) = default;
};

}  // namespace builder
