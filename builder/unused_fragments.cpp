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
    for (const NodeId dependency : linked.graph.dependencies_of(queue[next])) {
      visit(dependency);
    }
  }
  return is_reached;
}

}  // namespace

std::vector<base::Diagnostic> find_unused_fragments(const BuildInput& input,
                                                    const std::vector<TemplateUnit>& units,
                                                    const LinkedDefinitions& linked,
                                                    std::vector<BuildDefinition>& definitions) {
  std::vector<base::Diagnostic> diagnostics;
  const std::vector<bool> is_reached = reached_by_operations(linked, definitions);
  for (DefinitionIndex i = 0; i < definitions.size(); ++i) {
    BuildDefinition& definition = definitions[i];
    if (!definition.is_fragment || is_reached[i] || definition.ast == nullptr) {
      continue;
    }
    base::Diagnostic diagnostic;
    diagnostic.range = source_range(input, units[definition.unit], definition.ast->span);
    const RuleLevel level =
        input.options.rules.level_of("NoUnusedFragments", diagnostic.range.path);
    if (level == RuleLevel::off) {
      continue;
    }
    diagnostic.severity =
        level == RuleLevel::error ? base::Severity::error : base::Severity::warning;
    diagnostic.code = "NoUnusedFragments";
    diagnostic.message = "Fragment \"" + definition.name + "\" is never used.";
    if (level == RuleLevel::error) {
      fail(definition, diagnostic);
    }
    diagnostics.push_back(std::move(diagnostic));
  }
  return diagnostics;
}

}  // namespace builder
