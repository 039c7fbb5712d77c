#pragma once

#include <cstddef>
#include <memory>
#include <vector>

#include "graphql/ast.h"
#include "graphql/error.h"
#include "graphql/rule_set.h"
#include "graphql/schema.h"

namespace graphql {

class RuleContext;

/// Is told which parts of the schema a validation looks at, so that its result can be kept for as
/// long as they stay the same: see schema_coordinates.h. Things are told by name, whether or not
/// the schema has them, and perhaps more than once.
///
/// What is told is enough for a result without errors. Errors are worded with suggestions out of
/// the whole schema, and so depend on all of it (decision 0070).
class SchemaReads {
 public:
  virtual ~SchemaReads() = default;

  virtual void read_root_type(OperationType operation) = 0;
  /// What kind of type it is, and which input fields it requires. Its other members are told by
  /// themselves.
  virtual void read_type(const Name& name) = 0;
  /// The objects that a value of this composite type may be.
  virtual void read_possible_types(const SchemaType& type) = 0;
  /// The field, which may be a meta field, with its type and arguments as they are written; the
  /// types behind them are told by themselves where they matter.
  virtual void read_field(const SchemaType& parent, const Name& name) = 0;
  virtual void read_input_field(const SchemaType& parent, const Name& name) = 0;
  virtual void read_enum_value(const SchemaType& parent, const Name& name) = 0;
  virtual void read_directive(const Name& name) = 0;
};

struct ValidateOptions {
  RuleSet rules = RuleSet::standard();
  /// After that many the list ends with "Too many validation errors, …".
  std::size_t max_errors = 100;
  /// Leaves out every "Did you mean".
  bool hide_suggestions = false;
  /// May be null. Must outlive the validation. A DefinitionValidator tells it for each definition
  /// all that this one depends on, also what was found out before.
  SchemaReads* reads = nullptr;
};

/// What graphql-js' `validate` finds in a document whose fragments are all in it: the same errors
/// in the same order. Definitions of types are errors. The schema must be valid.
///
/// Any number of threads may validate against one schema. Hostile documents cannot make it hang or
/// overflow the stack: the reference's budgets hold, and where it would overflow its own stack the
/// list ends with "Validation aborted.".
std::vector<Error> validate(const Schema& schema,
                            const Document& document,
                            const ValidateOptions& options = {});

enum class FragmentState : std::uint8_t {
  found,
  unknown,
  /// It exists but cannot be used, which is told elsewhere: nothing is reported that follows from
  /// it.
  unusable,
};

struct FragmentLookup {
  FragmentState state = FragmentState::unknown;
  /// Null unless found. May stand in another document than the spread.
  const FragmentDefinition* definition = nullptr;
};

/// Knows the fragments of a project. Called from the thread that validates.
class FragmentResolver {
 public:
  virtual ~FragmentResolver() = default;
  virtual FragmentLookup find_fragment(const Name& name) const = 0;
};

/// Validates definitions one by one, for a project whose fragments lie in many documents.
///
/// A definition gets its own errors only, so that each is reported once: what is wrong inside of a
/// fragment is the fragment's; what is wrong with variables, with positions and with fields that
/// overlap across fragments is the operation's (across the spreads of a fragment, the fragment's).
/// Locations may point into other documents, by their source_id. The result does not depend on
/// which definitions were validated before.
///
/// Rules about a document as a whole do not run: ExecutableDefinitions, UniqueOperationNames,
/// UniqueFragmentNames, LoneAnonymousOperation, NoUnusedFragments, NoFragmentCycles. Cycles of
/// fragments are harmless.
///
/// One thread at a time: make one per thread. Keeps what it learnt about definitions, so `schema`,
/// `fragments`, what that returns, and all that it validates must stay as they are while it lives.
class DefinitionValidator {
 public:
  DefinitionValidator(const Schema& schema,
                      const FragmentResolver& fragments,
                      const ValidateOptions& options = {});
  ~DefinitionValidator();
  DefinitionValidator(const DefinitionValidator&) = delete;
  DefinitionValidator& operator=(const DefinitionValidator&) = delete;

  /// The errors of an operation or a fragment.
  std::vector<Error> validate(const Definition& definition);

 private:
  std::unique_ptr<RuleContext> context_;
};

}  // namespace graphql
