#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "graphql/arena.h"
#include "graphql/name.h"
#include "graphql/name_index.h"

namespace graphql {

/// A set of names that keeps the first of each. Few names are searched one by one, many through an
/// index, so that a hostile list of a hundred thousand takes linear time.
class UniqueNames {
 public:
  /// The number of the first name equal to `name`, which is added if there was none.
  std::uint32_t add(const Name& name) {
    const std::uint32_t found = find(name);
    if (found != NameIndex::k_none) {
      return found;
    }
    const auto number = static_cast<std::uint32_t>(names_.size());
    names_.push_back(name);
    if (names_.size() > k_max_searched) {
      for (std::uint32_t i = indexed_; i <= number; ++i) {
        index_.insert(names_[i].hash, i);
      }
      indexed_ = number + 1;
    }
    return number;
  }

  /// NameIndex::k_none if there is none.
  std::uint32_t find(const Name& name) const {
    if (names_.size() > k_max_searched) {
      return index_.find(name.hash, [&](std::uint32_t i) { return names_[i].text == name.text; });
    }
    for (std::uint32_t i = 0; i < names_.size(); ++i) {
      if (names_[i] == name) {
        return i;
      }
    }
    return NameIndex::k_none;
  }

  const Name& operator[](std::uint32_t number) const { return names_[number]; }
  std::size_t size() const { return names_.size(); }

 private:
  static constexpr std::size_t k_max_searched = 16;

  std::vector<Name> names_;
  NameIndex index_;
  std::uint32_t indexed_ = 0;
};

/// Which names the members of a list have, which must outlive this. Like UniqueNames it takes
/// linear time for lists of any length.
template <typename Member>
class NamesOf {
 public:
  explicit NamesOf(const List<Member>& members) : members_(members) {
    if (members.size() > k_max_searched) {
      for (const Member& member : members) {
        names_.add(member.name);
      }
    }
  }

  bool has(const Name& name) const {
    if (names_.size() > 0) {
      return names_.find(name) != NameIndex::k_none;
    }
    return std::any_of(members_.begin(), members_.end(), [&](const Member& member) {
      return member.name == name;
    });
  }

 private:
  static constexpr std::size_t k_max_searched = 16;

  const List<Member>& members_;
  UniqueNames names_;
};

}  // namespace graphql
