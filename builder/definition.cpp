#include "builder/definition.h"

#include <algorithm>
#include <set>

#include "base/fingerprint.h"
#include "builder/declared_names.h"

namespace builder {
namespace {

/// The definition of `unit` at `position`.
BuildDefinition from_ast(std::uint32_t index, const TemplateUnit& unit, std::size_t position) {
  const graphql::Definition& ast = *unit.definitions[position];
  BuildDefinition definition;
  definition.unit = index;
  definition.is_fragment = ast.kind == graphql::DefinitionKind::fragment;
  definition.ast = &ast;
  definition.printed = unit.content->printed[position];
  definition.name = ast.name.text;
  definition.name_span = ast.name.empty() ? ast.span : ast.name.span();
  return definition;
}

BuildDefinition from_name(std::uint32_t unit,
                          const DeclaredName& declared,
                          const base::Diagnostic& error) {
  BuildDefinition definition;
  definition.unit = unit;
  definition.is_fragment = declared.is_fragment;
  fail(definition, error);
  definition.name = declared.name;
  definition.name_span = declared.span;
  return definition;
}

// A composition is one definition, be it broken.
void append_composition(std::uint32_t index,
                        const TemplateUnit& unit,
                        std::vector<BuildDefinition>& definitions) {
  if (unit.role != TemplateUnit::Role::executable && unit.role != TemplateUnit::Role::broken) {
    return;
  }
  const CompositionUnit& composition = *unit.composition;
  BuildDefinition definition;
  if (unit.role == TemplateUnit::Role::executable) {
    definition = from_ast(index, unit, 0);
  } else if (!unit.error.code.empty()) {
    fail(definition, unit.error);
  }
  definition.unit = index;
  definition.is_document = composition.is_document();
  definition.is_fragment = composition.kind == composer::CompositionKind::fragment;
  definition.name = definition.is_document ? composition.name : std::string();
  definitions.push_back(std::move(definition));
}

// The units are in order, and a composition is at most one definition.
void find_expanded(const std::vector<TemplateUnit>& units,
                   std::vector<BuildDefinition>& definitions) {
  for (BuildDefinition& definition : definitions) {
    const TemplateUnit& unit = units[definition.unit];
    if (!unit.composition) {
      continue;
    }
    for (const std::uint32_t expanded : unit.composition->expanded) {
      const auto found = std::lower_bound(
          definitions.begin(),
          definitions.end(),
          expanded,
          [](const BuildDefinition& one, std::uint32_t wanted) { return one.unit < wanted; });
      if (found != definitions.end() && found->unit == expanded) {
        definition.expanded.push_back(static_cast<DefinitionIndex>(found - definitions.begin()));
      }
    }
  }
}

std::string wanted_name(const BuildInput& input,
                        const TemplateUnit& unit,
                        const BuildDefinition& definition) {
  if (unit.composition) {
    const auto& site = input.sources[unit.source].facts->compositions.sites[unit.site];
    if (!site.path.empty()) {
      return site.path;
    }
    return site.is_default_export ? "default" : "anonymous";
  }
  if (definition.name.empty()) {
    return "anonymous$" + base::to_hex(base::fingerprint_of(definition.printed)).substr(0, 8);
  }
  return definition.name;
}

void append_definitions(std::uint32_t index,
                        const TemplateUnit& unit,
                        std::vector<BuildDefinition>& definitions) {
  if (unit.composition) {
    append_composition(index, unit, definitions);
    return;
  }
  switch (unit.role) {
    case TemplateUnit::Role::executable:
    case TemplateUnit::Role::mixed:
      for (std::size_t i = 0; i < unit.definitions.size(); ++i) {
        if (graphql::is_executable(*unit.definitions[i])) {
          definitions.push_back(from_ast(index, unit, i));
        }
      }
      break;
    case TemplateUnit::Role::broken:
      for (const DeclaredName& name : declared_names(unit.text().text())) {
        definitions.push_back(from_name(index, name, unit.error));
      }
      break;
    case TemplateUnit::Role::type_system:
    case TemplateUnit::Role::empty:
      break;
  }
}

// Gives the definitions `[begin, end)` of one source file their names, so that no name depends on
// anything outside the file, nor on what is wrong with a definition.
void name_file(const BuildInput& input,
               const std::vector<TemplateUnit>& units,
               std::vector<BuildDefinition>& definitions,
               std::size_t begin,
               std::size_t end) {
  std::set<std::string, std::less<>> fragments;
  for (std::size_t i = begin; i < end; ++i) {
    if (definitions[i].is_fragment && !units[definitions[i].unit].composition) {
      fragments.insert(definitions[i].name);
    }
  }
  std::set<std::string> taken;
  for (std::size_t i = begin; i < end; ++i) {
    BuildDefinition& definition = definitions[i];
    const TemplateUnit& unit = units[definition.unit];
    std::string wanted = wanted_name(input, unit, definition);
    if (!unit.composition && !definition.is_fragment && fragments.contains(wanted)) {
      wanted += "$operation";
    }
    definition.export_name = wanted;
    for (std::size_t n = 1; !taken.insert(definition.export_name).second; ++n) {
      definition.export_name = wanted + "$" + std::to_string(n);
    }
  }
}

}  // namespace

void fail(BuildDefinition& definition, const base::Diagnostic& error) {
  if (definition.state != BuildDefinition::State::failed) {
    definition.state = BuildDefinition::State::failed;
    definition.failure = {error.range, error.message};
  }
}

void report(BuildDefinition& definition, base::Diagnostic diagnostic) {
  if (diagnostic.severity == base::Severity::error) {
    fail(definition, diagnostic);
  }
  definition.diagnostics.push_back(std::move(diagnostic));
}

std::string canonical_id(const base::SourcePath& path, const std::string& export_name) {
  return path.text() + "::" + export_name;
}

std::vector<BuildDefinition> list_definitions(const BuildInput& input,
                                              const std::vector<TemplateUnit>& units) {
  std::vector<BuildDefinition> definitions;
  for (std::uint32_t i = 0; i < units.size(); ++i) {
    append_definitions(i, units[i], definitions);
  }
  find_expanded(units, definitions);
  const auto source_of = [&](std::size_t i) { return units[definitions[i].unit].source; };
  for (std::size_t begin = 0; begin < definitions.size();) {
    std::size_t end = begin + 1;
    while (end < definitions.size() && source_of(end) == source_of(begin)) {
      ++end;
    }
    name_file(input, units, definitions, begin, end);
    begin = end;
  }
  return definitions;
}

}  // namespace builder
