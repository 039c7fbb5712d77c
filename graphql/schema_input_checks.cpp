#include <algorithm>
#include <limits>

#include "graphql/schema_check_context.h"

namespace graphql {
namespace {

constexpr std::size_t k_not_on_path = std::numeric_limits<std::size_t>::max();

// Each cycle's message names all its fields, so many long ones would take all memory.
constexpr std::size_t k_max_reported_steps = 1'000'000;

}  // namespace

RequiredCycles::RequiredCycles(SchemaCheckContext& context)
    : context_(context),
      is_visited_(context.schema.types().size()),
      path_index_(context.schema.types().size(), k_not_on_path) {}

template <typename TargetOf, typename Report>
void RequiredCycles::walk(const SchemaType& type, TargetOf target_of, Report report) {
  std::vector<Frame> frames;
  const auto enter = [&](const SchemaType& entered) {
    is_visited_[index_of(entered.id)] = true;
    path_index_[index_of(entered.id)] = path_.size();
    frames.push_back({&entered, 0});
  };
  enter(type);
  while (!frames.empty()) {
    Frame& frame = frames.back();
    if (frame.next_field == frame.type->input_fields.size()) {
      path_index_[index_of(frame.type->id)] = k_not_on_path;
      frames.pop_back();
      if (!frames.empty()) {
        path_.pop_back();
      }
      continue;
    }
    const SchemaInputValue& field = frame.type->input_fields[frame.next_field++];
    const SchemaType* const target = target_of(*frame.type, field);
    if (target == nullptr) {
      continue;
    }
    path_.push_back({frame.type, &field});
    const std::size_t cycle = path_index_[index_of(target->id)];
    if (cycle == k_not_on_path && !is_visited_[index_of(target->id)]) {
      enter(*target);
      continue;
    }
    if (cycle != k_not_on_path && spend(path_.size() - cycle)) {
      report(*target, cycle);
    }
    path_.pop_back();
  }
}

bool RequiredCycles::spend(std::size_t length) {
  reported_steps_ += length;
  return reported_steps_ <= k_max_reported_steps;
}

void RequiredCycles::search_from(const SchemaType& type) {
  if (is_visited_[index_of(type.id)]) {
    return;
  }
  const auto target_of = [this](const SchemaType&, const SchemaInputValue& field) {
    const SchemaType& named = context_.schema.type(field.type);
    const bool is_required = field.type.wrappers() == "!" && named.kind == TypeKind::input_object;
    return is_required ? &named : nullptr;
  };
  walk(type, target_of, [this](const SchemaType& target, std::size_t cycle) {
    std::string names;
    std::vector<Location> places;
    for (std::size_t i = cycle; i < path_.size(); ++i) {
      names.append(i == cycle ? "" : ".").append(path_[i].field->name.text);
      const auto origin = context_.places.input_field(*path_[i].type, path_[i].field->name);
      const std::vector<Location> place = origin.place();
      places.insert(places.end(), place.begin(), place.end());
    }
    context_.report("Cannot reference Input Object \"" + std::string(target.name.text) +
                        "\" within itself through a series of non-null fields: \"" + names + "\".",
                    std::move(places));
  });
}

const SchemaType* RequiredCycles::required_target(const SchemaType& type,
                                                  const SchemaInputValue& field) const {
  const SchemaType& named = context_.schema.type(field.type);
  const std::string_view wrappers = field.type.wrappers();
  const bool is_needed = type.is_one_of ? wrappers.empty() : wrappers == "!";
  return is_needed && named.kind == TypeKind::input_object ? &named : nullptr;
}

// An input object has a finite value if all the fields that it cannot do without have one, with
// oneOf if any field has. Found from the leaves up, so each field is looked at a few times only.
std::vector<bool> RequiredCycles::find_finite() const {
  const List<SchemaType> types = context_.schema.types();
  std::vector<bool> is_finite(types.size(), false);
  std::vector<std::vector<TypeId>> dependents(types.size());
  std::vector<std::size_t> unresolved(types.size(), 0);
  std::vector<TypeId> found;
  for (const SchemaType& type : types) {
    if (type.kind != TypeKind::input_object) {
      continue;
    }
    std::size_t targets = 0;
    for (const SchemaInputValue& field : type.input_fields) {
      if (const SchemaType* const target = required_target(type, field)) {
        dependents[index_of(target->id)].push_back(type.id);
        ++targets;
      }
    }
    unresolved[index_of(type.id)] = targets;
    const bool has_value = type.is_one_of
                               ? targets < type.input_fields.size() || type.input_fields.empty()
                               : targets == 0;
    if (has_value) {
      is_finite[index_of(type.id)] = true;
      found.push_back(type.id);
    }
  }
  while (!found.empty()) {
    const TypeId id = found.back();
    found.pop_back();
    for (const TypeId dependent : dependents[index_of(id)]) {
      if (is_finite[index_of(dependent)]) {
        continue;
      }
      const std::size_t left = --unresolved[index_of(dependent)];
      if (left == 0 || types[index_of(dependent)].is_one_of) {
        is_finite[index_of(dependent)] = true;
        found.push_back(dependent);
      }
    }
  }
  return is_finite;
}

void RequiredCycles::search_one_of() {
  const std::vector<bool> is_finite = find_finite();
  is_visited_.assign(is_visited_.size(), false);
  const auto target_of = [&](const SchemaType& type, const SchemaInputValue& field) {
    const SchemaType* const target = required_target(type, field);
    return target != nullptr && is_finite[index_of(target->id)] ? nullptr : target;
  };
  const auto report = [this](const SchemaType& target, std::size_t cycle) {
    std::string names;
    std::vector<Location> places;
    bool has_one_of = false;
    for (std::size_t i = cycle; i < path_.size(); ++i) {
      const auto& [type, field] = path_[i];
      has_one_of = has_one_of || type->is_one_of;
      names.append(i == cycle ? "" : ", ").append(coordinate(*type, field->name));
      const std::vector<Location> place = context_.places.input_field(*type, field->name).place();
      places.insert(places.end(), place.begin(), place.end());
    }
    if (has_one_of) {
      context_.report("Input Object " + std::string(target.name.text) +
                          " cannot be provided a finite value because it references itself " +
                          "through fields: " + names + ".",
                      std::move(places));
    }
  };
  for (const TypeId id : context_.schema.type_order()) {
    const SchemaType& type = context_.schema.type(id);
    if (type.kind == TypeKind::input_object && !is_finite[index_of(id)] &&
        !is_visited_[index_of(id)]) {
      walk(type, target_of, report);
    }
  }
}

}  // namespace graphql
