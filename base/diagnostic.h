#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/source_path.h"
#include "base/span.h"

namespace base {

enum class Severity : std::uint8_t { error, warning };

std::string_view to_text(Severity severity);

/// A place in an input file, in bytes. Line and column are computed when it is shown.
struct SourceRange {
  SourcePath path;
  Span span;

  friend auto operator<=>(const SourceRange&, const SourceRange&) = default;
};

/// Another place that a diagnostic speaks of.
struct RelatedPlace {
  SourceRange range;
  /// What is there: "first defined here". Empty where the place speaks for itself.
  std::string message;

  friend auto operator<=>(const RelatedPlace&, const RelatedPlace&) = default;
};

/// A mistake in the user's code, or a thing that the user should know about an input file.
struct Diagnostic {
  /// The place; an empty path means the project as a whole.
  SourceRange range;
  Severity severity = Severity::error;
  /// Stable name to configure and to search for: "FieldsOnCorrectType", "UnresolvedInterpolation".
  std::string code;
  /// A full sentence. GraphQL's own rules use the reference implementation's words.
  std::string message;
  std::vector<RelatedPlace> related;
  /// How many other definitions are not built because of this one.
  std::uint32_t blocked = 0;

  /// The order in which diagnostics are reported: by place, then code and message.
  friend auto operator<=>(const Diagnostic&, const Diagnostic&) = default;
};

/// Sorts into reporting order and drops exact repeats.
void sort_diagnostics(std::vector<Diagnostic>& diagnostics);

bool has_errors(const std::vector<Diagnostic>& diagnostics);

}  // namespace base
