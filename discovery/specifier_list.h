#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace discovery {

/// One `name`, `type name`, `name as alias` or `type name as alias`.
struct ListedName {
  std::string name;
  std::string alias;
  bool is_type_only = false;
};

/// The specifiers of `{ a, type b as c }`. Read from the text of the clause: the grammar takes the
/// name in `export { type }` and `export { type as x }` for the modifier.
std::vector<ListedName> listed_names(std::string_view clause);

}  // namespace discovery
