#include <algorithm>
#include <string>
#include <utility>

#include "graphql/document_index.h"
#include "graphql/rules.h"

namespace graphql {
namespace {

// Who the messages of SingleFieldSubscriptions speak of.
std::string subject_of(const OperationDefinition& operation) {
  return operation.name.empty() ? "Anonymous Subscription"
                                : "Subscription " + quoted(operation.name.text);
}

/// Collects the fields of a subscription's root as execution would, without knowing variables.
class RootFieldCollector {
 public:
  struct RootField {
    const Field* field;
    std::uint32_t source_id;
  };

  RootFieldCollector(RuleContext& context, const SchemaType& root)
      : context_(context), root_(root) {}

  void collect(const OperationDefinition& operation) {
    // An explicit stack: spreads may lead through any number of fragments.
    std::vector<Frame> frames;
    push(frames, *operation.selection_set, operation.source_id);
    while (!frames.empty() && !context_.is_aborted()) {
      Frame& frame = frames.back();
      if (frame.next == frame.set->selections.size()) {
        frames.pop_back();
        continue;
      }
      const Selection& selection = *frame.set->selections[frame.next++];
      visit(frames, selection, frame.source_id);
    }
  }

  /// By response name, in the order of first fields.
  const std::vector<std::vector<RootField>>& fields() const { return fields_; }
  /// `@skip` and `@include`.
  const std::vector<Location>& conditions() const { return conditions_; }

 private:
  struct Frame {
    const SelectionSet* set;
    std::uint32_t source_id;
    std::size_t next = 0;
  };

  void push(std::vector<Frame>& frames, const SelectionSet& set, std::uint32_t source_id) {
    frames.push_back({&set, source_id});
    context_.spend_fragment_work(set.selections.size());
    for (const Selection* selection : set.selections) {
      context_.spend_fragment_work(selection->directives.size());
      for (const Directive& directive : selection->directives) {
        if (directive.name == "skip" || directive.name == "include") {
          context_.spend_fragment_work(directive.arguments.size());
        }
      }
    }
  }

  void visit(std::vector<Frame>& frames, const Selection& selection, std::uint32_t source_id) {
    switch (selection.kind) {
      case SelectionKind::field:
        if (is_included(selection, source_id)) {
          add(as_field(selection), source_id);
        }
        return;
      case SelectionKind::inline_fragment: {
        const InlineFragment& fragment = as_inline_fragment(selection);
        if (is_included(selection, source_id) && applies(fragment.type_condition)) {
          push(frames, *fragment.selection_set, source_id);
        }
        return;
      }
      case SelectionKind::fragment_spread:
        return visit_spread(frames, as_fragment_spread(selection), source_id);
    }
  }

  void visit_spread(std::vector<Frame>& frames,
                    const FragmentSpread& spread,
                    std::uint32_t source_id) {
    if (visited_.find(spread.name) != NameIndex::k_none || !is_included(spread, source_id)) {
      return;
    }
    visited_.add(spread.name);
    const FragmentDefinition* fragment = context_.find_fragment(spread.name).definition;
    if (fragment != nullptr && applies(fragment->type_condition)) {
      push(frames, *fragment->selection_set, fragment->source_id);
    }
  }

  void add(const Field& field, std::uint32_t source_id) {
    const std::uint32_t number = names_.add(field.response_name());
    if (number == fields_.size()) {
      fields_.emplace_back();
    }
    fields_[number].push_back({&field, source_id});
  }

  bool applies(const Name& type_condition) const {
    if (type_condition.empty()) {
      return true;
    }
    const SchemaType* type = context_.find_type(type_condition);
    return type != nullptr &&
           (type == &root_ || (type->is_abstract() && context_.is_possible(root_, *type)));
  }

  bool is_included(const Selection& selection, std::uint32_t source_id) {
    const Directive* skip = find(selection.directives, "skip");
    if (skip != nullptr && is_condition(*skip, source_id, true)) {
      return false;
    }
    const Directive* include = find(selection.directives, "include");
    return include == nullptr || !is_condition(*include, source_id, false);
  }

  static const Directive* find(const List<Directive>& directives, std::string_view name) {
    const auto* const found =
        std::find_if(directives.begin(), directives.end(), [&](const Directive& directive) {
          return directive.name == name;
        });
    return found == directives.end() ? nullptr : found;
  }

  // Whether the directive takes its selection out, being `excluding`. The September 2025
  // specification wants no conditions here at all. Where only the older rule runs, a condition on a
  // variable does not hold: graphql-js 16 throws an exception there.
  bool is_condition(const Directive& directive, std::uint32_t source_id, bool excluding) {
    if (context_.is_on(Rule::unconditional_subscriptions)) {
      conditions_.push_back({source_id, directive.span});
      return true;
    }
    const Value* value = nullptr;
    for (const Argument& argument : directive.arguments) {
      value = argument.name == "if" ? &argument.value : value;
    }
    return value != nullptr && value->kind == ValueKind::boolean && value->boolean == excluding;
  }

  RuleContext& context_;
  const SchemaType& root_;
  UniqueNames visited_;
  UniqueNames names_;
  std::vector<std::vector<RootField>> fields_;
  std::vector<Location> conditions_;
};

std::vector<Location> locations_of(const std::vector<RootFieldCollector::RootField>& fields) {
  std::vector<Location> locations;
  locations.reserve(fields.size());
  for (const RootFieldCollector::RootField& field : fields) {
    locations.push_back({field.source_id, field.field->span});
  }
  return locations;
}

}  // namespace

void check_executable_definitions(RuleContext& context) {
  for (const Definition* definition : context.document->definitions()) {
    if (!is_executable(*definition)) {
      const std::string name =
          definition->kind == DefinitionKind::schema ? "schema" : quoted(definition->name.text);
      context.report(Rule::executable_definitions,
                     "The " + name + " definition is not executable.",
                     {Location{definition->source_id, definition->span}});
    }
  }
}

void check_known_operation_type(RuleContext& context, const OperationDefinition& operation) {
  if (context.schema().root_type(operation.operation) == nullptr) {
    context.report(Rule::known_operation_types,
                   "The " + std::string(to_text(operation.operation)) +
                       " operation is not supported by the schema.",
                   operation.span);
  }
}

void check_unique_operation_name(RuleContext& context,
                                 UniqueNames& known,
                                 const OperationDefinition& operation) {
  if (operation.name.empty()) {
    return;
  }
  const std::size_t count = known.size();
  const std::uint32_t first = known.add(operation.name);
  if (first != count) {
    context.report(Rule::unique_operation_names,
                   "There can be only one operation named " + quoted(operation.name.text) + ".",
                   {Location{context.source_id, known[first].span()},
                    Location{context.source_id, operation.name.span()}});
  }
}

void check_lone_anonymous_operation(RuleContext& context, const OperationDefinition& operation) {
  if (operation.name.empty() && context.document->operation_count() > 1) {
    context.report(Rule::lone_anonymous_operation,
                   "This anonymous operation must be the only defined operation.",
                   operation.span);
  }
}

void check_single_field_subscription(RuleContext& context, const OperationDefinition& operation) {
  const SchemaType* root = operation.operation == OperationType::subscription
                               ? context.schema().root_type(OperationType::subscription)
                               : nullptr;
  if (root == nullptr) {
    return;
  }
  RootFieldCollector collector(context, *root);
  collector.collect(operation);
  if (!collector.conditions().empty()) {
    context.report(Rule::single_field_subscriptions,
                   subject_of(operation) +
                       " must not use `@skip` or `@include` directives in the "
                       "top level selection.",
                   collector.conditions());
    return;
  }
  if (collector.fields().size() > 1) {
    std::vector<Location> extra;
    for (std::size_t i = 1; i < collector.fields().size(); ++i) {
      const std::vector<Location> locations = locations_of(collector.fields()[i]);
      extra.insert(extra.end(), locations.begin(), locations.end());
    }
    context.report(Rule::single_field_subscriptions,
                   subject_of(operation) + " must select only one top level field.",
                   std::move(extra));
  }
  for (const auto& fields : collector.fields()) {
    if (fields.front().field->name.text.starts_with("__")) {
      context.report(Rule::single_field_subscriptions,
                     subject_of(operation) + " must not select an introspection top level field.",
                     locations_of(fields));
    }
  }
}

}  // namespace graphql
