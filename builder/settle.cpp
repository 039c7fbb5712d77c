#include "builder/settle.h"

#include <algorithm>
#include <map>

#include "base/check.h"

namespace builder {
namespace {

using graph::NodeId;
using State = BuildDefinition::State;

std::uint32_t count_blocked(const std::vector<BuildDefinition>& definitions,
                            const std::vector<NodeId>& affected) {
  return static_cast<std::uint32_t>(
      std::count_if(affected.begin(), affected.end(), [&definitions](NodeId id) {
        return definitions[graph::index_of(id)].state == State::blocked;
      }));
}

}  // namespace

void settle(const LinkedDefinitions& linked,
            std::vector<BuildDefinition>& definitions,
            std::vector<base::Diagnostic>& diagnostics) {
  std::vector<NodeId> failed;
  std::map<Failure, std::vector<NodeId>> by_failure;
  for (DefinitionIndex i = 0; i < definitions.size(); ++i) {
    if (definitions[i].state == State::failed) {
      failed.push_back(NodeId{i});
      by_failure[definitions[i].failure].push_back(NodeId{i});
    }
  }
  for (const NodeId id : linked.graph.affected_by(failed)) {
    BuildDefinition& definition = definitions[graph::index_of(id)];
    if (definition.state == State::good) {
      definition.state = State::blocked;
    }
  }
  for (base::Diagnostic& diagnostic : diagnostics) {
    if (diagnostic.severity != base::Severity::error) {
      continue;
    }
    const auto cause = by_failure.find({diagnostic.range, diagnostic.message});
    if (cause != by_failure.end()) {
      diagnostic.blocked = count_blocked(definitions, linked.graph.affected_by(cause->second));
    }
  }
}

DefinitionIndex blocker_of(const LinkedDefinitions& linked,
                           const std::vector<BuildDefinition>& definitions,
                           DefinitionIndex blocked) {
  for (const NodeId id : linked.graph.reachable_from(NodeId{blocked})) {
    if (definitions[graph::index_of(id)].state == State::failed) {
      return static_cast<DefinitionIndex>(id);
    }
  }
  base::check(false, "a blocked definition reaches a failed one");
  return blocked;
}

}  // namespace builder
