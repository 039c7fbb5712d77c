#include "builder/schema_changes.h"

#include <algorithm>

namespace builder {

std::vector<SchemaChange> changed_schemas(const std::vector<SchemaInput>& before,
                                          const std::vector<SchemaInput>& after) {
  std::vector<SchemaChange> changes;
  for (const SchemaInput& now : after) {
    const auto old = std::find_if(before.begin(), before.end(), [&](const SchemaInput& one) {
      return one.label == now.label;
    });
    if (old != before.end() && old->hash != now.hash) {
      changes.push_back({now.label, graphql::changed_coordinates(*old->schema, *now.schema)});
    }
  }
  return changes;
}

}  // namespace builder
