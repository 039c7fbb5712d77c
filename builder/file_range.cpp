#include "builder/file_range.h"

namespace builder {

std::vector<FileRange> by_file(const std::vector<TemplateUnit>& units,
                               const std::vector<BuildDefinition>& definitions) {
  std::vector<FileRange> files;
  DefinitionIndex definition = 0;
  for (std::uint32_t unit = 0; unit < units.size(); ++unit) {
    if (files.empty() || files.back().source != units[unit].source) {
      files.push_back({units[unit].source, unit, unit, definition, definition});
    }
    while (definition < definitions.size() && definitions[definition].unit == unit) {
      ++definition;
    }
    files.back().unit_end = unit + 1;
    files.back().end = definition;
  }
  return files;
}

}  // namespace builder
