#pragma once

#include <string>
#include <vector>

#include "builder/definition.h"

namespace builder {

/// `positions.json`: for each template where it stands in its file, what it defines and which
/// binding holds it, so that a bundler plugin can put an import in its place. See docs/formats.md.
///
/// The only output that speaks of places in sources; never read back.
std::string write_positions(const BuildInput& input,
                            const std::vector<TemplateUnit>& units,
                            const std::vector<BuildDefinition>& definitions);

}  // namespace builder
