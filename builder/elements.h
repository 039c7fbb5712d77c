#pragma once

#include <vector>

#include "artifact/element.h"
#include "builder/definition.h"
#include "builder/link.h"

namespace builder {

/// The artifact's element of a definition that can be built. Any number of threads.
artifact::Element make_element(const BuildInput& input,
                               const std::vector<TemplateUnit>& units,
                               const std::vector<BuildDefinition>& definitions,
                               const LinkedDefinitions& linked,
                               DefinitionIndex index);

}  // namespace builder
