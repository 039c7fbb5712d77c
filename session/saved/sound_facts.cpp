#include "session/saved/sound_facts.h"

#include <algorithm>
#include <optional>
#include <vector>

namespace session {
namespace {

using discovery::CompositionFacts;
using discovery::CompositionSite;
using discovery::ConstantFact;
using discovery::Expression;
using discovery::ExpressionIndex;
using discovery::ExpressionKind;
using discovery::k_no_expression;
using discovery::SourceFacts;
using discovery::TemplateSite;
using discovery::ValueFact;

/// What an expression may be where it stands.
enum class Role : std::uint8_t {
  value,
  argument,
  template_part,
  template_body,
  object_member,
  array_element,
  pattern,
  pattern_member,
  pattern_element,
  /// A pattern or, as the last one, the body.
  function_part,
};

/// How many children of which roles a kind has.
struct Shape {
  std::size_t least = 0;
  std::size_t most = 0;
  Role first = Role::value;
  Role rest = Role::value;
};

constexpr std::size_t k_any = SIZE_MAX;

/// Nothing where the kind may not stand there.
std::optional<Shape> shape_of_value(ExpressionKind kind) {
  switch (kind) {
    case ExpressionKind::opaque:
    case ExpressionKind::null_value:
    case ExpressionKind::boolean:
    case ExpressionKind::number:
    case ExpressionKind::string:
    case ExpressionKind::name:
    case ExpressionKind::site:
      return Shape{};
    case ExpressionKind::template_literal:
      return Shape{0, k_any, Role::template_part, Role::template_part};
    case ExpressionKind::tagged_template:
      return Shape{2, 2, Role::value, Role::template_body};
    case ExpressionKind::member:
    case ExpressionKind::unary:
      return Shape{1, 1};
    case ExpressionKind::index:
    case ExpressionKind::binary:
      return Shape{2, 2};
    case ExpressionKind::call:
      return Shape{1, k_any, Role::value, Role::argument};
    case ExpressionKind::object:
      return Shape{0, k_any, Role::object_member, Role::object_member};
    case ExpressionKind::array:
      return Shape{0, k_any, Role::array_element, Role::array_element};
    case ExpressionKind::function:
      return Shape{1, k_any, Role::function_part, Role::function_part};
    case ExpressionKind::conditional:
      return Shape{3, 3};
    default:
      return std::nullopt;
  }
}

std::optional<Shape> shape_of_pattern(ExpressionKind kind) {
  switch (kind) {
    case ExpressionKind::name:
    case ExpressionKind::opaque:
      return Shape{};
    case ExpressionKind::default_pattern:
      return Shape{2, 2, Role::pattern, Role::value};
    case ExpressionKind::rest:
      return Shape{1, 1, Role::pattern};
    case ExpressionKind::object_pattern:
      return Shape{0, k_any, Role::pattern_member, Role::pattern_member};
    case ExpressionKind::array_pattern:
      return Shape{0, k_any, Role::pattern_element, Role::pattern_element};
    default:
      return std::nullopt;
  }
}

std::optional<Shape> shape_of(ExpressionKind kind, Role role) {
  switch (role) {
    case Role::template_part:
      return kind == ExpressionKind::template_text ? Shape{} : shape_of_value(kind);
    case Role::template_body:
      return kind == ExpressionKind::template_literal || kind == ExpressionKind::opaque
                 ? shape_of_value(kind)
                 : std::nullopt;
    case Role::array_element:
      if (kind == ExpressionKind::hole) {
        return Shape{};
      }
      [[fallthrough]];
    case Role::argument:
      return kind == ExpressionKind::spread ? Shape{1, 1} : shape_of_value(kind);
    case Role::object_member:
      if (kind == ExpressionKind::property || kind == ExpressionKind::spread) {
        return Shape{1, 1};
      }
      return kind == ExpressionKind::computed_property ? std::optional(Shape{2, 2})
             : kind == ExpressionKind::opaque          ? std::optional(Shape{})
                                                       : std::nullopt;
    case Role::pattern_member:
      return kind == ExpressionKind::property ? Shape{1, 1, Role::pattern} : shape_of_pattern(kind);
    case Role::pattern_element:
      return kind == ExpressionKind::hole ? Shape{} : shape_of_pattern(kind);
    case Role::pattern:
      return shape_of_pattern(kind);
    case Role::value:
    case Role::function_part:
      return shape_of_value(kind);
  }
  return std::nullopt;
}

/// Walks all trees of a file, each expression once.
class CompositionCheck {
 public:
  explicit CompositionCheck(const CompositionFacts& facts)
      : facts_(facts), is_seen_(facts.expressions.size()), is_held_(facts.sites.size()) {}

  bool run() {
    for (std::size_t i = 0; i < facts_.sites.size(); ++i) {
      holder_ = i;
      if (!walk(facts_.sites[i].call)) {
        return false;
      }
    }
    holder_.reset();
    return std::all_of(facts_.values.begin(), facts_.values.end(), [&](const ValueFact& value) {
      return walk(value.value);
    });
  }

 private:
  struct Open {
    ExpressionIndex index = 0;
    Role role = Role::value;
  };

  bool walk(ExpressionIndex root) {
    open_.assign(1, {root, Role::value});
    while (!open_.empty()) {
      const Open next = open_.back();
      open_.pop_back();
      if (!visit(next)) {
        return false;
      }
    }
    return true;
  }

  /// An expression has one place: whatever is reached is a tree.
  bool visit(const Open& open) {
    if (open.index >= facts_.expressions.size() || is_seen_[open.index]) {
      return false;
    }
    is_seen_[open.index] = true;
    const Expression& expression = facts_.expressions[open.index];
    const std::optional<Shape> shape = shape_of(expression.kind, open.role);
    return shape && has_meaning(expression) && open_children(expression, *shape);
  }

  bool has_meaning(const Expression& expression) {
    if (expression.kind == ExpressionKind::template_text) {
      return expression.mapped < facts_.texts.size();
    }
    if (expression.kind != ExpressionKind::site) {
      return true;
    }
    // Sites within a site come after it, and each is within one only.
    const std::size_t site = expression.mapped;
    if (site >= facts_.sites.size() || (holder_ && (site <= *holder_ || is_held_[site]))) {
      return false;
    }
    is_held_[site] = is_held_[site] || holder_.has_value();
    return true;
  }

  bool open_children(const Expression& parent, const Shape& shape) {
    std::size_t count = 0;
    const std::size_t begin = open_.size();
    for (ExpressionIndex child = parent.first; child != k_no_expression;
         child = facts_.expressions[child].next) {
      // No more than there are: a list that is a circle ends too.
      if (child >= facts_.expressions.size() || ++count > facts_.expressions.size()) {
        return false;
      }
      open_.push_back({child, count == 1 ? shape.first : shape.rest});
    }
    for (std::size_t i = begin; parent.kind == ExpressionKind::function && i < open_.size(); ++i) {
      open_[i].role = i + 1 < open_.size() ? Role::pattern : Role::value;
    }
    return count >= shape.least && count <= shape.most;
  }

  const CompositionFacts& facts_;
  std::vector<bool> is_seen_;
  /// The sites that are within another one.
  std::vector<bool> is_held_;
  /// The site whose call is being walked.
  std::optional<std::size_t> holder_;
  std::vector<Open> open_;
};

bool is_named(const ConstantFact& constant) {
  return !constant.path.empty() &&
         (constant.kind == ConstantFact::Kind::string || !constant.target.empty());
}

}  // namespace

bool are_sound(const SourceFacts& facts) {
  return std::all_of(facts.constants.begin(), facts.constants.end(), is_named) &&
         CompositionCheck(facts.compositions).run();
}

}  // namespace session
