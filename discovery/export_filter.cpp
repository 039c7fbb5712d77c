#include "discovery/export_filter.h"

#include <algorithm>
#include <cstddef>

#include "discovery/ascii.h"
#include "discovery/byte_search.h"
#include "discovery/source_facts.h"
#include "discovery/source_reader.h"

namespace discovery {
namespace {

constexpr std::string_view k_export_word = "export";

bool is_outside_of_ascii(char c) {
  return static_cast<unsigned char>(c) >= 0x80;
}

/// The spaces of ASCII that JavaScript has; the others count as what is outside of ASCII.
bool is_space(char c) {
  return is_ascii_space(c) || c == '\f' || c == '\v';
}

/// FNV-1a.
std::uint32_t hash_of(std::string_view word) {
  std::uint32_t hash = 0x811C9DC5;
  for (const char c : word) {
    hash = (hash ^ static_cast<unsigned char>(c)) * 0x01000193;
  }
  return hash;
}

/// Collects the words of a text that may be names of its exports.
class ExportWords {
 public:
  explicit ExportWords(std::string_view text) : text_(text) {}

  /// False if the text may export what it does not spell.
  bool find() {
    for (std::size_t at = text_.find(k_export_word); at != std::string_view::npos;
         at = text_.find(k_export_word, at + k_export_word.size())) {
      const std::size_t behind = at + k_export_word.size();
      const bool begins_word = at == 0 || !is_ascii_name_byte(text_[at - 1]);
      const std::string_view rest = word_at(behind);
      // `exports` of CommonJS gets anything; `exported` is another word.
      if (begins_word && (rest == "s" || (rest.empty() && !read_export(behind)))) {
        return false;
      }
    }
    if (has_const_ && !is_any_word_) {
      add_declarators();
    }
    if (is_any_word_) {
      add_words(0, text_.size());
    }
    return true;
  }

  std::vector<std::uint32_t> take() {
    std::sort(hashes_.begin(), hashes_.end());
    hashes_.erase(std::unique(hashes_.begin(), hashes_.end()), hashes_.end());
    hashes_.shrink_to_fit();
    return std::move(hashes_);
  }

 private:
  std::string_view word_at(std::size_t begin) const {
    return text_.substr(begin, end_of_ascii_name(text_, begin) - begin);
  }

  std::size_t behind_spaces(std::size_t at) const {
    while (at < text_.size() && is_space(text_[at])) {
      ++at;
    }
    return at;
  }

  char char_at(std::size_t at) const { return at < text_.size() ? text_[at] : '\0'; }

  /// What stands behind the word `export`. False if that does not spell what is exported.
  bool read_export(std::size_t at) {
    while (true) {
      at = behind_spaces(at);
      const std::string_view word = word_at(at);
      if (word.empty()) {
        return read_export_without_word(at);
      }
      at += word.size();
      if (word == "default") {
        return word_at(behind_spaces(at)) != "from";
      }
      if (word == "const") {
        has_const_ = true;
        add_name(at);
        return true;
      }
      if (word == "function") {
        at = behind_spaces(at);
        add_name(at + (char_at(at) == '*' ? 1 : 0));
        return true;
      }
      if (word == "type" && char_at(behind_spaces(at)) == '{') {
        return read_export_without_word(behind_spaces(at));
      }
      if (word == "class" || word == "enum" || word == "namespace" || word == "module" ||
          word == "interface" || word == "type") {
        add_name(at);
        return true;
      }
      if (word == "let" || word == "var" || word == "declare") {
        is_any_word_ = true;
        return true;
      }
      if (word != "abstract" && word != "async" && word != "as") {
        return false;
      }
    }
  }

  bool read_export_without_word(std::size_t at) {
    if (at == text_.size()) {
      return true;
    }
    if (text_[at] == '@') {
      is_any_word_ = true;
      return true;
    }
    const std::size_t end = std::min(text_.find('}', at), text_.size());
    const std::string_view list = text_.substr(at, end - at);
    const auto hides_names = [](char c) {
      return c == '"' || c == '\'' || c == '\\' || c == '/' || is_outside_of_ascii(c);
    };
    add_words(at, end);
    return text_[at] == '{' && std::none_of(list.begin(), list.end(), hides_names);
  }

  /// The name that a declaration has at `at`. A pattern, a comment in front of it and `const enum`
  /// have it somewhere behind.
  void add_name(std::size_t at) {
    const std::string_view word = word_at(behind_spaces(at));
    is_any_word_ = is_any_word_ || word.empty() || word == "enum";
    hashes_.push_back(hash_of(word));
  }

  void add_words(std::size_t at, std::size_t end) {
    while (at < end) {
      const std::string_view word = word_at(at);
      if (!word.empty()) {
        hashes_.push_back(hash_of(word));
      }
      at += std::max<std::size_t>(word.size(), 1);
    }
  }

  /// What may be a declaration's further part, like `b` and `{ c }` of `const a = 1, b = 2, { c } =
  /// d`: it begins behind a comma or a comment, and a type or a value follows.
  void add_declarators() {
    for (std::size_t at = 0; at < text_.size();) {
      const std::string_view word = word_at(at);
      if (word.empty()) {
        read_mark(at++);
        continue;
      }
      at += word.size();
      const std::size_t behind = behind_spaces(at);
      const char c = char_at(behind);
      if (may_begin() && (behind == text_.size() || c == ';' || c == '!' || has_value(behind))) {
        hashes_.push_back(hash_of(word));
      }
      before_ = word.back();
      is_behind_comment_ = is_behind_comment_ && is_in_comment_;
    }
  }

  bool may_begin() const {
    return is_behind_comment_ || before_ == ',' || before_ == '/' || is_outside_of_ascii(before_);
  }

  void read_mark(std::size_t at) {
    const char c = text_[at];
    if (c == '{' || c == '[') {
      open_ = {c, may_begin(), true};
      has_begun_ = has_begun_ || open_.may_begin;
    } else if (c == '}' || c == ']') {
      const bool is_flat = open_.is_flat && open_.mark == (c == '}' ? '{' : '[');
      // Where brackets nest, or one may be text, it is that of any bracket in front.
      is_any_word_ = is_any_word_ ||
                     ((is_flat ? open_.may_begin : has_begun_) && has_value(behind_spaces(at + 1)));
      open_.is_flat = false;
    } else if (c == '"' || c == '\'' || c == '`' || c == '/' || is_outside_of_ascii(c)) {
      open_.is_flat = false;
    }
    const bool ends_line = c == '\n' || c == '\r';
    is_behind_comment_ = is_behind_comment_ || (ends_line && is_in_comment_);
    is_in_comment_ = !ends_line && (is_in_comment_ || text_.substr(at, 2) == "//");
    if (!is_space(c)) {
      is_behind_comment_ = is_behind_comment_ && is_in_comment_;
      before_ = c;
    }
  }

  /// Whether a value, a type or a comment stands at `at`.
  bool has_value(std::size_t at) const {
    const char c = char_at(at);
    const char next = char_at(at + 1);
    return c == ':' || is_outside_of_ascii(c) || (c == '=' && next != '=' && next != '>') ||
           (c == '/' && (next == '/' || next == '*'));
  }

  /// The last bracket that opened.
  struct Bracket {
    char mark = '\0';
    bool may_begin = false;
    /// Whether there is no other bracket, no text and no comment behind it.
    bool is_flat = false;
  };

  std::string_view text_;
  bool has_const_ = false;
  bool is_any_word_ = false;
  // Of add_declarators().
  /// The last character that is no space.
  char before_ = '\0';
  bool is_in_comment_ = false;
  bool is_behind_comment_ = false;
  Bracket open_;
  /// Whether any bracket was one that a part may begin with.
  bool has_begun_ = false;
  std::vector<std::uint32_t> hashes_;
};

}  // namespace

ExportFilter::ExportFilter(std::string_view text) {
  if (text.find('\0') != std::string_view::npos || is_binary(text) ||
      text.find("\\u") != std::string_view::npos) {
    return;
  }
  ExportWords words(text);
  is_anything_ = !words.find();
  if (!is_anything_) {
    words_ = words.take();
  }
}

bool ExportFilter::may_export(std::string_view name) const {
  if (is_anything_) {
    return true;
  }
  if (name == k_export_assignment) {
    return false;
  }
  return !std::all_of(name.begin(), name.end(), is_ascii_name_byte) ||
         std::binary_search(words_.begin(), words_.end(), hash_of(name));
}

}  // namespace discovery
