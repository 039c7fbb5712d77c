#include "builder/spreads.h"

namespace builder {
namespace {

// Bounded by ParseOptions::max_depth.
void collect(const graphql::SelectionSet& set,
             std::vector<const graphql::FragmentSpread*>& spreads) {
  for (const graphql::Selection* selection : set.selections) {
    switch (selection->kind) {
      case graphql::SelectionKind::field:
        if (const auto* inner = graphql::as_field(*selection).selection_set) {
          collect(*inner, spreads);
        }
        break;
      case graphql::SelectionKind::inline_fragment:
        collect(*graphql::as_inline_fragment(*selection).selection_set, spreads);
        break;
      case graphql::SelectionKind::fragment_spread:
        spreads.push_back(&graphql::as_fragment_spread(*selection));
        break;
    }
  }
}

}  // namespace

std::vector<const graphql::FragmentSpread*> spreads_of(const graphql::Definition& definition) {
  std::vector<const graphql::FragmentSpread*> spreads;
  collect(definition.kind == graphql::DefinitionKind::fragment
              ? *graphql::as_fragment(definition).selection_set
              : *graphql::as_operation(definition).selection_set,
          spreads);
  return spreads;
}

}  // namespace builder
