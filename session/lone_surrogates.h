#pragma once

#include <string>
#include <string_view>

namespace session {

/// JavaScript's strings, and so JSON's, may hold halves of surrogate pairs (`"\ud800"`), which
/// UTF-8 cannot and the JSON reader refuses. So escapes of such halves are replaced before reading
/// by a code that is valid, and the strings that were read are decoded: a half becomes the three
/// bytes of its code point, which the GraphQL lexer reports as the reference does.
///
/// The code is U+FDD0 and four hex digits; U+FDD0 itself is encoded too.
std::string encode_lone_surrogates(std::string_view json);
std::string decode_lone_surrogates(std::string_view text);

}  // namespace session
