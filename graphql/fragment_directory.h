#pragma once

#include <cstdint>
#include <vector>

#include "graphql/name.h"
#include "graphql/name_index.h"
#include "graphql/validate.h"

namespace graphql {

/// Numbers fragments in the order in which they are first asked for, and keeps what each of them
/// is: asking a resolver costs far more than a number, and a long chain of fragments is followed
/// once for each of its members.
///
/// Names and fragments must live as long as it does. One thread at a time.
class FragmentDirectory {
 public:
  explicit FragmentDirectory(const FragmentResolver& fragments) : fragments_(fragments) {}

  /// From 0 on, without gaps.
  std::uint32_t number_of(const Name& name) {
    const std::uint32_t found =
        index_.find(name.hash, [&](std::uint32_t number) { return names_[number] == name; });
    if (found != NameIndex::k_none) {
      return found;
    }
    const auto number = static_cast<std::uint32_t>(names_.size());
    names_.push_back(name);
    lookups_.push_back(fragments_.find_fragment(name));
    index_.insert(name.hash, number);
    return number;
  }

  FragmentLookup operator[](std::uint32_t number) const { return lookups_[number]; }

 private:
  const FragmentResolver& fragments_;
  NameIndex index_;
  std::vector<Name> names_;
  std::vector<FragmentLookup> lookups_;
};

}  // namespace graphql
