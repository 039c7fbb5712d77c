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
      for (const Entry* entry : nodes->second) {
        gone.insert(entry->node.id);
      }
    }
  }

  // What each slot that may change holds before.
  std::map<Slot, SlotValue> before;
  const auto note_slot = [&](const Slot& slot) {
    // Many come in order.
    const bool is_last = before.empty() || before.rbegin()->first < slot;
    const auto place = is_last ? before.end() : before.lower_bound(slot);
    if (place == before.end() || place->first != slot) {
      before.emplace_hint(place, slot, value_of(slot));
    }
  };
  const auto note = [&](const std::vector<Slot>& slots) {
    std::for_each(slots.begin(), slots.end(), note_slot);
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
    note_slot(slot);
  }

  for (const std::string& id : gone) {
    remove(id);
  }
  for (const Node& node : patch.upserted_nodes) {
    remove(node.id);
    insert(node);
  }
  for (const auto& [slot, summary] : patch.module_summaries) {
    slot_at(slot).summary = summary;
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
    slot_at(slot).summary = summary;
  }
}

std::optional<base::Fingerprint> DependencyGraph::summary_of(const Slot& slot) const {
  const auto entry = slots_.find(slot);
  return entry == slots_.end() ? std::nullopt : entry->second.summary;
}

const Node* DependencyGraph::find(std::string_view id) const {
  const auto node = nodes_.find(std::string(id));
  return node == nodes_.end() ? nullptr : &node->second.node;
}

std::vector<std::string> DependencyGraph::nodes_of(std::string_view module) const {
  const auto nodes = modules_.find(module);
  return nodes == modules_.end() ? std::vector<std::string>() : ids_of(nodes->second);
}

std::vector<std::string> DependencyGraph::providers_of(const Slot& slot) const {
  const auto entry = slots_.find(slot);
  return entry == slots_.end() ? std::vector<std::string>() : ids_of(entry->second.providers);
}

std::vector<std::string> DependencyGraph::users_of(const Slot& slot) const {
  const auto entry = slots_.find(slot);
  return entry == slots_.end() ? std::vector<std::string>() : ids_of(entry->second.users);
}

std::vector<DependencyGraph::Affected> DependencyGraph::affected_by(
    const std::vector<Slot>& slots) const {
  std::vector<std::pair<const Entry*, const SlotEntry*>> found;
  std::unordered_set<const Entry*> seen;
  const auto visit = [&](const SlotEntry& slot) {
    for (const Entry* user : slot.users) {
      if (seen.insert(user).second) {
        found.emplace_back(user, &slot);
      }
    }
  };
  for (const Slot& slot : slots) {
    if (const auto entry = slots_.find(slot); entry != slots_.end()) {
      visit(entry->second);
    }
  }
  // `found` grows while we walk it, so the loop counts.
  for (std::size_t next = 0; next < found.size(); ++next) {
    for (const SlotEntry* slot : found[next].first->provides) {
      visit(*slot);
    }
  }
  std::sort(found.begin(), found.end(), [](const auto& left, const auto& right) {
    return left.first->node.id < right.first->node.id;
  });
  std::vector<Affected> affected;
  affected.reserve(found.size());
  for (const auto& [entry, cause] : found) {
    affected.push_back({entry->node.id, *cause->slot});
  }
  return affected;
}

std::vector<const Node*> DependencyGraph::reached_from(const std::vector<std::string>& ids) const {
  std::vector<const Entry*> found;
  std::unordered_set<const Entry*> seen;
  const auto visit = [&](const Entry* entry) {
    if (seen.insert(entry).second) {
      found.push_back(entry);
    }
  };
  for (const std::string& id : ids) {
    if (const auto entry = nodes_.find(id); entry != nodes_.end()) {
      visit(&entry->second);
    }
  }
  for (std::size_t next = 0; next < found.size(); ++next) {
    for (const SlotEntry* slot : found[next]->uses) {
      std::for_each(slot->providers.begin(), slot->providers.end(), visit);
    }
  }
  std::vector<const Node*> nodes;
  nodes.reserve(found.size());
  for (const Entry* entry : found) {
    nodes.push_back(&entry->node);
  }
  return nodes;
}

std::vector<const Node*> DependencyGraph::nodes() const {
  std::vector<const Node*> all;
  all.reserve(nodes_.size());
  for (const auto& [id, entry] : nodes_) {
    all.push_back(&entry.node);
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
  for (const Entry* provider : entry->second.providers) {
    value.emplace_back(provider->node.id, provider->node.value);
  }
  return value;
}

namespace {

constexpr auto k_is_before = [](const auto* left, const auto* right) {
  return left->node.id < right->node.id;
};

}  // namespace

void DependencyGraph::add(Entries& entries, const Entry& entry) {
  const auto at = std::lower_bound(entries.begin(), entries.end(), &entry, k_is_before);
  if (at == entries.end() || *at != &entry) {
    entries.insert(at, &entry);
  }
}

void DependencyGraph::drop(Entries& entries, const Entry& entry) {
  const auto at = std::lower_bound(entries.begin(), entries.end(), &entry, k_is_before);
  if (at != entries.end() && *at == &entry) {
    entries.erase(at);
  }
}

std::vector<std::string> DependencyGraph::ids_of(const Entries& entries) {
  std::vector<std::string> ids;
  ids.reserve(entries.size());
  for (const Entry* entry : entries) {
    ids.push_back(entry->node.id);
  }
  return ids;
}

DependencyGraph::SlotEntry& DependencyGraph::slot_at(const Slot& slot) {
  const auto [entry, is_new] = slots_.try_emplace(slot);
  if (is_new) {
    entry->second.slot = &entry->first;
  }
  return entry->second;
}

void DependencyGraph::remove(const std::string& id) {
  const auto found = nodes_.find(id);
  if (found == nodes_.end()) {
    return;
  }
  const Entry& entry = found->second;
  for (SlotEntry* slot : entry.provides) {
    drop(slot->providers, entry);
  }
  for (SlotEntry* slot : entry.uses) {
    drop(slot->users, entry);
  }
  // Only now: a slot may be provided and used.
  for (const std::vector<Slot>* slots : {&entry.node.provides, &entry.node.uses}) {
    std::for_each(slots->begin(), slots->end(), [this](const Slot& slot) { drop_if_empty(slot); });
  }
  const auto module = modules_.find(entry.node.module);
  drop(module->second, entry);
  if (module->second.empty()) {
    modules_.erase(module);
  }
  nodes_.erase(found);
}

void DependencyGraph::insert(Node node) {
  std::string key = node.id;
  const auto inserted = nodes_.try_emplace(std::move(key));
  Entry& entry = inserted.first->second;
  if (!inserted.second) {
    return;
  }
  entry.node = std::move(node);
  for (const Slot& slot : entry.node.provides) {
    SlotEntry& provided = slot_at(slot);
    add(provided.providers, entry);
    entry.provides.push_back(&provided);
  }
  for (const Slot& slot : entry.node.uses) {
    SlotEntry& used = slot_at(slot);
    add(used.users, entry);
    entry.uses.push_back(&used);
  }
  add(modules_[entry.node.module], entry);
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
