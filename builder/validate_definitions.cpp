#include "builder/validate_definitions.h"

#include <algorithm>
#include <deque>
#include <map>
#include <memory>
#include <unordered_map>

#include "base/check.h"
#include "base/trace.h"
#include "builder/graphql_diagnostic.h"
#include "graphql/schema_coordinates.h"
#include "graphql/validate.h"

namespace builder {
namespace {

using graphql::FragmentLookup;
using graphql::FragmentState;
using graphql::Rule;
using graphql::RuleSet;

FragmentLookup lookup_of(const BuildDefinition& definition) {
  // What linking found wrong with a fragment is told there; nothing may follow from it here. Nor
  // from a composition that has no document because another one has none.
  if (definition.state == BuildDefinition::State::failed || definition.ast == nullptr) {
    return {FragmentState::unusable, nullptr};
  }
  return {FragmentState::found, &graphql::as_fragment(*definition.ast)};
}

/// The fragments of one schema, which link by global name.
class GlobalFragments final : public graphql::FragmentResolver {
 public:
  GlobalFragments(const FragmentTable& table,
                  const std::vector<BuildDefinition>& definitions,
                  std::string label)
      : table_(table), definitions_(definitions), label_(std::move(label)) {}

  FragmentLookup find_fragment(const graphql::Name& name) const override {
    const std::optional<DefinitionIndex> found = table_.find_global(label_, name.text);
    return found ? lookup_of(definitions_[*found]) : FragmentLookup{};
  }

 private:
  const FragmentTable& table_;
  const std::vector<BuildDefinition>& definitions_;
  std::string label_;
};

/// Those fragments of one schema whose name no other has, scoped or not: all that a definition with
/// plain names asks for.
class SingleFragments final : public graphql::FragmentResolver {
 public:
  SingleFragments(const std::vector<TemplateUnit>& units,
                  const std::vector<BuildDefinition>& definitions,
                  std::string_view label)
      : definitions_(definitions) {
    for (DefinitionIndex i = 0; i < definitions.size(); ++i) {
      if (definitions[i].is_fragment && units[definitions[i].unit].label == label) {
        by_name_.emplace(definitions[i].name, i);
      }
    }
  }

  FragmentLookup find_fragment(const graphql::Name& name) const override {
    const auto entry = by_name_.find(name.text);
    return entry == by_name_.end() ? FragmentLookup{} : lookup_of(definitions_[entry->second]);
  }

 private:
  const std::vector<BuildDefinition>& definitions_;
  std::unordered_map<std::string_view, DefinitionIndex> by_name_;
};

/// The fragments that one scoped definition reaches, be they many spreads away.
class ReachedFragments final : public graphql::FragmentResolver {
 public:
  ReachedFragments(const LinkedDefinitions& linked,
                   const std::vector<BuildDefinition>& definitions,
                   DefinitionIndex definition) {
    for (const DefinitionIndex fragment : fragments_needed(linked, definitions, definition)) {
      by_name_.emplace(definitions[fragment].name, lookup_of(definitions[fragment]));
    }
  }

  FragmentLookup find_fragment(const graphql::Name& name) const override {
    const auto entry = by_name_.find(name.text);
    return entry == by_name_.end() ? FragmentLookup{} : entry->second;
  }

 private:
  std::map<std::string_view, FragmentLookup> by_name_;
};

RuleSet rules_for(const RuleLevels& levels, const base::SourcePath& path) {
  struct Configurable {
    Rule rule;
    std::string_view name;
  };
  constexpr Configurable k_rules[] = {{Rule::no_deprecated, "NoDeprecated"},
                                      {Rule::no_schema_introspection, "NoSchemaIntrospection"},
                                      {Rule::no_unused_variables, "NoUnusedVariables"}};
  RuleSet rules = RuleSet::standard();
  for (const Configurable& entry : k_rules) {
    const bool is_on = levels.level_of(entry.name, path) != RuleLevel::off;
    rules = is_on ? rules.with(entry.rule) : rules.without(entry.rule);
  }
  return rules;
}

/// One worker's validators: they keep what they learn about fragments, so one is made for each
/// schema and set of rules, and not for each definition.
class Validators {
 public:
  explicit Validators(bool wants_reads) : wants_reads_(wants_reads) {}

  graphql::SchemaReads* reads() { return wants_reads_ ? &reads_ : nullptr; }

  /// What was read of the schema since the last call.
  std::vector<graphql::CoordinateId> take_reads() {
    return wants_reads_ ? reads_.take() : std::vector<graphql::CoordinateId>();
  }

  graphql::DefinitionValidator& get(const graphql::Schema& schema,
                                    const graphql::FragmentResolver& fragments,
                                    RuleSet rules) {
    for (Entry& entry : entries_) {
      if (entry.fragments == &fragments && entry.rules == rules) {
        return *entry.validator;
      }
    }
    graphql::ValidateOptions options;
    options.rules = rules;
    options.reads = reads();
    entries_.push_back(
        {&fragments,
         rules,
         std::make_unique<graphql::DefinitionValidator>(schema, fragments, options)});
    return *entries_.back().validator;
  }

 private:
  struct Entry {
    const graphql::FragmentResolver* fragments;
    RuleSet rules;
    std::unique_ptr<graphql::DefinitionValidator> validator;
  };
  bool wants_reads_;
  graphql::SchemaCoordinates reads_;
  std::vector<Entry> entries_;
};

// Linking has found again what it found before, so that only the rest is new to it.
void take_over(const CompiledDefinition& known, BuildDefinition& definition) {
  definition.diagnostics = known.diagnostics;
  definition.schema_reads = known.schema_reads;
  if (known.state == DefinitionState::failed &&
      definition.state != BuildDefinition::State::failed) {
    definition.state = BuildDefinition::State::failed;
    definition.failure = known.failure;
  }
}

class ProjectValidator {
 public:
  ProjectValidator(const BuildInput& input,
                   const std::vector<TemplateUnit>& units,
                   const LinkedDefinitions& linked,
                   const std::vector<BuildDefinition>& definitions)
      : input_(input), units_(units), linked_(linked), definitions_(definitions) {
    for (const SchemaInput& schema : input.schemas) {
      schemas_.emplace(schema.label, schema.schema.get());
      fragments_.try_emplace(schema.label, *linked.fragments, definitions, schema.label);
      if (!linked.has_plain_names.empty()) {
        single_fragments_.try_emplace(schema.label, units, definitions, schema.label);
      }
    }
  }

  /// Any number of threads, each with validators of its own.
  std::vector<graphql::Error> validate(DefinitionIndex index, Validators& validators) const {
    const BuildDefinition& definition = definitions_[index];
    const TemplateUnit& unit = units_[definition.unit];
    const auto schema = schemas_.find(unit.label);
    base::check(schema != schemas_.end(), "the config was checked: every label has a schema");
    const RuleSet rules = rules_for(input_.options.rules, input_.sources[unit.source].path);
    if (!unit.is_scoped) {
      const GlobalFragments& fragments = fragments_.find(unit.label)->second;
      return validators.get(*schema->second, fragments, rules).validate(*definition.ast);
    }
    if (linked_.has_plain_names[index]) {
      const SingleFragments& fragments = single_fragments_.find(unit.label)->second;
      return validators.get(*schema->second, fragments, rules).validate(*definition.ast);
    }
    const ReachedFragments fragments(linked_, definitions_, index);
    graphql::ValidateOptions options;
    options.rules = rules;
    options.reads = validators.reads();
    return graphql::DefinitionValidator(*schema->second, fragments, options)
        .validate(*definition.ast);
  }

  base::Severity severity_of(const graphql::Error& error, const BuildDefinition& definition) const {
    const base::SourcePath& path = input_.sources[units_[definition.unit].source].path;
    return input_.options.rules.level_of(error.code, path) == RuleLevel::warn
               ? base::Severity::warning
               : base::Severity::error;
  }

 private:
  const BuildInput& input_;
  const std::vector<TemplateUnit>& units_;
  const LinkedDefinitions& linked_;
  const std::vector<BuildDefinition>& definitions_;
  std::map<std::string_view, const graphql::Schema*> schemas_;
  std::map<std::string_view, GlobalFragments> fragments_;
  std::map<std::string_view, SingleFragments> single_fragments_;
};

/// The reference ends a list of errors that it cuts short with one that has no place.
base::Diagnostic unfinished(const BuildInput& input,
                            const std::vector<TemplateUnit>& units,
                            const BuildDefinition& definition,
                            const graphql::Error& error) {
  const bool has_too_many = error.message.starts_with("Too many");
  base::Diagnostic diagnostic;
  diagnostic.range = source_range(input, units[definition.unit], definition.name_span);
  diagnostic.code = "ValidationAborted";
  const std::string what =
      definition.name.empty() ? "This operation" : "\"" + definition.name + "\"";
  if (has_too_many) {
    diagnostic.message = what + " has more than " +
                         std::to_string(graphql::ValidateOptions{}.max_errors) +
                         " errors; the others are not shown. Validation aborted.";
  } else {
    diagnostic.message =
        what +
        " selects more fields that could overlap, or follows more fragments, than the reference "
        "implementation compares, so it cannot be checked. Make it smaller. Validation aborted.";
  }
  return diagnostic;
}

/// An error of a composition in what it took from another one. If that is wrong by itself, it is
/// told there, and blocks whoever expands it; else it is wrong with these values only.
struct ForeignError {
  DefinitionIndex user = 0;
  DefinitionIndex owner = 0;
  const graphql::Error* error = nullptr;
};

std::optional<DefinitionIndex> find_owner(const std::vector<TemplateUnit>& units,
                                          const std::vector<BuildDefinition>& definitions,
                                          const BuildDefinition& user,
                                          const graphql::Error& error) {
  const TemplateUnit& unit = units[user.unit];
  if (!unit.composition || error.locations.empty()) {
    return std::nullopt;
  }
  const composer::Place place = unit.composition->text.place_at(error.locations.front().span.begin);
  for (const DefinitionIndex expanded : user.expanded) {
    if (units[definitions[expanded].unit].composition->index == place.owner) {
      return expanded;
    }
  }
  return std::nullopt;
}

}  // namespace

void validate_definitions(const LinkedProject& project,
                          const std::vector<const CompiledDefinition*>& reusable,
                          bool wants_reads,
                          std::vector<BuildDefinition>& definitions,
                          base::ThreadPool& pool) {
  const base::Traced span("validate");
  const auto& [input, units, linked] = project;
  const ProjectValidator validator(input, units, linked, definitions);
  std::deque<Validators> workers;
  for (unsigned i = 0; i < pool.thread_count(); ++i) {
    workers.emplace_back(wants_reads);
  }
  std::vector<std::vector<graphql::Error>> errors(definitions.size());
  // Listed first: where one definition was edited, no other thread is woken for those around it.
  std::vector<DefinitionIndex> unknown;
  for (DefinitionIndex i = 0; i < definitions.size(); ++i) {
    if (definitions[i].ast != nullptr && reusable[i] == nullptr) {
      unknown.push_back(i);
    }
  }
  pool.parallel_for(unknown.size(), [&](std::size_t next, unsigned worker) {
    const DefinitionIndex i = unknown[next];
    errors[i] = validator.validate(i, workers[worker]);
    definitions[i].schema_reads = workers[worker].take_reads();
  });

  // From here on one thread: what a definition is found to be must not depend on their order.
  std::vector<ForeignError> foreign;
  for (DefinitionIndex i = 0; i < definitions.size(); ++i) {
    if (reusable[i] != nullptr) {
      take_over(*reusable[i], definitions[i]);
    }
    for (const graphql::Error& error : errors[i]) {
      if (const auto owner = find_owner(units, definitions, definitions[i], error)) {
        foreign.push_back({i, *owner, &error});
        continue;
      }
      const base::Severity severity = validator.severity_of(error, definitions[i]);
      report(definitions[i],
             error.locations.empty() ? unfinished(input, units, definitions[i], error)
                                     : to_diagnostic(input, units, error, severity));
    }
  }
  for (const ForeignError& error : foreign) {
    if (definitions[error.owner].state != BuildDefinition::State::failed) {
      const base::Severity severity = validator.severity_of(*error.error, definitions[error.user]);
      report(definitions[error.user], to_diagnostic(input, units, *error.error, severity));
    }
  }
}

}  // namespace builder
