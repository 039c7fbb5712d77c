#pragma once

#include <vector>

#include "builder/definition.h"
#include "builder/fragment_table.h"

namespace builder {

/// Names are unique per project and schema. Two definitions of one name and equal text are a
/// warning (someone copied a file), of different text an error at each place, and none of them is
/// built.
void check_unique_names(const BuildInput& input,
                        const std::vector<TemplateUnit>& units,
                        const FragmentTable& fragments,
                        std::vector<BuildDefinition>& definitions);

}  // namespace builder
