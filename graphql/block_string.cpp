#include "graphql/block_string.h"

#include <algorithm>
#include <limits>

#include "base/utf8.h"

namespace graphql {
namespace {

bool is_white_space(char c) {
  return c == ' ' || c == '\t';
}

std::size_t leading_white_space(std::string_view line) {
  std::size_t count = 0;
  while (count < line.size() && is_white_space(line[count])) {
    ++count;
  }
  return count;
}

// Splits at each of `\n`, `\r\n` and `\r`.
std::vector<std::string_view> split_lines(std::string_view text) {
  std::vector<std::string_view> lines;
  std::size_t begin = 0;
  for (;;) {
    const std::size_t end = text.find_first_of("\r\n", begin);
    if (end == std::string_view::npos) {
      lines.push_back(text.substr(begin));
      return lines;
    }
    lines.push_back(text.substr(begin, end - begin));
    begin = end + (text.substr(end, 2) == "\r\n" ? 2 : 1);
  }
}

std::string escape_triple_quotes(std::string_view value) {
  std::string escaped;
  escaped.reserve(value.size());
  for (std::size_t i = 0; i < value.size();) {
    if (value.substr(i, 3) == "\"\"\"") {
      escaped += "\\\"\"\"";
      i += 3;
    } else {
      escaped += value[i++];
    }
  }
  return escaped;
}

}  // namespace

void dedent_block_string_lines(std::vector<std::string_view>& lines) {
  std::size_t common_indent = std::numeric_limits<std::size_t>::max();
  std::size_t first = lines.size();
  std::size_t end = 0;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const std::size_t indent = leading_white_space(lines[i]);
    if (indent == lines[i].size()) {
      continue;
    }
    first = std::min(first, i);
    end = i + 1;
    if (i != 0) {
      common_indent = std::min(common_indent, indent);
    }
  }
  for (std::size_t i = 1; i < end; ++i) {
    lines[i].remove_prefix(std::min(common_indent, lines[i].size()));
  }
  lines.resize(end);
  lines.erase(lines.begin(), lines.begin() + static_cast<std::ptrdiff_t>(std::min(first, end)));
}

bool is_printable_as_block_string(std::string_view value) {
  bool is_empty_line = true;
  bool has_indent = false;
  bool has_common_indent = true;
  bool has_seen_line = false;
  for (const char c : value) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '\n') {
      if (is_empty_line && !has_seen_line) {
        return false;
      }
      has_seen_line = true;
      is_empty_line = true;
      has_indent = false;
    } else if (is_white_space(c)) {
      has_indent = has_indent || is_empty_line;
    } else if (byte <= 0x0F) {
      // Not readable, or, as \r, read back as another line break. The reference lets 0x10 to 0x1F
      // pass.
      return false;
    } else {
      has_common_indent = has_common_indent && has_indent;
      is_empty_line = false;
    }
  }
  if (value.empty()) {
    return true;
  }
  return !is_empty_line && !(has_common_indent && has_seen_line);
}

std::string print_block_string(std::string_view value, BlockStringForm form) {
  const std::string escaped = escape_triple_quotes(value);
  const std::vector<std::string_view> lines = split_lines(escaped);
  const bool is_single_line = lines.size() == 1;
  // A line break before the text keeps an indentation that all lines share from being removed.
  const bool needs_leading_break =
      !is_single_line && std::all_of(lines.begin() + 1, lines.end(), [](std::string_view line) {
        return line.empty() || is_white_space(line.front());
      });
  const bool ends_in_triple_quotes = escaped.ends_with("\\\"\"\"");
  const bool needs_trailing_break =
      (value.ends_with('"') && !ends_in_triple_quotes) || value.ends_with('\\');
  const bool is_on_own_lines =
      form == BlockStringForm::readable &&
      (!is_single_line || base::utf16_length(value) > 70 || needs_trailing_break ||
       needs_leading_break || ends_in_triple_quotes);
  const bool starts_with_space = is_single_line && !value.empty() && is_white_space(value.front());

  std::string text = "\"\"\"";
  if ((is_on_own_lines && !starts_with_space) || needs_leading_break) {
    text += '\n';
  }
  text += escaped;
  if (is_on_own_lines || needs_trailing_break) {
    text += '\n';
  }
  return text += "\"\"\"";
}

void append_quoted_string(std::string& out, std::string_view value) {
  constexpr std::string_view k_digits = "0123456789ABCDEF";
  const auto append_code = [&out, k_digits](unsigned code) {
    out += "\\u00";
    out += k_digits[code >> 4];
    out += k_digits[code & 0xF];
  };
  out += '"';
  for (std::size_t i = 0; i < value.size(); ++i) {
    const auto byte = static_cast<unsigned char>(value[i]);
    switch (byte) {
      case '"':
        out += "\\\"";
        break;
      case '\\':
        out += "\\\\";
        break;
      case '\b':
        out += "\\b";
        break;
      case '\t':
        out += "\\t";
        break;
      case '\n':
        out += "\\n";
        break;
      case '\f':
        out += "\\f";
        break;
      case '\r':
        out += "\\r";
        break;
      default:
        if (byte < 0x20 || byte == 0x7F) {
          append_code(byte);
        } else if (byte == 0xC2 && i + 1 < value.size() &&
                   static_cast<unsigned char>(value[i + 1]) < 0xA0) {
          // U+0080 to U+009F take two bytes, the second of which is the code.
          append_code(static_cast<unsigned char>(value[++i]));
        } else {
          out += value[i];
        }
    }
  }
  out += '"';
}

}  // namespace graphql
