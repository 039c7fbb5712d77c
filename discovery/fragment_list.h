#pragma once

#include <optional>
#include <string_view>
#include <unordered_map>

#include "discovery/local_facts.h"
#include "discovery/scopes.h"
#include "discovery/source_facts.h"
#include "discovery/syntax_tree.h"

namespace discovery {

/// Reads the array of fragments that is the second argument of a call, as gql.tada has it: written
/// in place, or a constant of the same file, with spreads of other such arrays. Keeps references to
/// what it was made from.
class FragmentListReader {
 public:
  FragmentListReader(const SyntaxTree& tree, LocalFacts& locals)
      : tree_(tree), locals_(locals), scopes_(tree) {}

  /// Fills in the list of `site`, whose call has the arguments `arguments`.
  void read(NodeId arguments, TemplateSite& site);

 private:
  NodeId second_argument(NodeId arguments) const;
  /// The array that `value` is or names; none if that cannot be known.
  NodeId array_of(NodeId value);
  NodeId constant_value(std::string_view name, NodeId at);
  void add_elements(NodeId array, unsigned depth, TemplateSite& site);
  NodeId module_constant(std::string_view name);

  const SyntaxTree& tree_;
  LocalFacts& locals_;
  Scopes scopes_;
  /// Name -> declarator, of the constants at module level; made when it is first asked for.
  std::optional<std::unordered_map<std::string_view, NodeId>> module_constants_;
};

}  // namespace discovery
