#pragma once

#include <string>
#include <string_view>

#include "base/source_path.h"
#include "builder/build_input.h"

namespace builder {

/// Where the module of a source file stands, relative to the output folder:
/// `modules/<source path>.mjs`, or `.cjs`. Different sources have different modules, and none
/// stands where another one needs a folder.
///
/// A few names must not stand there as they are (decision 0038). Bytes that a module specifier
/// would not carry (`#`, `?`, `%`, `\`, control characters, U+2028, U+2029, ill-formed UTF-8)
/// become `~` and two hex digits, as does the last dot of a folder called `x.mjs` or the like; `..`
/// becomes `__up__`, so that sources outside the root stay inside the folder; a file name that
/// would grow too long for the file system ends in its hash.
std::string module_path(const base::SourcePath& source, ModuleFormat format);

/// The specifier by which the module at `from` imports the one at `to`: `../user.ts.mjs`.
std::string module_specifier(std::string_view from, std::string_view to);

}  // namespace builder
