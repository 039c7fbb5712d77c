#include "builder/composer/value.h"

#include <algorithm>

namespace builder::composer {

namespace {

/// Up to here a search from the front is as fast as an index.
constexpr std::size_t k_few_members = 12;

}  // namespace

const Object::Member* Object::find(std::string_view key) const {
  if (members.size() <= k_few_members) {
    const auto found = std::find_if(
        members.begin(), members.end(), [key](const Member& one) { return one.key == key; });
    return found == members.end() ? nullptr : &*found;
  }
  const auto found = index_.find(key);
  return found == index_.end() ? nullptr : &members[found->second];
}

void Object::set(Member member) {
  if (const Member* known = find(member.key)) {
    members[static_cast<std::size_t>(known - members.data())] = member;
    return;
  }
  members.push_back(member);
  if (members.size() == k_few_members + 1) {
    for (std::size_t i = 0; i < members.size(); ++i) {
      index_.emplace(members[i].key, i);
    }
  } else if (members.size() > k_few_members) {
    index_.emplace(member.key, members.size() - 1);
  }
}

const Value* find_in(const Scope* scope, std::string_view name) {
  for (; scope != nullptr; scope = scope->outer) {
    for (auto binding = scope->names.rbegin(); binding != scope->names.rend(); ++binding) {
      if (binding->first == name) {
        return &binding->second;
      }
    }
  }
  return nullptr;
}

Place ComposedText::place_at(std::uint32_t offset) const {
  const auto next = std::upper_bound(
      pieces.begin(), pieces.end(), offset, [](std::uint32_t at, const ComposedPiece& piece) {
        return at < piece.begin;
      });
  if (pieces.empty()) {
    return {};
  }
  return next == pieces.begin() ? pieces.front().place : (next - 1)->place;
}

}  // namespace builder::composer
