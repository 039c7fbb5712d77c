#pragma once

#include <set>
#include <vector>

#include "builder/build_input.h"
#include "builder/project_sources.h"
#include "graph/dependency_graph.h"

namespace builder {

/// Makes inputs of parts of a project. Refers to what it was made from.
class SubProjectMaker {
 public:
  SubProjectMaker(const ProjectSources& sources,
                  const std::vector<SchemaInput>& schemas,
                  const BuildOptions& options)
      : sources_(sources), schemas_(schemas), options_(options) {}

  /// Whether the file is there.
  bool has(const base::SourcePath& path) const { return sources_.find(path) != nullptr; }

  /// Of those of the files that are there.
  BuildInput make(const std::set<base::SourcePath>& paths) const;

  /// `paths`, the files that names in their templates lead to, and so on.
  std::set<base::SourcePath> with_targets(const std::set<base::SourcePath>& paths) const;

  /// The slots of the files that names in `path` lead to, for the node of the file as a whole.
  /// `slots` stays sorted and without repeats.
  void add_targets(const base::SourcePath& path, std::vector<graph::Slot>& slots) const;

  /// Whether it matters anywhere which fragments an operation reaches.
  bool options_need_reach() const;

 private:
  /// Whether definitions of the composer dialect in the file ask for names.
  bool evaluates(const base::SourcePath& path) const;
  std::set<base::SourcePath> targets_of(const base::SourcePath& path) const;

  const ProjectSources& sources_;
  const std::vector<SchemaInput>& schemas_;
  const BuildOptions& options_;
};

}  // namespace builder
