#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "artifact/output.h"
#include "base/diagnostic.h"
#include "base/thread_pool.h"
#include "builder/build_input.h"
#include "builder/compiled_file.h"
#include "builder/fragment_reach.h"
#include "builder/project_outputs.h"
#include "builder/project_sources.h"
#include "builder/schema_changes.h"
#include "builder/template_memory.h"
#include "graph/dependency_graph.h"

namespace builder {

/// What may differ from the last time.
struct ProjectUpdate {
  /// Options changed, or it is the first time: nothing of the last build counts. Every file, old or
  /// new, is dirty then.
  bool is_whole = false;
  /// Files whose bytes, names, schemas or rules changed, that are new, or that are gone. Sorted.
  std::vector<base::SourcePath> dirty;
  std::vector<SchemaChange> schemas;
  /// Files whose modules are wanted although nothing about them changed.
  std::set<base::SourcePath> rewrite;
};

/// A definition that was compiled, and why.
struct CompiledReason {
  std::string id;
  /// The slot whose value changed; empty where everything is compiled.
  graph::Slot cause;

  friend bool operator==(const CompiledReason&, const CompiledReason&) = default;
};

struct ElementChange {
  std::optional<artifact::Element> before;
  std::optional<artifact::Element> after;
};

struct ChunkChange {
  std::optional<CompiledChunk> before;
  std::optional<CompiledChunk> after;
};

/// What an update did.
struct ProjectStep {
  /// If there is one, the project is as it was.
  std::vector<base::Diagnostic> config_errors;
  /// New bytes of modules and declarations.
  std::vector<artifact::Output> modules;
  /// By canonical id, those that differ.
  std::map<std::string, ElementChange> elements;
  /// By source path, those that differ.
  std::map<base::SourcePath, ChunkChange> chunks;
  /// Whether positions of templates differ.
  bool has_new_positions = false;
  /// Sorted by id.
  std::vector<CompiledReason> compiled;
};

/// All that a project keeps of one source file.
struct ModuleRecord {
  /// Nothing if it holds no GraphQL.
  std::optional<CompiledFile> file;
  std::vector<graph::Node> nodes;
  std::map<graph::Slot, base::Fingerprint> summaries;

  bool empty() const { return !file && nodes.empty() && summaries.empty(); }
};

/// A whole project as it was last compiled, with the graph that tells what a change touches.
///
/// Invariant: whatever the updates that led to a state, files() are what compile_sources() makes of
/// all the sources at once. An update costs what it touches, not what the project has.
class CompiledProject {
 public:
  /// `options` and `schemas` are those of the whole project.
  ProjectStep update(const ProjectUpdate& update,
                     const ProjectSources& sources,
                     const std::vector<SchemaInput>& schemas,
                     const BuildOptions& options,
                     base::ThreadPool& pool);

  const std::map<base::SourcePath, CompiledFile>& files() const { return files_; }
  const graph::DependencyGraph& graph() const { return graph_; }
  /// Nothing was compiled or restored so far.
  bool is_blank() const { return files_.empty() && graph_.is_empty(); }
  const BuildCounts& counts() const { return counts_; }

  /// All files, by path.
  ProjectFiles all_files() const;

  /// What there is to be kept of a file for the next session.
  ModuleRecord record_of(const base::SourcePath& path) const;
  /// The files whose records may have changed since the last call.
  std::set<base::SourcePath> take_unsaved() { return std::exchange(unsaved_, {}); }

  /// The files that may be others than at the last call; nothing: all of them.
  std::optional<std::set<base::SourcePath>> take_changed() {
    return std::exchange(changed_, std::set<base::SourcePath>());
  }

  /// Makes a new project one that was kept. False if the records cannot be those of a project; it
  /// is to be thrown away then.
  bool restore(std::map<base::SourcePath, ModuleRecord>&& records, bool keeps_reach);
  /// Whether it is kept which fragments operations reach, and there are any.
  bool keeps_reach() const { return !reached_.empty(); }

  /// As project_diagnostics() has it, at the cost of the files that have any.
  std::vector<base::Diagnostic> diagnostics(const RuleLevels& levels) const;

 private:
  friend class ProjectUpdater;

  void note_file(const base::SourcePath& path);

  std::map<base::SourcePath, CompiledFile> files_;
  graph::DependencyGraph graph_;
  BuildCounts counts_;
  /// Those of which there is something to report.
  std::set<base::SourcePath> noteworthy_;
  /// The fragments that operations reach; kept only where a rule asks for it.
  DefinitionIds reached_;
  std::set<base::SourcePath> unsaved_;
  std::optional<std::set<base::SourcePath>> changed_;
  /// Of what updates read so far; not of everything, which would be as large as all else together.
  TemplateMemory memory_;
};

}  // namespace builder
