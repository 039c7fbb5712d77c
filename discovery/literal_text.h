#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/mapped_text.h"
#include "base/span.h"

namespace discovery {

/// Appends the value of the literal's characters `raw` of `file` to `out`, as ECMAScript cooks
/// them: escapes are decoded, line continuations vanish, CRLF and CR become LF. Works for templates
/// and for quoted strings alike.
///
/// Returns false if an escape has no value (`\x4`, `\u{`, `\1`) or none in UTF-8 (half a surrogate
/// pair); such an escape is appended as it is written.
bool append_cooked(base::MappedText& out, std::string_view file, base::Span raw);

/// The value of a quoted string, `literal` being its bytes with quotes. Nothing if it is not whole
/// or has an escape without a value.
std::optional<std::string> string_value(std::string_view literal);

}  // namespace discovery
