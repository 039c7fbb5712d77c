#include "builder/schema_changes.h"

#include <algorithm>

#include "builder/slots.h"
#include "graphql/schema_coordinates.h"

namespace builder {

std::vector<graph::Slot> changed_schema_slots(const std::vector<SchemaInput>& before,
                                              const std::vector<SchemaInput>& after,
                                              const graph::DependencyGraph& graph) {
  std::vector<graph::Slot> changed;
  for (const SchemaInput& now : after) {
    const auto old = std::find_if(before.begin(), before.end(), [&](const SchemaInput& one) {
      return one.label == now.label;
    });
    if (old == before.end() || old->hash == now.hash) {
      continue;
    }
    changed.push_back(schema_slot(now.label));
    const std::string prefix = coordinate_prefix(now.label);
    for (graph::Slot& slot : graph.slots_beginning_with(prefix)) {
      const std::string_view coordinate = std::string_view(slot).substr(prefix.size());
      if (graphql::coordinate_fingerprint(*old->schema, coordinate) !=
          graphql::coordinate_fingerprint(*now.schema, coordinate)) {
        changed.push_back(std::move(slot));
      }
    }
  }
  return changed;
}

}  // namespace builder
