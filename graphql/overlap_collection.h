#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "graphql/ast.h"
#include "graphql/name_index.h"
#include "graphql/overlap_finder.h"
#include "graphql/read_log.h"
#include "graphql/schema.h"

/// What OverlapFinder works on. For overlap_finder.cpp and overlap_fields.cpp only.
namespace graphql {

struct OverlapFinder::CollectedField {
  Place place;
  /// Null if unknown.
  const SchemaType* parent = nullptr;
  const SchemaField* definition = nullptr;
  std::uint32_t id = 0;
  /// The next field of the same key in the collection.
  std::uint32_t next = NameIndex::k_none;

  bool is_simple_leaf() const {
    return place.field->arguments.empty() && place.field->selection_set == nullptr;
  }
};

/// The fields of one response name.
struct OverlapFinder::Group {
  Name response_name;
  std::uint32_t first = NameIndex::k_none;
  std::uint32_t last = NameIndex::k_none;
};

struct OverlapFinder::Collection {
  std::uint32_t id = 0;
  std::uint32_t source_id = 0;
  const SchemaType* parent = nullptr;
  const SelectionSet* set = nullptr;
  /// The next collection of the same set, for another parent type.
  std::uint32_t next_of_set = NameIndex::k_none;
  std::vector<CollectedField> fields;
  /// In the order of their first fields.
  std::vector<Group> groups;
  NameIndex group_index;
  /// Each once, in the order of first spreads.
  std::vector<std::uint32_t> fragment_ids;
  /// What of the schema had to be read to collect it, if anybody wants to know, and the last round
  /// in which that was told.
  ReadLog reads;
  std::uint32_t told_in_round = 0;

  // Fewer groups are searched without an index.
  static constexpr std::size_t k_min_indexed_groups = 9;

  std::uint32_t find_group(const Name& name) const {
    if (groups.size() >= k_min_indexed_groups) {
      return group_index.find(name.hash, [&](std::uint32_t number) {
        return groups[number].response_name.text == name.text;
      });
    }
    for (std::uint32_t i = 0; i < groups.size(); ++i) {
      if (groups[i].response_name == name) {
        return i;
      }
    }
    return NameIndex::k_none;
  }

  void add(const CollectedField& field) {
    const Name& name = field.place.field->response_name();
    const auto number = static_cast<std::uint32_t>(fields.size());
    fields.push_back(field);
    const std::uint32_t found = find_group(name);
    if (found != NameIndex::k_none) {
      fields[groups[found].last].next = number;
      groups[found].last = number;
      return;
    }
    groups.push_back({name, number, number});
    if (groups.size() == k_min_indexed_groups) {
      for (std::uint32_t i = 0; i < groups.size(); ++i) {
        group_index.insert(groups[i].response_name.hash, i);
      }
    } else if (groups.size() > k_min_indexed_groups) {
      group_index.insert(name.hash, static_cast<std::uint32_t>(groups.size() - 1));
    }
  }
};

struct OverlapFinder::Overlap {
  std::uint32_t left_group;
  std::uint32_t right_group;
};

/// One level of nested comparisons; one too many spends the budget.
class OverlapFinder::Depth {
 public:
  /// In selections and in fragments that spread fragments. The reference has no such limit and
  /// overflows its stack at some thousands.
  static constexpr std::uint32_t k_max_depth = 4000;

  explicit Depth(OverlapFinder& finder) : finder_(finder) {
    if (++finder_.depth_ > k_max_depth) {
      finder_.is_exhausted_ = true;
    }
  }
  Depth(const Depth&) = delete;
  Depth& operator=(const Depth&) = delete;
  ~Depth() { --finder_.depth_; }

 private:
  OverlapFinder& finder_;
};

}  // namespace graphql
