#pragma once

namespace discovery {

/// A letter of ASCII, a digit, `_` or `$`. Names may hold other characters; callers that can meet
/// them decide what that means.
inline bool is_ascii_name_byte(char c) {
  const char lower = static_cast<char>(c | 0x20);
  return (lower >= 'a' && lower <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '$';
}

/// The spaces and line breaks of ASCII that occur in code.
inline bool is_ascii_space(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

}  // namespace discovery
