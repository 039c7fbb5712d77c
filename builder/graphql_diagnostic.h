#pragma once

#include <vector>

#include "base/diagnostic.h"
#include "builder/template_unit.h"
#include "graphql/error.h"

namespace builder {

/// A GraphQL error at its places in the user's files: the first location is where it is shown, the
/// others are related places. `units` are what the locations' source ids count.
base::Diagnostic to_diagnostic(const BuildInput& input,
                               const std::vector<TemplateUnit>& units,
                               const graphql::Error& error,
                               base::Severity severity);

}  // namespace builder
