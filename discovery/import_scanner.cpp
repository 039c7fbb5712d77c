#include "discovery/import_scanner.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "base/utf8.h"
#include "discovery/ascii.h"
#include "discovery/byte_search.h"
#include "discovery/import_clause.h"

namespace discovery {

namespace {

/// A clause in the tail that is longer is a doubt: one comment could hold any number of words that
/// each look like the start of one.
constexpr std::size_t k_longest_clause = 8192;

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
    ImportCursor cursor(text_, text_.starts_with(base::k_byte_order_mark) ? 3 : 0);
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
      const std::optional<ImportClause::Kind> clause = read_statement(cursor, is_import);
      if (!clause) {
        return "end of statement";
      }
      if (*clause == ImportClause::Kind::doubt) {
        return is_import ? "import" : "export";
      }
      if (*clause == ImportClause::Kind::none) {
        return is_import && !is_expression() ? "import" : nullptr;
      }
    }
  }

  /// Whether the `import` at the end of the head is `import(...)` or `import.meta`. Any other one
  /// is broken, and a parser that mends it may find an edge.
  bool is_expression() const {
    ImportCursor cursor(text_, head_end_);
    cursor.read_word("import");
    cursor.skip_trivia();
    return cursor.peek() == '(' || cursor.peek() == '.';
  }

  /// Adds the edge of a statement. Nothing where it is not clear that the statement ends there.
  std::optional<ImportClause::Kind> read_statement(ImportCursor& cursor, bool is_import) {
    const ImportClause clause = is_import ? read_import_clause(cursor) : read_export_clause(cursor);
    if (has_line_separator(head_end_, cursor.at())) {
      return ImportClause::Kind::doubt;
    }
    if (clause.kind != ImportClause::Kind::edge) {
      return clause.kind;
    }
    if (!ends_statement(cursor)) {
      return std::nullopt;
    }
    const base::Span span = clause.specifier;
    const std::string specifier(text_.substr(span.begin, span.size()));
    if (is_import) {
      facts_.imports.push_back({specifier, span, false, {}});
    } else {
      facts_.exports.push_back({"", "", specifier, span, false});
    }
    return clause.kind;
  }

  /// Whether a statement is over after a string: at `;`, at the end of the text, or where a line
  /// break and a word follow that cannot go on with it.
  bool ends_statement(ImportCursor& cursor) const {
    const std::size_t begin = cursor.at();
    if (!cursor.skip_trivia() || has_line_separator(begin, cursor.at())) {
      return false;
    }
    if (cursor.is_at_end() || cursor.peek() == ';') {
      return true;
    }
    const bool has_line_break =
        text_.substr(begin, cursor.at() - begin).find_first_of("\r\n") != std::string_view::npos;
    ImportCursor next = cursor;
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
        (end < text_.size() && is_ascii_name_byte(text_[end]))) {
      return false;
    }
    if (at == 0) {
      return true;
    }
    // `...import(x)` is no property.
    const bool is_property = text_[at - 1] == '.' && !(at >= 2 && text_[at - 2] == '.');
    return !is_ascii_name_byte(text_[at - 1]) && !is_property;
  }

  bool could_be_edge(std::size_t pair) const {
    if (pair < 2) {
      return false;
    }
    const bool is_import = is_word_at(pair - 2, "import");
    if (!is_import && !is_word_at(pair - 2, "export")) {
      return false;
    }
    ImportCursor cursor = tail_cursor(pair + 4);
    const ImportClause clause = is_import ? read_import_clause(cursor) : read_export_clause(cursor);
    if (is_import && clause.kind == ImportClause::Kind::none && is_from_in_line(pair + 4)) {
      return true;
    }
    return clause.kind != ImportClause::Kind::none || has_line_separator(pair, cursor.at()) ||
           (cursor.is_at_end() && cursor.at() < text_.size());
  }

  /// Whether the line goes on to `from` and a string: an import that is broken, or a sentence.
  bool is_from_in_line(std::size_t at) const {
    const std::string_view line = text_.substr(at, text_.find_first_of("\r\n", at) - at);
    for (std::size_t from = line.find("from"); from != std::string_view::npos;
         from = line.find("from", from + 1)) {
      const std::size_t next = line.find_first_not_of(" \t", from + 4);
      if (next != std::string_view::npos && (line[next] == '"' || line[next] == '\'')) {
        return true;
      }
    }
    return false;
  }

  ImportCursor tail_cursor(std::size_t at) const {
    return {text_.substr(0, std::min(text_.size(), at + k_longest_clause)), at};
  }

  /// `= require("m")`, with casts and parentheses in front. Requires in expressions are no edges.
  bool could_be_require(std::size_t pair) const {
    if (pair < 2 || !is_word_at(pair - 2, "require")) {
      return false;
    }
    std::size_t before = pair - 2;
    while (before > 0 && (is_ascii_space(text_[before - 1]) || text_[before - 1] == '(')) {
      --before;
    }
    const char previous = before == 0 ? '\0' : text_[before - 1];
    const bool is_arrow = previous == '>' && before >= 2 && text_[before - 2] == '=';
    const bool may_be_value =
        previous == '=' || previous == '>' || previous == '/' || is_doubtful(previous);
    if (is_arrow || !may_be_value) {
      return false;
    }
    ImportCursor cursor = tail_cursor(pair + 5);
    cursor.skip_trivia();
    return cursor.peek() == '(' || is_doubtful(cursor.peek()) ||
           (cursor.is_at_end() && cursor.at() < text_.size());
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
