#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace discovery {

/// Whether wildcards match a leading dot, as the tools of the JavaScript world ask: `*` takes
/// `.env` only with `any`. A dot that the pattern spells out always matches.
enum class DotNames : std::uint8_t { spelled_out, any };

/// The offset behind the group (`@(…)`, `!(…)`, …) that opens at `at`; npos if none does or if it
/// is never closed.
std::size_t end_of_group(std::string_view pattern, std::size_t at);

/// What one part between slashes of a glob says of one file or folder name: `*`, `?`, classes
/// (`[a-z]`, `[!a]`, `[^a]`), `\` escapes, and `@( ) ?( ) *( ) +( ) !( )` with alternatives
/// divided by `|`. `?` and classes take one character, or one byte of what is not UTF-8.
///
/// `!(a)` means what picomatch and minimatch take it for: no reading of the rest of the name as
/// `a` and what follows, so `!(foo)*` refuses `foobar`. Inside other groups it means any text but
/// the alternatives.
///
/// Matching takes time polynomial in the lengths of pattern and name, whatever the pattern: groups
/// are evaluated as sets of offsets, each once per start.
class NamePattern {
 public:
  /// Fails with ErrorCode::invalid_config on a `/` inside a group, on groups nested deeper than
  /// `k_depth_limit` and on a pattern of groups above `k_group_bytes`.
  static base::Result<NamePattern> compile(std::string_view pattern);

  /// Takes exactly `name`, whatever characters it has.
  static NamePattern literal_name(std::string name);

  bool matches(std::string_view name, DotNames dots) const;

  /// The pattern is one plain name, which is `literal()`.
  bool is_literal() const { return shape_ == Shape::literal; }
  const std::string& literal() const { return literal_; }

  static constexpr unsigned k_depth_limit = 16;
  static constexpr std::size_t k_group_bytes = 1024;

  struct Range {
    std::uint32_t first = 0;
    std::uint32_t last = 0;
  };

  struct Element;
  using Sequence = std::vector<Element>;

  struct Element {
    enum class Kind : std::uint8_t { text, any_character, star, set, group };
    Kind kind = Kind::text;
    /// Of a text.
    std::string text;
    /// Of a set.
    std::vector<Range> ranges;
    bool is_negated = false;
    /// Of a group: which of `@?*+!`, and its number for remembering results.
    char operation = '@';
    std::uint32_t group = 0;
    std::vector<Sequence> alternatives;
  };

 private:
  /// What the pattern amounts to: most are one of the cheap ones.
  enum class Shape : std::uint8_t { literal, anything, suffix, simple, groups };

  Shape shape_ = Shape::literal;
  std::string literal_;
  Sequence sequence_;
  std::uint32_t group_count_ = 0;
};

}  // namespace discovery
