#pragma once

#include <string>
#include <vector>

#include "artifact/element.h"
#include "base/thread_pool.h"
#include "builder/definition.h"
#include "builder/link.h"

namespace builder {

/// The artifact's elements of all definitions that can be built, in no particular order.
std::vector<artifact::Element> make_elements(const BuildInput& input,
                                             const std::vector<TemplateUnit>& units,
                                             const std::vector<BuildDefinition>& definitions,
                                             const LinkedDefinitions& linked,
                                             base::ThreadPool& pool);

}  // namespace builder
