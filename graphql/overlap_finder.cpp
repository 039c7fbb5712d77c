#include "graphql/overlap_finder.h"

#include <algorithm>
#include <utility>

#include "graphql/overlap_collection.h"

namespace graphql {
namespace {

// As much as graphql-js 16.15.0 has.
constexpr std::int64_t k_budget = 500'000;

constexpr std::uint32_t k_none = NameIndex::k_none;

}  // namespace

OverlapFinder::OverlapFinder(const Schema& schema, FragmentDirectory& fragments, SchemaReads* reads)
    : schema_(schema), fragments_(fragments), reads_(reads) {}

OverlapFinder::~OverlapFinder() = default;

void OverlapFinder::begin() {
  ++round_;
  budget_ = k_budget;
  is_exhausted_ = false;
  compared_with_fragment_.clear();
  compared_fragments_.clear();
  overlap_lists_.clear();
  overlaps_.clear();
  same_arguments_.clear();
}

void OverlapFinder::spend(std::int64_t cost) {
  budget_ -= cost;
  is_exhausted_ = is_exhausted_ || budget_ < 0;
}

const SchemaType* OverlapFinder::find_type(Collection& collection, const Name& name) const {
  if (reads_ != nullptr) {
    collection.reads.read_type(name);
  }
  return schema_.find_type(name);
}

const SchemaField* OverlapFinder::find_field(Collection& collection,
                                             const SchemaType& parent,
                                             const Name& name) const {
  const SchemaField* field = schema_.find_field(parent, name);
  if (reads_ != nullptr) {
    collection.reads.read_field(parent, name);
    if (field != nullptr) {
      collection.reads.read_type(schema_.type(field->type).name);
    }
  }
  return field;
}

OverlapFinder::Collection& OverlapFinder::collect(const SchemaType* parent,
                                                  const SelectionSet& set,
                                                  std::uint32_t source_id) {
  Collection& collection = find_or_make(parent, set, source_id);
  tell_reads(collection);
  return collection;
}

void OverlapFinder::tell_reads(Collection& collection) {
  if (reads_ != nullptr && collection.told_in_round != round_) {
    collection.told_in_round = round_;
    collection.reads.tell(*reads_);
  }
}

OverlapFinder::Collection& OverlapFinder::find_or_make(const SchemaType* parent,
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

OverlapFinder::Collection* OverlapFinder::collect_fragment(std::uint32_t fragment_id) {
  const FragmentDefinition* fragment = fragments_[fragment_id].definition;
  if (fragment == nullptr) {
    return nullptr;
  }
  if (fragment_id >= collection_of_fragment_.size()) {
    collection_of_fragment_.resize(fragment_id + 1);
  }
  Collection*& known = collection_of_fragment_[fragment_id];
  if (reads_ != nullptr) {
    reads_->read_type(fragment->type_condition);
  }
  if (known == nullptr) {
    known = &find_or_make(
        schema_.find_type(fragment->type_condition), *fragment->selection_set, fragment->source_id);
  }
  tell_reads(*known);
  return known;
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
          field.definition = find_field(collection, *parent, field.place.field->name);
        }
        collection.add(field);
        break;
      }
      case SelectionKind::fragment_spread: {
        const std::uint32_t id = fragments_.number_of(as_fragment_spread(*selection).name);
        std::vector<std::uint32_t>& ids = collection.fragment_ids;
        if (std::find(ids.begin(), ids.end(), id) == ids.end()) {
          ids.push_back(id);
        }
        break;
      }
      case SelectionKind::inline_fragment: {
        const InlineFragment& fragment = as_inline_fragment(*selection);
        const SchemaType* type = fragment.type_condition.empty()
                                     ? parent
                                     : find_type(collection, fragment.type_condition);
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

bool OverlapFinder::is_comparison_left(PairTable& compared,
                                       std::uint32_t left,
                                       std::uint32_t right,
                                       Exclusion exclusion) {
  const auto value = static_cast<std::uint32_t>(exclusion);
  std::uint32_t* known = compared.find(left, right);
  if (known == nullptr) {
    compared.add(left, right, value);
    return true;
  }
  if (*known <= value) {
    return false;
  }
  *known = value;
  return true;
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
  if (!is_comparison_left(compared_with_fragment_, collection.id, fragment_id, exclusion)) {
    return;
  }
  const Collection* fragment = collect_fragment(fragment_id);
  if (fragment == nullptr || fragment == &collection) {
    return;
  }
  compare_collections(conflicts, exclusion, collection, *fragment);
  for (const std::uint32_t id : fragment->fragment_ids) {
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
  if (!is_comparison_left(
          compared_fragments_, std::min(left, right), std::max(left, right), exclusion)) {
    return;
  }
  const Collection* left_fields = collect_fragment(left);
  const Collection* right_fields = collect_fragment(right);
  if (left_fields == nullptr || right_fields == nullptr) {
    return;
  }
  compare_collections(conflicts, exclusion, *left_fields, *right_fields);
  for (const std::uint32_t id : right_fields->fragment_ids) {
    if (is_exhausted_) {
      return;
    }
    compare_fragments(conflicts, exclusion, left, id);
  }
  for (const std::uint32_t id : left_fields->fragment_ids) {
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
  // By number: what is compared here may add to the lists.
  for (std::size_t at = overlaps_of(left, right); overlaps_[at].left_group != k_none; ++at) {
    const Group& left_group = left.groups[overlaps_[at].left_group];
    const Group& right_group = right.groups[overlaps_[at].right_group];
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

std::size_t OverlapFinder::overlaps_of(const Collection& left, const Collection& right) {
  if (const std::uint32_t* known = overlap_lists_.find(left.id, right.id)) {
    return *known;
  }
  const std::size_t begin = overlaps_.size();
  overlap_lists_.add(left.id, right.id, static_cast<std::uint32_t>(begin));
  spend(static_cast<std::int64_t>(left.groups.size()));
  for (std::uint32_t i = 0; i < left.groups.size() && !is_exhausted_; ++i) {
    const std::uint32_t found = right.find_group(left.groups[i].response_name);
    if (found != k_none) {
      overlaps_.push_back({i, found});
    }
  }
  overlaps_.push_back({k_none, k_none});
  return begin;
}

}  // namespace graphql
