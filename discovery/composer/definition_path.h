#pragma once

#include <string>

#include "discovery/syntax_tree.h"

namespace discovery::composer {

/// What a definition is called after.
struct DefinitionPath {
  /// As CompositionSite has it.
  std::string path;
  /// `export default` stands around it, with nothing that has a name in between.
  bool is_default_export = false;
};

/// The names of the scopes, members and bindings around `expression`. Scopes without a name and
/// what stands beside the expression leave no trace, so that no unrelated code changes it.
DefinitionPath definition_path(const SyntaxTree& tree, NodeId expression);

}  // namespace discovery::composer
