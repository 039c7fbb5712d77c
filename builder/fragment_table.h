#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "builder/definition.h"

namespace builder {

/// Which fragment a name means where it is spread.
///
/// Fragments link by name across the whole project, within one schema. In a scoped template (a call
/// with an array of fragments, as in gql.tada) a name means a fragment of the same template or of
/// that array, and nothing else. Reads what it was made from; any number of threads may ask.
class FragmentTable {
 public:
  FragmentTable(const std::vector<TemplateUnit>& units,
                const std::vector<BuildDefinition>& definitions);

  /// The fragment that `name` means in a definition of the unit `user_unit`, be it built or not.
  /// Where several definitions of equal text share the name: one of the same template, then of the
  /// same file, then the first of the project.
  std::optional<DefinitionIndex> find(std::uint32_t user_unit, std::string_view name) const;

  /// The same for a name of which only the schema is known: the first of the project.
  std::optional<DefinitionIndex> find_global(std::string_view label, std::string_view name) const;

  /// The definitions that must not share a name, by name: those of one schema and one kind, without
  /// scoped and anonymous ones and those whose text could not be read. Only groups of two and more,
  /// each in source order.
  std::vector<std::vector<DefinitionIndex>> shared_names() const;

 private:
  /// (schema label, name) -> definitions, in source order.
  using Names =
      std::map<std::pair<std::string_view, std::string_view>, std::vector<DefinitionIndex>>;

  Names::const_iterator find_entry(std::string_view label, std::string_view name) const;
  std::optional<DefinitionIndex> find_scoped(const TemplateUnit& user,
                                             std::uint32_t user_unit,
                                             std::string_view name) const;
  std::optional<DefinitionIndex> find_in_unit(std::uint32_t unit, std::string_view name) const;

  const std::vector<TemplateUnit>& units_;
  const std::vector<BuildDefinition>& definitions_;
  Names fragments_;
  Names operations_;
  /// By unit.
  std::vector<std::vector<DefinitionIndex>> unit_fragments_;
};

}  // namespace builder
