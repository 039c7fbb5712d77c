#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/span.h"

namespace session::config {

enum class NodeKind { null, boolean, number, string, array, object };

/// How people call a value of `kind`: "a string", "an object".
std::string_view to_text(NodeKind kind);

struct Member;

/// A value of a config file with its place, whatever the file's syntax was. JSON and YAML libraries
/// lose the places that messages need, or have them only for half of the values.
struct Node {
  NodeKind kind = NodeKind::null;
  /// The value in the file's text.
  base::Span span;
  /// A string's value; a number as it is written.
  std::string text;
  bool boolean = false;
  std::vector<Node> items;
  /// In the order of the file; no key twice.
  std::vector<Member> members;

  bool is_string() const { return kind == NodeKind::string; }
  bool is_object() const { return kind == NodeKind::object; }
  bool is_array() const { return kind == NodeKind::array; }

  /// The value of `key`, or null. Null for everything but objects too.
  const Node* find(std::string_view key) const;
  const Member* find_member(std::string_view key) const;
};

struct Member {
  std::string key;
  base::Span key_span;
  Node value;
};

}  // namespace session::config
