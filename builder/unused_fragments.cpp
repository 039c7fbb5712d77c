#include "builder/unused_fragments.h"

namespace builder {
namespace {

using graph::NodeId;

std::vector<bool> reached_by_operations(const LinkedDefinitions& linked,
                                        const std::vector<BuildDefinition>& definitions) {
  std::vector<bool> is_reached(definitions.size(), false);
  std::vector<NodeId> queue;
  const auto visit = [&](NodeId id) {
    if (!is_reached[graph::index_of(id)]) {
      is_reached[graph::index_of(id)] = true;
      queue.push_back(id);
    }
  };
  for (DefinitionIndex i = 0; i < definitions.size(); ++i) {
    if (!definitions[i].is_fragment) {
      visit(NodeId{i});
    }
  }
  for (std::size_t next = 0; next < queue.size(); ++next) {
    for (const NodeId dependency : linked.needs().dependencies_of(queue[next])) {
      visit(dependency);
    }
  }
  return is_reached;
}

RuleLevel level_at(const BuildInput& input, const TemplateUnit& unit) {
  return input.options.rules.level_of("NoUnusedFragments", input.sources[unit.source].path);
}

}  // namespace

void find_unused_fragments(const LinkedProject& project,
                           const PreviousBuild* previous,
                           const std::vector<const CompiledDefinition*>& reusable,
                           std::vector<BuildDefinition>& definitions) {
  const auto& [input, units, linked] = project;
  std::vector<bool> is_reached;
  if (previous == nullptr) {
    is_reached = reached_by_operations(linked, definitions);
  }
  for (DefinitionIndex i = 0; i < definitions.size(); ++i) {
    BuildDefinition& definition = definitions[i];
    const TemplateUnit& unit = units[definition.unit];
    if (!definition.is_fragment || definition.ast == nullptr || reusable[i] != nullptr ||
        level_at(input, unit) == RuleLevel::off) {
      continue;
    }
    if (previous == nullptr ? is_reached[i]
                            : previous->is_reached(canonical_id(input.sources[unit.source].path,
                                                                definition.export_name))) {
      continue;
    }
    base::Diagnostic diagnostic;
    diagnostic.range = source_range(input, unit, definition.ast->span);
    diagnostic.severity =
        level_at(input, unit) == RuleLevel::error ? base::Severity::error : base::Severity::warning;
    diagnostic.code = "NoUnusedFragments";
    diagnostic.message = "Fragment \"" + definition.name + "\" is never used.";
    report(definition, std::move(diagnostic));
  }
}

}  // namespace builder
