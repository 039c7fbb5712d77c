#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

#include "graphql/arena.h"
#include "graphql/ast.h"
#include "graphql/error.h"
#include "graphql/fragment_directory.h"
#include "graphql/overlap_finder.h"
#include "graphql/read_log.h"
#include "graphql/schema.h"
#include "graphql/typed_walk.h"
#include "graphql/validate.h"

namespace graphql {

class DocumentIndex;

/// A variable where it is used, and what is expected there.
struct VariableUsage {
  const Value* variable = nullptr;
  /// The text that it stands in.
  std::uint32_t source_id = 0;
  /// Unknown where the place has no type.
  TypeRef type;
  bool has_default = false;
  /// Of the value around it.
  TypeRef parent_type;
};

VariableUsage usage_at(const TypeScope& scope, const Value& variable, std::uint32_t source_id);

/// Fragments that some operations reach, and the variables that these use.
struct ReachedFragments {
  std::vector<const FragmentDefinition*> fragments;
  /// Some that they spread cannot be used, so that nobody knows what these use.
  bool has_unusable = false;
  bool has_usages = false;
  std::vector<VariableUsage> usages;
};

/// What the rules share while they look at one document or definition: the schema, the place of the
/// walk, fragments, the errors so far, and the limits of the reference.
///
/// For rule*.cpp and validate.cpp only. One thread at a time.
class RuleContext {
 public:
  RuleContext(const Schema& schema,
              const FragmentResolver& fragments,
              const ValidateOptions& options);
  RuleContext(const RuleContext&) = delete;
  RuleContext& operator=(const RuleContext&) = delete;

  const Schema& schema() const { return schema_; }
  const ValidateOptions& options() const { return options_; }
  bool is_on(Rule rule) const { return options_.rules.has(rule); }
  bool hides_suggestions() const { return options_.hide_suggestions; }
  /// Keeps wrappers of types; lives as long as the context.
  Arena& arena() { return arena_; }

  /// Null when a definition is validated by itself.
  const DocumentIndex* document = nullptr;
  /// Where the walk stands; null outside of one.
  const TypeScope* scope = nullptr;
  /// Of the definition that is walked.
  std::uint32_t source_id = 0;
  /// In the operation that is walked, outside of its fragments.
  std::vector<VariableUsage> direct_usages;

  /// Forgets the last definition, or document: errors, budgets, what was compared.
  void begin();
  std::vector<Error> take_errors() { return std::move(errors_); }

  void report(Rule rule, std::string message, std::vector<Location> locations);
  /// At one place in the definition that is walked.
  void report(Rule rule, std::string message, base::Span span) {
    report(rule, std::move(message), {Location{source_id, span}});
  }
  /// Ends the validation with "Validation aborted.".
  void abort();
  bool is_aborted() const { return is_aborted_; }
  /// Takes from what the reference allows to be spent on following fragments; aborts below zero.
  void spend_fragment_work(std::size_t cost);

  /// Null where the schema has no such type.
  const SchemaType* find_type(const Name& name) const {
    if (options_.reads != nullptr) {
      options_.reads->read_type(name);
    }
    return schema_.find_type(name);
  }
  /// As Schema::overlap.
  bool overlap(const SchemaType& left, const SchemaType& right) const {
    if (options_.reads != nullptr && &left != &right) {
      options_.reads->read_possible_types(left);
      options_.reads->read_possible_types(right);
    }
    return schema_.overlap(left.id, right.id);
  }
  /// Whether a value of the composite type `type` may be an `object`.
  bool is_possible(const SchemaType& object, const SchemaType& type) const {
    if (options_.reads != nullptr) {
      options_.reads->read_possible_types(type);
    }
    return schema_.is_sub_type(object.id, type.id);
  }
  /// A directive that the document itself defines; null where a definition is validated by itself.
  const DirectiveDefinition* find_directive_in_document(const Name& name) const;
  FragmentLookup find_fragment(const Name& name) { return fragments_[fragments_.number_of(name)]; }
  /// All spreads below `set`, in the reference's order: level by level, later siblings first.
  const std::vector<const FragmentSpread*>& spreads_in(const SelectionSet& set);
  /// The fragments that `operations` reach, nearest first.
  ReachedFragments& reached_from(const std::vector<const OperationDefinition*>& operations);
  /// The variables that the operation which was walked last uses, those in its fragments behind its
  /// own. Stays until the next operation.
  const std::vector<VariableUsage>& usages_in(const OperationDefinition& operation);

  OverlapFinder& overlaps() { return *overlaps_; }

 private:
  /// What a fragment itself uses, and what was read of the schema to know it.
  struct FragmentUsages {
    std::vector<VariableUsage> usages;
    ReadLog reads;
  };
  const std::vector<VariableUsage>& usages_directly_in(const FragmentDefinition& fragment);

  const Schema& schema_;
  FragmentDirectory fragments_;
  ValidateOptions options_;
  Arena arena_;
  std::unique_ptr<OverlapFinder> overlaps_;
  std::vector<Error> errors_;
  bool is_aborted_ = false;
  std::int64_t fragment_work_left_ = 0;

  // Facts of trees, which stay true from one definition to the next.
  std::unordered_map<const SelectionSet*, std::vector<const FragmentSpread*>> spreads_;
  std::unordered_map<const FragmentDefinition*, FragmentUsages> fragment_usages_;
  // Of this document or definition. Keyed by the sorted names that the operations spread.
  std::unordered_map<std::string, ReachedFragments> reached_;
  const OperationDefinition* usages_of_ = nullptr;
};

/// `"a"`, for messages.
std::string quoted(std::string_view text);

}  // namespace graphql
