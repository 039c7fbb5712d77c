#include "discovery/export_filter.h"

#include <algorithm>
#include <cstddef>

#include "discovery/ascii.h"
#include "discovery/source_facts.h"
#include "discovery/source_reader.h"

namespace discovery {
namespace {

constexpr std::string_view k_export_word = "export";

bool is_outside_of_ascii(char c) {
  return static_cast<unsigned char>(c) >= 0x80;
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
    if (is_any_word_) {
      add_words(0, text_.size());
    } else if (has_const_) {
      add_declarators();
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
    std::size_t end = begin;
    while (end < text_.size() && is_ascii_name_byte(text_[end])) {
      ++end;
    }
    return text_.substr(begin, end - begin);
  }

  std::size_t behind_spaces(std::size_t at) const {
    while (at < text_.size() && is_ascii_space(text_[at])) {
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

  /// Names like `b` of `const a = 1, b = 2`: behind a comma or a comment, in front of `=`, `:` or a
  /// comment.
  void add_declarators() {
    char before = '\0';
    bool is_in_comment = false;
    bool is_behind_comment = false;
    for (std::size_t at = 0; at < text_.size();) {
      const std::string_view word = word_at(at);
      if (word.empty()) {
        const char c = text_[at];
        const bool ends_line = c == '\n' || c == '\r';
        is_behind_comment = is_behind_comment || (ends_line && is_in_comment);
        is_in_comment = !ends_line && (is_in_comment || text_.substr(at, 2) == "//");
        before = is_ascii_space(c) ? before : c;
        ++at;
        continue;
      }
      at += word.size();
      const bool may_begin = before == ',' || before == '/' || is_outside_of_ascii(before);
      if ((may_begin || is_behind_comment) && ends_name(at)) {
        hashes_.push_back(hash_of(word));
      }
      before = word.back();
      is_behind_comment = is_behind_comment && is_in_comment;
    }
  }

  bool ends_name(std::size_t at) const {
    at = behind_spaces(at);
    const char c = char_at(at);
    const bool is_equal = c == '=' && char_at(at + 1) != '=' && char_at(at + 1) != '>';
    return is_equal || c == ':' || c == '/' || is_outside_of_ascii(c);
  }

  std::string_view text_;
  bool has_const_ = false;
  bool is_any_word_ = false;
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
