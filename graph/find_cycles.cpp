// Tarjan's strongly connected components, with an explicit stack: a chain of fragments may be as
// long as the project is large, so it must not recurse.

#include <algorithm>
#include <limits>

#include "graph/digraph.h"

namespace graph {
namespace {

constexpr std::uint32_t k_unvisited = std::numeric_limits<std::uint32_t>::max();

class CycleFinder {
 public:
  explicit CycleFinder(const Digraph& graph)
      : graph_(graph),
        order_(graph.size(), k_unvisited),
        lowest_(graph.size(), k_unvisited),
        is_open_(graph.size(), false) {}

  std::vector<std::vector<NodeId>> find() {
    for (std::size_t i = 0; i < graph_.size(); ++i) {
      const auto id = NodeId{static_cast<std::uint32_t>(i)};
      if (order_[i] == k_unvisited) {
        visit_from(id);
      }
    }
    std::sort(cycles_.begin(), cycles_.end());
    return std::move(cycles_);
  }

 private:
  struct Frame {
    NodeId id;
    std::size_t next_dependency = 0;
  };

  void enter(NodeId id) {
    order_[index_of(id)] = lowest_[index_of(id)] = next_order_++;
    open_.push_back(id);
    is_open_[index_of(id)] = true;
    frames_.push_back({id});
  }

  void visit_from(NodeId start) {
    enter(start);
    while (!frames_.empty()) {
      Frame& frame = frames_.back();
      const auto dependencies = graph_.dependencies_of(frame.id);
      if (frame.next_dependency < dependencies.size()) {
        follow(frame.id, dependencies[frame.next_dependency++]);
        continue;
      }
      const NodeId done = frame.id;
      frames_.pop_back();
      if (!frames_.empty()) {
        lower(frames_.back().id, lowest_[index_of(done)]);
      }
      if (lowest_[index_of(done)] == order_[index_of(done)]) {
        close(done);
      }
    }
  }

  void follow(NodeId user, NodeId dependency) {
    if (order_[index_of(dependency)] == k_unvisited) {
      enter(dependency);
    } else if (is_open_[index_of(dependency)]) {
      lower(user, order_[index_of(dependency)]);
    }
  }

  void lower(NodeId id, std::uint32_t order) {
    lowest_[index_of(id)] = std::min(lowest_[index_of(id)], order);
  }

  // `root` is the first node of its component: everything opened since belongs to it.
  void close(NodeId root) {
    std::vector<NodeId> group;
    NodeId id;
    do {
      id = open_.back();
      open_.pop_back();
      is_open_[index_of(id)] = false;
      group.push_back(id);
    } while (id != root);
    const auto own = graph_.dependencies_of(root);
    const bool uses_itself = std::binary_search(own.begin(), own.end(), root);
    if (group.size() > 1 || uses_itself) {
      std::sort(group.begin(), group.end());
      cycles_.push_back(std::move(group));
    }
  }

  const Digraph& graph_;
  std::vector<std::uint32_t> order_;
  std::vector<std::uint32_t> lowest_;
  std::vector<bool> is_open_;
  std::vector<NodeId> open_;
  std::vector<Frame> frames_;
  std::vector<std::vector<NodeId>> cycles_;
  std::uint32_t next_order_ = 0;
};

}  // namespace

std::vector<std::vector<NodeId>> find_cycles(const Digraph& graph) {
  return CycleFinder(graph).find();
}

}  // namespace graph
