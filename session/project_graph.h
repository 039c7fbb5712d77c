#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/diagnostic.h"
#include "builder/compiled_project.h"
#include "session/definition_filter.h"

// What people can ask about the definitions of a project.
namespace session {

/// A definition, as the graph of a project shows it.
struct GraphNode {
  std::string id;
  base::SourcePath path;
  /// "operation", "fragment", "model", "slice"; "definition" where an error keeps it from being
  /// known.
  std::string type;
  /// "good", "failed" or "blocked".
  std::string state;
  /// Ids of the definitions that it spreads or expands itself, sorted.
  std::vector<std::string> uses;

  friend bool operator==(const GraphNode&, const GraphNode&) = default;
};

/// The definitions of a project, or those of the files that `filter` keeps; sorted by id.
std::vector<GraphNode> project_graph(const builder::CompiledProject& project,
                                     const std::optional<DefinitionFilter>& filter);

/// A definition that a build compiled, and why.
struct Recompiled {
  std::string id;
  /// What had changed, in words; empty: nothing had been known of it.
  std::string cause;

  friend bool operator==(const Recompiled&, const Recompiled&) = default;
};

/// Sorted by id.
std::vector<Recompiled> describe(const std::vector<builder::CompiledReason>& compiled);

/// All there is to say of one definition.
struct Explanation {
  GraphNode node;
  /// Of a failed one: what is wrong with it.
  std::string failure;
  /// Of its file; empty where that exports nothing.
  std::string module;
  /// Ids of the definitions that spread or expand it themselves, sorted.
  std::vector<std::string> used_by;
  /// Whatever its result depends on, in words, sorted.
  std::vector<std::string> depends_on;
  /// Why it was compiled last, in words: what had changed. Empty: nothing had been known of it.
  std::string reason;

  friend bool operator==(const Explanation&, const Explanation&) = default;
};

/// The ids that `text` may mean: the one that it is; else those of that name, or that end in it
/// behind a `/`. Sorted.
std::vector<std::string> find_definitions(const builder::CompiledProject& project,
                                          const std::string& text);

/// `id` is one of the project's; `schemas` and `reasons` as BuilderSession has them.
Explanation explain(const builder::CompiledProject& project,
                    const std::vector<builder::SchemaInput>& schemas,
                    const std::map<std::string, graph::Slot>& reasons,
                    const std::string& id);

}  // namespace session
