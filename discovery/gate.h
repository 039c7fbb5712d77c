#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace discovery {

/// Whether a text may hold GraphQL: it spells `gql` or `graphql` in any case outside of paths
/// (`"@/graphql/types"`), or one of the extra names exactly. Says yes to comments, strings and
/// parts of words; never says no to a file in which a tag is spelt. That is what makes it safe: a
/// tag under another name is bound by an import, a rename of a known tag spells that tag's name,
/// and the rest is decided over the module graph.
///
/// Compares 16 bytes at a time: about 10 GB/s per name, where memmem() reaches 2 on names of three
/// bytes.
class Gate {
 public:
  Gate() = default;
  /// `names`: further tag names of the config. Empty names are ignored.
  explicit Gate(std::vector<std::string> names);

  bool passes(std::string_view text) const;

 private:
  std::vector<std::string> names_;
};

/// Whether `@generated` stands in the first 512 bytes, where generators put it.
bool is_marked_generated(std::string_view text);

}  // namespace discovery
