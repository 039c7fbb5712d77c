#include <string>
#include <utility>

#include "graphql/document_index.h"
#include "graphql/rules.h"

namespace graphql {
namespace {

// Tells `condition` if it is a type that has no fields; `subject` begins the message.
void check_condition(RuleContext& context, const std::string& subject, const Name& condition) {
  const SchemaType* type = context.find_type(condition);
  if (type != nullptr && !type->is_composite()) {
    context.report(
        Rule::fragments_on_composite_types,
        subject + " cannot condition on non composite type " + quoted(condition.text) + ".",
        condition.span());
  }
}

std::string impossible_spread(const std::string& subject,
                              const SchemaType& parent,
                              const SchemaType& type) {
  return subject + " cannot be spread here as objects of type " + quoted(parent.name.text) +
         " can never be of type " + quoted(type.name.text) + ".";
}

}  // namespace

void check_fragment_on_composite_type(RuleContext& context, const FragmentDefinition& fragment) {
  check_condition(context, "Fragment " + quoted(fragment.name.text), fragment.type_condition);
}

void check_inline_fragment_on_composite_type(RuleContext& context, const InlineFragment& fragment) {
  if (!fragment.type_condition.empty()) {
    check_condition(context, "Fragment", fragment.type_condition);
  }
}

void check_unique_fragment_name(RuleContext& context,
                                UniqueNames& known,
                                const FragmentDefinition& fragment) {
  const std::size_t count = known.size();
  const std::uint32_t first = known.add(fragment.name);
  if (first != count) {
    context.report(Rule::unique_fragment_names,
                   "There can be only one fragment named " + quoted(fragment.name.text) + ".",
                   {Location{context.source_id, known[first].span()},
                    Location{context.source_id, fragment.name.span()}});
  }
}

void check_known_fragment_name(RuleContext& context, const FragmentSpread& spread) {
  if (context.find_fragment(spread.name).state == FragmentState::unknown) {
    context.report(Rule::known_fragment_names,
                   "Unknown fragment " + quoted(spread.name.text) + ".",
                   spread.name.span());
  }
}

void check_no_unused_fragments(RuleContext& context) {
  std::vector<const OperationDefinition*> operations;
  for (const Definition* definition : context.document->definitions()) {
    if (definition->kind == DefinitionKind::operation) {
      operations.push_back(&as_operation(*definition));
    }
  }
  UniqueNames used;
  for (const FragmentDefinition* fragment : context.reached_from(operations).fragments) {
    used.add(fragment->name);
  }
  for (const Definition* definition : context.document->definitions()) {
    if (definition->kind == DefinitionKind::fragment &&
        used.find(definition->name) == NameIndex::k_none) {
      context.report(Rule::no_unused_fragments,
                     "Fragment " + quoted(definition->name.text) + " is never used.",
                     {Location{definition->source_id, definition->span}});
    }
  }
}

void check_possible_spread(RuleContext& context, const FragmentSpread& spread) {
  const SchemaType* parent = context.scope->parent_type;
  const FragmentDefinition* fragment =
      parent == nullptr ? nullptr : context.find_fragment(spread.name).definition;
  if (fragment == nullptr) {
    return;
  }
  const SchemaType* type = context.find_type(fragment->type_condition);
  if (type != nullptr && type->is_composite() && !context.overlap(*type, *parent)) {
    context.report(Rule::possible_fragment_spreads,
                   impossible_spread("Fragment " + quoted(spread.name.text), *parent, *type),
                   spread.span);
  }
}

void check_possible_inline_fragment(RuleContext& context, const InlineFragment& fragment) {
  const SchemaType* parent = context.scope->parent_type;
  if (parent == nullptr || !is_known(context.scope->type)) {
    return;
  }
  const SchemaType& type = context.schema().type(context.scope->type);
  if (type.is_composite() && !context.overlap(type, *parent)) {
    context.report(Rule::possible_fragment_spreads,
                   impossible_spread("Fragment", *parent, type),
                   fragment.span);
  }
}

/// A fragment on the way, and which of its spreads comes next.
struct FragmentCycleFinder::Frame {
  const FragmentDefinition* fragment;
  const std::vector<const FragmentSpread*>* spreads;
  std::size_t next = 0;
};

FragmentCycleFinder::FragmentCycleFinder() = default;
FragmentCycleFinder::~FragmentCycleFinder() = default;

// Depth first, with a stack of its own: fragments may lead to each other without end.
void FragmentCycleFinder::check(RuleContext& context, const FragmentDefinition& fragment) {
  const auto enter = [&](const FragmentDefinition& next) {
    const auto position = static_cast<std::ptrdiff_t>(path_.size());
    if (!entered_at_.try_emplace(next.name.text, position).second) {
      return false;
    }
    frames_.push_back({&next, &context.spreads_in(*next.selection_set)});
    return true;
  };
  enter(fragment);
  while (!frames_.empty() && !context.is_aborted()) {
    Frame& frame = frames_.back();
    if (frame.next == frame.spreads->size()) {
      entered_at_[frame.fragment->name.text] = k_left;
      frames_.pop_back();
      if (!frames_.empty()) {
        path_.pop_back();
      }
      continue;
    }
    const FragmentSpread& spread = *(*frame.spreads)[frame.next++];
    path_.emplace_back(&spread, frame.fragment->source_id);
    const auto entered = entered_at_.find(spread.name.text);
    if (entered != entered_at_.end() && entered->second != k_left) {
      report_cycle(context, static_cast<std::size_t>(entered->second));
      path_.pop_back();
      continue;
    }
    const FragmentDefinition* next = context.find_fragment(spread.name).definition;
    if (next == nullptr || !enter(*next)) {
      path_.pop_back();
    }
  }
}

void FragmentCycleFinder::report_cycle(RuleContext& context, std::size_t begin) const {
  std::string message =
      "Cannot spread fragment " + quoted(path_.back().first->name.text) + " within itself";
  std::vector<Location> locations;
  for (std::size_t i = begin; i < path_.size(); ++i) {
    locations.push_back({path_[i].second, path_[i].first->span});
    if (i + 1 < path_.size()) {
      message += (i == begin ? " via " : ", ") + quoted(path_[i].first->name.text);
    }
  }
  context.report(Rule::no_fragment_cycles, message + ".", std::move(locations));
}

}  // namespace graphql
