#include "discovery/json_with_comments.h"

#include <algorithm>

#include "base/utf8.h"

namespace discovery {
namespace {

// The offset behind the string that opens at `at`.
std::size_t end_of_string(std::string_view text, std::size_t at) {
  for (++at; at < text.size() && text[at] != '"' && text[at] != '\n'; ++at) {
    at += text[at] == '\\' ? 1U : 0U;
  }
  return std::min(at + 1, text.size());
}

// The offset behind the comment that opens at `at`; `at` itself if none does.
std::size_t end_of_comment(std::string_view text, std::size_t at) {
  if (text.substr(at, 2) == "//") {
    return std::min(text.find_first_of("\r\n", at), text.size());
  }
  if (text.substr(at, 2) == "/*") {
    const std::size_t end = text.find("*/", at + 2);
    return end == std::string_view::npos ? text.size() : end + 2;
  }
  return at;
}

}  // namespace

std::string blank_comments(std::string_view text) {
  std::string result(text);
  const auto blank = [&result](std::size_t begin, std::size_t end) {
    for (std::size_t i = begin; i < end; ++i) {
      // Line breaks stay, so that line numbers hold too.
      result[i] = result[i] == '\n' || result[i] == '\r' ? result[i] : ' ';
    }
  };
  std::size_t at = 0;
  if (text.starts_with(base::k_byte_order_mark)) {
    blank(0, 3);
    at = 3;
  }
  std::size_t last_comma = std::string::npos;
  while (at < text.size()) {
    const std::size_t comment_end = end_of_comment(text, at);
    if (comment_end > at) {
      blank(at, comment_end);
      at = comment_end;
      continue;
    }
    const char c = text[at];
    if ((c == '}' || c == ']') && last_comma != std::string::npos) {
      blank(last_comma, last_comma + 1);
    }
    if (c == ',') {
      last_comma = at;
    } else if (c != ' ' && c != '\t' && c != '\n' && c != '\r') {
      last_comma = std::string::npos;
    }
    at = c == '"' ? end_of_string(text, at) : at + 1;
  }
  return result;
}

}  // namespace discovery
