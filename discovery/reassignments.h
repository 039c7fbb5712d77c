#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "discovery/source_facts.h"
#include "discovery/syntax_tree.h"

namespace discovery {

/// Where the text may write to what a template or a constant of `facts` is reached by, sorted:
/// `A.b = `, `A++`, `delete A.b`, `[A.b] = `, `Object.assign(A, ...)`, and `const A = ` itself.
/// Looks at words alone, so strings and comments count too; see drop_reassigned().
std::vector<std::uint32_t> find_possible_writes(std::string_view text, const SourceFacts& facts);

/// The same question for one word at a time. Keeps views of both.
class PossibleWrites {
 public:
  PossibleWrites(std::string_view text, const SourceFacts& facts);

  /// Whether there is anything that could be written to.
  bool has_names() const { return !names_.empty(); }

  /// Whether the word `[begin, end)` may be the start of what is written to.
  bool begins_at(std::size_t begin, std::size_t end) const;

 private:
  static std::uint64_t length_bit(std::string_view name) {
    return std::uint64_t{1} << (name.size() & 63U);
  }

  void collect_names(const SourceFacts& facts);
  void add_name(std::string_view name);

  std::string_view text_;
  std::unordered_set<std::string_view> names_;
  /// By first byte: which lengths occur, modulo 64. Says of most words that they are no such name.
  std::array<std::uint64_t, 256> lengths_{};
};

/// Something that writes to a name or to what is reached through one.
struct WrittenPath {
  /// `A`, `b` of `A.b = 1`; only as far as it is written in names.
  std::vector<std::string> path;
  /// Of the name that the path begins with.
  NodeId name = k_no_node;
  /// Where that name is declared; empty for module level, and for nobody.
  base::Span scope;
  /// The value of an assignment that is a statement at module level; else none.
  NodeId value = k_no_node;
};

/// All that a tree of SyntaxDepth::everything writes to, declarations left out, in source order.
/// Methods that change an array (`A.push(x)`) count too.
std::vector<WrittenPath> written_paths(const SyntaxTree& tree);

/// Whether the text ends with the name of a function that writes to its first argument.
bool ends_with_writer(std::string_view text);

/// Whether `tree` says of all `places` what they are. If not, they are in code that was not copied:
/// parse again, with these places.
bool shows_writes(const SyntaxTree& tree, const std::vector<std::uint32_t>& places);

/// Drops the constants, and marks the templates, that one of `places` overwrites: a name that has
/// two values has none that can be known. Passing an object to a function is no write.
void drop_reassigned(const SyntaxTree& tree,
                     const std::vector<std::uint32_t>& places,
                     SourceFacts& facts);

}  // namespace discovery
