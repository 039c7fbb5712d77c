#pragma once

#include <cstddef>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "graphql/ast.h"
#include "graphql/validate.h"

namespace graphql {

/// What a document defines, by name, so that rules need not search it. Of several definitions of
/// one name the last counts, as in the reference.
///
/// Never changes; the document must outlive it.
class DocumentIndex final : public FragmentResolver {
 public:
  explicit DocumentIndex(const Document& document);

  const List<const Definition*>& definitions() const { return document_.definitions; }
  std::size_t operation_count() const { return operation_count_; }
  FragmentLookup find_fragment(const Name& name) const override;
  /// Null if there is none.
  const DirectiveDefinition* find_directive(const Name& name) const;
  /// Whether a type of that name is defined, not just extended.
  bool defines_type(const Name& name) const { return types_.count(name) != 0; }
  /// Of those, in source order, repeated ones repeatedly.
  const std::vector<std::string_view>& type_names() const { return type_names_; }

 private:
  struct NameHash {
    std::size_t operator()(const Name& name) const { return name.hash; }
  };
  using ByName = std::unordered_map<Name, const Definition*, NameHash>;

  const Document& document_;
  std::size_t operation_count_ = 0;
  ByName fragments_;
  ByName directives_;
  ByName types_;
  std::vector<std::string_view> type_names_;
};

}  // namespace graphql
