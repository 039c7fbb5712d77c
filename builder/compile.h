#pragma once

#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include "artifact/output.h"
#include "base/diagnostic.h"
#include "base/thread_pool.h"
#include "builder/build_input.h"
#include "builder/compiled_file.h"
#include "builder/previous_build.h"
#include "builder/template_memory.h"
#include "graph/dependency_graph.h"

namespace builder {

/// Which part of its input a compilation is for.
struct CompileScope {
  /// Indices of the sources whose results are wanted, sorted; the others are there because those
  /// need them. Nothing: all of them.
  std::optional<std::vector<std::uint32_t>> wanted;
  /// May be null: then everything is compiled, and the input is the whole project.
  const PreviousBuild* previous = nullptr;
  /// Whether what definitions depend on is to be told, for who keeps their results.
  bool wants_nodes = false;
  /// May be null. Of the previous build, like it: what it knows of a file must still be so.
  TemplateMemory* memory = nullptr;
};

/// A file that is as the previous build has it, but for results of definitions.
struct FilePatch {
  base::SourcePath path;
  /// With their index in the file. They have the states and uses that they had.
  std::vector<std::pair<std::size_t, CompiledDefinition>> definitions;
};

struct CompiledSources {
  /// Of the wanted sources that hold GraphQL, in their order; without those in `patches`.
  std::vector<CompiledFile> files;
  /// In the order of the sources.
  std::vector<FilePatch> patches;
  /// The modules of those files with the declarations beside them, in the order of the files,
  /// without those that the previous build has.
  std::vector<artifact::Output> modules;
  /// What the dependency graph holds of those files, if that is wanted: of each its definitions,
  /// and one node for its templates as a whole, without the slots that come from names. Of
  /// definitions that were not compiled, the parts of the schema that they depend on are missing.
  std::vector<graph::Node> nodes;
  /// Mistakes in the config that only a build can show; if there is one, there is nothing else.
  std::vector<base::Diagnostic> config_errors;
  /// How many definitions were checked against their schema.
  std::uint64_t definitions_compiled = 0;
};

/// Compiles sources: a pure function of `input`, and per file one of the file and of what it
/// reaches. So a part of a project may be compiled alone, if the input holds whatever that part
/// reaches: the files that its interpolations lead to, and every definer of each fragment that its
/// definitions spread or of each name that they define, and so on from there.
///
/// `pool` makes it faster and changes nothing.
CompiledSources compile_sources(const BuildInput& input,
                                const CompileScope& scope,
                                base::ThreadPool& pool);

}  // namespace builder
