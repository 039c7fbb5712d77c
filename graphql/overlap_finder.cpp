#include "graphql/overlap_finder.h"

#include <algorithm>
#include <utility>

#include "graphql/printer.h"

namespace graphql {
namespace {

// Limits of graphql-js 16.15.0.
constexpr std::int64_t k_budget = 500'000;
constexpr std::size_t k_max_detail_length = 1000;
constexpr std::size_t k_max_places = 20;
// How deep comparisons may be nested, in selections and in fragments that spread fragments. The
// reference has no such limit and overflows its stack at some thousands.
constexpr std::uint32_t k_max_depth = 4000;

constexpr std::uint32_t k_none = 0xFFFF'FFFF;

// Collections of fewer groups are searched without an index.
constexpr std::size_t k_min_indexed_groups = 9;

std::uint64_t pair_of(std::uint32_t left, std::uint32_t right) {
  return std::uint64_t{left} << 32 | right;
}

std::vector<OverlapFinder::Place> places_of(
    OverlapFinder::Place field,
    const std::vector<OverlapFinder::Conflict>& conflicts,
    std::vector<OverlapFinder::Place> OverlapFinder::Conflict::*side) {
  std::vector<OverlapFinder::Place> places = {field};
  for (const OverlapFinder::Conflict& conflict : conflicts) {
    // The last places of a conflict are its deepest, which say most.
    const std::vector<OverlapFinder::Place>& deeper = conflict.*side;
    const std::size_t count = std::min(deeper.size(), k_max_places - places.size());
    places.insert(places.end(), deeper.end() - static_cast<std::ptrdiff_t>(count), deeper.end());
    if (places.size() == k_max_places) {
      break;
    }
  }
  return places;
}

// A text that is the same for values that mean the same to a server, whatever the order of fields.
void append_canonical(std::string& out, const Value& value) {
  switch (value.kind) {
    case ValueKind::list:
      out += '[';
      for (const Value& item : value.items) {
        append_canonical(out, item);
        out += ',';
      }
      out += ']';
      return;
    case ValueKind::object: {
      std::vector<const ObjectField*> fields;
      for (const ObjectField& field : value.fields) {
        fields.push_back(&field);
      }
      std::stable_sort(
          fields.begin(), fields.end(), [](const ObjectField* left, const ObjectField* right) {
            return left->name.text < right->name.text;
          });
      out += '{';
      for (const ObjectField* field : fields) {
        out.append(field->name.text).append(":");
        append_canonical(out, field->value);
        out += ',';
      }
      out += '}';
      return;
    }
    case ValueKind::string:
      // The two forms of a string count as different in the reference.
      out += value.is_block ? 'b' : 's';
      out += std::to_string(value.text.size());
      out += '"';
      out += value.text;
      return;
    default:
      append_printed(out, value);
  }
}

}  // namespace

struct OverlapFinder::CollectedField {
  Place place;
  /// Null if unknown.
  const SchemaType* parent = nullptr;
  const SchemaField* definition = nullptr;
  std::uint32_t id = 0;
  /// The next field of the same key in the collection.
  std::uint32_t next = k_none;

  bool is_simple_leaf() const {
    return place.field->arguments.empty() && place.field->selection_set == nullptr;
  }
};

/// The fields of one response name.
struct OverlapFinder::Group {
  Name response_name;
  std::uint32_t first = k_none;
  std::uint32_t last = k_none;
};

struct OverlapFinder::Collection {
  std::uint32_t id = 0;
  std::uint32_t source_id = 0;
  const SchemaType* parent = nullptr;
  const SelectionSet* set = nullptr;
  /// The next collection of the same set, for another parent type.
  std::uint32_t next_of_set = k_none;
  std::vector<CollectedField> fields;
  /// In the order of their first fields.
  std::vector<Group> groups;
  NameIndex group_index;
  /// Each once, in the order of first spreads.
  std::vector<std::uint32_t> fragment_ids;

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
    return k_none;
  }

  void add(const CollectedField& field) {
    const Name& name = field.place.field->response_name();
    const auto number = static_cast<std::uint32_t>(fields.size());
    fields.push_back(field);
    const std::uint32_t found = find_group(name);
    if (found != k_none) {
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

OverlapFinder::OverlapFinder(const Schema& schema,
                             const FragmentResolver& fragments,
                             SchemaReads* reads)
    : schema_(schema), fragments_(fragments), reads_(reads) {}

OverlapFinder::~OverlapFinder() = default;

// All of it is ASCII, so bytes are what the reference counts.
std::string OverlapFinder::abbreviated(std::string_view text) {
  std::string result(text.substr(0, k_max_detail_length));
  return text.size() > k_max_detail_length ? result + "..." : result;
}

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
          if (reads_ != nullptr) {
            reads_->read_field(*parent, field.place.field->name);
          }
          field.definition = schema_.find_field(*parent, field.place.field->name);
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

void OverlapFinder::compare_fields(std::vector<Conflict>& conflicts,
                                   Exclusion exclusion,
                                   const CollectedField& left,
                                   const CollectedField& right) {
  // Different objects are never the same one. Interfaces and unions may come to overlap in another
  // version of the schema, so they count as overlapping.
  const bool is_exclusive =
      exclusion == Exclusion::exclusive ||
      (left.parent != right.parent && left.parent != nullptr && right.parent != nullptr &&
       left.parent->kind == TypeKind::object && right.parent->kind == TypeKind::object);
  spend(2);
  const bool is_same_leaf = left.is_simple_leaf() && right.is_simple_leaf() &&
                            has_identical_type(left, right) &&
                            left.place.field->name == right.place.field->name;
  if (is_same_leaf || is_exhausted_) {
    return;
  }
  const Depth depth(*this);
  const Name& response_name = left.place.field->response_name();
  std::string reason = is_exclusive ? std::string() : difference(left, right);
  if (reason.empty() && left.definition != nullptr && right.definition != nullptr &&
      do_types_conflict(left, right)) {
    reason = "they return conflicting types \"" + schema_.to_text(left.definition->type) +
             "\" and \"" + schema_.to_text(right.definition->type) + "\"";
  }
  if (!reason.empty()) {
    conflicts.push_back({response_name, std::move(reason), {left.place}, {right.place}});
    return;
  }
  if (left.place.field->selection_set == nullptr || right.place.field->selection_set == nullptr) {
    return;
  }
  const std::vector<Conflict> nested =
      compare_selections(is_exclusive ? Exclusion::exclusive : Exclusion::none, left, right);
  if (nested.empty()) {
    return;
  }
  for (const Conflict& conflict : nested) {
    reason += (reason.empty() ? "subfields \"" : " and subfields \"") +
              abbreviated(conflict.response_name.text) + "\" conflict because " + conflict.reason;
    if (reason.size() > k_max_detail_length) {
      break;
    }
  }
  conflicts.push_back({response_name,
                       abbreviated(reason),
                       places_of(left.place, nested, &Conflict::left),
                       places_of(right.place, nested, &Conflict::right)});
}

bool OverlapFinder::has_identical_type(const CollectedField& left, const CollectedField& right) {
  if (left.definition == right.definition) {
    return true;
  }
  // Each definition has wrappers of its own in the reference, which compares by identity.
  return left.definition != nullptr && right.definition != nullptr &&
         left.definition->type.is_named() && right.definition->type.is_named() &&
         left.definition->type.named() == right.definition->type.named();
}

std::string OverlapFinder::difference(const CollectedField& left, const CollectedField& right) {
  const Name& left_name = left.place.field->name;
  const Name& right_name = right.place.field->name;
  if (!(left_name == right_name)) {
    return "\"" + abbreviated(left_name.text) + "\" and \"" + abbreviated(right_name.text) +
           "\" are different fields";
  }
  if (left.place.field->arguments.empty() && right.place.field->arguments.empty()) {
    return {};
  }
  const auto [entry, is_new] = same_arguments_.try_emplace(pair_of(left.id, right.id));
  if (is_new) {
    entry->second = have_same_arguments(left, right);
  }
  return entry->second ? "" : "they have differing arguments";
}

bool OverlapFinder::have_same_arguments(const CollectedField& left, const CollectedField& right) {
  const List<Argument>& left_arguments = left.place.field->arguments;
  const List<Argument>& right_arguments = right.place.field->arguments;
  if (left_arguments.size() != right_arguments.size()) {
    return false;
  }
  // The last one counts where a name is given twice.
  std::unordered_map<std::string_view, const Value*> right_values;
  for (const Argument& argument : right_arguments) {
    right_values[argument.name.text] = &argument.value;
  }
  for (const Argument& argument : left_arguments) {
    spend(1);
    if (is_exhausted_) {
      return true;
    }
    const auto found = right_values.find(argument.name.text);
    if (found == right_values.end() || !is_same_value(argument.value, *found->second)) {
      return false;
    }
  }
  return true;
}

bool OverlapFinder::is_same_value(const Value& left, const Value& right) {
  if (left.kind != right.kind) {
    return false;
  }
  if (left.kind == ValueKind::list || left.kind == ValueKind::object) {
    return value_fingerprint(left) == value_fingerprint(right);
  }
  return left.text == right.text && left.is_block == right.is_block;
}

base::Fingerprint OverlapFinder::value_fingerprint(const Value& value) {
  const auto [entry, is_new] = value_fingerprints_.try_emplace(&value);
  if (is_new) {
    std::string text;
    append_canonical(text, value);
    entry->second = base::fingerprint_of(text);
  }
  return entry->second;
}

bool OverlapFinder::do_types_conflict(const CollectedField& left, const CollectedField& right) {
  if (left.definition == right.definition) {
    return false;
  }
  TypeRef left_type = left.definition->type;
  TypeRef right_type = right.definition->type;
  while (!left_type.is_named() || !right_type.is_named()) {
    spend(1);
    const bool has_same_wrapper = !left_type.is_named() && !right_type.is_named() &&
                                  left_type.is_non_null() == right_type.is_non_null();
    if (!has_same_wrapper) {
      return true;
    }
    left_type = left_type.unwrapped();
    right_type = right_type.unwrapped();
  }
  if (left_type.named() == right_type.named()) {
    return false;
  }
  spend(1);
  // What objects are made of is compared by their fields.
  return schema_.type(left_type).is_leaf() || schema_.type(right_type).is_leaf();
}

}  // namespace graphql
