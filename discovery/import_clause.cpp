#include "discovery/import_clause.h"

#include "discovery/ascii.h"

namespace discovery {

namespace {

using ClauseKind = ImportClause::Kind;

/// `{ a, b as c, type d, "e" as f }` of an import or export; `cursor` stands at the brace. What is
/// broken is a doubt: a parser mends it, and may find an edge.
ClauseKind skip_names(ImportCursor& cursor) {
  cursor.advance(1);
  while (true) {
    if (!cursor.skip_trivia() || cursor.is_at_end()) {
      return ClauseKind::doubt;
    }
    const char c = cursor.peek();
    if (c == '}') {
      cursor.advance(1);
      return ClauseKind::edge;
    }
    if (c == ',') {
      cursor.advance(1);
    } else if (is_ascii_name_byte(c)) {
      cursor.read_word();
    } else if (c == '"' || c == '\'') {
      if (!cursor.read_string()) {
        return ClauseKind::doubt;
      }
    } else {
      return ClauseKind::doubt;
    }
  }
}

/// Parses what follows the word `import` or `export`, at `cursor`.
class ClauseReader {
 public:
  explicit ClauseReader(ImportCursor& cursor) : cursor_(cursor) {}

  /// Set after ClauseKind::edge.
  base::Span specifier;

  ClauseKind read_import() {
    if (!skip()) {
      return ClauseKind::none;
    }
    const char c = cursor_.peek();
    if (c == '"' || c == '\'') {
      return read_specifier();
    }
    if (c == '{' || c == '*') {
      return read_imported_names();
    }
    if (!is_ascii_name_byte(c)) {
      return is_doubtful(c) ? ClauseKind::doubt : ClauseKind::none;
    }
    return read_default_import(Modifier::possible);
  }

  ClauseKind read_export() {
    if (!skip()) {
      return ClauseKind::none;
    }
    if (cursor_.read_word("type") && !skip()) {
      return ClauseKind::none;
    }
    const char c = cursor_.peek();
    if (c == '{' || c == '*') {
      return read_names_and_from();
    }
    return is_doubtful(c) ? ClauseKind::doubt : ClauseKind::none;
  }

 private:
  /// Whether the next word can still be one like `type`, in front of the imported name.
  enum class Modifier : std::uint8_t { possible, read };

  bool skip() { return cursor_.skip_trivia() && !cursor_.is_at_end(); }

  /// `a from "m"`, `a, { b } from "m"`, `type a from "m"`, `a = require("m")`.
  ClauseKind read_default_import(Modifier may_be_modifier) {
    const std::string_view first = cursor_.read_word();
    if (is_doubtful(cursor_.peek())) {
      return ClauseKind::doubt;
    }
    if (!skip()) {
      return ClauseKind::none;
    }
    const bool is_modifier =
        first == "type" || first == "typeof" || first == "defer" || first == "source";
    if (is_modifier && (cursor_.peek() == '{' || cursor_.peek() == '*')) {
      return read_imported_names();
    }
    if (cursor_.peek() == ',') {
      return read_after_comma();
    }
    if (cursor_.peek() == '=') {
      return ClauseKind::doubt;
    }
    if (is_doubtful(cursor_.peek())) {
      return ClauseKind::doubt;
    }
    ImportCursor before_word = cursor_;
    if (cursor_.read_word("from") && skip() && cursor_.peek() != ',' && !continues_as_name()) {
      return read_specifier();
    }
    cursor_ = before_word;
    return may_be_modifier == Modifier::possible && is_modifier &&
                   is_ascii_name_byte(cursor_.peek())
               ? read_default_import(Modifier::read)
               : ClauseKind::none;
  }

  /// Whether the `from` that was just read was a name, as in `import type from from "m"`.
  bool continues_as_name() const {
    return is_ascii_name_byte(cursor_.peek()) || cursor_.peek() == '=';
  }

  ClauseKind read_after_comma() {
    cursor_.advance(1);
    if (!skip()) {
      return ClauseKind::none;
    }
    const char c = cursor_.peek();
    if (c == '{' || c == '*') {
      return read_imported_names();
    }
    return is_doubtful(c) ? ClauseKind::doubt : ClauseKind::none;
  }

  /// Behind `import`, where nothing can stand but a specifier in the end.
  ClauseKind read_imported_names() {
    const ClauseKind kind = read_names_and_from();
    return kind == ClauseKind::none ? ClauseKind::doubt : kind;
  }

  /// `{...} from "m"`, `* from "m"`, `* as name from "m"`.
  ClauseKind read_names_and_from() {
    const bool has_names = cursor_.peek() == '{';
    if (has_names) {
      const ClauseKind names = skip_names(cursor_);
      if (names != ClauseKind::edge) {
        return names;
      }
    } else {
      const ClauseKind star = skip_star();
      if (star != ClauseKind::edge) {
        return star;
      }
    }
    if (!skip() || !cursor_.read_word("from")) {
      // `export { a }` exports names of the file itself.
      const bool is_own = has_names && !is_doubtful(cursor_.peek());
      return is_own ? ClauseKind::none : ClauseKind::doubt;
    }
    return skip() && read_specifier() == ClauseKind::edge ? ClauseKind::edge : ClauseKind::doubt;
  }

  ClauseKind skip_star() {
    cursor_.advance(1);
    if (!skip()) {
      return ClauseKind::none;
    }
    if (!cursor_.read_word("as")) {
      return is_doubtful(cursor_.peek()) ? ClauseKind::doubt : ClauseKind::edge;
    }
    if (!skip()) {
      return ClauseKind::none;
    }
    const char c = cursor_.peek();
    if (c == '"' || c == '\'') {
      return cursor_.read_string() ? ClauseKind::edge : ClauseKind::doubt;
    }
    cursor_.read_word();
    return is_doubtful(c) || is_doubtful(cursor_.peek()) ? ClauseKind::doubt : ClauseKind::edge;
  }

  ClauseKind read_specifier() {
    const char c = cursor_.peek();
    if (c != '"' && c != '\'') {
      return is_doubtful(c) ? ClauseKind::doubt : ClauseKind::none;
    }
    const std::optional<base::Span> found = cursor_.read_string();
    if (!found) {
      return ClauseKind::doubt;
    }
    specifier = *found;
    return ClauseKind::edge;
  }

  ImportCursor& cursor_;
};

}  // namespace

bool is_doubtful(char c) {
  return static_cast<unsigned char>(c) >= 0x80 || c == '\\' || c == '\v' || c == '\f';
}

bool ImportCursor::skip_trivia() {
  while (!is_at_end()) {
    if (is_ascii_space(text_[at_])) {
      ++at_;
    } else if (text_.substr(at_, 2) == "//") {
      skip_line();
    } else if (text_.substr(at_, 2) == "/*") {
      const std::size_t end = text_.find("*/", at_ + 2);
      if (end == std::string_view::npos) {
        at_ = text_.size();
        return false;
      }
      at_ = end + 2;
    } else {
      break;
    }
  }
  return true;
}

void ImportCursor::skip_line() {
  while (!is_at_end() && text_[at_] != '\n' && text_[at_] != '\r') {
    ++at_;
  }
}

std::string_view ImportCursor::read_word() {
  const std::size_t begin = at_;
  while (!is_at_end() && is_ascii_name_byte(text_[at_])) {
    ++at_;
  }
  return text_.substr(begin, at_ - begin);
}

bool ImportCursor::read_word(std::string_view word) {
  const std::size_t begin = at_;
  if (read_word() == word && !is_doubtful(peek())) {
    return true;
  }
  at_ = begin;
  return false;
}

std::optional<base::Span> ImportCursor::read_string() {
  const char quote = peek();
  if (quote != '"' && quote != '\'') {
    return std::nullopt;
  }
  std::size_t end = at_ + 1;
  while (end < text_.size() && text_[end] != quote && text_[end] != '\n' && text_[end] != '\r') {
    if (is_doubtful(text_[end])) {
      return std::nullopt;
    }
    ++end;
  }
  if (end >= text_.size() || text_[end] != quote) {
    return std::nullopt;
  }
  const base::Span inside{static_cast<std::uint32_t>(at_ + 1), static_cast<std::uint32_t>(end)};
  at_ = end + 1;
  return inside;
}

ImportClause read_import_clause(ImportCursor& cursor) {
  ClauseReader reader(cursor);
  const ClauseKind kind = reader.read_import();
  return {kind, reader.specifier};
}

ImportClause read_export_clause(ImportCursor& cursor) {
  ClauseReader reader(cursor);
  const ClauseKind kind = reader.read_export();
  return {kind, reader.specifier};
}

}  // namespace discovery
