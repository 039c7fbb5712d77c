#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "discovery/composer/expression_children.h"
#include "discovery/composer/expression_reader.h"
#include "discovery/syntax_names.h"

// Enums.
namespace discovery::composer {

namespace {

/// The value of an integer as it is written: `7`, `-1`, `0x10`.
std::optional<std::int64_t> integer_value(std::string_view text) {
  const bool is_negative = text.starts_with('-');
  text.remove_prefix(is_negative ? 1 : 0);
  constexpr std::size_t k_most_digits = 12;
  if (text.empty() || text.size() > k_most_digits) {
    return std::nullopt;
  }
  const bool is_hex = text.starts_with("0x") || text.starts_with("0X");
  text.remove_prefix(is_hex ? 2 : 0);
  std::int64_t value = 0;
  for (const char c : text) {
    const int digit = c >= '0' && c <= '9'             ? c - '0'
                      : is_hex && c >= 'a' && c <= 'f' ? c - 'a' + 10
                      : is_hex && c >= 'A' && c <= 'F' ? c - 'A' + 10
                                                       : -1;
    if (digit < 0) {
      return std::nullopt;
    }
    value = value * (is_hex ? 16 : 10) + digit;
  }
  return is_negative ? -value : value;
}

/// What a member stands for: an integer, or an expression.
struct EnumValue {
  NodeId node = k_no_node;
  std::optional<std::int64_t> number;
};

EnumValue enum_value(const SyntaxTree& tree,
                     NodeId node,
                     const std::map<std::string, EnumValue>& known) {
  if (node == k_no_node) {
    return {};
  }
  const auto same = known.find(std::string(tree.text(node)));
  return same == known.end() ? EnumValue{node, integer_value(tree.text(node))} : same->second;
}

}  // namespace

ExpressionIndex ExpressionReader::read_enum(NodeId id) {
  Children children(facts_, add(ExpressionKind::object, tree_[id].span));
  const NodeId body = tree_.child(id, SyntaxField::body);
  if (body == k_no_node) {
    return children.parent();
  }
  // Members that are a name of one before have its value.
  std::map<std::string, EnumValue> known;
  EnumValue last{k_no_node, -1};
  for (const NodeId member : tree_.children(body)) {
    if (!is_part(tree_, member)) {
      continue;
    }
    const bool is_assigned = tree_[member].kind == SyntaxKind::enum_assignment;
    const NodeId key = is_assigned ? tree_.child(member, SyntaxField::name) : member;
    auto name = property_key(tree_, key);
    if (!name) {
      children.add(opaque(tree_[member].span, "a key of this kind"));
      last = {};
      continue;
    }
    if (is_assigned) {
      last = enum_value(tree_, unwrapped(tree_, tree_.child(member, SyntaxField::value)), known);
    } else {
      last = {k_no_node, last.number ? std::optional(*last.number + 1) : std::nullopt};
    }
    Children property(facts_, add(ExpressionKind::property, tree_[key].span, *name));
    children.add(property.parent());
    if (last.number) {
      property.add(add(ExpressionKind::number, tree_[key].span, std::to_string(*last.number)));
    } else if (last.node != k_no_node) {
      property.add(read(last.node));
    } else {
      property.add(opaque(tree_[key].span, "an enum member behind one whose value is no number"));
    }
    known.insert_or_assign(*std::move(name), last);
  }
  return children.parent();
}

}  // namespace discovery::composer
