#pragma once

#include <string>
#include <string_view>

#include "base/source_path.h"
#include "graph/dependency_graph.h"

namespace builder {

// The slots that definitions depend on. docs/architecture.md lists them with their values.

/// The fragments called `name` in one schema, of all templates that are not scoped.
graph::Slot fragment_slot(std::string_view label, std::string_view name);
/// The operations called `name` in one schema.
graph::Slot operation_slot(std::string_view label, std::string_view name);
/// One definition, by its canonical id.
graph::Slot definition_slot(std::string_view id);
/// What the names in other files' templates can lead to in a file.
graph::Slot interface_slot(const base::SourcePath& path);
/// Which definitions a file holds.
graph::Slot names_slot(const base::SourcePath& path);
/// The bytes of a file: what places in it depend on.
graph::Slot text_slot(const base::SourcePath& path);
/// All of a schema.
graph::Slot schema_slot(std::string_view label);
/// A part of a schema. Nothing in the graph uses it: definitions keep what they read of a schema by
/// themselves, and this is how one is told why it is compiled.
graph::Slot coordinate_slot(std::string_view label, std::string_view coordinate);

/// Whether compiling a definition tells that it depends on the slot. Other slots its text tells.
bool is_known_by_compiling(const graph::Slot& slot);

/// "the fragment Card", "the text of src/card.ts": for people.
std::string describe_slot(const graph::Slot& slot);

/// The id of the node that stands for a file's templates as a whole.
std::string file_node_id(const base::SourcePath& path);
/// Whether a node is one of those.
bool is_file_node(std::string_view id);

}  // namespace builder
