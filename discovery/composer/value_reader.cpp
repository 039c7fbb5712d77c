#include "discovery/composer/value_reader.h"

#include <utility>

#include "discovery/composer/expression_children.h"
#include "discovery/module_facts.h"
#include "discovery/syntax_names.h"

namespace discovery::composer {

void ValueReader::read_module() {
  for (const NodeId statement : module_statements(tree_)) {
    read_statement(declaration_of(tree_, statement), std::nullopt);
  }
}

void ValueReader::read_scopes_around(NodeId call) {
  NodeId at = tree_[call].parent;
  for (std::size_t level = 0; level < k_most_levels && at != k_no_node; ++level) {
    if (at == tree_.root() || !read_scopes_.insert(static_cast<std::uint32_t>(at)).second) {
      return;
    }
    read_scope(at);
    at = tree_[at].parent;
  }
}

void ValueReader::read_scope(NodeId scope) {
  const base::Span span = tree_[scope].span;
  switch (tree_[scope].kind) {
    case SyntaxKind::function_expression:
    case SyntaxKind::function_declaration:
    case SyntaxKind::method:
      read_parameters(scope);
      break;
    case SyntaxKind::catch_clause:
      add_unknown(tree_.child(scope, SyntaxField::parameter), "a caught error", span);
      break;
    case SyntaxKind::for_statement:
      add_unknown(tree_.child(scope, SyntaxField::left), "a variable of a loop", span);
      break;
    case SyntaxKind::statement_block:
    case SyntaxKind::switch_case:
    case SyntaxKind::class_static_block:
      for (const NodeId statement : tree_.children(scope)) {
        read_statement(declaration_of(tree_, statement), span);
      }
      break;
    default:
      break;
  }
}

void ValueReader::read_parameters(NodeId function) {
  const base::Span span = tree_[function].span;
  constexpr const char* k_what = "a parameter of the function around the definition";
  add_unknown(tree_.child(function, SyntaxField::parameter), k_what, span);
  const NodeId parameters = tree_.child(function, SyntaxKind::formal_parameters);
  if (parameters == k_no_node) {
    return;
  }
  for (const NodeId parameter : tree_.children(parameters)) {
    if (tree_[parameter].kind == SyntaxKind::parameter) {
      add_unknown(tree_.child(parameter, SyntaxField::pattern), k_what, span);
    }
  }
}

// Without a `scope`, at module level.
void ValueReader::read_statement(NodeId declaration, std::optional<base::Span> scope) {
  switch (tree_[declaration].kind) {
    case SyntaxKind::lexical_declaration:
    case SyntaxKind::variable_declaration:
      for (const NodeId declarator : tree_.children(declaration)) {
        if (tree_[declarator].kind == SyntaxKind::variable_declarator) {
          read_declarator(declarator, tree_.has_token(declaration, "const"), scope);
        }
      }
      break;
    case SyntaxKind::function_declaration:
      // Without a body it is one of several signatures: the last declaration is the function.
      if (tree_.child(declaration, SyntaxField::body) != k_no_node) {
        add_declared(declaration, expressions_.read_function(declaration), scope);
      }
      break;
    case SyntaxKind::class_declaration:
      add_declared(declaration, expressions_.read_class(declaration), scope);
      break;
    case SyntaxKind::enum_declaration:
      add_declared(declaration, expressions_.read_enum(declaration), scope);
      break;
    case SyntaxKind::export_statement:
      read_default_export(declaration);
      break;
    default:
      break;
  }
}

void ValueReader::read_declarator(NodeId declarator,
                                  bool is_constant,
                                  std::optional<base::Span> scope) {
  const NodeId name = tree_.child(declarator, SyntaxField::name);
  const NodeId value = tree_.child(declarator, SyntaxField::value);
  if (name == k_no_node) {
    return;
  }
  if (!is_constant || value == k_no_node) {
    add_unknown(name, "a variable that may change", scope);
  } else if (tree_[name].kind == SyntaxKind::identifier) {
    add(std::string(tree_.text(name)), expressions_.read(value), scope);
  } else {
    std::vector<Step> steps;
    read_pattern(name, value, steps, scope);
  }
}

// `const { a, b: [c] } = value`: a is value.a, and c is value.b[0].
void ValueReader::read_pattern(NodeId pattern,
                               NodeId value,
                               std::vector<Step>& steps,
                               std::optional<base::Span> scope) {
  const SyntaxKind kind = tree_[pattern].kind;
  const bool is_name = kind == SyntaxKind::identifier || kind == SyntaxKind::shorthand_pattern;
  if (is_name) {
    add(std::string(tree_.text(pattern)), read_steps(steps, value), scope);
  } else if (kind == SyntaxKind::object_pattern && steps.size() < k_longest_path) {
    read_object_pattern(pattern, value, steps, scope);
  } else if (kind == SyntaxKind::array_pattern && steps.size() < k_longest_path) {
    read_array_pattern(pattern, value, steps, scope);
  } else {
    const bool has_default = kind == SyntaxKind::default_pattern;
    add_unknown(pattern,
                has_default ? "a part of a pattern that has a default" : "a part of a pattern",
                scope);
  }
}

void ValueReader::read_object_pattern(NodeId pattern,
                                      NodeId value,
                                      std::vector<Step>& steps,
                                      std::optional<base::Span> scope) {
  for (const NodeId part : tree_.children(pattern)) {
    if (!is_part(tree_, part)) {
      continue;
    }
    const bool is_pair = tree_[part].kind == SyntaxKind::pair_pattern;
    const NodeId key = is_pair ? tree_.child(part, SyntaxField::key) : part;
    const NodeId local = is_pair ? tree_.child(part, SyntaxField::value) : part;
    const bool is_named = is_pair || tree_[part].kind == SyntaxKind::shorthand_pattern;
    auto name = is_named ? property_key(tree_, key) : std::nullopt;
    if (!name || local == k_no_node) {
      add_unknown(part, "a part of a pattern", scope);
      continue;
    }
    steps.push_back({*std::move(name), false, tree_[part].span});
    read_pattern(local, value, steps, scope);
    steps.pop_back();
  }
}

void ValueReader::read_array_pattern(NodeId pattern,
                                     NodeId value,
                                     std::vector<Step>& steps,
                                     std::optional<base::Span> scope) {
  std::size_t position = 0;
  for (const NodeId part : tree_.children(pattern)) {
    if (tree_.text(part) == ",") {
      ++position;
    } else if (is_part(tree_, part)) {
      steps.push_back({std::to_string(position), true, tree_[part].span});
      read_pattern(part, value, steps, scope);
      steps.pop_back();
    }
  }
}

ExpressionIndex ValueReader::read_steps(const std::vector<Step>& steps, NodeId value) {
  ExpressionIndex outermost = k_no_expression;
  ExpressionIndex outer = k_no_expression;
  const auto hang_in = [&](ExpressionIndex index) {
    (outer == k_no_expression ? outermost : facts_.expressions[outer].first) = index;
    outer = index;
  };
  for (auto step = steps.rbegin(); step != steps.rend(); ++step) {
    const auto index = static_cast<ExpressionIndex>(facts_.expressions.size());
    Expression& expression = facts_.expressions.emplace_back();
    expression.span = step->span;
    expression.kind = step->is_position ? ExpressionKind::index : ExpressionKind::member;
    expression.text = step->is_position ? "" : step->key;
    hang_in(index);
  }
  hang_in(expressions_.read(value));
  // The positions stand behind what they are positions in.
  ExpressionIndex at = outermost;
  for (auto step = steps.rbegin(); step != steps.rend(); ++step) {
    const ExpressionIndex object = facts_.expressions[at].first;
    if (step->is_position) {
      facts_.expressions[object].next = static_cast<ExpressionIndex>(facts_.expressions.size());
      Expression& position = facts_.expressions.emplace_back();
      position.kind = ExpressionKind::number;
      position.span = step->span;
      position.text = step->key;
    }
    at = object;
  }
  return outermost;
}

void ValueReader::read_default_export(NodeId statement) {
  if (!tree_.has_token(statement, "default") && !tree_.has_token(statement, "=")) {
    return;
  }
  NodeId value = tree_.child(statement, SyntaxField::value);
  value = unwrapped(tree_, value == k_no_node ? tree_.first_named_child(statement) : value);
  // A plain name needs no value: the export itself says it.
  if (value != k_no_node && tree_[value].kind != SyntaxKind::identifier) {
    add(k_default_binding, expressions_.read(value), std::nullopt);
  }
}

void ValueReader::add_declared(NodeId declaration,
                               ExpressionIndex value,
                               std::optional<base::Span> scope) {
  const NodeId name = tree_.child(declaration, SyntaxField::name);
  if (name != k_no_node) {
    add(std::string(tree_.text(name)), value, scope);
  }
}

void ValueReader::add_unknown(NodeId pattern, const char* what, std::optional<base::Span> scope) {
  if (pattern == k_no_node) {
    return;
  }
  for (std::string& name : bound_names(tree_, pattern)) {
    add(std::move(name), expressions_.opaque(tree_[pattern].span, what), scope);
  }
}

void ValueReader::add(std::string name, ExpressionIndex value, std::optional<base::Span> scope) {
  ValueFact fact;
  fact.name = std::move(name);
  fact.is_local = scope.has_value();
  fact.scope = scope.value_or(base::Span{0, static_cast<std::uint32_t>(tree_.text().size())});
  fact.value = value;
  facts_.values.push_back(std::move(fact));
}

}  // namespace discovery::composer
