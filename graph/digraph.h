#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace graph {

/// Dense handle of a node. Only the graph that made it can read it.
enum class NodeId : std::uint32_t {};

constexpr std::size_t index_of(NodeId id) {
  return static_cast<std::size_t>(id);
}

/// Who depends on whom.
///
/// Nodes are numbered in creation order and are never reused, so a NodeId stays valid for the life
/// of the graph and can index a plain vector. The graph knows nothing of files, GraphQL or
/// artifacts: callers keep the meaning of a node beside it.
///
/// Not thread-safe while it is edited; any number of threads may read it between edits.
class Digraph {
 public:
  explicit Digraph(std::size_t node_count = 0) : nodes_(node_count) {}

  /// Replaces everything that `user` depends on. Order and repeats do not matter.
  void set_dependencies(NodeId user, std::vector<NodeId> dependencies);

  /// Sorted, without repeats.
  std::span<const NodeId> dependencies_of(NodeId user) const {
    return nodes_[index_of(user)].dependencies;
  }

  /// `start` and all that it depends on, directly or not, in NodeId order. Cycles are fine.
  std::vector<NodeId> reachable_from(NodeId start) const;

  /// `changed` and all that depends on it, directly or not, in NodeId order. Cycles are fine.
  std::vector<NodeId> affected_by(std::span<const NodeId> changed) const;

  std::size_t size() const { return nodes_.size(); }

 private:
  struct Node {
    std::vector<NodeId> dependencies;
    /// Mirror of every `dependencies`, kept so that affected_by() only has to follow edges.
    std::vector<NodeId> users;
  };

  std::vector<Node> nodes_;
};

/// The groups of nodes that depend on each other in a circle, a node that depends on itself being
/// one too. Each group in NodeId order, the groups by their first node. Linear in nodes and edges;
/// does not recurse.
std::vector<std::vector<NodeId>> find_cycles(const Digraph& graph);

}  // namespace graph
