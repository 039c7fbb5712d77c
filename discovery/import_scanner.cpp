#include "discovery/import_scanner.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "discovery/byte_search.h"

namespace discovery {

namespace {

bool is_name_byte(char c) {
  const char lower = static_cast<char>(c | 0x20);
  return (lower >= 'a' && lower <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '$';
}

bool is_space(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/// Bytes that may be part of a name, a space or a line end: outside of ASCII, and escapes.
bool is_doubtful(char c) {
  return static_cast<unsigned char>(c) >= 0x80 || c == '\\' || c == '\v' || c == '\f';
}

/// What stands behind the word `import` or `export`.
enum class Clause : std::uint8_t {
  /// A specifier belongs to it.
  edge,
  /// It is something else, for sure.
  none,
  doubt,
};

/// Reads tokens forwards. Every read_ function leaves the place alone if it fails.
class Cursor {
 public:
  Cursor(std::string_view text, std::size_t at) : text_(text), at_(at) {}

  std::size_t at() const { return at_; }
  bool is_at_end() const { return at_ >= text_.size(); }
  char peek() const { return is_at_end() ? '\0' : text_[at_]; }
  void advance(std::size_t count) { at_ += count; }

  /// Skips spaces and comments. False if a comment has no end.
  bool skip_trivia() {
    while (!is_at_end()) {
      if (is_space(text_[at_])) {
        ++at_;
      } else if (text_.substr(at_, 2) == "//") {
        skip_line();
      } else if (text_.substr(at_, 2) == "/*") {
        const std::size_t end = text_.find("*/", at_ + 2);
        if (end == std::string_view::npos) {
          return false;
        }
        at_ = end + 2;
      } else {
        break;
      }
    }
    return true;
  }

  /// To the end of the line. U+2028 and U+2029 end one too: see has_line_separator().
  void skip_line() {
    while (!is_at_end() && text_[at_] != '\n' && text_[at_] != '\r') {
      ++at_;
    }
  }

  std::string_view read_word() {
    const std::size_t begin = at_;
    while (!is_at_end() && is_name_byte(text_[at_])) {
      ++at_;
    }
    return text_.substr(begin, at_ - begin);
  }

  bool read_word(std::string_view word) {
    const std::size_t begin = at_;
    if (read_word() == word && !is_doubtful(peek())) {
      return true;
    }
    at_ = begin;
    return false;
  }

  /// A quoted string without escapes on one line; the span is what is between the quotes.
  std::optional<base::Span> read_string() {
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

 private:
  std::string_view text_;
  std::size_t at_;
};

/// `{ a, b as c, type d, "e" as f }` of an import or export; `cursor` stands at the brace.
Clause skip_names(Cursor& cursor) {
  cursor.advance(1);
  while (true) {
    if (!cursor.skip_trivia() || cursor.is_at_end()) {
      return Clause::none;
    }
    const char c = cursor.peek();
    if (c == '}') {
      cursor.advance(1);
      return Clause::edge;
    }
    if (c == ',') {
      cursor.advance(1);
    } else if (is_name_byte(c)) {
      cursor.read_word();
    } else if (c == '"' || c == '\'') {
      if (!cursor.read_string()) {
        return Clause::doubt;
      }
    } else {
      return is_doubtful(c) ? Clause::doubt : Clause::none;
    }
  }
}

/// Parses what follows the word `import` or `export`, at `cursor`.
class ClauseReader {
 public:
  explicit ClauseReader(Cursor& cursor) : cursor_(cursor) {}

  /// Set after Clause::edge.
  base::Span specifier;

  Clause read_import() {
    if (!skip()) {
      return Clause::none;
    }
    const char c = cursor_.peek();
    if (c == '"' || c == '\'') {
      return read_specifier();
    }
    if (c == '{' || c == '*') {
      return read_names_and_from();
    }
    if (!is_name_byte(c)) {
      return is_doubtful(c) ? Clause::doubt : Clause::none;
    }
    return read_default_import(Modifier::possible);
  }

  Clause read_export() {
    if (!skip()) {
      return Clause::none;
    }
    if (cursor_.read_word("type") && !skip()) {
      return Clause::none;
    }
    const char c = cursor_.peek();
    if (c == '{' || c == '*') {
      return read_names_and_from();
    }
    return is_doubtful(c) ? Clause::doubt : Clause::none;
  }

 private:
  /// Whether the next word can still be one like `type`, in front of the imported name.
  enum class Modifier : std::uint8_t { possible, read };

  bool skip() { return cursor_.skip_trivia() && !cursor_.is_at_end(); }

  /// `a from "m"`, `a, { b } from "m"`, `type a from "m"`, `a = require("m")`.
  Clause read_default_import(Modifier may_be_modifier) {
    const std::string_view first = cursor_.read_word();
    if (is_doubtful(cursor_.peek())) {
      return Clause::doubt;
    }
    if (!skip()) {
      return Clause::none;
    }
    const bool is_modifier =
        first == "type" || first == "typeof" || first == "defer" || first == "source";
    if (is_modifier && (cursor_.peek() == '{' || cursor_.peek() == '*')) {
      return read_names_and_from();
    }
    if (cursor_.peek() == ',') {
      return read_after_comma();
    }
    if (cursor_.peek() == '=') {
      return Clause::doubt;
    }
    if (is_doubtful(cursor_.peek())) {
      return Clause::doubt;
    }
    Cursor before_word = cursor_;
    if (cursor_.read_word("from") && skip() && cursor_.peek() != ',' && !continues_as_name()) {
      return read_specifier();
    }
    cursor_ = before_word;
    return may_be_modifier == Modifier::possible && is_modifier && is_name_byte(cursor_.peek())
               ? read_default_import(Modifier::read)
               : Clause::none;
  }

  /// Whether the `from` that was just read was a name, as in `import type from from "m"`.
  bool continues_as_name() const { return is_name_byte(cursor_.peek()) || cursor_.peek() == '='; }

  Clause read_after_comma() {
    cursor_.advance(1);
    if (!skip()) {
      return Clause::none;
    }
    const char c = cursor_.peek();
    if (c == '{' || c == '*') {
      return read_names_and_from();
    }
    return is_doubtful(c) ? Clause::doubt : Clause::none;
  }

  /// `{...} from "m"`, `* from "m"`, `* as name from "m"`.
  Clause read_names_and_from() {
    if (cursor_.peek() == '{') {
      const Clause names = skip_names(cursor_);
      if (names != Clause::edge) {
        return names;
      }
    } else {
      const Clause star = skip_star();
      if (star != Clause::edge) {
        return star;
      }
    }
    if (!skip()) {
      return Clause::none;
    }
    if (!cursor_.read_word("from")) {
      return is_doubtful(cursor_.peek()) ? Clause::doubt : Clause::none;
    }
    return skip() ? read_specifier() : Clause::none;
  }

  Clause skip_star() {
    cursor_.advance(1);
    if (!skip()) {
      return Clause::none;
    }
    if (!cursor_.read_word("as")) {
      return is_doubtful(cursor_.peek()) ? Clause::doubt : Clause::edge;
    }
    if (!skip()) {
      return Clause::none;
    }
    const char c = cursor_.peek();
    if (c == '"' || c == '\'') {
      return cursor_.read_string() ? Clause::edge : Clause::doubt;
    }
    cursor_.read_word();
    return is_doubtful(c) || is_doubtful(cursor_.peek()) ? Clause::doubt : Clause::edge;
  }

  Clause read_specifier() {
    const char c = cursor_.peek();
    if (c != '"' && c != '\'') {
      return is_doubtful(c) ? Clause::doubt : Clause::none;
    }
    const std::optional<base::Span> found = cursor_.read_string();
    if (!found) {
      return Clause::doubt;
    }
    specifier = *found;
    return Clause::edge;
  }

  Cursor& cursor_;
};

class ImportScanner {
 public:
  explicit ImportScanner(std::string_view text) : text_(text) {
    facts_.tier = FactsTier::specifiers;
  }

  ReadOutcome scan() {
    if (const char* reason = scan_head()) {
      return NeedsParse{reason, static_cast<std::uint32_t>(head_end_)};
    }
    if (const auto doubt = find_doubt_in_tail()) {
      return *doubt;
    }
    return std::move(facts_);
  }

 private:
  /// Reads statements until one is none of ours. Returns the reason of a doubt, or null.
  const char* scan_head() {
    Cursor cursor(text_, text_.substr(0, 3) == "\xEF\xBB\xBF" ? 3 : 0);
    if (text_.substr(cursor.at(), 2) == "#!") {
      cursor.skip_line();
    }
    while (true) {
      head_end_ = cursor.at();
      if (!cursor.skip_trivia()) {
        return "unterminated comment";
      }
      if (has_line_separator(head_end_, cursor.at())) {
        return "line separator";
      }
      head_end_ = cursor.at();
      if (cursor.is_at_end()) {
        return nullptr;
      }
      if (cursor.peek() == ';') {
        cursor.advance(1);
        continue;
      }
      if (cursor.read_string()) {
        if (!ends_statement(cursor)) {
          return nullptr;
        }
        continue;
      }
      const bool is_import = cursor.read_word("import");
      if (!is_import && !cursor.read_word("export")) {
        return nullptr;
      }
      const std::optional<Clause> clause = read_statement(cursor, is_import);
      if (!clause) {
        return "end of statement";
      }
      if (*clause == Clause::doubt) {
        return is_import ? "import" : "export";
      }
      if (*clause == Clause::none) {
        return nullptr;
      }
    }
  }

  /// Adds the edge of a statement. Nothing where it is not clear that the statement ends there.
  std::optional<Clause> read_statement(Cursor& cursor, bool is_import) {
    ClauseReader reader(cursor);
    const Clause clause = is_import ? reader.read_import() : reader.read_export();
    if (has_line_separator(head_end_, cursor.at())) {
      return Clause::doubt;
    }
    if (clause != Clause::edge) {
      return clause;
    }
    if (!ends_statement(cursor)) {
      return std::nullopt;
    }
    const std::string specifier(text_.substr(reader.specifier.begin, reader.specifier.size()));
    if (is_import) {
      facts_.imports.push_back({specifier, reader.specifier, false, {}});
    } else {
      facts_.exports.push_back({"", "", specifier, reader.specifier, false});
    }
    return clause;
  }

  /// Whether a statement is over after a string: at `;`, at the end of the text, or where a line
  /// break and a word follow that cannot go on with it.
  bool ends_statement(Cursor& cursor) const {
    const std::size_t begin = cursor.at();
    if (!cursor.skip_trivia() || has_line_separator(begin, cursor.at())) {
      return false;
    }
    if (cursor.is_at_end() || cursor.peek() == ';') {
      return true;
    }
    const bool has_line_break =
        text_.substr(begin, cursor.at() - begin).find_first_of("\r\n") != std::string_view::npos;
    Cursor next = cursor;
    const std::string_view word = next.read_word();
    const bool goes_on = word == "with" || word == "assert" || word == "in" ||
                         word == "instanceof" || word == "as" || word == "satisfies";
    const bool begins_anew = !word.empty() || cursor.peek() == '@' || cursor.peek() == '"' ||
                             cursor.peek() == '\'' || cursor.peek() == '{';
    return has_line_break && begins_anew && !goes_on;
  }

  /// U+2028 and U+2029 end lines, and with them comments.
  bool has_line_separator(std::size_t begin, std::size_t end) const {
    const std::string_view piece = text_.substr(begin, end - begin);
    return piece.find("\xE2\x80\xA8") != std::string_view::npos ||
           piece.find("\xE2\x80\xA9") != std::string_view::npos;
  }

  std::optional<NeedsParse> find_doubt_in_tail() const {
    std::optional<NeedsParse> doubt;
    const std::string_view tail = text_.substr(head_end_);
    // "po" of import and export, "qu" of require: rare pairs both.
    any_pair(tail, {'p', 'o', 1, 0}, [&](std::size_t pair) {
      if (could_be_edge(head_end_ + pair)) {
        doubt = NeedsParse{"late edge", static_cast<std::uint32_t>(head_end_ + pair)};
      }
      return doubt.has_value();
    });
    if (!doubt) {
      any_pair(tail, {'q', 'u', 1, 0}, [&](std::size_t pair) {
        if (could_be_require(head_end_ + pair)) {
          doubt = NeedsParse{"require", static_cast<std::uint32_t>(head_end_ + pair)};
        }
        return doubt.has_value();
      });
    }
    return doubt;
  }

  /// Whether `word` stands at `at` as a word of its own, not as a property.
  bool is_word_at(std::size_t at, std::string_view word) const {
    const std::size_t end = at + word.size();
    if (at < head_end_ || text_.substr(at, word.size()) != word ||
        (end < text_.size() && is_name_byte(text_[end]))) {
      return false;
    }
    if (at == 0) {
      return true;
    }
    // `...import(x)` is no property.
    const bool is_property = text_[at - 1] == '.' && !(at >= 2 && text_[at - 2] == '.');
    return !is_name_byte(text_[at - 1]) && !is_property;
  }

  bool could_be_edge(std::size_t pair) const {
    if (pair < 2) {
      return false;
    }
    const bool is_import = is_word_at(pair - 2, "import");
    if (!is_import && !is_word_at(pair - 2, "export")) {
      return false;
    }
    Cursor cursor(text_, pair + 4);
    ClauseReader reader(cursor);
    const Clause clause = is_import ? reader.read_import() : reader.read_export();
    return clause != Clause::none || has_line_separator(pair, cursor.at());
  }

  /// `= require("m")`, with casts and parentheses in front. Requires in expressions are no edges.
  bool could_be_require(std::size_t pair) const {
    if (pair < 2 || !is_word_at(pair - 2, "require")) {
      return false;
    }
    std::size_t before = pair - 2;
    while (before > 0 && (is_space(text_[before - 1]) || text_[before - 1] == '(')) {
      --before;
    }
    const char previous = before == 0 ? '\0' : text_[before - 1];
    const bool is_arrow = previous == '>' && before >= 2 && text_[before - 2] == '=';
    const bool may_be_value =
        previous == '=' || previous == '>' || previous == '/' || is_doubtful(previous);
    if (is_arrow || !may_be_value) {
      return false;
    }
    Cursor cursor(text_, pair + 5);
    cursor.skip_trivia();
    return cursor.peek() == '(' || is_doubtful(cursor.peek());
  }

  std::string_view text_;
  std::size_t head_end_ = 0;
  SourceFacts facts_;
};

}  // namespace

ReadOutcome scan_imports(const ReadRequest& request) {
  return ImportScanner(request.text).scan();
}

}  // namespace discovery
