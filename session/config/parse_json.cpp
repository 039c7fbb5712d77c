#include <cstdint>
#include <string>

#include "base/utf8.h"
#include "session/config/parse.h"

namespace session::config {
namespace {

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

/// One pass over JSON with comments and trailing commas. Stops at the first mistake: what follows a
/// syntax error is guesswork.
class JsonParser {
 public:
  JsonParser(std::string_view text, Problems& problems) : text_(text), problems_(problems) {}

  std::optional<Node> parse() {
    if (text_.starts_with(base::k_byte_order_mark)) {
      at_ = base::k_byte_order_mark.size();
    }
    Node root;
    if (!skip_space() || !parse_value(root, 0) || !skip_space()) {
      return std::nullopt;
    }
    if (at_ < text_.size()) {
      fail(at_, "Expected the end of the file.");
      return std::nullopt;
    }
    return root;
  }

 private:
  // The parser is recursive; `depth` bounds it to k_max_depth.
  // NOLINTNEXTLINE(misc-no-recursion)
  bool parse_value(Node& node, int depth) {
    if (depth > k_max_depth) {
      return fail(at_, "Values are nested too deeply.");
    }
    const std::size_t begin = at_;
    bool is_fine = false;
    const char c = peek();
    if (c == '{') {
      is_fine = parse_object(node, depth);
    } else if (c == '[') {
      is_fine = parse_array(node, depth);
    } else if (c == '"') {
      node.kind = NodeKind::string;
      is_fine = parse_string(node.text);
    } else if (c == '-' || is_digit(c)) {
      is_fine = parse_number(node);
    } else {
      is_fine = parse_word(node);
    }
    node.span = span_from(begin);
    return is_fine;
  }

  // NOLINTNEXTLINE(misc-no-recursion): bounded by parse_value.
  bool parse_object(Node& node, int depth) {
    node.kind = NodeKind::object;
    ++at_;
    while (skip_space()) {
      if (take('}')) {
        return true;
      }
      Member member;
      const std::size_t begin = at_;
      if (peek() != '"') {
        return fail(at_, "Expected a key in double quotes or \"}\".");
      }
      if (!parse_string(member.key)) {
        return false;
      }
      member.key_span = span_from(begin);
      if (const Member* other = node.find_member(member.key)) {
        fail(begin, at_, "The key \"" + member.key + "\" is given twice.");
        problems_.relate_to_last(other->key_span, "first given here");
        return false;
      }
      if (!skip_space()) {
        return false;
      }
      if (!take(':')) {
        return fail(at_, "Expected \":\" after the key \"" + member.key + "\".");
      }
      if (!skip_space() || !parse_value(member.value, depth + 1) || !skip_space()) {
        return false;
      }
      node.members.push_back(std::move(member));
      if (!take(',') && peek() != '}') {
        return fail(at_, "Expected \",\" or \"}\".");
      }
    }
    return false;
  }

  // NOLINTNEXTLINE(misc-no-recursion): bounded by parse_value.
  bool parse_array(Node& node, int depth) {
    node.kind = NodeKind::array;
    ++at_;
    while (skip_space()) {
      if (take(']')) {
        return true;
      }
      if (!parse_value(node.items.emplace_back(), depth + 1) || !skip_space()) {
        return false;
      }
      if (!take(',') && peek() != ']') {
        return fail(at_, "Expected \",\" or \"]\".");
      }
    }
    return false;
  }

  bool parse_string(std::string& value) {
    const std::size_t begin = at_++;
    while (at_ < text_.size()) {
      const char c = text_[at_];
      if (c == '"') {
        ++at_;
        return true;
      }
      if (c == '\n' || c == '\r') {
        break;
      }
      if (c == '\\') {
        if (!parse_escape(value)) {
          return false;
        }
        continue;
      }
      value += c;
      ++at_;
    }
    return fail(begin, at_, "This string is not closed.");
  }

  bool parse_escape(std::string& value) {
    const std::size_t begin = at_++;
    const char c = peek();
    ++at_;
    switch (c) {
      case '"':
      case '\\':
      case '/':
        value += c;
        return true;
      case 'b':
        value += '\b';
        return true;
      case 'f':
        value += '\f';
        return true;
      case 'n':
        value += '\n';
        return true;
      case 'r':
        value += '\r';
        return true;
      case 't':
        value += '\t';
        return true;
      case 'u':
        return parse_unicode_escape(begin, value);
      default:
        return fail(begin, at_, "This escape sequence does not exist.");
    }
  }

  bool parse_unicode_escape(std::size_t begin, std::string& value) {
    std::uint32_t unit = 0;
    if (!parse_hex4(unit)) {
      return fail(begin, at_, "Expected four hexadecimal digits after \"\\u\".");
    }
    if (unit >= 0xD800 && unit < 0xDC00 && text_.substr(at_).starts_with("\\u")) {
      const std::size_t before = at_;
      at_ += 2;
      std::uint32_t low = 0;
      if (parse_hex4(low) && low >= 0xDC00 && low < 0xE000) {
        unit = 0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00);
      } else {
        at_ = before;
      }
    }
    // Half of a pair has no UTF-8 form.
    base::append_utf8(value, unit >= 0xD800 && unit < 0xE000 ? 0xFFFD : unit);
    return true;
  }

  bool parse_hex4(std::uint32_t& value) {
    value = 0;
    for (int digit = 0; digit < 4; ++digit) {
      const char c = peek();
      std::uint32_t number = 0;
      if (is_digit(c)) {
        number = static_cast<std::uint32_t>(c - '0');
      } else if ((c | 0x20) >= 'a' && (c | 0x20) <= 'f') {
        number = static_cast<std::uint32_t>((c | 0x20) - 'a') + 10;
      } else {
        return false;
      }
      value = value * 16 + number;
      ++at_;
    }
    return true;
  }

  bool parse_number(Node& node) {
    node.kind = NodeKind::number;
    const std::size_t begin = at_;
    while (at_ < text_.size() && (is_digit(text_[at_]) || text_[at_] == '-' || text_[at_] == '+' ||
                                  text_[at_] == '.' || (text_[at_] | 0x20) == 'e')) {
      ++at_;
    }
    node.text = std::string(text_.substr(begin, at_ - begin));
    if (!is_json_number(node.text)) {
      return fail(begin, at_, "This is not a number as JSON writes it.");
    }
    return true;
  }

  static bool is_json_number(std::string_view text) {
    std::size_t at = text.starts_with('-') ? 1 : 0;
    const auto take_digits = [&] {
      const std::size_t begin = at;
      while (at < text.size() && is_digit(text[at])) {
        ++at;
      }
      return at > begin;
    };
    const bool has_leading_zero = at + 1 < text.size() && text[at] == '0' && is_digit(text[at + 1]);
    if (has_leading_zero || !take_digits()) {
      return false;
    }
    if (at < text.size() && text[at] == '.') {
      ++at;
      if (!take_digits()) {
        return false;
      }
    }
    if (at < text.size() && (text[at] | 0x20) == 'e') {
      ++at;
      if (at < text.size() && (text[at] == '-' || text[at] == '+')) {
        ++at;
      }
      if (!take_digits()) {
        return false;
      }
    }
    return at == text.size();
  }

  bool parse_word(Node& node) {
    const std::size_t begin = at_;
    while (at_ < text_.size() && (text_[at_] | 0x20) >= 'a' && (text_[at_] | 0x20) <= 'z') {
      ++at_;
    }
    const std::string_view word = text_.substr(begin, at_ - begin);
    if (word == "true" || word == "false") {
      node.kind = NodeKind::boolean;
      node.boolean = word == "true";
      return true;
    }
    if (word == "null") {
      return true;
    }
    if (begin >= text_.size()) {
      return fail(begin, "Expected a value, but the file ends here.");
    }
    return fail(begin, at_, "Expected a value.");
  }

  bool skip_space() {
    while (at_ < text_.size()) {
      const char c = text_[at_];
      const std::string_view rest = text_.substr(at_);
      if (c == ' ' || c == '\t' || c == '\n' || c == '\r') {
        ++at_;
      } else if (rest.starts_with("//")) {
        at_ += std::min(rest.find_first_of("\r\n"), rest.size());
      } else if (rest.starts_with("/*")) {
        const std::size_t end = rest.find("*/", 2);
        if (end == std::string_view::npos) {
          return fail(at_, at_ + 2, "This comment is not closed.");
        }
        at_ += end + 2;
      } else {
        break;
      }
    }
    return true;
  }

  char peek() const { return at_ < text_.size() ? text_[at_] : '\0'; }

  bool take(char c) {
    if (at_ < text_.size() && text_[at_] == c) {
      ++at_;
      return true;
    }
    return false;
  }

  base::Span span_from(std::size_t begin) const {
    return {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(at_)};
  }

  bool fail(std::size_t begin, std::string message) {
    return fail(begin, begin + 1, std::move(message));
  }

  bool fail(std::size_t begin, std::size_t end, std::string message) {
    end = std::max(begin + 1, end);
    problems_.add_error({static_cast<std::uint32_t>(std::min(begin, text_.size())),
                         static_cast<std::uint32_t>(std::min(end, text_.size()))},
                        k_syntax_code,
                        std::move(message));
    return false;
  }

  std::string_view text_;
  Problems& problems_;
  std::size_t at_ = 0;
};

}  // namespace

std::optional<Node> parse_json(std::string_view text, Problems& problems) {
  return JsonParser(text, problems).parse();
}

}  // namespace session::config
