#include "graphql/overlap_finder.h"

#include <algorithm>
#include <utility>

#include "graphql/overlap_collection.h"

namespace graphql {
namespace {

// As much as graphql-js 16.15.0 has.
constexpr std::int64_t k_budget = 500'000;

constexpr std::uint32_t k_none = NameIndex::k_none;

std::uint64_t pair_of(std::uint32_t left, std::uint32_t right) {
  return std::uint64_t{left} << 32 | right;
}

}  // namespace

OverlapFinder::OverlapFinder(const Schema& schema,
                             const FragmentResolver& fragments,
                             SchemaReads* reads)
    : schema_(schema), fragments_(fragments), reads_(reads) {}

OverlapFinder::~OverlapFinder() = default;

void OverlapFinder::begin() {
  budget_ = k_budget;
  is_exhausted_ = false;
  if (collections_.empty()) {
    return;
  }
  collections_.clear();
  collection_of_set_.clear();
  field_count_ = 0;
  fragment_index_ = {};
  fragment_names_.clear();
  fragment_definitions_.clear();
  compared_with_fragment_.clear();
  compared_fragments_.clear();
  overlaps_.clear();
  same_arguments_.clear();
  value_fingerprints_.clear();
}

void OverlapFinder::spend(std::int64_t cost) {
  budget_ -= cost;
  is_exhausted_ = is_exhausted_ || budget_ < 0;
}

const SchemaType* OverlapFinder::find_type(const Name& name) const {
  if (reads_ != nullptr) {
    reads_->read_type(name);
  }
  return schema_.find_type(name);
}

const SchemaField* OverlapFinder::find_field(const SchemaType& parent, const Name& name) const {
  const SchemaField* field = schema_.find_field(parent, name);
  if (reads_ != nullptr) {
    reads_->read_field(parent, name);
    if (field != nullptr) {
      reads_->read_type(schema_.type(field->type).name);
    }
  }
  return field;
}

std::uint32_t OverlapFinder::fragment_id(const Name& name) {
  const std::uint32_t found = fragment_index_.find(
      name.hash, [&](std::uint32_t id) { return fragment_names_[id].text == name.text; });
  if (found != NameIndex::k_none) {
    return found;
  }
  const auto id = static_cast<std::uint32_t>(fragment_names_.size());
  fragment_names_.push_back(name);
  fragment_definitions_.push_back(fragments_.find_fragment(name).definition);
  fragment_index_.insert(name.hash, id);
  return id;
}

OverlapFinder::Collection& OverlapFinder::collect(const SchemaType* parent,
                                                  const SelectionSet& set,
                                                  std::uint32_t source_id) {
  const auto [entry, is_new] = collection_of_set_.try_emplace(&set, k_none);
  for (std::uint32_t id = entry->second; id != k_none; id = collections_[id]->next_of_set) {
    if (collections_[id]->parent == parent) {
      return *collections_[id];
    }
  }
  collections_.push_back(std::make_unique<Collection>());
  Collection& collection = *collections_.back();
  collection.id = static_cast<std::uint32_t>(collections_.size() - 1);
  collection.source_id = source_id;
  collection.parent = parent;
  collection.set = &set;
  collection.next_of_set = entry->second;
  entry->second = collection.id;
  collect_into(collection, parent, set);
  return collection;
}

OverlapFinder::Collection& OverlapFinder::collect(const FragmentDefinition& fragment) {
  return collect(find_type(fragment.type_condition), *fragment.selection_set, fragment.source_id);
}

void OverlapFinder::collect_into(Collection& collection,
                                 const SchemaType* parent,
                                 const SelectionSet& set) {
  const bool has_fields = parent != nullptr &&
                          (parent->kind == TypeKind::object || parent->kind == TypeKind::interface);
  for (const Selection* selection : set.selections) {
    switch (selection->kind) {
      case SelectionKind::field: {
        CollectedField field;
        field.place = {&as_field(*selection), collection.source_id};
        field.parent = parent;
        field.id = field_count_++;
        if (has_fields) {
          field.definition = find_field(*parent, field.place.field->name);
        }
        collection.add(field);
        break;
      }
      case SelectionKind::fragment_spread: {
        const std::uint32_t id = fragment_id(as_fragment_spread(*selection).name);
        std::vector<std::uint32_t>& ids = collection.fragment_ids;
        if (std::find(ids.begin(), ids.end(), id) == ids.end()) {
          ids.push_back(id);
        }
        break;
      }
      case SelectionKind::inline_fragment: {
        const InlineFragment& fragment = as_inline_fragment(*selection);
        const SchemaType* type =
            fragment.type_condition.empty() ? parent : find_type(fragment.type_condition);
        collect_into(collection, type, *fragment.selection_set);
        break;
      }
    }
  }
}

std::vector<OverlapFinder::Conflict> OverlapFinder::find_within(const SchemaType* parent,
                                                                const SelectionSet& set,
                                                                std::uint32_t source_id) {
  std::vector<Conflict> conflicts;
  Collection& collection = collect(parent, set, source_id);
  compare_within(conflicts, collection);
  const std::vector<std::uint32_t>& ids = collection.fragment_ids;
  if (collection.groups.empty() && ids.size() == 1) {
    return conflicts;
  }
  for (std::size_t i = 0; i < ids.size() && !is_exhausted_; ++i) {
    compare_with_fragment(conflicts, Exclusion::none, collection, ids[i]);
    for (std::size_t j = i + 1; j < ids.size() && !is_exhausted_; ++j) {
      compare_fragments(conflicts, Exclusion::none, ids[i], ids[j]);
    }
  }
  return conflicts;
}

void OverlapFinder::compare_within(std::vector<Conflict>& conflicts, const Collection& collection) {
  for (const Group& group : collection.groups) {
    for (std::uint32_t i = group.first; i != k_none; i = collection.fields[i].next) {
      const CollectedField& left = collection.fields[i];
      for (std::uint32_t j = left.next; j != k_none; j = collection.fields[j].next) {
        if (is_exhausted_) {
          return;
        }
        compare_fields(conflicts, Exclusion::none, left, collection.fields[j]);
      }
    }
  }
}

void OverlapFinder::compare_with_fragment(std::vector<Conflict>& conflicts,
                                          Exclusion exclusion,
                                          Collection& collection,
                                          std::uint32_t fragment_id) {
  const Depth depth(*this);
  spend(1);
  if (collection.groups.empty() || is_exhausted_) {
    return;
  }
  const auto [entry, is_new] =
      compared_with_fragment_.try_emplace(pair_of(collection.id, fragment_id), exclusion);
  if (!is_new && (entry->second == Exclusion::none || exclusion == Exclusion::exclusive)) {
    return;
  }
  entry->second = exclusion;
  const FragmentDefinition* definition = fragment_definitions_[fragment_id];
  if (definition == nullptr) {
    return;
  }
  const Collection& other = collect(*definition);
  if (&other == &collection) {
    return;
  }
  compare_collections(conflicts, exclusion, collection, other);
  for (const std::uint32_t id : other.fragment_ids) {
    if (is_exhausted_) {
      return;
    }
    compare_with_fragment(conflicts, exclusion, collection, id);
  }
}

void OverlapFinder::compare_fragments(std::vector<Conflict>& conflicts,
                                      Exclusion exclusion,
                                      std::uint32_t left,
                                      std::uint32_t right) {
  const Depth depth(*this);
  spend(2);
  if (left == right || is_exhausted_) {
    return;
  }
  // The order of a pair does not matter to what was compared, only to what is reported.
  const auto was_compared = [&](std::uint64_t pair) {
    const auto found = compared_fragments_.find(pair);
    return found != compared_fragments_.end() &&
           (exclusion == Exclusion::exclusive || found->second == Exclusion::none);
  };
  if (was_compared(pair_of(left, right)) || was_compared(pair_of(right, left))) {
    return;
  }
  compared_fragments_[pair_of(left, right)] = exclusion;
  if (fragment_definitions_[left] == nullptr || fragment_definitions_[right] == nullptr) {
    return;
  }
  const Collection& left_fields = collect(*fragment_definitions_[left]);
  const Collection& right_fields = collect(*fragment_definitions_[right]);
  compare_collections(conflicts, exclusion, left_fields, right_fields);
  for (const std::uint32_t id : right_fields.fragment_ids) {
    if (is_exhausted_) {
      return;
    }
    compare_fragments(conflicts, exclusion, left, id);
  }
  for (const std::uint32_t id : left_fields.fragment_ids) {
    if (is_exhausted_) {
      return;
    }
    compare_fragments(conflicts, exclusion, id, right);
  }
}

std::vector<OverlapFinder::Conflict> OverlapFinder::compare_selections(
    Exclusion exclusion, const CollectedField& left_field, const CollectedField& right_field) {
  const auto collection_of = [this](const CollectedField& field) -> Collection& {
    const SchemaType* type =
        field.definition == nullptr ? nullptr : &schema_.type(field.definition->type);
    return collect(type, *field.place.field->selection_set, field.place.source_id);
  };
  std::vector<Conflict> conflicts;
  Collection& left = collection_of(left_field);
  Collection& right = collection_of(right_field);
  compare_collections(conflicts, exclusion, left, right);
  for (const std::uint32_t id : right.fragment_ids) {
    compare_with_fragment(conflicts, exclusion, left, id);
  }
  for (const std::uint32_t id : left.fragment_ids) {
    compare_with_fragment(conflicts, exclusion, right, id);
  }
  for (const std::uint32_t left_id : left.fragment_ids) {
    for (const std::uint32_t right_id : right.fragment_ids) {
      if (is_exhausted_) {
        return conflicts;
      }
      compare_fragments(conflicts, exclusion, left_id, right_id);
    }
  }
  return conflicts;
}

void OverlapFinder::compare_collections(std::vector<Conflict>& conflicts,
                                        Exclusion exclusion,
                                        const Collection& left,
                                        const Collection& right) {
  if (left.groups.empty() || right.groups.empty()) {
    return;
  }
  for (const Overlap& overlap : overlaps_of(left, right)) {
    const Group& left_group = left.groups[overlap.left_group];
    const Group& right_group = right.groups[overlap.right_group];
    for (std::uint32_t i = left_group.first; i != k_none; i = left.fields[i].next) {
      for (std::uint32_t j = right_group.first; j != k_none; j = right.fields[j].next) {
        if (is_exhausted_) {
          return;
        }
        compare_fields(conflicts, exclusion, left.fields[i], right.fields[j]);
      }
    }
  }
}

const std::vector<OverlapFinder::Overlap>& OverlapFinder::overlaps_of(const Collection& left,
                                                                      const Collection& right) {
  const auto [entry, is_new] = overlaps_.try_emplace(pair_of(left.id, right.id));
  if (is_new) {
    spend(static_cast<std::int64_t>(left.groups.size()));
    for (std::uint32_t i = 0; i < left.groups.size() && !is_exhausted_; ++i) {
      const std::uint32_t found = right.find_group(left.groups[i].response_name);
      if (found != k_none) {
        entry->second.push_back({i, found});
      }
    }
  }
  return entry->second;
}

}  // namespace graphql
