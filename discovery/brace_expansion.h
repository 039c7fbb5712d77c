#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace discovery {

/// The patterns that `pattern` stands for once its braces are written out, in the order of the
/// alternatives: `{a,b/{c,d}}` is `a`, `b/c`, `b/d`; `{1..3}`, `{01..10..3}` and `{a..e}` count.
///
/// As in a shell, braces without a comma or a range (`{a}`), unbalanced ones and escaped ones stay
/// as they are. An extglob `@(a/b|c)` whose alternatives hold a `/` is written out too, since
/// alternatives are otherwise matched within one name.
///
/// Fails with ErrorCode::invalid_config above `k_expansion_limit` patterns or `k_expansion_bytes`
/// of text: nested braces multiply, and nobody means a million patterns.
base::Result<std::vector<std::string>> expand_braces(std::string_view pattern);

inline constexpr std::size_t k_expansion_limit = 1000;
inline constexpr std::size_t k_expansion_bytes = std::size_t{256} * 1024;

}  // namespace discovery
