#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

#include "base/fingerprint.h"
#include "graphql/ast.h"
#include "graphql/error.h"
#include "graphql/fragment_directory.h"
#include "graphql/pair_table.h"
#include "graphql/schema.h"
#include "graphql/validate.h"

namespace graphql {

/// Finds fields that would land under one key of a response but mean different things; the work
/// behind OverlappingFieldsCanBeMerged.
///
/// A selection set is *collected*: its fields, those of inline fragments included, grouped by their
/// key, and the names of the fragments that it spreads. Then fields of one key are compared within
/// the collection, with those of each fragment, and those of fragments with each other; where two
/// fields have selections, these are compared in the same way. Pairs that were compared are
/// remembered, so a fragment that is spread in a thousand places costs little. What remains is
/// bounded by the reference's budget, which is spent exactly as it spends it, so that both give up
/// at the same document. Collections are kept from one definition to the next, as they are facts of
/// a text and a schema; what was compared is forgotten, as the budget begins anew.
class OverlapFinder {
 public:
  /// A field and the text that it stands in.
  struct Place {
    const Field* field = nullptr;
    std::uint32_t source_id = 0;
  };

  struct Conflict {
    Name response_name;
    std::string reason;
    /// The field on either side, and its subfields that conflict.
    std::vector<Place> left;
    std::vector<Place> right;
  };

  /// `fragments` must outlive it, as must all selection sets.
  OverlapFinder(const Schema& schema, FragmentDirectory& fragments, SchemaReads* reads);
  ~OverlapFinder();
  OverlapFinder(const OverlapFinder&) = delete;
  OverlapFinder& operator=(const OverlapFinder&) = delete;

  /// Starts on another document or definition, with the whole budget.
  void begin();

  /// The conflicts in `set`, whose fields are those of `parent`, which may be null.
  std::vector<Conflict> find_within(const SchemaType* parent,
                                    const SelectionSet& set,
                                    std::uint32_t source_id);

  /// At most 1,000 characters of a text, and "..." if there are more.
  static std::string abbreviated(std::string_view text);

  /// The budget is spent: what was found is not all.
  bool is_exhausted() const { return is_exhausted_; }

 private:
  struct CollectedField;
  struct Group;
  struct Collection;
  struct Overlap;
  /// Whether two fields are asked of objects that are never the same one, so that they may differ
  /// in what they mean, and only their types must agree.
  enum class Exclusion : std::uint8_t { none, exclusive };
  class Depth;

  Collection& collect(const SchemaType* parent, const SelectionSet& set, std::uint32_t source_id);
  void tell_reads(Collection& collection);
  /// Null if it cannot be used.
  Collection* collect_fragment(std::uint32_t fragment_id);
  Collection& find_or_make(const SchemaType* parent,
                           const SelectionSet& set,
                           std::uint32_t source_id);
  void collect_into(Collection& collection, const SchemaType* parent, const SelectionSet& set);
  const SchemaType* find_type(Collection& collection, const Name& name) const;
  const SchemaField* find_field(Collection& collection,
                                const SchemaType& parent,
                                const Name& name) const;

  void compare_within(std::vector<Conflict>& conflicts, const Collection& collection);
  /// Whether the two were not compared yet, or only under a stronger exclusion, which finds less.
  /// Notes that now they are.
  static bool is_comparison_left(PairTable& compared,
                                 std::uint32_t left,
                                 std::uint32_t right,
                                 Exclusion exclusion);
  void compare_with_fragment(std::vector<Conflict>& conflicts,
                             Exclusion exclusion,
                             Collection& collection,
                             std::uint32_t fragment_id);
  void compare_fragments(std::vector<Conflict>& conflicts,
                         Exclusion exclusion,
                         std::uint32_t left,
                         std::uint32_t right);
  void compare_collections(std::vector<Conflict>& conflicts,
                           Exclusion exclusion,
                           const Collection& left,
                           const Collection& right);
  /// Where in `overlaps_` those of the two begin.
  std::size_t overlaps_of(const Collection& left, const Collection& right);
  void compare_fields(std::vector<Conflict>& conflicts,
                      Exclusion exclusion,
                      const CollectedField& left,
                      const CollectedField& right);
  std::vector<Conflict> compare_selections(Exclusion exclusion,
                                           const CollectedField& left,
                                           const CollectedField& right);
  /// What is different about two fields that would be asked of one object; empty if nothing.
  std::string difference(const CollectedField& left, const CollectedField& right);
  bool have_same_arguments(const CollectedField& left, const CollectedField& right);
  bool is_same_value(const Value& left, const Value& right);
  base::Fingerprint value_fingerprint(const Value& value);
  static bool has_identical_type(const CollectedField& left, const CollectedField& right);
  bool do_types_conflict(const CollectedField& left, const CollectedField& right);
  void spend(std::int64_t cost);

  const Schema& schema_;
  FragmentDirectory& fragments_;
  SchemaReads* reads_;

  // Facts of texts, which stay true from one definition to the next. Numbers of collections and
  // fragments index the vectors.
  std::vector<std::unique_ptr<Collection>> collections_;
  std::unordered_map<const SelectionSet*, std::uint32_t> collection_of_set_;
  std::uint32_t field_count_ = 0;
  std::vector<Collection*> collection_of_fragment_;
  std::unordered_map<const Value*, base::Fingerprint> value_fingerprints_;

  // Of this document or definition.
  std::uint32_t round_ = 0;
  std::int64_t budget_ = 0;
  bool is_exhausted_ = false;
  std::uint32_t depth_ = 0;
  /// A collection and a fragment, two fragments: the weakest Exclusion that they were compared
  /// under.
  PairTable compared_with_fragment_;
  PairTable compared_fragments_;
  /// Two collections: where their overlaps begin. Each list ends with a group k_none.
  PairTable overlap_lists_;
  std::vector<Overlap> overlaps_;
  /// Two fields: whether their arguments are the same.
  PairTable same_arguments_;
};

}  // namespace graphql
