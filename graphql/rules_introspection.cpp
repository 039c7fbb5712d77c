#include "graphql/rules.h"

namespace graphql {
namespace {

// How many lists of the introspection schema may be nested.
constexpr int k_max_lists = 3;
// How deep selections may be nested through fragments, so that the stack is safe. The reference has
// no such limit.
constexpr int k_max_nesting = 4000;

bool is_list_field(const Name& name) {
  return name == "fields" || name == "interfaces" || name == "possibleTypes" ||
         name == "inputFields";
}

}  // namespace

bool IntrospectionDepth::is_exceeded_by(RuleContext& context, const Field& field) {
  visited_.clear();
  return check(context, field, 0, 0);
}

bool IntrospectionDepth::check(RuleContext& context,
                               const Selection& selection,
                               int lists,
                               int nesting) {
  if (nesting > k_max_nesting) {
    return true;
  }
  switch (selection.kind) {
    case SelectionKind::fragment_spread:
      return check_spread(context, as_fragment_spread(selection), lists, nesting + 1);
    case SelectionKind::inline_fragment:
      return check_all(context, *as_inline_fragment(selection).selection_set, lists, nesting + 1);
    case SelectionKind::field:
      break;
  }
  const Field& field = as_field(selection);
  const int inner = is_list_field(field.name) ? lists + 1 : lists;
  if (inner >= k_max_lists) {
    return true;
  }
  return field.selection_set != nullptr &&
         check_all(context, *field.selection_set, inner, nesting + 1);
}

bool IntrospectionDepth::check_all(RuleContext& context,
                                   const SelectionSet& set,
                                   int lists,
                                   int nesting) {
  for (const Selection* selection : set.selections) {
    if (check(context, *selection, lists, nesting)) {
      return true;
    }
  }
  return false;
}

bool IntrospectionDepth::check_spread(RuleContext& context,
                                      const FragmentSpread& spread,
                                      int lists,
                                      int nesting) {
  const std::string_view name = spread.name.text;
  const auto exceeded = exceeded_.find(name);
  if (exceeded != exceeded_.end() && exceeded->second <= lists) {
    return true;
  }
  const auto was_seen_deeper = [&](const std::unordered_map<std::string_view, int>& seen) {
    const auto entry = seen.find(name);
    return entry != seen.end() && entry->second >= lists;
  };
  if (was_seen_deeper(visited_) || was_seen_deeper(checked_)) {
    return false;
  }
  const FragmentDefinition* fragment = context.find_fragment(spread.name).definition;
  if (fragment == nullptr) {
    return false;
  }
  visited_[name] = lists;
  if (check_all(context, *fragment->selection_set, lists, nesting)) {
    exceeded_[name] = lists;
    return true;
  }
  checked_[name] = lists;
  return false;
}

bool check_introspection_depth(RuleContext& context,
                               IntrospectionDepth& depth,
                               const Field& field) {
  const bool is_root = field.name == "__schema" || field.name == "__type";
  if (!is_root || !depth.is_exceeded_by(context, field)) {
    return false;
  }
  context.report(Rule::max_introspection_depth, "Maximum introspection depth exceeded", field.span);
  return true;
}

void check_no_schema_introspection(RuleContext& context, const Field& field) {
  const TypeRef type = context.scope->type;
  if (is_known(type) && context.schema().type(type).is_introspection) {
    context.report(Rule::no_schema_introspection,
                   "GraphQL introspection has been disabled, but the requested query contained "
                   "the field " +
                       quoted(field.name.text) + ".",
                   field.span);
  }
}

}  // namespace graphql
