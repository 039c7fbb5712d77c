#include "builder/collect_templates.h"

#include <algorithm>

#include "base/trace.h"
#include "builder/composer/composition_units.h"
#include "builder/declared_names.h"
#include "builder/graphql_diagnostic.h"
#include "builder/interpolate.h"
#include "builder/recognize_templates.h"
#include "graphql/lexer.h"
#include "graphql/parser.h"
#include "graphql/printer.h"

namespace builder {
namespace {

bool is_blank(std::string_view text) {
  return graphql::Lexer(text).next().kind == graphql::TokenKind::end_of_file;
}

/// Whether no schema of the config is for the unit: then it is broken from the start.
bool has_no_schema(const TemplateUnit& unit) {
  return unit.label.empty();
}

// A file without a schema is one mistake, however many templates it holds.
void report_missing_schemas(std::vector<TemplateUnit>& units) {
  const TemplateUnit* first = nullptr;
  for (TemplateUnit& unit : units) {
    if (!has_no_schema(unit) || unit.role != TemplateUnit::Role::broken || unit.composition) {
      continue;
    }
    if (first != nullptr && first->source == unit.source) {
      unit.error = first->error;
    } else {
      first = &unit;
      unit.diagnostics.push_back(unit.error);
    }
  }
}

TemplateUnit::Role role_of(const graphql::Document& document) {
  const auto executable = static_cast<std::size_t>(std::count_if(
      document.definitions.begin(), document.definitions.end(), [](const graphql::Definition* one) {
        return graphql::is_executable(*one);
      }));
  if (executable == document.definitions.size()) {
    return TemplateUnit::Role::executable;
  }
  return executable == 0 ? TemplateUnit::Role::type_system : TemplateUnit::Role::mixed;
}

// gql.tada reads `@_unmask` in its types, and takes it off the definition before anything is sent:
// off the first one, if that is a fragment. Elsewhere a server would see it, so it is an error
// there.
void drop_unmask(graphql::Document& document) {
  const graphql::Definition* const first =
      document.definitions.empty() ? nullptr : document.definitions.front();
  if (first == nullptr || first->kind != graphql::DefinitionKind::fragment) {
    return;
  }
  std::vector<graphql::Directive> left;
  std::copy_if(
      first->directives.begin(),
      first->directives.end(),
      std::back_inserter(left),
      [](const graphql::Directive& directive) { return directive.name.text != "_unmask"; });
  if (left.size() == first->directives.size()) {
    return;
  }
  graphql::FragmentDefinition* const fragment = document.arena.make(graphql::as_fragment(*first));
  fragment->directives = document.arena.copy_list(left.data(), left.size());
  std::vector<const graphql::Definition*> definitions(document.definitions.begin(),
                                                      document.definitions.end());
  definitions.front() = fragment;
  document.definitions = document.arena.copy_list(definitions.data(), definitions.size());
}

// Runs on many threads at once, each on units of its own.
class UnitParser {
 public:
  UnitParser(const BuildInput& input, std::vector<TemplateUnit>& units)
      : input_(input), units_(units), interpolator_(input, units) {}

  void parse(std::uint32_t index) {
    TemplateUnit& unit = units_[index];
    if (unit.composition) {
      if (unit.role == TemplateUnit::Role::executable) {
        parse_text(index, unit.text());
      }
      return;
    }
    Interpolator::Outcome outcome = interpolator_.interpolate(unit);
    auto content = std::make_shared<UnitText>();
    content->text = std::move(outcome.text);
    unit.content = std::move(content);
    unit.fragment_units = std::move(outcome.fragment_units);
    if (has_no_schema(unit)) {
      // Reported once a file, and nothing else of it.
      set_aside(unit);
      return;
    }
    unit.diagnostics = std::move(outcome.diagnostics);
    check_escapes(unit);
    if (const discovery::FactsProblem* problem = problem_inside(unit)) {
      unit.role = TemplateUnit::Role::broken;
      unit.error.range = {input_.sources[unit.source].path, problem->span};
      unit.error.code = problem->code;
      unit.error.message = problem->message;
      return;
    }
    const auto error = std::find_if(
        unit.diagnostics.begin(), unit.diagnostics.end(), [](const base::Diagnostic& one) {
          return one.severity == base::Severity::error;
        });
    if (error != unit.diagnostics.end()) {
      unit.role = TemplateUnit::Role::broken;
      unit.error = *error;
    } else if (is_blank(unit.text().text())) {
      unit.role = TemplateUnit::Role::empty;
    } else {
      parse_text(index, unit.text());
    }
    if (unit.role == TemplateUnit::Role::broken) {
      set_aside(unit);
    }
  }

 private:
  /// An error that the file's reader found in the template, and that is reported as the file's.
  const discovery::FactsProblem* problem_inside(const TemplateUnit& unit) const {
    const discovery::SourceFacts& facts = *input_.sources[unit.source].facts;
    const base::Span content = facts.templates[unit.site].content;
    const auto found =
        std::find_if(facts.problems.begin(), facts.problems.end(), [content](const auto& problem) {
          return problem.is_error && content.begin <= problem.span.begin &&
                 problem.span.end <= content.end && content.begin < problem.span.end;
        });
    return found == facts.problems.end() ? nullptr : &*found;
  }

  /// Takes what is no document out of a broken unit's role: type definitions may hold what only the
  /// server that runs them knows, and are left alone.
  static void set_aside(TemplateUnit& unit) {
    if (declares_types_only(unit.text().text())) {
      unit.role = TemplateUnit::Role::type_system;
      unit.diagnostics.clear();
    } else if (has_no_schema(unit) && is_blank(unit.text().text())) {
      unit.role = TemplateUnit::Role::empty;
    }
  }

  void check_escapes(TemplateUnit& unit) const {
    const discovery::TemplateSite& site = input_.sources[unit.source].facts->templates[unit.site];
    if (!site.has_invalid_escape) {
      return;
    }
    base::Diagnostic error;
    error.range = {input_.sources[unit.source].path, site.content};
    error.code = "InvalidEscape";
    error.message = "The template holds an escape sequence that has no meaning in JavaScript.";
    unit.diagnostics.push_back(std::move(error));
  }

  void parse_text(std::uint32_t index, base::MappedText text) {
    TemplateUnit& unit = units_[index];
    auto content = std::make_shared<UnitText>();
    content->text = std::move(text);
    unit.content = content;
    graphql::ParseOptions options;
    options.source_id = index;
    graphql::ParsedDocument parsed = graphql::parse_document(content->text.text(), options);
    if (parsed.error) {
      unit.role = TemplateUnit::Role::broken;
      unit.error = to_diagnostic(input_, units_, *parsed.error, base::Severity::error);
      unit.diagnostics.push_back(unit.error);
      return;
    }
    content->document = std::move(parsed.document);
    if (unit.is_scoped) {
      drop_unmask(content->document);
    }
    unit.role = role_of(content->document);
    unit.definitions = content->document.definitions;
    for (const graphql::Definition* definition : unit.definitions) {
      content->printed.push_back(graphql::is_executable(*definition) ? graphql::print(*definition)
                                                                     : std::string());
    }
  }

  const BuildInput& input_;
  std::vector<TemplateUnit>& units_;
  Interpolator interpolator_;
};

/// A definition of a text that an earlier build read, as one of the unit `index` of this build.
const graphql::Definition* adopt(const graphql::Definition& definition,
                                 std::uint32_t index,
                                 graphql::Arena& arena) {
  if (definition.kind == graphql::DefinitionKind::fragment) {
    graphql::FragmentDefinition* fragment = arena.make(graphql::as_fragment(definition));
    fragment->source_id = index;
    return fragment;
  }
  graphql::OperationDefinition* operation = arena.make(graphql::as_operation(definition));
  operation->source_id = index;
  return operation;
}

void adopt_known(CollectedTemplates& collected) {
  std::vector<const graphql::Definition*> definitions;
  for (std::uint32_t i = 0; i < collected.units.size(); ++i) {
    TemplateUnit& unit = collected.units[i];
    if (unit.content == nullptr || unit.composition) {
      continue;
    }
    definitions.clear();
    for (const graphql::Definition* definition : unit.content->document.definitions) {
      definitions.push_back(adopt(*definition, i, collected.arena));
    }
    unit.definitions = collected.arena.copy_list(definitions.data(), definitions.size());
  }
}

void keep_plain(const BuildInput& input,
                const CollectedTemplates& collected,
                TemplateMemory& memory) {
  std::size_t unit = 0;
  std::size_t unknown = 0;
  for (std::uint32_t source = 0; source < input.sources.size(); ++source) {
    const SourceInput& file = input.sources[source];
    bool is_kept = file.is_included && file.facts->compositions.sites.empty();
    for (; unknown < collected.unknown_tags.size() &&
           collected.unknown_tags[unknown].first.path == file.path;
         ++unknown) {
      is_kept = false;
    }
    TemplateMemory::File templates;
    for (; unit < collected.units.size() && collected.units[unit].source == source; ++unit) {
      const TemplateUnit& one = collected.units[unit];
      is_kept = is_kept && is_plain(one);
      templates.push_back({one.site, one.label, one.content});
    }
    if (is_kept && memory.find(file.path) == nullptr) {
      memory.keep(file.path, std::move(templates));
    }
  }
}

}  // namespace

CollectedTemplates collect_templates(const BuildInput& input,
                                     base::ThreadPool& pool,
                                     TemplateMemory* memory) {
  CollectedTemplates collected = recognize_templates(input, memory);
  composer::evaluate_units(collected, pool);
  adopt_known(collected);
  UnitParser parser(input, collected.units);
  const base::Traced span("parse documents");
  std::vector<std::uint32_t> unread;
  for (std::uint32_t i = 0; i < collected.units.size(); ++i) {
    if (collected.units[i].composition || collected.units[i].content == nullptr) {
      unread.push_back(i);
    }
  }
  pool.parallel_for(unread.size(), [&](std::size_t next, unsigned) { parser.parse(unread[next]); });
  report_missing_schemas(collected.units);
  if (memory != nullptr && collected.config_errors.empty()) {
    keep_plain(input, collected, *memory);
  }
  return collected;
}

}  // namespace builder
