#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "graphql/ast.h"
#include "graphql/error.h"
#include "graphql/error_list.h"
#include "graphql/name_index.h"
#include "graphql/schema.h"
#include "graphql/sdl_rules.h"

namespace graphql {

/// A use of a directive, in the text of that number.
struct SeenDirective {
  const Directive* directive = nullptr;
  std::uint32_t source_id = 0;
};

/// What the SDL rules know of the documents before they start, and what they have found.
class SdlContext {
 public:
  SdlContext(std::span<const Document* const> documents, const Schema* base, SdlRules rules);

  /// All that the documents say of one type name. What is marked "so far" is filled by the rules.
  struct TypeEntry {
    Name name;
    /// The last definition, or null.
    const TypeDefinition* definition = nullptr;
    /// The type of the schema that is extended, or null.
    const SchemaType* existing = nullptr;
    /// How many definitions and extensions there are.
    std::uint32_t node_count = 0;
    /// The first definition so far.
    const TypeDefinition* first_definition = nullptr;
    /// Uses so far of directives at its definitions and extensions.
    std::vector<SeenDirective> seen_directives;
  };

  /// A directive that may be used: of the documents, or else of the schema or the specification.
  struct DirectiveEntry {
    Name name;
    const DirectiveDefinition* definition = nullptr;
    const SchemaDirective* existing = nullptr;

    /// Uses so far of directives at its definitions.
    std::vector<SeenDirective> seen_directives;

    bool is_repeatable() const {
      return definition != nullptr ? definition->is_repeatable : existing->is_repeatable;
    }
    bool allows(DirectiveLocation location) const;
  };

  const Schema* base() const { return base_; }
  bool is_on(SdlRule rule) const { return rules_.has(rule); }
  /// The entry of a type that is defined, extended or in the schema; k_none if there is none.
  std::uint32_t find_type(const Name& name) const;
  std::uint32_t type_number(const Name& name);
  TypeEntry& type(std::uint32_t number) { return types_[number]; }
  DirectiveEntry* find_directive(const Name& name);
  /// Whether a type of that name is defined in the documents or the schema.
  bool is_known_type(const Name& name) const;

  /// From here on places are in the text of that number.
  void set_source(std::uint32_t source_id) { source_id_ = source_id; }
  std::uint32_t source_id() const { return source_id_; }
  Location at(base::Span span) const { return {source_id_, span}; }
  std::vector<Location> at(std::span<const Name* const> names) const;

  void report(SdlRule rule, std::string message, std::vector<Location> locations);
  /// ` Did you mean "A"?` of the types that are known, with or without those that everybody knows.
  std::string suggest_type(std::string_view name, bool with_builtins);
  std::string suggest(std::string_view name, std::span<const std::string_view> candidates);

  /// `[Int!]` of a type of the schema that is extended, or of the specification.
  std::string type_text(TypeRef type) const;

  std::vector<Error> take_errors() { return errors_.take(); }
  bool is_full() const { return errors_.is_full(); }

 private:
  void add_directive(const Name& name,
                     const DirectiveDefinition* definition,
                     const SchemaDirective* existing);
  std::vector<std::string_view> known_type_names() const;

  const Schema* base_;
  SdlRules rules_;
  std::uint32_t source_id_ = 0;
  NameIndex type_index_;
  std::vector<TypeEntry> types_;
  NameIndex directive_index_;
  std::vector<DirectiveEntry> directives_;
  ErrorList errors_;
  std::size_t suggestion_work_ = 0;
};

/// Those of `names` that occur more than once, each with all its places, in the order of the first.
std::vector<std::vector<const Name*>> repeated_names(std::span<const Name* const> names);

}  // namespace graphql
