#pragma once

#include <string>
#include <vector>

#include "builder/file_range.h"

namespace builder {

/// One file's member of `positions.json`: for each template where it stands in its file, what it
/// defines and which binding holds it, so that a bundler plugin can put an import in its place.
/// See docs/formats.md.
///
/// The only output that speaks of places in sources; never read back.
std::string positions_member(const BuildInput& input,
                             const std::vector<TemplateUnit>& units,
                             const std::vector<BuildDefinition>& definitions,
                             const FileRange& file);

/// `positions.json` with such members, sorted by path.
std::string positions_json(const std::vector<std::string_view>& members);

}  // namespace builder
