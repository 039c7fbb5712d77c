#pragma once

#include <optional>
#include <vector>

#include "builder/definition.h"
#include "builder/fragment_table.h"
#include "graph/digraph.h"

namespace builder {

/// Who uses which fragment. Node i of the graph is definition i.
struct LinkedDefinitions {
  /// Never null; the caller's, who keeps it alive.
  const FragmentTable* fragments = nullptr;
  graph::Digraph graph;
  /// By definition: each name that it spreads, or a fragment that it reaches, is that of one single
  /// fragment of their schema, so that it means the same to all of them. Only where fragments link
  /// by arrays; elsewhere empty, as nobody needs to know.
  std::vector<bool> has_plain_names;
  /// With an edge to each definition that a composition expands, too; only if there are any.
  std::optional<graph::Digraph> expansions;

  /// What each definition needs to be built.
  const graph::Digraph& needs() const { return expansions ? *expansions : graph; }
};

/// A project, or the part of one that is compiled, as linking left it. Refers to its parts.
struct LinkedProject {
  const BuildInput& input;
  const std::vector<TemplateUnit>& units;
  const LinkedDefinitions& linked;
};

/// Resolves every spread of every definition and finds what only the project as a whole can show:
/// names that are not unique, circles of fragments, documents that mix definitions. Fills in `uses`
/// and notes at units and definitions what is wrong with them.
LinkedDefinitions link(const BuildInput& input,
                       std::vector<TemplateUnit>& units,
                       const FragmentTable& fragments,
                       std::vector<BuildDefinition>& definitions);

/// The fragments that `definition` needs, directly or not, in name order; without itself.
std::vector<DefinitionIndex> fragments_needed(const LinkedDefinitions& linked,
                                              const std::vector<BuildDefinition>& definitions,
                                              DefinitionIndex definition);

}  // namespace builder
