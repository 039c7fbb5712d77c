#pragma once

#include <cstdint>
#include <string_view>

namespace discovery::scanner {

/// What a word of JavaScript or TypeScript can be beside a name.
enum class WordClass : std::uint8_t {
  /// A name wherever it stands.
  name,
  /// `this`, `null`: a value, never a binding.
  value,
  /// A keyword before an expression, which JSX cannot begin: `typeof`, `in`, `new`.
  unary,
  /// A keyword before an expression of any kind: `return`, `case`.
  expression,
  /// `function` and `async`, before type parameters; `async` can be a name.
  function,
  async,
  /// Any other reserved word: `if`, `class`.
  reserved,
  /// A name to the language that is a keyword in some places, before an expression too.
  contextual,
};

WordClass classify_word(std::string_view word);

/// Whether the word can be no name in code. `let`, `async`, `of`, `type` and their like can.
inline bool is_reserved(WordClass kind) {
  return kind == WordClass::unary || kind == WordClass::expression || kind == WordClass::function ||
         kind == WordClass::reserved;
}

}  // namespace discovery::scanner
