#pragma once

#include <string>
#include <string_view>

namespace discovery {

/// `text` with its comments, a byte order mark and commas before a closing bracket overwritten by
/// spaces: what tsconfig.json may hold and a JSON parser refuses. Every other byte stays where it
/// is, so that a parser's offsets hold for the original.
std::string blank_comments(std::string_view text);

}  // namespace discovery
