#include "discovery/composer/expression_reader.h"

#include <array>
#include <string_view>
#include <utility>
#include <vector>

#include "discovery/composer/expression_children.h"
#include "discovery/literal_text.h"
#include "discovery/syntax_names.h"

namespace discovery::composer {

namespace {

/// `await x` is "`await`": what a person would call an expression that has no form of its own.
std::string name_of_other(std::string_view text) {
  constexpr std::array k_words = {"async",
                                  "await",
                                  "class",
                                  "delete",
                                  "import",
                                  "new",
                                  "super",
                                  "this",
                                  "throw",
                                  "typeof",
                                  "void",
                                  "yield"};
  std::size_t end = 0;
  while (end < text.size() && is_name_byte(text[end])) {
    ++end;
  }
  const std::string_view word = text.substr(0, end);
  for (const char* known : k_words) {
    if (word == known) {
      return "`" + std::string(word) + "`";
    }
  }
  if (text.starts_with('<')) {
    return "JSX";
  }
  return "this expression";
}

std::string describe(const SyntaxTree& tree, NodeId id) {
  switch (tree[id].kind) {
    case SyntaxKind::assignment:
      return "an assignment";
    case SyntaxKind::regex:
      return "a regular expression";
    case SyntaxKind::class_expression:
      return "a class";
    case SyntaxKind::error:
      return "a syntax error";
    default:
      return name_of_other(tree.text(id));
  }
}

}  // namespace

ExpressionIndex ExpressionReader::add(ExpressionKind kind, base::Span span, std::string text) {
  const auto index = static_cast<ExpressionIndex>(facts_.expressions.size());
  Expression& expression = facts_.expressions.emplace_back();
  expression.kind = kind;
  expression.span = span;
  expression.text = std::move(text);
  return index;
}

ExpressionIndex ExpressionReader::opaque(base::Span span, std::string text) {
  return add(ExpressionKind::opaque, span, std::move(text));
}

ExpressionIndex ExpressionReader::read(NodeId id) {
  const NodeId value = unwrapped(tree_, id);
  if (value == k_no_node) {
    return opaque(id == k_no_node ? base::Span{} : tree_[id].span, "a syntax error");
  }
  if (depth_ >= k_deepest_expression) {
    return opaque(tree_[value].span, "an expression that is nested too deeply");
  }
  const auto broken = broken_.find(value);
  if (broken != broken_.end() && !sites_.contains(tree_[value].span)) {
    return opaque(broken->second, "a syntax error");
  }
  ++depth_;
  const ExpressionIndex index = read_node(value);
  --depth_;
  return index;
}

ExpressionIndex ExpressionReader::read_node(NodeId id) {
  const base::Span span = tree_[id].span;
  switch (tree_[id].kind) {
    case SyntaxKind::identifier:
    case SyntaxKind::shorthand_property:
    case SyntaxKind::shorthand_pattern:
      return add(ExpressionKind::name, span, std::string(tree_.text(id)));
    case SyntaxKind::string:
      if (auto text = literal_value(tree_, id)) {
        return add(ExpressionKind::string, span, *std::move(text));
      }
      return opaque(span, "a string with an escape that has no meaning");
    case SyntaxKind::number:
      return tree_.text(id).ends_with('n')
                 ? opaque(span, "a bigint")
                 : add(ExpressionKind::number, span, std::string(tree_.text(id)));
    case SyntaxKind::template_string:
      return read_template(id);
    case SyntaxKind::member:
      return read_member(id);
    case SyntaxKind::subscript:
      return read_index(id);
    case SyntaxKind::call: {
      const auto site = sites_.find(span);
      if (site == sites_.end()) {
        return read_call(id);
      }
      const ExpressionIndex index = add(ExpressionKind::site, span);
      facts_.expressions[index].mapped = site->second;
      return index;
    }
    case SyntaxKind::object:
      return read_object(id);
    case SyntaxKind::array:
      return read_array(id);
    case SyntaxKind::function_expression:
      return read_function(id);
    case SyntaxKind::conditional:
      return read_conditional(id);
    case SyntaxKind::unary:
      return read_unary(id);
    case SyntaxKind::binary:
      return read_binary(id);
    case SyntaxKind::spread: {
      Children children(facts_, add(ExpressionKind::spread, span));
      children.add(read(tree_.first_named_child(id)));
      return children.parent();
    }
    default:
      return read_named(id);
  }
}

ExpressionIndex ExpressionReader::read_named(NodeId id) {
  const base::Span span = tree_[id].span;
  const std::string_view text = tree_.text(id);
  if (text == "true" || text == "false") {
    return add(ExpressionKind::boolean, span, std::string(text));
  }
  if (text == "null") {
    return add(ExpressionKind::null_value, span);
  }
  if (text == "undefined") {
    return add(ExpressionKind::name, span, std::string(text));
  }
  return opaque(span, describe(tree_, id));
}

ExpressionIndex ExpressionReader::read_member(NodeId id) {
  const NodeId property = tree_.child(id, SyntaxField::property);
  if (property == k_no_node || tree_.text(property).starts_with('#')) {
    return opaque(tree_[id].span, "a private member");
  }
  const ExpressionIndex index =
      add(ExpressionKind::member, tree_[id].span, std::string(tree_.text(property)));
  facts_.expressions[index].is_optional = is_optional(tree_, id);
  Children(facts_, index).add(read(tree_.child(id, SyntaxField::object)));
  return index;
}

ExpressionIndex ExpressionReader::read_index(NodeId id) {
  const NodeId object = tree_.child(id, SyntaxField::object);
  const NodeId index_node = unwrapped(tree_, tree_.child(id, SyntaxField::index));
  const auto key = index_node == k_no_node ? std::nullopt : literal_value(tree_, index_node);
  const ExpressionIndex index =
      add(key ? ExpressionKind::member : ExpressionKind::index, tree_[id].span, key.value_or(""));
  facts_.expressions[index].is_optional = is_optional(tree_, id);
  Children children(facts_, index);
  children.add(read(object));
  if (!key) {
    children.add(read(index_node));
  }
  return index;
}

ExpressionIndex ExpressionReader::read_call(NodeId id) {
  const auto broken = broken_.find(id);
  if (broken != broken_.end()) {
    return opaque(broken->second, "a syntax error");
  }
  const NodeId arguments = tree_.child(id, SyntaxField::arguments);
  if (arguments == k_no_node) {
    return opaque(tree_[id].span, "a syntax error");
  }
  if (is_optional(tree_, id)) {
    return opaque(tree_[id].span, "an optional call");
  }
  const bool is_tagged = tree_[arguments].kind == SyntaxKind::template_string;
  Children children(
      facts_,
      add(is_tagged ? ExpressionKind::tagged_template : ExpressionKind::call, tree_[id].span));
  children.add(read(tree_.child(id, SyntaxField::function)));
  if (is_tagged) {
    children.add(read_template(arguments));
    return children.parent();
  }
  for (const NodeId argument : tree_.children(arguments)) {
    if (is_part(tree_, argument)) {
      children.add(read(argument));
    }
  }
  return children.parent();
}

void ExpressionReader::add_template_text(base::Span raw, Children& children) {
  if (raw.size() == 0) {
    return;
  }
  base::MappedText text;
  if (!append_cooked(text, tree_.text(), raw)) {
    children.add(opaque(raw, "an escape sequence that has no meaning"));
    return;
  }
  const ExpressionIndex index = add(ExpressionKind::template_text, raw);
  facts_.expressions[index].mapped = static_cast<std::uint32_t>(facts_.texts.size());
  facts_.texts.push_back(std::move(text));
  children.add(index);
}

ExpressionIndex ExpressionReader::read_template(NodeId id) {
  const base::Span span = tree_[id].span;
  if (span.size() < 2 || tree_.text(id).back() != '`') {
    return opaque(span, "a syntax error");
  }
  Children children(facts_, add(ExpressionKind::template_literal, span));
  std::uint32_t begin = span.begin + 1;
  for (const NodeId child : tree_.children(id)) {
    if (tree_[child].kind != SyntaxKind::substitution) {
      continue;
    }
    add_template_text({begin, tree_[child].span.begin}, children);
    begin = tree_[child].span.end;
    const ExpressionIndex value = read(tree_.first_named_child(child));
    // An error in a template is shown under all of `${...}`.
    facts_.expressions[value].span = tree_[child].span;
    children.add(value);
  }
  add_template_text({begin, span.end - 1}, children);
  return children.parent();
}

ExpressionIndex ExpressionReader::read_object(NodeId id) {
  Children children(facts_, add(ExpressionKind::object, tree_[id].span));
  for (const NodeId member : tree_.children(id)) {
    if (is_part(tree_, member)) {
      children.add(read_object_member(member));
    }
  }
  return children.parent();
}

ExpressionIndex ExpressionReader::read_object_member(NodeId id) {
  const SyntaxNode& member = tree_[id];
  if (member.kind == SyntaxKind::shorthand_property) {
    Children children(facts_,
                      add(ExpressionKind::property, member.span, std::string(tree_.text(id))));
    children.add(read(id));
    return children.parent();
  }
  if (member.kind == SyntaxKind::pair) {
    return read_keyed(tree_.child(id, SyntaxField::key),
                      ExpressionKind::property,
                      tree_.child(id, SyntaxField::value),
                      member.span);
  }
  if (member.kind == SyntaxKind::method) {
    return read_keyed(
        tree_.child(id, SyntaxField::name), ExpressionKind::function, id, member.span);
  }
  if (member.kind == SyntaxKind::spread) {
    return read(id);
  }
  return opaque(member.span, describe(tree_, id));
}

// `kind_of_value` is `function` where `value` is a method.
ExpressionIndex ExpressionReader::read_keyed(NodeId key,
                                             ExpressionKind kind_of_value,
                                             NodeId value,
                                             base::Span span) {
  const auto read_value = [&] {
    return kind_of_value == ExpressionKind::function ? read_method(value) : read(value);
  };
  if (key != k_no_node && tree_[key].kind == SyntaxKind::computed_key) {
    Children children(facts_, add(ExpressionKind::computed_property, span));
    children.add(read(tree_.first_named_child(key)));
    children.add(read_value());
    return children.parent();
  }
  auto name = property_key(tree_, key);
  if (!name && key != k_no_node && tree_[key].kind == SyntaxKind::number) {
    name = std::string(tree_.text(key));
  }
  if (!name) {
    return opaque(span, "a key of this kind");
  }
  Children children(facts_, add(ExpressionKind::property, tree_[key].span, *std::move(name)));
  children.add(read_value());
  return children.parent();
}

ExpressionIndex ExpressionReader::read_array(NodeId id) {
  return read_elements(id, ExpressionKind::array, &ExpressionReader::read);
}

ExpressionIndex ExpressionReader::read_elements(
    NodeId id, ExpressionKind kind, ExpressionIndex (ExpressionReader::*read_one)(NodeId)) {
  Children children(facts_, add(kind, tree_[id].span));
  bool expects_element = true;
  for (const NodeId element : tree_.children(id)) {
    if (is_part(tree_, element)) {
      children.add((this->*read_one)(element));
      expects_element = false;
    } else if (tree_.text(element) == ",") {
      if (expects_element) {
        children.add(add(ExpressionKind::hole, tree_[element].span));
      }
      expects_element = true;
    }
  }
  return children.parent();
}

ExpressionIndex ExpressionReader::read_unary(NodeId id) {
  const NodeId op = tree_.child(id, SyntaxField::op);
  const std::string text(op == k_no_node ? std::string_view() : tree_.text(op));
  if (text != "!" && text != "-" && text != "+" && text != "~") {
    return opaque(tree_[id].span, describe(tree_, id));
  }
  Children children(facts_, add(ExpressionKind::unary, tree_[id].span, text));
  children.add(read(tree_.child(id, SyntaxField::argument)));
  return children.parent();
}

ExpressionIndex ExpressionReader::read_binary(NodeId id) {
  const NodeId op = tree_.child(id, SyntaxField::op);
  if (op == k_no_node) {
    return opaque(tree_[id].span, "a syntax error");
  }
  const std::string text(tree_.text(op));
  if (text == "&&" || text == "||") {
    return read_logical(id);
  }
  Children children(facts_, add(ExpressionKind::binary, tree_[id].span, text));
  children.add(read(tree_.child(id, SyntaxField::left)));
  children.add(read(tree_.child(id, SyntaxField::right)));
  return children.parent();
}

// fill_grammar_gaps() shows `&&` to the parser as `||`, so a row of both comes as one row from the
// left: here `&&` gets its precedence back.
ExpressionIndex ExpressionReader::read_logical(NodeId id) {
  std::vector<NodeId> operands;
  std::vector<bool> is_and;
  NodeId at = id;
  while (tree_[at].kind == SyntaxKind::binary) {
    const NodeId op = tree_.child(at, SyntaxField::op);
    const std::string_view text = op == k_no_node ? std::string_view() : tree_.text(op);
    const NodeId left = tree_.child(at, SyntaxField::left);
    const NodeId right = tree_.child(at, SyntaxField::right);
    if ((text != "&&" && text != "||") || left == k_no_node || right == k_no_node) {
      break;
    }
    operands.push_back(right);
    is_and.push_back(text == "&&");
    at = left;
  }
  operands.push_back(at);
  if (operands.size() > k_deepest_expression) {
    return opaque(tree_[id].span, "an expression that is nested too deeply");
  }
  // `operands` runs from the right: operand i stands right of operator i.
  const auto join = [this](ExpressionIndex left, const char* op, ExpressionIndex right) {
    const base::Span span{facts_.expressions[left].span.begin, facts_.expressions[right].span.end};
    Children children(facts_, add(ExpressionKind::binary, span, op));
    children.add(left);
    children.add(right);
    return children.parent();
  };
  ExpressionIndex all = k_no_expression;
  ExpressionIndex group = read(operands.back());
  for (std::size_t i = is_and.size(); i-- > 0;) {
    const ExpressionIndex operand = read(operands[i]);
    if (is_and[i]) {
      group = join(group, "&&", operand);
    } else {
      all = all == k_no_expression ? group : join(all, "||", group);
      group = operand;
    }
  }
  return all == k_no_expression ? group : join(all, "||", group);
}

ExpressionIndex ExpressionReader::read_conditional(NodeId id) {
  Children children(facts_, add(ExpressionKind::conditional, tree_[id].span));
  for (const SyntaxField field :
       {SyntaxField::condition, SyntaxField::consequence, SyntaxField::alternative}) {
    children.add(read(tree_.child(id, field)));
  }
  return children.parent();
}

}  // namespace discovery::composer
