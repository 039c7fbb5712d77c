#pragma once

#include <string>
#include <vector>

#include "builder/build_input.h"
#include "graphql/schema_coordinates.h"

namespace builder {

/// What became of one schema.
struct SchemaChange {
  std::string label;
  /// Sorted by text. None where the changes are of no interest to valid definitions.
  std::vector<graphql::ChangedCoordinate> coordinates;
};

/// The schemas that differ between two sets with equal labels.
std::vector<SchemaChange> changed_schemas(const std::vector<SchemaInput>& before,
                                          const std::vector<SchemaInput>& after);

}  // namespace builder
