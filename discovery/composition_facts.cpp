#include "discovery/composition_facts.h"

#include <algorithm>
#include <utility>

namespace discovery {

namespace {

bool holds(base::Span outer, std::uint32_t offset) {
  return outer.begin <= offset && offset < outer.end;
}

/// Walks an expression with the parameters that are visible at each place.
class FreeNames {
 public:
  explicit FreeNames(const CompositionFacts& facts) : facts_(facts) {}

  std::vector<NameChain> collect(ExpressionIndex root) {
    visit(root);
    return std::move(found_);
  }

 private:
  const Expression& at(ExpressionIndex index) const { return facts_.expressions[index]; }

  void visit(ExpressionIndex index) {
    // Sites within sites: each is read for itself, so only here do their depths add up.
    constexpr unsigned k_deepest = 2000;
    if (depth_ < k_deepest) {
      ++depth_;
      visit_one(index);
      --depth_;
    }
  }

  void visit_one(ExpressionIndex index) {
    const Expression& expression = at(index);
    if (expression.kind == ExpressionKind::function) {
      visit_function(expression);
      return;
    }
    if (expression.kind == ExpressionKind::site) {
      visit(facts_.sites[expression.mapped].call);
      return;
    }
    if (expression.kind == ExpressionKind::name || expression.kind == ExpressionKind::member) {
      NameChain chain = chain_at(facts_, index);
      if (!chain.empty()) {
        add(std::move(chain));
        return;
      }
    }
    visit_children(expression);
  }

  void visit_children(const Expression& expression) {
    for (ExpressionIndex child = expression.first; child != k_no_expression;
         child = at(child).next) {
      visit(child);
    }
  }

  void visit_function(const Expression& function) {
    const std::size_t outer = parameters_.size();
    for (ExpressionIndex child = function.first; child != k_no_expression; child = at(child).next) {
      // The last child is the body.
      at(child).next == k_no_expression ? visit(child) : visit_pattern(child);
    }
    parameters_.resize(outer);
  }

  void visit_pattern(ExpressionIndex index) {
    const Expression& pattern = at(index);
    if (pattern.kind == ExpressionKind::name) {
      parameters_.push_back(pattern.text);
    } else if (pattern.kind == ExpressionKind::default_pattern) {
      visit_pattern(pattern.first);
      visit(at(pattern.first).next);
    } else {
      for (ExpressionIndex child = pattern.first; child != k_no_expression;
           child = at(child).next) {
        visit_pattern(child);
      }
    }
  }

  void add(NameChain chain) {
    const auto parameter = std::find(parameters_.begin(), parameters_.end(), chain.names.front());
    if (parameter == parameters_.end()) {
      found_.push_back(std::move(chain));
    }
  }

  const CompositionFacts& facts_;
  std::vector<std::string> parameters_;
  std::vector<NameChain> found_;
  unsigned depth_ = 0;
};

}  // namespace

NameChain chain_at(const CompositionFacts& facts, ExpressionIndex index) {
  NameChain chain;
  chain.span = facts.expressions[index].span;
  while (facts.expressions[index].kind == ExpressionKind::member &&
         !facts.expressions[index].is_optional) {
    chain.names.push_back(facts.expressions[index].text);
    index = facts.expressions[index].first;
  }
  if (facts.expressions[index].kind != ExpressionKind::name) {
    return {};
  }
  chain.names.push_back(facts.expressions[index].text);
  std::reverse(chain.names.begin(), chain.names.end());
  return chain;
}

std::vector<NameChain> free_names(const CompositionFacts& facts, ExpressionIndex root) {
  return FreeNames(facts).collect(root);
}

ValueIndex::ValueIndex(const CompositionFacts& facts) {
  for (const ValueFact& value : facts.values) {
    by_name_[value.name].push_back(&value);
  }
}

const ValueFact* ValueIndex::find(const std::string& name, std::uint32_t offset) const {
  const auto values = by_name_.find(name);
  if (values == by_name_.end()) {
    return nullptr;
  }
  const ValueFact* best = nullptr;
  for (const ValueFact* value : values->second) {
    const bool is_inner = best == nullptr || value->scope.size() < best->scope.size();
    if (holds(value->scope, offset) && is_inner) {
      best = value;
    }
  }
  return best;
}

const ValueFact* ValueIndex::find_global(const std::string& name) const {
  const auto values = by_name_.find(name);
  if (values == by_name_.end()) {
    return nullptr;
  }
  const auto found = std::find_if(values->second.begin(),
                                  values->second.end(),
                                  [](const ValueFact* value) { return !value->is_local; });
  return found == values->second.end() ? nullptr : *found;
}

}  // namespace discovery
