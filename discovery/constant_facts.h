#pragma once

#include "discovery/source_facts.h"
#include "discovery/syntax_tree.h"

namespace discovery {

/// Adds the module-level constants: `const` declarations, enums, static class fields, assignments
/// to members and default exports, down through object literals; also `import a = b.c`.
void read_constant_facts(const SyntaxTree& tree, SourceFacts& facts);

/// Adds the constants of one declaration inside of a function: a declarator, an enum, a class or an
/// import alias. Their scopes are the caller's matter.
void read_local_constant(const SyntaxTree& tree, NodeId declaration, SourceFacts& facts);

}  // namespace discovery
