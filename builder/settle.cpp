#include "builder/settle.h"

#include "base/check.h"

namespace builder {
namespace {

using graph::NodeId;
using State = BuildDefinition::State;

}  // namespace

std::string_view to_text(DefinitionState state) {
  switch (state) {
    case DefinitionState::good:
      return "good";
    case DefinitionState::failed:
      return "failed";
    case DefinitionState::blocked:
      break;
  }
  return "blocked";
}

void settle(const LinkedDefinitions& linked, std::vector<BuildDefinition>& definitions) {
  std::vector<NodeId> failed;
  for (DefinitionIndex i = 0; i < definitions.size(); ++i) {
    if (definitions[i].state == State::failed) {
      failed.push_back(NodeId{i});
    }
  }
  for (const NodeId id : linked.needs().affected_by(failed)) {
    BuildDefinition& definition = definitions[graph::index_of(id)];
    if (definition.state == State::good) {
      definition.state = State::blocked;
    }
  }
}

DefinitionIndex blocker_of(const LinkedDefinitions& linked,
                           const std::vector<BuildDefinition>& definitions,
                           DefinitionIndex blocked) {
  for (const NodeId id : linked.needs().reachable_from(NodeId{blocked})) {
    if (definitions[graph::index_of(id)].state == State::failed) {
      return static_cast<DefinitionIndex>(id);
    }
  }
  base::check(false, "a blocked definition reaches a failed one");
  return blocked;
}

}  // namespace builder
