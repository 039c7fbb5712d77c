#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace graphql {

/// Removes from `lines` (without their line breaks) the indentation that all but the first share,
/// and the blank lines at both ends: how a block string's text becomes its meaning.
void dedent_block_string_lines(std::vector<std::string_view>& lines);

/// Whether `value` printed as a block string is read back as the same value. Well-formed UTF-8.
bool is_printable_as_block_string(std::string_view value);

enum class BlockStringForm : std::uint8_t { readable, minimized };

/// `value` in triple quotes as graphql-js prints it; lines after the first are not indented.
std::string print_block_string(std::string_view value,
                               BlockStringForm form = BlockStringForm::readable);

/// `value` in double quotes, with control characters, `"` and `\` escaped, is appended to `out`.
void append_quoted_string(std::string& out, std::string_view value);

}  // namespace graphql
