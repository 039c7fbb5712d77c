#pragma once

#include <string>
#include <vector>

#include "artifact/listing.h"
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

/// What stands around such members in `positions.json`, where they are sorted by path.
artifact::ListingFrame positions_frame();

}  // namespace builder
