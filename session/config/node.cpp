#include "session/config/node.h"

namespace session::config {

std::string_view to_text(NodeKind kind) {
  switch (kind) {
    case NodeKind::null:
      return "null";
    case NodeKind::boolean:
      return "a boolean";
    case NodeKind::number:
      return "a number";
    case NodeKind::string:
      return "a string";
    case NodeKind::array:
      return "a list";
    case NodeKind::object:
      return "an object";
  }
  return "a value";
}

const Node* Node::find(std::string_view key) const {
  const Member* member = find_member(key);
  return member == nullptr ? nullptr : &member->value;
}

const Member* Node::find_member(std::string_view key) const {
  for (const Member& member : members) {
    if (member.key == key) {
      return &member;
    }
  }
  return nullptr;
}

}  // namespace session::config
