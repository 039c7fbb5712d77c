#include "builder/fragment_table.h"

#include <algorithm>

namespace builder {

FragmentTable::FragmentTable(const std::vector<TemplateUnit>& units,
                             const std::vector<BuildDefinition>& definitions)
    : units_(units), definitions_(definitions), unit_fragments_(units.size()) {
  for (DefinitionIndex i = 0; i < definitions.size(); ++i) {
    const BuildDefinition& definition = definitions[i];
    const TemplateUnit& unit = units[definition.unit];
    if (definition.is_fragment) {
      unit_fragments_[definition.unit].push_back(i);
    }
    if (unit.is_scoped || definition.name.empty()) {
      continue;
    }
    auto& table = definition.is_fragment ? fragments_ : operations_;
    table[{unit.label, definition.name}].push_back(i);
  }
}

std::optional<DefinitionIndex> FragmentTable::find(std::uint32_t user_unit,
                                                   std::string_view name) const {
  const TemplateUnit& user = units_[user_unit];
  if (user.is_scoped) {
    return find_scoped(user, user_unit, name);
  }
  const auto entry = find_entry(user.label, name);
  if (entry == fragments_.end()) {
    return std::nullopt;
  }
  // Lower is better; a definition that could be read is better than any that could not.
  const auto distance = [&](DefinitionIndex candidate) {
    const BuildDefinition& definition = definitions_[candidate];
    const int unreadable = definition.ast == nullptr ? 4 : 0;
    if (definition.unit == user_unit) {
      return unreadable;
    }
    return unreadable + (units_[definition.unit].source == user.source ? 1 : 2);
  };
  DefinitionIndex best = entry->second.front();
  for (const DefinitionIndex candidate : entry->second) {
    if (distance(candidate) < distance(best)) {
      best = candidate;
    }
  }
  return best;
}

std::optional<DefinitionIndex> FragmentTable::find_global(std::string_view label,
                                                          std::string_view name) const {
  const auto entry = find_entry(label, name);
  if (entry == fragments_.end()) {
    return std::nullopt;
  }
  const auto readable =
      std::find_if(entry->second.begin(), entry->second.end(), [this](DefinitionIndex candidate) {
        return definitions_[candidate].ast != nullptr;
      });
  return readable == entry->second.end() ? entry->second.front() : *readable;
}

FragmentTable::Names::const_iterator FragmentTable::find_entry(std::string_view label,
                                                               std::string_view name) const {
  const auto entry = fragments_.find({label, name});
  // One without a schema could be of any: who uses it needs no error of its own.
  return entry != fragments_.end() ? entry : fragments_.find({std::string_view(), name});
}

std::optional<DefinitionIndex> FragmentTable::find_scoped(const TemplateUnit& user,
                                                          std::uint32_t user_unit,
                                                          std::string_view name) const {
  if (const std::optional<DefinitionIndex> own = find_in_unit(user_unit, name)) {
    return own;
  }
  for (const std::uint32_t unit : user.fragment_units) {
    if (const std::optional<DefinitionIndex> found = find_in_unit(unit, name)) {
      return found;
    }
  }
  return std::nullopt;
}

std::optional<DefinitionIndex> FragmentTable::find_in_unit(std::uint32_t unit,
                                                           std::string_view name) const {
  for (const DefinitionIndex candidate : unit_fragments_[unit]) {
    if (definitions_[candidate].name == name) {
      return candidate;
    }
  }
  return std::nullopt;
}

std::vector<std::vector<DefinitionIndex>> FragmentTable::shared_names() const {
  std::vector<std::vector<DefinitionIndex>> groups;
  for (const auto* table : {&fragments_, &operations_}) {
    for (const auto& [key, members] : *table) {
      std::vector<DefinitionIndex> readable;
      for (const DefinitionIndex member : members) {
        if (definitions_[member].ast != nullptr) {
          readable.push_back(member);
        }
      }
      if (readable.size() > 1) {
        groups.push_back(std::move(readable));
      }
    }
  }
  return groups;
}

}  // namespace builder
