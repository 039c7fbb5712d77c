#pragma once

#include <cstdint>
#include <vector>

#include "builder/definition.h"

namespace builder {

/// The units and definitions of one source file: `[begin, end)` of the build's.
struct FileRange {
  std::uint32_t source = 0;
  std::uint32_t unit_begin = 0;
  std::uint32_t unit_end = 0;
  DefinitionIndex begin = 0;
  DefinitionIndex end = 0;
};

/// Of each file that holds units, in their order.
std::vector<FileRange> by_file(const std::vector<TemplateUnit>& units,
                               const std::vector<BuildDefinition>& definitions);

}  // namespace builder
