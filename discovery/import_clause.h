#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

#include "base/span.h"

namespace discovery {

/// Bytes that may be part of a name, a space or a line end: outside of ASCII, and escapes. Next to
/// what matters they are a doubt.
bool is_doubtful(char c);

/// Reads the tokens of import and export statements forwards. Keeps a view of the text.
class ImportCursor {
 public:
  ImportCursor(std::string_view text, std::size_t at) : text_(text), at_(at) {}

  std::size_t at() const { return at_; }
  bool is_at_end() const { return at_ >= text_.size(); }
  /// The next byte; NUL at the end.
  char peek() const { return is_at_end() ? '\0' : text_[at_]; }
  void advance(std::size_t count) { at_ += count; }

  /// Skips spaces and comments. False, and at the end, if a comment has no end.
  bool skip_trivia();

  /// To the end of the line. U+2028 and U+2029 end one too, which the caller has to look for.
  void skip_line();

  /// Letters of ASCII, digits, `_` and `$`; empty if there are none.
  std::string_view read_word();

  /// Skips `word` if that is all of the next word; otherwise stays.
  bool read_word(std::string_view word);

  /// A quoted string without escapes on one line; the span is what is between the quotes. Stays if
  /// there is none.
  std::optional<base::Span> read_string();

 private:
  std::string_view text_;
  std::size_t at_;
};

/// What stands behind the word `import` or `export`.
struct ImportClause {
  enum class Kind : std::uint8_t {
    /// A specifier belongs to it.
    edge,
    /// It is something else, for sure.
    none,
    doubt,
  };
  Kind kind = Kind::none;
  /// Of an edge, without the quotes.
  base::Span specifier;
};

/// Read the clause at `cursor`, which stands behind the word, to the end of its specifier.
ImportClause read_import_clause(ImportCursor& cursor);
ImportClause read_export_clause(ImportCursor& cursor);

}  // namespace discovery
