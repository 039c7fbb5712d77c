#include "builder/fragment_cycles.h"

#include <algorithm>
#include <map>

#include "base/check.h"

namespace builder {
namespace {

using graph::NodeId;

/// A use of a fragment, and by whom.
struct Step {
  DefinitionIndex user;
  const FragmentUse* use;
};

// The shortest way from `start` back to itself, within the definitions of `group`.
std::vector<Step> shortest_circle(const std::vector<BuildDefinition>& definitions,
                                  const std::vector<NodeId>& group,
                                  DefinitionIndex start) {
  const auto is_member = [&group](DefinitionIndex index) {
    return std::binary_search(group.begin(), group.end(), NodeId{index});
  };
  std::map<DefinitionIndex, Step> reached_by;
  std::vector<DefinitionIndex> queue = {start};
  for (std::size_t next = 0; next < queue.size() && !reached_by.contains(start); ++next) {
    for (const FragmentUse& use : definitions[queue[next]].uses) {
      if (!is_member(use.fragment)) {
        continue;
      }
      if (reached_by.try_emplace(use.fragment, Step{queue[next], &use}).second) {
        queue.push_back(use.fragment);
      }
    }
  }
  std::vector<Step> steps;
  DefinitionIndex at = start;
  do {
    const auto step = reached_by.find(at);
    base::check(step != reached_by.end(), "each member of a circle leads back to itself");
    steps.push_back(step->second);
    at = step->second.user;
  } while (at != start);
  std::reverse(steps.begin(), steps.end());
  return steps;
}

// The reference implementation's words (NoFragmentCycles).
std::string message_of(const std::vector<BuildDefinition>& definitions,
                       const std::vector<Step>& steps) {
  std::string message =
      "Cannot spread fragment \"" + definitions[steps.front().user].name + "\" within itself";
  for (std::size_t i = 1; i < steps.size(); ++i) {
    message += (i == 1 ? " via \"" : ", \"") + definitions[steps[i].user].name + "\"";
  }
  return message + ".";
}

}  // namespace

void check_fragment_cycles(const BuildInput& input,
                           const std::vector<TemplateUnit>& units,
                           const graph::Digraph& graph,
                           std::vector<BuildDefinition>& definitions) {
  for (const std::vector<NodeId>& group : graph::find_cycles(graph)) {
    const auto first = static_cast<DefinitionIndex>(group.front());
    const std::vector<Step> steps = shortest_circle(definitions, group, first);
    base::Diagnostic error;
    error.code = "NoFragmentCycles";
    error.message = message_of(definitions, steps);
    for (std::size_t i = 0; i < steps.size(); ++i) {
      const TemplateUnit& unit = units[definitions[steps[i].user].unit];
      const base::SourceRange range = source_range(input, unit, steps[i].use->span);
      if (i == 0) {
        error.range = range;
      } else {
        error.related.push_back({range, {}});
      }
    }
    for (const NodeId member : group) {
      fail(definitions[graph::index_of(member)], error);
    }
    definitions[first].diagnostics.push_back(std::move(error));
  }
}

}  // namespace builder
