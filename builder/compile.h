#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "artifact/output.h"
#include "base/diagnostic.h"
#include "base/thread_pool.h"
#include "builder/build_input.h"

namespace builder {

struct BuildCounts {
  /// Built, without failed and blocked ones.
  std::uint64_t operations = 0;
  std::uint64_t fragments = 0;
  /// With an error of their own, or in need of one that has.
  std::uint64_t not_built = 0;
  /// Templates and files of type-system definitions only, which are no documents.
  std::uint64_t type_system_templates = 0;
};

/// What became of one definition, for people: see `--debug-dir`.
struct DefinitionSummary {
  std::string id;
  /// "good", "failed" or "blocked".
  std::string_view state;
  /// Ids of the fragments that it spreads itself, sorted.
  std::vector<std::string> fragments;
};

struct BuildOutput {
  /// All files that shall be in the output folder, without the report.
  std::vector<artifact::Output> outputs;
  /// The complete set, sorted.
  std::vector<base::Diagnostic> diagnostics;
  /// Mistakes in the config that only a build can show; if there is one, there are no outputs.
  std::vector<base::Diagnostic> config_errors;
  BuildCounts counts;
  /// By source, then by place.
  std::vector<DefinitionSummary> definitions;
};

/// Compiles a project: a pure function of `input`. `pool` makes it faster and changes nothing.
BuildOutput compile(const BuildInput& input, base::ThreadPool& pool);

}  // namespace builder
