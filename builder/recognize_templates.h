#pragma once

#include "builder/build_input.h"
#include "builder/template_memory.h"
#include "builder/template_unit.h"

namespace builder {

/// The templates that are GraphQL by their tag, comment or file, not yet put together or parsed.
/// Templates that look like GraphQL but have a tag that we do not know are a warning a package.
/// Files that `memory` knows are taken from there with their texts; it may be null.
CollectedTemplates recognize_templates(const BuildInput& input,
                                       const TemplateMemory* memory = nullptr);

}  // namespace builder
