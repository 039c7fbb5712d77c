#pragma once

#include <string_view>

namespace discovery {

/// Whether a specifier names a module that Node brings along; `node:` and other schemes aside.
bool is_builtin_module(std::string_view specifier);

/// Whether npm would take the text for the name of a package. `@/x`, `~/x` and `$lib/x` are none:
/// bundlers use them as aliases.
bool is_package_name(std::string_view name);

}  // namespace discovery
