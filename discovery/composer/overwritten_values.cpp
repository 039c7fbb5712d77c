#include "discovery/composer/overwritten_values.h"

#include <cstddef>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "discovery/reassignments.h"

namespace discovery::composer {

namespace {

constexpr const char* k_overwritten = "a value that something writes to later";

class Overwriter {
 public:
  Overwriter(const SyntaxTree& tree, ExpressionReader& reader, CompositionFacts& facts)
      : tree_(tree), reader_(reader), facts_(facts), values_(facts) {}

  void apply(const std::vector<WrittenPath>& writes) {
    for (const WrittenPath& write : writes) {
      ++times_[{write.scope, write.path}];
    }
    for (const WrittenPath& write : writes) {
      if (const ValueFact* value = written_value(write)) {
        overwrite(value->value, write);
      }
    }
  }

 private:
  Expression& at(ExpressionIndex index) { return facts_.expressions[index]; }

  /// The value of the name; null if that is a parameter, or one that no definition can see.
  const ValueFact* written_value(const WrittenPath& write) const {
    const ValueFact* value = values_.find(write.path.front(), tree_[write.name].span.begin);
    const bool is_of_inner_scope =
        value != nullptr && write.scope.size() > 0 && write.scope.size() < value->scope.size();
    return is_of_inner_scope ? nullptr : value;
  }

  void overwrite(ExpressionIndex value, const WrittenPath& write) {
    for (std::size_t i = 1; i < write.path.size(); ++i) {
      const ExpressionKind kind = at(value).kind;
      if (kind == ExpressionKind::function || kind == ExpressionKind::site) {
        // What these have as members is no part of them.
        return;
      }
      if (kind != ExpressionKind::object) {
        break;
      }
      const ExpressionIndex member = find_member(value, write.path[i]);
      if (member == k_no_expression) {
        add_member(value, write, i);
        return;
      }
      value = at(member).first;
    }
    if (at(value).kind != ExpressionKind::opaque) {
      at(value).kind = ExpressionKind::opaque;
      at(value).text = k_overwritten;
      at(value).first = k_no_expression;
    }
  }

  ExpressionIndex find_member(ExpressionIndex object, const std::string& key) {
    ExpressionIndex found = k_no_expression;
    for (ExpressionIndex child = at(object).first; child != k_no_expression;
         child = at(child).next) {
      if (at(child).kind == ExpressionKind::property && at(child).text == key) {
        found = child;
      }
    }
    return found;
  }

  /// Adds the member that is called as the path says at `position`.
  void add_member(ExpressionIndex object, const WrittenPath& write, std::size_t position) {
    bool is_known = write.value != k_no_node && position + 1 == write.path.size() &&
                    times_[{write.scope, write.path}] == 1;
    const auto property = static_cast<ExpressionIndex>(facts_.expressions.size());
    Expression& added = facts_.expressions.emplace_back();
    added.kind = ExpressionKind::property;
    added.span = tree_[write.name].span;
    added.text = write.path[position];
    ExpressionIndex* link = &at(object).first;
    while (*link != k_no_expression) {
      is_known = is_known && at(*link).kind == ExpressionKind::property;
      link = &at(*link).next;
    }
    *link = property;
    const ExpressionIndex value = is_known ? reader_.read(write.value)
                                           : reader_.opaque(tree_[write.name].span, k_overwritten);
    at(property).first = value;
  }

  const SyntaxTree& tree_;
  ExpressionReader& reader_;
  CompositionFacts& facts_;
  const ValueIndex values_;
  /// How often each path is written to.
  std::map<std::pair<base::Span, std::vector<std::string>>, std::size_t> times_;
};

}  // namespace

void hide_overwritten(const SyntaxTree& tree, ExpressionReader& reader, CompositionFacts& facts) {
  Overwriter(tree, reader, facts).apply(written_paths(tree));
}

}  // namespace discovery::composer
