#include "graph/digraph.h"

#include <algorithm>

namespace graph {
namespace {

// Walks from `start` along `next_of`, which gives the neighbours of a node.
template <typename Neighbours>
std::vector<NodeId> walk(std::span<const NodeId> start,
                         std::size_t size,
                         Neighbours neighbours_of) {
  std::vector<bool> seen(size, false);
  std::vector<NodeId> found;
  const auto visit = [&](NodeId id) {
    if (!seen[index_of(id)]) {
      seen[index_of(id)] = true;
      found.push_back(id);
    }
  };
  for (const NodeId id : start) {
    visit(id);
  }
  // `found` is also the work list: it grows while we walk it, so the loop counts instead of holding
  // an iterator.
  for (std::size_t next = 0; next < found.size(); ++next) {
    for (const NodeId id : neighbours_of(found[next])) {
      visit(id);
    }
  }
  std::sort(found.begin(), found.end());
  return found;
}

}  // namespace

void Digraph::set_dependencies(NodeId user, std::vector<NodeId> dependencies) {
  std::sort(dependencies.begin(), dependencies.end());
  dependencies.erase(std::unique(dependencies.begin(), dependencies.end()), dependencies.end());
  for (const NodeId old : nodes_[index_of(user)].dependencies) {
    std::erase(nodes_[index_of(old)].users, user);
  }
  for (const NodeId dependency : dependencies) {
    nodes_[index_of(dependency)].users.push_back(user);
  }
  nodes_[index_of(user)].dependencies = std::move(dependencies);
}

std::vector<NodeId> Digraph::reachable_from(NodeId start) const {
  return walk(std::span(&start, 1), nodes_.size(), [this](NodeId id) -> const std::vector<NodeId>& {
    return nodes_[index_of(id)].dependencies;
  });
}

std::vector<NodeId> Digraph::affected_by(std::span<const NodeId> changed) const {
  return walk(changed, nodes_.size(), [this](NodeId id) -> const std::vector<NodeId>& {
    return nodes_[index_of(id)].users;
  });
}

}  // namespace graph
