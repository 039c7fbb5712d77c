#pragma once

#include "builder/build_input.h"
#include "builder/template_unit.h"

namespace builder {

/// The templates that are GraphQL by their tag, comment or file, not yet put together or parsed.
/// Templates that look like GraphQL but have a tag that we do not know are a warning a package.
CollectedTemplates recognize_templates(const BuildInput& input);

}  // namespace builder
