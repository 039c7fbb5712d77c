#include "builder/graphql_diagnostic.h"

namespace builder {

base::Diagnostic to_diagnostic(const BuildInput& input,
                               const std::vector<TemplateUnit>& units,
                               const graphql::Error& error,
                               base::Severity severity) {
  base::Diagnostic diagnostic;
  diagnostic.severity = severity;
  diagnostic.code = error.code;
  diagnostic.message = error.message;
  for (std::size_t i = 0; i < error.locations.size(); ++i) {
    const graphql::Location& location = error.locations[i];
    const base::SourceRange range = source_range(input, units[location.source_id], location.span);
    if (i == 0) {
      diagnostic.range = range;
    } else {
      diagnostic.related.push_back({range, {}});
    }
  }
  return diagnostic;
}

}  // namespace builder
