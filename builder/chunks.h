#pragma once

#include <vector>

#include "artifact/manifest.h"
#include "artifact/output.h"
#include "base/thread_pool.h"
#include "builder/definition.h"
#include "builder/link.h"

namespace builder {

struct Chunks {
  artifact::Manifest manifest;
  /// Modules and the declarations beside them.
  std::vector<artifact::Output> outputs;
};

/// The chunk of every source file that has a definition.
Chunks emit_chunks(const BuildInput& input,
                   const std::vector<TemplateUnit>& units,
                   const LinkedDefinitions& linked,
                   const std::vector<BuildDefinition>& definitions,
                   base::ThreadPool& pool);

}  // namespace builder
