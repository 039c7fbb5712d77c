#pragma once

#include <string>
#include <string_view>

namespace base {

/// Appends `text` as a JSON string with its quotes. Control characters, `"` and `\` are escaped in
/// their shortest form; everything else, U+2028 included, is written as it is. Bytes that are not
/// well-formed UTF-8 become U+FFFD, so that the result is always valid JSON.
void append_json_string(std::string& out, std::string_view text);

std::string json_string(std::string_view text);

}  // namespace base
