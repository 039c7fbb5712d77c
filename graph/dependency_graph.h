#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/fingerprint.h"

namespace graph {

/// The name of something that can be depended on, and that exists even while nothing fills it: "the
/// fragment Card of the schema admin". Any bytes; what they mean is the caller's business.
using Slot = std::string;

/// One definition, as the graph sees it.
struct Node {
  /// Unique in the graph.
  std::string id;
  /// The file that it is in.
  std::string module;
  /// Everything of it that its users can see.
  base::Fingerprint value;
  /// Slots that it fills, sorted, without repeats. Several nodes may fill one slot.
  std::vector<Slot> provides;
  /// Slots that it depends on, sorted, without repeats, filled or not.
  std::vector<Slot> uses;

  friend bool operator==(const Node&, const Node&) = default;
};

/// What changes a graph into another one.
struct DependencyGraphPatch {
  /// All nodes of these modules go, before anything else happens.
  std::vector<std::string> removed_modules;
  /// Ids of further nodes that go.
  std::vector<std::string> removed_nodes;
  /// New nodes, and new contents of nodes.
  std::vector<Node> upserted_nodes;
  /// Values of slots that no node fills and that a module as a whole stands for; nothing: the slot
  /// is empty from now on.
  std::map<Slot, std::optional<base::Fingerprint>> module_summaries;

  bool empty() const {
    return removed_modules.empty() && removed_nodes.empty() && upserted_nodes.empty() &&
           module_summaries.empty();
  }
  friend bool operator==(const DependencyGraphPatch&, const DependencyGraphPatch&) = default;
};

/// Who depends on what, by slots: a user is told of a slot that is filled for the first time, by a
/// second node, or no longer, as well as of one whose filling changes.
///
/// All costs are those of the nodes touched, not of the graph. Not thread-safe while it is edited.
class DependencyGraph {
 public:
  DependencyGraph() = default;
  DependencyGraph(const DependencyGraph&) = delete;
  DependencyGraph& operator=(const DependencyGraph&) = delete;
  DependencyGraph(DependencyGraph&&) = default;
  DependencyGraph& operator=(DependencyGraph&&) = default;

  /// The slots whose value differs afterwards, sorted. A slot's value is the ids and values of the
  /// nodes that fill it, and its module's summary.
  std::vector<Slot> apply_patch(const DependencyGraphPatch& patch);

  /// Null if there is none. Valid until the node is removed or upserted.
  const Node* find(std::string_view id) const;

  /// Adds to a graph that has none of them, at less cost than a patch.
  void restore(std::vector<Node>&& nodes, const std::map<Slot, base::Fingerprint>& summaries);

  /// What a module's summaries say of `slot`; nothing if none does.
  std::optional<base::Fingerprint> summary_of(const Slot& slot) const;

  /// Ids of the nodes of a module, sorted.
  std::vector<std::string> nodes_of(std::string_view module) const;

  /// Ids of the nodes that fill `slot`, sorted.
  std::vector<std::string> providers_of(const Slot& slot) const;

  /// Ids of the nodes that use `slot` itself, sorted.
  std::vector<std::string> users_of(const Slot& slot) const;

  /// A node that must be looked at, and the slot that brought the change to it.
  struct Affected {
    std::string id;
    Slot cause;

    friend bool operator==(const Affected&, const Affected&) = default;
  };
  /// The users of `slots`, the users of what those fill, and so on; each once, sorted by id, with a
  /// cause that is as near to `slots` as any. Cycles are fine.
  std::vector<Affected> affected_by(const std::vector<Slot>& slots) const;

  /// The nodes `ids`, the nodes that fill what they use, and so on; in no particular order. Cycles
  /// are fine.
  std::vector<const Node*> reached_from(const std::vector<std::string>& ids) const;

  std::size_t size() const { return nodes_.size(); }
  /// Neither nodes nor summaries.
  bool is_empty() const { return nodes_.empty() && slots_.empty(); }

  /// All nodes, in no particular order.
  std::vector<const Node*> nodes() const;

 private:
  struct SlotEntry;

  /// A node with the entries of its slots, so that following edges looks nothing up.
  struct Entry {
    Node node;
    std::vector<SlotEntry*> provides;
    std::vector<SlotEntry*> uses;
  };
  /// Sorted by id. They point into `nodes_`, whose entries stay where they are: a third of a
  /// session's memory went into copies of ids.
  using Entries = std::vector<const Entry*>;

  /// What is in a slot, and who looks there. Stays where it is while it is not empty.
  struct SlotEntry {
    const Slot* slot = nullptr;
    Entries providers;
    Entries users;
    std::optional<base::Fingerprint> summary;

    bool empty() const { return providers.empty() && users.empty() && !summary; }
  };
  using SlotValue = std::vector<std::pair<std::string, base::Fingerprint>>;

  static void add(Entries& entries, const Entry& entry);
  static void drop(Entries& entries, const Entry& entry);
  static std::vector<std::string> ids_of(const Entries& entries);
  SlotEntry& slot_at(const Slot& slot);
  SlotValue value_of(const Slot& slot) const;
  void remove(const std::string& id);
  void insert(Node node);
  void drop_if_empty(const Slot& slot);

  std::unordered_map<std::string, Entry> nodes_;
  std::map<std::string, Entries, std::less<>> modules_;
  std::unordered_map<Slot, SlotEntry> slots_;
};

/// The patch that turns the nodes that `before` has of `modules` into `after`, all of which are in
/// `modules`. Nodes that stay the same are not in it.
DependencyGraphPatch diff_graphs(const DependencyGraph& before,
                                 const std::vector<std::string>& modules,
                                 const std::vector<Node>& after);

}  // namespace graph
