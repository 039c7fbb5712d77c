#include "discovery/syntax_names.h"

#include <algorithm>
#include <cstddef>
#include <string_view>

#include "base/mapped_text.h"
#include "discovery/literal_text.h"
#include "discovery/scanner/words.h"

namespace discovery {

namespace {

bool is_wrapper(SyntaxKind kind) {
  return kind == SyntaxKind::cast || kind == SyntaxKind::type_assertion ||
         kind == SyntaxKind::parenthesized;
}

/// The value that a wrapper holds: its first part, except that `<T>x` has the type in front.
NodeId value_of_wrapper(const SyntaxTree& tree, NodeId wrapper) {
  NodeId value = tree.first_named_child(wrapper);
  if (tree[wrapper].kind == SyntaxKind::type_assertion) {
    for (const NodeId child : tree.children(wrapper)) {
      value = child;
    }
  }
  return value;
}

bool is_keyword(std::string_view word) {
  const scanner::WordClass kind = scanner::classify_word(word);
  return scanner::is_reserved(kind) || kind == scanner::WordClass::value;
}

/// Reads a chain of names from the text of an expression.
class ChainReader {
 public:
  explicit ChainReader(std::string_view text) : text_(text) {}

  std::optional<std::vector<std::string>> read() {
    std::vector<std::string> names;
    bool is_whole = add_name(names);
    while (is_whole && skip_spaces() && at_ < text_.size()) {
      is_whole = text_[at_] == '[' ? add_index(names) : add_property(names);
    }
    // `this` and `import.meta` are no names, and the grammar takes any keyword for one where it
    // understands nothing else.
    if (!is_whole || is_keyword(names.front())) {
      return std::nullopt;
    }
    return names;
  }

 private:
  bool skip_spaces() {
    while (at_ < text_.size() &&
           std::string_view(" \t\r\n").find(text_[at_]) != std::string_view::npos) {
      ++at_;
    }
    return true;
  }

  bool add_name(std::vector<std::string>& names) {
    const std::size_t begin = at_;
    while (at_ < text_.size() && is_name_byte(text_[at_])) {
      ++at_;
    }
    if (!is_name(text_.substr(begin, at_ - begin))) {
      return false;
    }
    names.emplace_back(text_.substr(begin, at_ - begin));
    return true;
  }

  bool add_property(std::vector<std::string>& names) {
    if (text_[at_] != '.') {
      return false;
    }
    ++at_;
    skip_spaces();
    return add_name(names);
  }

  bool add_index(std::vector<std::string>& names) {
    const std::size_t close = text_.find(']', at_);
    if (close == std::string_view::npos) {
      return false;
    }
    const std::optional<std::string> key = string_value(text_.substr(at_ + 1, close - at_ - 1));
    if (!key) {
      return false;
    }
    names.push_back(*key);
    at_ = close + 1;
    return true;
  }

  std::string_view text_;
  std::size_t at_ = 0;
};

/// The parts of a pattern that bind nothing: keys, types, and the values of defaults.
bool binds_nothing(const SyntaxNode& part) {
  return part.field == SyntaxField::key || part.field == SyntaxField::right ||
         part.field == SyntaxField::value;
}

}  // namespace

bool is_name(std::string_view text) {
  return !text.empty() && !(text[0] >= '0' && text[0] <= '9') &&
         std::all_of(text.begin(), text.end(), is_name_byte);
}

NodeId unwrapped(const SyntaxTree& tree, NodeId id) {
  while (id != k_no_node && is_wrapper(tree[id].kind)) {
    id = value_of_wrapper(tree, id);
  }
  return id;
}

NodeId wrapped(const SyntaxTree& tree, NodeId id) {
  for (NodeId parent = tree[id].parent;
       parent != k_no_node && is_wrapper(tree[parent].kind) && value_of_wrapper(tree, parent) == id;
       parent = tree[id].parent) {
    id = parent;
  }
  return id;
}

std::optional<NameChain> name_chain(const SyntaxTree& tree, NodeId id) {
  id = unwrapped(tree, id);
  if (id == k_no_node) {
    return std::nullopt;
  }
  const SyntaxKind kind = tree[id].kind;
  if (kind != SyntaxKind::identifier && kind != SyntaxKind::member &&
      kind != SyntaxKind::subscript && kind != SyntaxKind::shorthand_property) {
    return std::nullopt;
  }
  auto names = ChainReader(tree.text(id)).read();
  if (!names) {
    return std::nullopt;
  }
  return NameChain{*std::move(names), tree[id].span};
}

std::optional<std::vector<std::string>> exports_path(const std::vector<std::string>& names) {
  std::size_t first = 0;
  if (names.size() >= 2 && names[0] == "module" && names[1] == "exports") {
    first = 2;
  } else if (!names.empty() && names[0] == "exports") {
    first = 1;
  } else {
    return std::nullopt;
  }
  first += first < names.size() && names[first] == "default" ? 1U : 0U;
  std::vector<std::string> path{k_default_binding};
  path.insert(path.end(), names.begin() + static_cast<std::ptrdiff_t>(first), names.end());
  return path;
}

std::optional<std::string> literal_value(const SyntaxTree& tree, NodeId id) {
  if (tree[id].kind == SyntaxKind::string) {
    return string_value(tree.text(id));
  }
  const base::Span span = tree[id].span;
  const bool is_plain_template = tree[id].kind == SyntaxKind::template_string && span.size() >= 2 &&
                                 tree.text(id).back() == '`' &&
                                 tree.child(id, SyntaxKind::substitution) == k_no_node;
  base::MappedText value;
  if (!is_plain_template || !append_cooked(value, tree.text(), {span.begin + 1, span.end - 1})) {
    return std::nullopt;
  }
  return value.text();
}

std::optional<std::string> property_key(const SyntaxTree& tree, NodeId key) {
  if (key == k_no_node) {
    return std::nullopt;
  }
  switch (tree[key].kind) {
    case SyntaxKind::identifier:
    case SyntaxKind::property_name:
    case SyntaxKind::shorthand_property:
    case SyntaxKind::shorthand_pattern:
      return std::string(tree.text(key));
    case SyntaxKind::string:
      return string_value(tree.text(key));
    default:
      return std::nullopt;
  }
}

NodeId assigned_value(const SyntaxTree& tree, NodeId assignment) {
  NodeId value = assignment;
  while (value != k_no_node && tree[value].kind == SyntaxKind::assignment) {
    value = unwrapped(tree, tree.child(value, SyntaxField::right));
  }
  return value;
}

bool may_be_any_member(const SyntaxTree& tree, NodeId part) {
  if (tree[part].kind == SyntaxKind::spread) {
    // A module's exports beside those of another are all meant to be reached.
    return !tree.text(part).starts_with("...require(");
  }
  const NodeId key =
      tree[part].kind == SyntaxKind::pair ? tree.child(part, SyntaxField::key) : k_no_node;
  return key != k_no_node && tree.text(key).starts_with('[') && !property_key(tree, key);
}

std::vector<NodeId> bound_identifiers(const SyntaxTree& tree, NodeId pattern) {
  std::vector<NodeId> names;
  std::vector<NodeId> open{pattern};
  while (!open.empty()) {
    const NodeId id = open.back();
    open.pop_back();
    const SyntaxKind kind = tree[id].kind;
    if (kind == SyntaxKind::identifier || kind == SyntaxKind::shorthand_pattern) {
      names.push_back(id);
      continue;
    }
    const std::size_t first = open.size();
    for (const NodeId child : tree.children(id)) {
      // The value of `{ key: value }` is what it binds, that of a parameter is its default.
      if (kind == SyntaxKind::pair_pattern ? tree[child].field == SyntaxField::value
                                           : !binds_nothing(tree[child])) {
        open.push_back(child);
      }
    }
    std::reverse(open.begin() + static_cast<std::ptrdiff_t>(first), open.end());
  }
  return names;
}

std::vector<std::string> bound_names(const SyntaxTree& tree, NodeId pattern) {
  std::vector<std::string> names;
  for (const NodeId id : bound_identifiers(tree, pattern)) {
    names.emplace_back(tree.text(id));
  }
  return names;
}

}  // namespace discovery
