#include "builder/survey.h"

#include <span>

#include "builder/collect_templates.h"
#include "builder/definition_nodes.h"
#include "builder/recognize_templates.h"
#include "builder/slots.h"

namespace builder {

Survey survey_sources(const BuildInput& input, base::ThreadPool& pool, TemplateMemory& memory) {
  const CollectedTemplates collected = collect_templates(input, pool, &memory);
  const std::vector<TemplateUnit>& units = collected.units;
  const std::vector<BuildDefinition> definitions = list_definitions(input, units);
  const FragmentTable fragments(units, definitions);
  Survey survey;
  survey.nodes.resize(definitions.size());
  // One thread: a node is made in a fraction of the time in which another thread wakes up.
  for (DefinitionIndex i = 0; i < definitions.size(); ++i) {
    survey.nodes[i] = definition_node(input, units, fragments, definitions, i);
  }
  for (const FileRange& range : by_file(units, definitions)) {
    survey.names.emplace(names_slot(input.sources[range.source].path),
                         names_of(units, definitions, range));
  }
  return survey;
}

Interfaces find_interfaces(const BuildInput& input) {
  CollectedTemplates recognized = recognize_templates(input);
  Interfaces found;
  found.config_errors = std::move(recognized.config_errors);
  const std::span<const TemplateUnit> units = recognized.units;
  std::size_t begin = 0;
  for (std::uint32_t source = 0; source < input.sources.size(); ++source) {
    std::size_t end = begin;
    while (end < units.size() && units[end].source == source) {
      ++end;
    }
    found.values.push_back(interface_of(input, source, units.subspan(begin, end - begin)));
    begin = end;
  }
  return found;
}

}  // namespace builder
