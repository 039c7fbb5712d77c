#include <algorithm>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "graphql/overlap_collection.h"
#include "graphql/overlap_finder.h"
#include "graphql/printer.h"

namespace graphql {
namespace {

// Limits of graphql-js 16.15.0.
constexpr std::size_t k_max_detail_length = 1000;
constexpr std::size_t k_max_places = 20;

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

// All of it is ASCII, so bytes are what the reference counts.
std::string OverlapFinder::abbreviated(std::string_view text) {
  std::string result(text.substr(0, k_max_detail_length));
  return text.size() > k_max_detail_length ? result + "..." : result;
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
  const std::uint32_t* known = same_arguments_.find(left.id, right.id);
  const bool is_same = known != nullptr ? *known != 0 : have_same_arguments(left, right);
  if (known == nullptr) {
    same_arguments_.add(left.id, right.id, is_same ? 1 : 0);
  }
  return is_same ? "" : "they have differing arguments";
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
