#pragma once

#include <vector>

#include "discovery/source_facts.h"
#include "discovery/syntax_tree.h"

namespace discovery {

/// Adds the imports and exports of a module. At the specifiers tier: of those with a specifier, the
/// specifier alone.
void read_module_facts(const SyntaxTree& tree, FactsTier tier, SourceFacts& facts);

/// Adds the import that a declarator inside of a function makes by `require`, if it does; `scope`
/// is where its names are visible.
void read_local_require(const SyntaxTree& tree,
                        NodeId declarator,
                        base::Span scope,
                        SourceFacts& facts);

/// The statements at module level in source order. Those inside of a syntax error there count too:
/// one forgotten brace must not hide the imports around it.
std::vector<NodeId> module_statements(const SyntaxTree& tree);

/// The declaration that a statement makes, inside of `export` and `declare`; or the statement.
NodeId declaration_of(const SyntaxTree& tree, NodeId statement);

}  // namespace discovery
