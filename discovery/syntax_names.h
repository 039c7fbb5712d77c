#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "discovery/ascii.h"
#include "discovery/source_facts.h"
#include "discovery/syntax_tree.h"

namespace discovery {

/// Members deeper than this are not named: the paths of nested objects would otherwise cost the
/// square of their depth, which is the input's choice.
inline constexpr std::size_t k_longest_path = 16;

/// How many nodes above a template are looked at, for the same reason.
inline constexpr std::size_t k_most_levels = 1000;

/// The value inside of casts and parentheses: `x` of `(x as T)!`.
NodeId unwrapped(const SyntaxTree& tree, NodeId id);

/// The outermost cast or parentheses around a value; the reverse of unwrapped().
NodeId wrapped(const SyntaxTree& tree, NodeId id);

/// `a`, `a.b`, `a["b"].c`, inside of casts and parentheses too. Nothing for all that needs running
/// code: calls, `this`, `a?.b`, `a[i]`.
std::optional<NameChain> name_chain(const SyntaxTree& tree, NodeId id);

/// Of a name in CommonJS's `exports` or `module.exports` the path of what it is: that object is
/// `k_default_binding`, and `exports.default` too, as for a default export. Nothing for others.
std::optional<std::vector<std::string>> exports_path(const std::vector<std::string>& names);

/// The text of a quoted string or of a template without interpolations.
std::optional<std::string> literal_value(const SyntaxTree& tree, NodeId id);

/// What a chain of assignments `a = b = value` assigns in the end.
NodeId assigned_value(const SyntaxTree& tree, NodeId assignment);

/// The key of a property, a class field or an enum member; nothing for computed ones and numbers.
std::optional<std::string> property_key(const SyntaxTree& tree, NodeId key);

/// Whether a part of an object literal may set any member: `...x`, `[key]: value`.
bool may_be_any_member(const SyntaxTree& tree, NodeId part);

/// What a declarator's pattern or a parameter binds, in source order: the nodes of the names.
std::vector<NodeId> bound_identifiers(const SyntaxTree& tree, NodeId pattern);
std::vector<std::string> bound_names(const SyntaxTree& tree, NodeId pattern);

/// Whether a byte can be part of an ECMAScript name; those of other alphabets are taken for
/// letters.
inline bool is_name_byte(char c) {
  return is_ascii_name_byte(c) || static_cast<unsigned char>(c) >= 0x80;
}
/// Whether all of `text` is one name.
bool is_name(std::string_view text);

}  // namespace discovery
