#include <algorithm>
#include <string>
#include <utility>

#include "base/suggestion.h"
#include "graphql/builtin_types.h"
#include "graphql/document_index.h"
#include "graphql/rules.h"

namespace graphql {
namespace {

/// A type that has the field which was asked of one that has it not.
struct SuggestedType {
  const SchemaType* type;
  /// How many of the possible types get the field through it.
  std::size_t uses;
};

// Most used first, then supertypes before their subtypes, then by name. Below zero: left first.
int compare(const Schema& schema, const SuggestedType& left, const SuggestedType& right) {
  if (left.uses != right.uses) {
    return left.uses > right.uses ? -1 : 1;
  }
  if (left.type->kind == TypeKind::interface && schema.is_sub_type(right.type->id, left.type->id)) {
    return -1;
  }
  if (right.type->kind == TypeKind::interface &&
      schema.is_sub_type(left.type->id, right.type->id)) {
    return 1;
  }
  return base::natural_less(left.type->name.text, right.type->name.text) ? -1 : 1;
}

// How many types at the begin are in order already; if they are in the opposite order, they are
// turned around.
std::size_t make_run(const Schema& schema, std::vector<SuggestedType>& types) {
  if (types.size() < 2) {
    return types.size();
  }
  const bool is_descending = compare(schema, types[1], types[0]) < 0;
  std::size_t size = 2;
  while (size < types.size() &&
         (compare(schema, types[size], types[size - 1]) < 0) == is_descending) {
    ++size;
  }
  if (is_descending) {
    std::reverse(types.begin(), types.begin() + static_cast<std::ptrdiff_t>(size));
  }
  return size;
}

// The order above is not always one (a supertype may be before its subtype, which by name is before
// a third that by name is before the supertype), so the result depends on how it is sorted: as V8
// sorts lists of fewer than 64 elements, by binary insertion behind what is in order at the begin.
void sort_suggestions(const Schema& schema, std::vector<SuggestedType>& types) {
  for (std::size_t i = make_run(schema, types); i < types.size(); ++i) {
    const SuggestedType pivot = types[i];
    std::size_t low = 0;
    std::size_t high = i;
    while (low < high) {
      const std::size_t middle = low + (high - low) / 2;
      if (compare(schema, pivot, types[middle]) < 0) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    std::rotate(types.begin() + static_cast<std::ptrdiff_t>(low),
                types.begin() + static_cast<std::ptrdiff_t>(i),
                types.begin() + static_cast<std::ptrdiff_t>(i + 1));
  }
}

// In the reference's order, which shows in what is suggested: members as the union lists them,
// implementations as the schema does.
std::vector<TypeId> possible_types_in_order(const Schema& schema, const SchemaType& type) {
  if (type.kind == TypeKind::union_type) {
    return {type.members.begin(), type.members.end()};
  }
  std::vector<TypeId> types;
  for (const TypeId id : schema.type_order()) {
    if (schema.type(id).kind == TypeKind::object && schema.is_sub_type(id, type.id)) {
      types.push_back(id);
    }
  }
  return types;
}

std::vector<std::string_view> types_with_field(const Schema& schema,
                                               const SchemaType& type,
                                               const Name& field) {
  std::vector<SuggestedType> suggested;
  const auto count = [&](const SchemaType& candidate) {
    const auto found =
        std::find_if(suggested.begin(), suggested.end(), [&](const SuggestedType& entry) {
          return entry.type == &candidate;
        });
    if (found == suggested.end()) {
      suggested.push_back({&candidate, 1});
    } else {
      ++found->uses;
    }
  };
  if (type.is_abstract()) {
    for (const TypeId id : possible_types_in_order(schema, type)) {
      const SchemaType& possible = schema.type(id);
      if (schema.find_field(possible, field) == nullptr) {
        continue;
      }
      count(possible);
      for (const TypeId interface_id : possible.interfaces) {
        if (schema.find_field(schema.type(interface_id), field) != nullptr) {
          count(schema.type(interface_id));
        }
      }
    }
  }
  sort_suggestions(schema, suggested);
  std::vector<std::string_view> names;
  names.reserve(suggested.size());
  for (const SuggestedType& entry : suggested) {
    names.push_back(entry.type->name.text);
  }
  return names;
}

std::string suggestion_for_field(RuleContext& context, const SchemaType& type, const Name& field) {
  if (context.hides_suggestions()) {
    return {};
  }
  const std::vector<std::string_view> types = types_with_field(context.schema(), type, field);
  if (!types.empty()) {
    return base::did_you_mean(types, "to use an inline fragment on");
  }
  std::vector<std::string_view> names;
  for (const SchemaField& candidate : type.fields) {
    names.push_back(candidate.name.text);
  }
  return base::did_you_mean(base::suggestions_for(field.text, names));
}

// Types that the document itself defines count as known, though using them is another error.
bool is_known_type(const RuleContext& context, const Name& name) {
  return context.find_type(name) != nullptr ||
         (context.document != nullptr && context.document->defines_type(name));
}

// `names` are those that are known besides the ones of the schema and the document.
void report_unknown_type(RuleContext& context,
                         const Name& name,
                         std::vector<std::string_view> names) {
  std::string message = "Unknown type " + quoted(name.text) + ".";
  if (!context.hides_suggestions()) {
    for (const TypeId id : context.schema().type_order()) {
      names.push_back(context.schema().type(id).name.text);
    }
    if (context.document != nullptr) {
      const std::vector<std::string_view>& defined = context.document->type_names();
      names.insert(names.end(), defined.begin(), defined.end());
    }
    message += base::did_you_mean(base::suggestions_for(name.text, names));
  }
  context.report(Rule::known_type_names, std::move(message), name.span());
}

}  // namespace

void check_known_type_name(RuleContext& context, const Name& name) {
  if (!is_known_type(context, name)) {
    report_unknown_type(context, name, {});
  }
}

void check_known_type_name_in_type_system(RuleContext& context, const Name& name) {
  if (is_known_type(context, name) || builtins().find_type(name) != nullptr) {
    return;
  }
  std::vector<std::string_view> names;
  for (const SchemaType& type : builtins().types) {
    names.push_back(type.name.text);
  }
  report_unknown_type(context, name, std::move(names));
}

void check_scalar_leaf(RuleContext& context, const Field& field) {
  const TypeRef type = context.scope->type;
  if (!is_known(type)) {
    return;
  }
  const Schema& schema = context.schema();
  const bool is_leaf = schema.type(type).is_leaf();
  if (is_leaf && field.selection_set != nullptr) {
    context.report(Rule::scalar_leafs,
                   "Field " + quoted(field.name.text) + " must not have a selection since type " +
                       quoted(schema.to_text(type)) + " has no subfields.",
                   field.selection_set->span);
  } else if (!is_leaf && field.selection_set == nullptr) {
    const std::string name(field.name.text);
    context.report(Rule::scalar_leafs,
                   "Field \"" + name + "\" of type " + quoted(schema.to_text(type)) +
                       " must have a selection of subfields. Did you mean \"" + name +
                       " { ... }\"?",
                   field.span);
  }
}

void check_field_on_correct_type(RuleContext& context, const Field& field) {
  const SchemaType* parent = context.scope->parent_type;
  if (parent != nullptr && context.scope->field == nullptr) {
    context.report(Rule::fields_on_correct_type,
                   "Cannot query field " + quoted(field.name.text) + " on type " +
                       quoted(parent->name.text) + "." +
                       suggestion_for_field(context, *parent, field.name),
                   field.span);
  }
}

void check_overlapping_fields(RuleContext& context, const SelectionSet& set) {
  if (set.selections.size() <= 1 &&
      set.selections.front()->kind != SelectionKind::inline_fragment) {
    return;
  }
  // Most selections are plain fields under different keys: no need to collect them.
  UniqueNames names;
  bool needs_comparison = false;
  for (const Selection* selection : set.selections) {
    const std::size_t count = names.size();
    needs_comparison = needs_comparison || selection->kind != SelectionKind::field ||
                       names.add(as_field(*selection).response_name()) != count;
  }
  if (!needs_comparison) {
    return;
  }
  OverlapFinder& overlaps = context.overlaps();
  const std::vector<OverlapFinder::Conflict> conflicts =
      overlaps.find_within(context.scope->parent_type, set, context.source_id);
  if (overlaps.is_exhausted()) {
    context.abort();
    return;
  }
  for (const OverlapFinder::Conflict& conflict : conflicts) {
    std::vector<Location> locations;
    for (const auto* side : {&conflict.left, &conflict.right}) {
      for (const OverlapFinder::Place& place : *side) {
        locations.push_back({place.source_id, place.field->span});
      }
    }
    context.report(Rule::overlapping_fields_can_be_merged,
                   "Fields " + quoted(OverlapFinder::abbreviated(conflict.response_name.text)) +
                       " conflict because " + conflict.reason +
                       ". Use different aliases on the fields to fetch both if this was "
                       "intentional.",
                   std::move(locations));
  }
}

}  // namespace graphql
