#include "graphql/rule_context.h"

#include <algorithm>
#include <string_view>
#include <unordered_set>
#include <utility>

#include "graphql/document_index.h"

namespace graphql {
namespace {

// graphql-js 16.15.0's budget for following fragments, for each call of validate().
constexpr std::int64_t k_fragment_work = 50'000;

/// Collects the variables of a fragment.
class UsageCollector {
 public:
  explicit UsageCollector(std::uint32_t source_id) : source_id_(source_id) {}

  std::vector<VariableUsage> collect(const Schema& schema,
                                     Arena& arena,
                                     SchemaReads* reads,
                                     const FragmentDefinition& fragment) {
    TypedWalk<UsageCollector> walk(schema, arena, reads, *this);
    scope_ = &walk.scope();
    walk.walk(fragment);
    return std::move(usages_);
  }

  bool has_stopped() const { return false; }
  void enter_variable(const Value& variable) {
    usages_.push_back(usage_at(*scope_, variable, source_id_));
  }
  void enter_operation(const OperationDefinition& /*operation*/) {}
  void leave_operation(const OperationDefinition& /*operation*/) {}
  void enter_fragment(const FragmentDefinition& /*fragment*/) {}
  void enter_variable_definition(const VariableDefinition& /*variable*/) {}
  void enter_named_type(const Name& /*name*/) {}
  void enter_selection_set(const SelectionSet& /*set*/) {}
  void enter_field(const Field& /*field*/) {}
  void leave_field(const Field& /*field*/) {}
  void enter_fragment_spread(const FragmentSpread& /*spread*/) {}
  void enter_inline_fragment(const InlineFragment& /*fragment*/) {}
  void enter_directive(const Directive& /*directive*/, DirectiveLocation /*location*/) {}
  void leave_directive(const Directive& /*directive*/) {}
  void enter_argument(const Argument& /*argument*/) {}
  void enter_list(const Value& /*list*/) {}
  void leave_list(const Value& /*list*/) {}
  void enter_object(const Value& /*object*/) {}
  void leave_object(const Value& /*object*/) {}
  void enter_object_field(const ObjectField& /*field*/) {}
  void enter_scalar(const Value& /*value*/) {}

 private:
  std::uint32_t source_id_;
  const TypeScope* scope_ = nullptr;
  std::vector<VariableUsage> usages_;
};

// Names in a set, as one text that does not depend on their order.
std::string key_of(std::vector<std::string_view> names) {
  std::sort(names.begin(), names.end());
  std::string key;
  for (const std::string_view name : names) {
    key.append(name).append(",");
  }
  return key;
}

}  // namespace

VariableUsage usage_at(const TypeScope& scope, const Value& variable, std::uint32_t source_id) {
  VariableUsage usage;
  usage.variable = &variable;
  usage.source_id = source_id;
  usage.type = scope.input_type();
  usage.has_default = !scope.inputs.empty() && scope.inputs.back().has_default;
  usage.parent_type = scope.parent_input_type();
  return usage;
}

RuleContext::RuleContext(const Schema& schema,
                         const FragmentResolver& fragments,
                         const ValidateOptions& options)
    : schema_(schema),
      fragments_(fragments),
      options_(options),
      overlaps_(std::make_unique<OverlapFinder>(schema, fragments_, options.reads)) {}

const DirectiveDefinition* RuleContext::find_directive_in_document(const Name& name) const {
  return document == nullptr ? nullptr : document->find_directive(name);
}

void RuleContext::begin() {
  errors_.clear();
  is_aborted_ = false;
  fragment_work_left_ = k_fragment_work;
  reached_.clear();
  usages_of_ = nullptr;
  overlaps_->begin();
}

void RuleContext::report(Rule rule, std::string message, std::vector<Location> locations) {
  if (is_aborted_) {
    return;
  }
  if (errors_.size() >= options_.max_errors) {
    errors_.push_back(Error{
        to_text(rule), "Too many validation errors, error limit reached. Validation aborted.", {}});
    is_aborted_ = true;
    return;
  }
  errors_.push_back(Error{to_text(rule), std::move(message), std::move(locations)});
}

void RuleContext::abort() {
  if (!is_aborted_) {
    errors_.push_back(Error{"ValidationAborted", "Validation aborted.", {}});
    is_aborted_ = true;
  }
}

void RuleContext::spend_fragment_work(std::size_t cost) {
  fragment_work_left_ -= static_cast<std::int64_t>(cost);
  if (fragment_work_left_ < 0) {
    abort();
  }
}

const std::vector<const FragmentSpread*>& RuleContext::spreads_in(const SelectionSet& set) {
  const auto [entry, is_new] = spreads_.try_emplace(&set);
  std::vector<const FragmentSpread*>& spreads = entry->second;
  if (!is_new) {
    return spreads;
  }
  std::vector<const SelectionSet*> left = {&set};
  while (!left.empty()) {
    const SelectionSet& next = *left.back();
    left.pop_back();
    for (const Selection* selection : next.selections) {
      switch (selection->kind) {
        case SelectionKind::fragment_spread:
          spreads.push_back(&as_fragment_spread(*selection));
          break;
        case SelectionKind::inline_fragment:
          left.push_back(as_inline_fragment(*selection).selection_set);
          break;
        case SelectionKind::field:
          if (as_field(*selection).selection_set != nullptr) {
            left.push_back(as_field(*selection).selection_set);
          }
          break;
      }
    }
  }
  return spreads;
}

ReachedFragments& RuleContext::reached_from(
    const std::vector<const OperationDefinition*>& operations) {
  // `names` is a set in the order of insertion, and the work list.
  std::vector<std::string_view> names;
  std::vector<const Name*> nodes;
  std::unordered_set<std::string_view> known;
  const auto add = [&](const std::vector<const FragmentSpread*>& spreads) {
    for (const FragmentSpread* spread : spreads) {
      if (known.insert(spread->name.text).second) {
        names.push_back(spread->name.text);
        nodes.push_back(&spread->name);
      }
    }
  };
  for (const OperationDefinition* operation : operations) {
    add(spreads_in(*operation->selection_set));
  }
  // The reference remembers the list under the set of names, so that operations which spread the
  // same fragments in another order get the order of the first: errors come in that order.
  const auto [entry, is_new] = reached_.try_emplace(key_of(names));
  ReachedFragments& reached = entry->second;
  if (!is_new) {
    return reached;
  }
  spend_fragment_work(names.size());
  for (std::size_t i = 0; i < nodes.size() && !is_aborted_; ++i) {
    const FragmentLookup lookup = find_fragment(*nodes[i]);
    reached.has_unusable = reached.has_unusable || lookup.state == FragmentState::unusable;
    if (lookup.definition != nullptr) {
      reached.fragments.push_back(lookup.definition);
      const auto& spreads = spreads_in(*lookup.definition->selection_set);
      spend_fragment_work(spreads.size());
      add(spreads);
    }
  }
  return reached;
}

const std::vector<VariableUsage>& RuleContext::usages_directly_in(
    const FragmentDefinition& fragment) {
  const auto [entry, is_new] = fragment_usages_.try_emplace(&fragment);
  FragmentUsages& known = entry->second;
  if (is_new) {
    SchemaReads* reads = options_.reads == nullptr ? nullptr : &known.reads;
    known.usages = UsageCollector(fragment.source_id).collect(schema_, arena_, reads, fragment);
  }
  if (options_.reads != nullptr) {
    known.reads.tell(*options_.reads);
  }
  return known.usages;
}

const std::vector<VariableUsage>& RuleContext::usages_in(const OperationDefinition& operation) {
  if (usages_of_ == &operation) {
    return direct_usages;
  }
  usages_of_ = &operation;
  ReachedFragments& reached = reached_from({&operation});
  if (!reached.has_usages) {
    reached.has_usages = true;
    spend_fragment_work(reached.fragments.size());
    for (const FragmentDefinition* fragment : reached.fragments) {
      if (is_aborted_) {
        break;
      }
      const std::vector<VariableUsage>& usages = usages_directly_in(*fragment);
      spend_fragment_work(usages.size());
      reached.usages.insert(reached.usages.end(), usages.begin(), usages.end());
    }
  }
  spend_fragment_work(reached.usages.size());
  direct_usages.insert(direct_usages.end(), reached.usages.begin(), reached.usages.end());
  return direct_usages;
}

std::string quoted(std::string_view text) {
  return std::string("\"").append(text).append("\"");
}

}  // namespace graphql
