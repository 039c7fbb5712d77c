#include <utility>

#include "discovery/composer/expression_children.h"
#include "discovery/composer/expression_reader.h"
#include "discovery/syntax_names.h"

// Functions, patterns, classes and enums.
namespace discovery::composer {

ExpressionIndex ExpressionReader::read_function(NodeId id) {
  const base::Span span = tree_[id].span;
  if (tree_.has_token(id, "async") || tree_.has_token(id, "*")) {
    return opaque(span, "an async or generator function");
  }
  Children children(facts_, add(ExpressionKind::function, span));
  const NodeId only = tree_.child(id, SyntaxField::parameter);
  if (only != k_no_node) {
    children.add(read_pattern(only));
  }
  const NodeId parameters = tree_.child(id, SyntaxKind::formal_parameters);
  if (parameters != k_no_node) {
    for (const NodeId parameter : tree_.children(parameters)) {
      if (tree_[parameter].kind == SyntaxKind::parameter) {
        children.add(read_pattern(parameter));
      }
    }
  }
  children.add(read_body(tree_.child(id, SyntaxField::body)));
  return children.parent();
}

ExpressionIndex ExpressionReader::read_method(NodeId id) {
  const bool is_accessor = tree_.has_token(id, "get") || tree_.has_token(id, "set");
  return is_accessor ? opaque(tree_[id].span, "an accessor") : read_function(id);
}

ExpressionIndex ExpressionReader::read_body(NodeId body) {
  if (body == k_no_node) {
    return opaque({}, "a function without a body");
  }
  if (tree_[body].kind != SyntaxKind::statement_block) {
    return read(body);
  }
  NodeId only = k_no_node;
  std::size_t count = 0;
  for (const NodeId statement : tree_.children(body)) {
    if (is_part(tree_, statement)) {
      only = statement;
      ++count;
    }
  }
  if (count == 0) {
    return add(ExpressionKind::name, tree_[body].span, "undefined");
  }
  if (count > 1 || tree_[only].kind != SyntaxKind::return_statement) {
    return opaque(tree_[body].span, "a function with other statements than one `return`");
  }
  const NodeId value = tree_.first_named_child(only);
  return value == k_no_node ? add(ExpressionKind::name, tree_[only].span, "undefined")
                            : read(value);
}

ExpressionIndex ExpressionReader::read_pattern(NodeId id) {
  if (depth_ >= k_deepest_expression) {
    return opaque(tree_[id].span, "a pattern that is nested too deeply");
  }
  ++depth_;
  ExpressionIndex index = k_no_expression;
  const base::Span span = tree_[id].span;
  switch (tree_[id].kind) {
    case SyntaxKind::parameter: {
      const NodeId pattern = tree_.child(id, SyntaxField::pattern);
      const NodeId value = tree_.child(id, SyntaxField::value);
      if (pattern == k_no_node || value == k_no_node) {
        index = pattern == k_no_node ? opaque(span, "a syntax error") : read_pattern(pattern);
        break;
      }
      Children children(facts_, add(ExpressionKind::default_pattern, span));
      children.add(read_pattern(pattern));
      children.add(read(value));
      index = children.parent();
      break;
    }
    case SyntaxKind::identifier:
    case SyntaxKind::shorthand_pattern:
      index = add(ExpressionKind::name, span, std::string(tree_.text(id)));
      break;
    case SyntaxKind::object_pattern:
      index = read_object_pattern(id);
      break;
    case SyntaxKind::array_pattern:
      index = read_array_pattern(id);
      break;
    case SyntaxKind::default_pattern: {
      const NodeId left = tree_.child(id, SyntaxField::left);
      Children children(facts_, add(ExpressionKind::default_pattern, span));
      children.add(left == k_no_node ? opaque(span, "a syntax error") : read_pattern(left));
      children.add(read(tree_.child(id, SyntaxField::right)));
      index = children.parent();
      break;
    }
    case SyntaxKind::rest_pattern: {
      const NodeId target = tree_.first_named_child(id);
      Children children(facts_, add(ExpressionKind::rest, span));
      children.add(target == k_no_node ? opaque(span, "a syntax error") : read_pattern(target));
      index = children.parent();
      break;
    }
    default:
      index = opaque(span, "a pattern of this kind");
      break;
  }
  --depth_;
  return index;
}

ExpressionIndex ExpressionReader::read_object_pattern(NodeId id) {
  Children children(facts_, add(ExpressionKind::object_pattern, tree_[id].span));
  for (const NodeId part : tree_.children(id)) {
    if (!is_part(tree_, part)) {
      continue;
    }
    NodeId key = part;
    NodeId target = part;
    if (tree_[part].kind == SyntaxKind::rest_pattern) {
      children.add(read_pattern(part));
      continue;
    }
    if (tree_[part].kind == SyntaxKind::default_pattern) {
      key = tree_.child(part, SyntaxField::left);
    } else if (tree_[part].kind == SyntaxKind::pair_pattern) {
      key = tree_.child(part, SyntaxField::key);
      target = tree_.child(part, SyntaxField::value);
    }
    auto name = property_key(tree_, key);
    if (!name || target == k_no_node) {
      children.add(opaque(tree_[part].span, "a computed key in a pattern"));
      continue;
    }
    Children property(facts_, add(ExpressionKind::property, tree_[part].span, *std::move(name)));
    property.add(read_pattern(target));
    children.add(property.parent());
  }
  return children.parent();
}

ExpressionIndex ExpressionReader::read_array_pattern(NodeId id) {
  return read_elements(id, ExpressionKind::array_pattern, &ExpressionReader::read_pattern);
}

ExpressionIndex ExpressionReader::read_class(NodeId id) {
  Children children(facts_, add(ExpressionKind::object, tree_[id].span));
  const NodeId body = tree_.child(id, SyntaxField::body);
  if (body == k_no_node) {
    return children.parent();
  }
  for (const NodeId member : tree_.children(body)) {
    const SyntaxKind kind = tree_[member].kind;
    if (!tree_.has_token(member, "static")) {
      continue;
    }
    const NodeId name = tree_.child(member, SyntaxField::name);
    const base::Span span = tree_[member].span;
    if (kind == SyntaxKind::method) {
      children.add(read_keyed(name, ExpressionKind::function, member, span));
    } else if (kind == SyntaxKind::class_field) {
      const NodeId value = tree_.child(member, SyntaxField::value);
      if (value != k_no_node) {
        children.add(read_keyed(name, ExpressionKind::property, value, span));
      }
    }
  }
  return children.parent();
}

}  // namespace discovery::composer
