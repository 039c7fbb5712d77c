#include "graph/dependency_graph.h"

#include <algorithm>
#include <unordered_set>
#include <utility>

namespace graph {

std::vector<Slot> DependencyGraph::apply_patch(const DependencyGraphPatch& patch) {
  std::set<std::string> gone(patch.removed_nodes.begin(), patch.removed_nodes.end());
  for (const std::string& module : patch.removed_modules) {
    const auto nodes = modules_.find(module);
    if (nodes != modules_.end()) {
      std::for_each(nodes->second.begin(), nodes->second.end(), [&](const std::string* id) {
        gone.insert(*id);
      });
    }
  }

  // What each slot that may change holds before.
  std::map<Slot, SlotValue> before;
  const auto note = [&](const std::vector<Slot>& slots) {
    for (const Slot& slot : slots) {
      if (!before.contains(slot)) {
        before.emplace(slot, value_of(slot));
      }
    }
  };
  const auto note_node = [&](const std::string& id) {
    if (const Node* node = find(id)) {
      note(node->provides);
    }
  };
  std::for_each(gone.begin(), gone.end(), note_node);
  for (const Node& node : patch.upserted_nodes) {
    note_node(node.id);
    note(node.provides);
  }
  for (const auto& [slot, summary] : patch.module_summaries) {
    note({slot});
  }

  for (const std::string& id : gone) {
    remove(id);
  }
  for (const Node& node : patch.upserted_nodes) {
    remove(node.id);
    insert(node);
  }
  for (const auto& [slot, summary] : patch.module_summaries) {
    slots_[slot].summary = summary;
    drop_if_empty(slot);
  }

  std::vector<Slot> changed;
  for (const auto& [slot, value] : before) {
    if (value != value_of(slot)) {
      changed.push_back(slot);
    }
  }
  return changed;
}

void DependencyGraph::restore(std::vector<Node>&& nodes,
                              const std::map<Slot, base::Fingerprint>& summaries) {
  for (Node& node : nodes) {
    insert(std::move(node));
  }
  for (const auto& [slot, summary] : summaries) {
    slots_[slot].summary = summary;
  }
}

std::optional<base::Fingerprint> DependencyGraph::summary_of(const Slot& slot) const {
  const auto entry = slots_.find(slot);
  return entry == slots_.end() ? std::nullopt : entry->second.summary;
}

const Node* DependencyGraph::find(std::string_view id) const {
  const auto node = nodes_.find(std::string(id));
  return node == nodes_.end() ? nullptr : &node->second;
}

std::vector<std::string> DependencyGraph::nodes_of(std::string_view module) const {
  const auto nodes = modules_.find(module);
  return nodes == modules_.end() ? std::vector<std::string>() : copy_of(nodes->second);
}

std::vector<std::string> DependencyGraph::providers_of(const Slot& slot) const {
  const auto entry = slots_.find(slot);
  return entry == slots_.end() ? std::vector<std::string>() : copy_of(entry->second.providers);
}

std::vector<std::string> DependencyGraph::users_of(const Slot& slot) const {
  const auto entry = slots_.find(slot);
  return entry == slots_.end() ? std::vector<std::string>() : copy_of(entry->second.users);
}

std::vector<DependencyGraph::Affected> DependencyGraph::affected_by(
    const std::vector<Slot>& slots) const {
  std::vector<Affected> found;
  std::unordered_set<std::string_view> seen;
  const auto visit = [&](const Slot& slot) {
    const auto entry = slots_.find(slot);
    if (entry == slots_.end()) {
      return;
    }
    for (const std::string* user : entry->second.users) {
      if (seen.insert(*user).second) {
        found.push_back({*user, slot});
      }
    }
  };
  std::for_each(slots.begin(), slots.end(), visit);
  // `found` grows while we walk it, so the loop counts, and copies what it reads.
  for (std::size_t next = 0; next < found.size(); ++next) {
    const auto node = nodes_.find(found[next].id);
    std::for_each(node->second.provides.begin(), node->second.provides.end(), visit);
  }
  std::sort(found.begin(), found.end(), [](const Affected& left, const Affected& right) {
    return left.id < right.id;
  });
  return found;
}

std::vector<const Node*> DependencyGraph::reached_from(const std::vector<std::string>& ids) const {
  std::vector<const Node*> found;
  std::unordered_set<const std::string*> seen;
  std::unordered_set<const SlotEntry*> followed;
  const auto visit = [&](const std::string& id) {
    const auto node = nodes_.find(id);
    if (node != nodes_.end() && seen.insert(&node->first).second) {
      found.push_back(&node->second);
    }
  };
  std::for_each(ids.begin(), ids.end(), visit);
  for (std::size_t next = 0; next < found.size(); ++next) {
    for (const Slot& slot : found[next]->uses) {
      const auto entry = slots_.find(slot);
      if (entry != slots_.end() && followed.insert(&entry->second).second) {
        std::for_each(entry->second.providers.begin(),
                      entry->second.providers.end(),
                      [&](const std::string* id) { visit(*id); });
      }
    }
  }
  return found;
}

std::vector<const Node*> DependencyGraph::nodes() const {
  std::vector<const Node*> all;
  all.reserve(nodes_.size());
  for (const auto& [id, node] : nodes_) {
    all.push_back(&node);
  }
  return all;
}

DependencyGraph::SlotValue DependencyGraph::value_of(const Slot& slot) const {
  SlotValue value;
  const auto entry = slots_.find(slot);
  if (entry == slots_.end()) {
    return value;
  }
  if (entry->second.summary) {
    value.emplace_back(std::string(), *entry->second.summary);
  }
  for (const std::string* id : entry->second.providers) {
    value.emplace_back(*id, nodes_.find(*id)->second.value);
  }
  return value;
}

void DependencyGraph::add(Ids& ids, const std::string& id) {
  const auto at =
      std::lower_bound(ids.begin(), ids.end(), id, [](const std::string* one, const auto& text) {
        return *one < text;
      });
  if (at == ids.end() || **at != id) {
    ids.insert(at, &id);
  }
}

void DependencyGraph::drop(Ids& ids, const std::string& id) {
  const auto at =
      std::lower_bound(ids.begin(), ids.end(), id, [](const std::string* one, const auto& text) {
        return *one < text;
      });
  if (at != ids.end() && **at == id) {
    ids.erase(at);
  }
}

std::vector<std::string> DependencyGraph::copy_of(const Ids& ids) {
  std::vector<std::string> copy;
  copy.reserve(ids.size());
  for (const std::string* id : ids) {
    copy.push_back(*id);
  }
  return copy;
}

void DependencyGraph::remove(const std::string& id) {
  const auto found = nodes_.find(id);
  if (found == nodes_.end()) {
    return;
  }
  const Node& node = found->second;
  for (const Slot& slot : node.provides) {
    drop(slots_[slot].providers, id);
    drop_if_empty(slot);
  }
  for (const Slot& slot : node.uses) {
    drop(slots_[slot].users, id);
    drop_if_empty(slot);
  }
  const auto module = modules_.find(node.module);
  drop(module->second, id);
  if (module->second.empty()) {
    modules_.erase(module);
  }
  nodes_.erase(found);
}

void DependencyGraph::insert(Node node) {
  std::string key = node.id;
  const auto& [id, kept] = *nodes_.emplace(std::move(key), std::move(node)).first;
  for (const Slot& slot : kept.provides) {
    add(slots_[slot].providers, id);
  }
  for (const Slot& slot : kept.uses) {
    add(slots_[slot].users, id);
  }
  add(modules_[kept.module], id);
}

void DependencyGraph::drop_if_empty(const Slot& slot) {
  const auto entry = slots_.find(slot);
  if (entry != slots_.end() && entry->second.empty()) {
    slots_.erase(entry);
  }
}

DependencyGraphPatch diff_graphs(const DependencyGraph& before,
                                 const std::vector<std::string>& modules,
                                 const std::vector<Node>& after) {
  DependencyGraphPatch patch;
  std::unordered_set<std::string_view> kept;
  std::unordered_set<std::string_view> filled;
  for (const Node& node : after) {
    kept.insert(node.id);
    filled.insert(node.module);
    const Node* old = before.find(node.id);
    if (old == nullptr || *old != node) {
      patch.upserted_nodes.push_back(node);
    }
  }
  for (const std::string& module : modules) {
    const std::vector<std::string> old = before.nodes_of(module);
    if (!filled.contains(module)) {
      if (!old.empty()) {
        patch.removed_modules.push_back(module);
      }
      continue;
    }
    std::copy_if(
        old.begin(), old.end(), std::back_inserter(patch.removed_nodes), [&](const auto& id) {
          return !kept.contains(id);
        });
  }
  return patch;
}

}  // namespace graph
