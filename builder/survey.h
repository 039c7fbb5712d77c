#pragma once

#include <map>
#include <vector>

#include "base/fingerprint.h"
#include "base/thread_pool.h"
#include "builder/build_input.h"
#include "builder/template_memory.h"
#include "graph/dependency_graph.h"

namespace builder {

/// What can be said of sources before anything is linked or validated.
struct Survey {
  /// Of the definitions of all sources, without the slots that only compiling shows.
  std::vector<graph::Node> nodes;
  /// Values of names_slot() of the sources that hold templates.
  std::map<graph::Slot, base::Fingerprint> names;
};

/// Finds and reads the definitions of the sources in `input`, which also holds the files that their
/// interpolations lead to. Config errors must have been looked for before. `memory` as for
/// collect_templates().
Survey survey_sources(const BuildInput& input, base::ThreadPool& pool, TemplateMemory& memory);

/// Values of interface_slot() of the sources of `input`, by index, and the mistakes in the config
/// that they show.
struct Interfaces {
  std::vector<base::Fingerprint> values;
  std::vector<base::Diagnostic> config_errors;
};
Interfaces find_interfaces(const BuildInput& input);

}  // namespace builder
