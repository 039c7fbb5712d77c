#pragma once

#include <cstddef>
#include <set>

#include "discovery/scopes.h"
#include "discovery/source_facts.h"
#include "discovery/syntax_tree.h"

namespace discovery {

/// Says of the names in templates where they are declared, and adds to the facts what is known of
/// those that a function or block declares: only of these, so that facts stay as small as files
/// have templates. Keeps references to both.
class LocalFacts {
 public:
  LocalFacts(const SyntaxTree& tree, SourceFacts& facts)
      : tree_(tree), facts_(facts), scopes_(tree) {}

  /// Sets the scope of a chain that stands at the node `at`.
  void place(NameChain& chain, NodeId at);

  /// Where a name is declared that stands at the node `at`; empty at module level.
  base::Span scope_of(const std::string& name, NodeId at);

 private:
  /// A name of a constant that is still to be placed.
  struct Open {
    std::size_t constant;
    NodeId at;
  };

  void read(const LocalDeclaration& declaration);

  const SyntaxTree& tree_;
  SourceFacts& facts_;
  Scopes scopes_;
  std::set<NodeId> known_;
  std::vector<Open> open_;
};

}  // namespace discovery
