#include "builder/compile.h"

#include <algorithm>
#include <iterator>

#include "artifact/artifact.h"
#include "artifact/manifest.h"
#include "builder/chunks.h"
#include "builder/collect_templates.h"
#include "builder/elements.h"
#include "builder/link.h"
#include "builder/positions.h"
#include "builder/settle.h"
#include "builder/unused_fragments.h"
#include "builder/validate_definitions.h"

namespace builder {
namespace {

using State = BuildDefinition::State;

void append(std::vector<base::Diagnostic>& list, std::vector<base::Diagnostic> more) {
  std::move(more.begin(), more.end(), std::back_inserter(list));
}

BuildCounts count(const std::vector<TemplateUnit>& units,
                  const std::vector<BuildDefinition>& definitions) {
  BuildCounts counts;
  for (const TemplateUnit& unit : units) {
    counts.type_system_templates += unit.role == TemplateUnit::Role::type_system ? 1 : 0;
  }
  for (const BuildDefinition& definition : definitions) {
    if (definition.state != State::good) {
      ++counts.not_built;
    } else {
      ++(definition.is_fragment ? counts.fragments : counts.operations);
    }
  }
  return counts;
}

std::string_view to_text(State state) {
  switch (state) {
    case State::good:
      return "good";
    case State::failed:
      return "failed";
    case State::blocked:
      break;
  }
  return "blocked";
}

std::vector<DefinitionSummary> summarize(const BuildInput& input,
                                         const std::vector<TemplateUnit>& units,
                                         const std::vector<BuildDefinition>& definitions) {
  const auto id_of = [&](const BuildDefinition& definition) {
    const SourceInput& source = input.sources[units[definition.unit].source];
    return canonical_id(source.path, definition.export_name);
  };
  std::vector<DefinitionSummary> summaries;
  summaries.reserve(definitions.size());
  for (const BuildDefinition& definition : definitions) {
    DefinitionSummary& summary = summaries.emplace_back();
    summary.id = id_of(definition);
    summary.state = to_text(definition.state);
    for (const FragmentUse& use : definition.uses) {
      summary.fragments.push_back(id_of(definitions[use.fragment]));
    }
    std::sort(summary.fragments.begin(), summary.fragments.end());
    summary.fragments.erase(std::unique(summary.fragments.begin(), summary.fragments.end()),
                            summary.fragments.end());
  }
  return summaries;
}

std::string write_artifact(const BuildInput& input, std::vector<artifact::Element> elements) {
  artifact::Artifact whole;
  for (const SchemaInput& schema : input.schemas) {
    whole.schemas.emplace(schema.label, schema.hash);
  }
  whole.elements = std::move(elements);
  artifact::sort_elements(whole.elements);
  return artifact::artifact_json(whole);
}

}  // namespace

BuildOutput compile(const BuildInput& input, base::ThreadPool& pool) {
  BuildOutput output;

  // Find the templates that are GraphQL, put their texts together and parse them.
  CollectedTemplates collected = collect_templates(input, pool);
  if (!collected.config_errors.empty()) {
    output.config_errors = std::move(collected.config_errors);
    return output;
  }
  append(output.diagnostics, std::move(collected.diagnostics));

  // From here on no definition is added, and each has its canonical id.
  const std::vector<TemplateUnit>& units = collected.units;
  std::vector<BuildDefinition> definitions = list_definitions(units, pool);

  // Find the fragment behind each spread, and what only the project as a whole shows to be wrong.
  const FragmentTable fragments(units, definitions);
  LinkedDefinitions linked = link(input, units, fragments, definitions);
  append(output.diagnostics, std::move(linked.diagnostics));

  // Check each definition against its schema.
  append(output.diagnostics, validate_definitions(input, units, linked, definitions, pool));
  append(output.diagnostics, find_unused_fragments(input, units, linked, definitions));
  base::sort_diagnostics(output.diagnostics);
  settle(linked, definitions, output.diagnostics);

  // Write modules, manifest, artifact and positions.
  Chunks chunks = emit_chunks(input, units, linked, definitions, pool);
  output.outputs = std::move(chunks.outputs);
  output.outputs.push_back({"positions.json",
                            write_positions(input, units, definitions),
                            artifact::OutputRole::positions});
  output.outputs.push_back(
      {"manifest.json", artifact::manifest_json(chunks.manifest), artifact::OutputRole::manifest});
  output.outputs.push_back(
      {"artifact.json",
       write_artifact(input, make_elements(input, units, definitions, linked, pool)),
       artifact::OutputRole::artifact});
  output.counts = count(units, definitions);
  output.definitions = summarize(input, units, definitions);
  return output;
}

}  // namespace builder
