#pragma once

#include <string>
#include <string_view>

namespace builder {

/// Whether a module may declare `name` at its top level, so that `export const <name>` is right:
/// an ASCII identifier that is no reserved word, does not hide what our modules use themselves and
/// does not begin with `$`, which our own names do.
bool is_declarable(std::string_view name);

/// Whether `name` can stand in `export { x as <name> }` without quotes: reserved words can.
bool is_identifier_name(std::string_view name);

/// `name` as an export clause or an import clause names it: with quotes where it needs them.
std::string export_name_text(std::string_view name);

/// The name under which a module exports the function that makes the fragment exported as `name`:
/// `$$<name>`. No definition is exported under such a name: GraphQL names have no `$`, and
/// canonical ids put it behind a name only.
std::string fragment_function_name(std::string_view name);

}  // namespace builder
