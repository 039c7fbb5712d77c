#pragma once

#include <optional>
#include <vector>

#include "artifact/output.h"
#include "builder/compiled_file.h"
#include "builder/definition.h"
#include "builder/link.h"
#include "builder/positions.h"

namespace builder {

struct EmittedChunk {
  CompiledChunk chunk;
  /// The module and the declarations beside it; empty where `known` has them.
  std::vector<artifact::Output> outputs;
};

/// The module of one source file; nothing if it would export nothing. `known` is what the file
/// became earlier, if its bytes need not be made again; else null. Any number of threads.
std::optional<EmittedChunk> emit_chunk(const LinkedProject& project,
                                       const std::vector<BuildDefinition>& definitions,
                                       const FileRange& file,
                                       const CompiledChunk* known);

}  // namespace builder
