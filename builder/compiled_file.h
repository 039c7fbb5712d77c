#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "artifact/element.h"
#include "artifact/manifest.h"
#include "base/diagnostic.h"
#include "base/fingerprint.h"
#include "base/source_path.h"
#include "builder/definition_state.h"
#include "builder/unknown_tag.h"
#include "graphql/schema_coordinates.h"

namespace builder {

/// What a build made of one definition: a plain value that can be kept, and used again for as long
/// as nothing that it depends on changes.
struct CompiledDefinition {
  /// The canonical id.
  std::string id;
  std::string name;
  bool is_fragment = false;
  DefinitionState state = DefinitionState::good;
  /// Of a failed one.
  Failure failure;
  /// Ids of the fragments that it spreads itself and of the definitions that it expands, sorted.
  std::vector<std::string> uses;
  /// What is wrong with it, sorted. Places may be in other files.
  std::vector<base::Diagnostic> diagnostics;
  /// Of a good one.
  std::optional<artifact::Element> element;
  /// The schema that it was checked against, and what that read of it; sorted. Only for sessions,
  /// and nothing where there is something to report: then all of the schema counts.
  std::string schema_label;
  std::vector<graphql::CoordinateId> schema_reads;
};

/// The module that a source file became.
struct CompiledChunk {
  friend bool operator==(const CompiledChunk&, const CompiledChunk&) = default;

  /// As the manifest lists it.
  artifact::Chunk entry;
  /// Of everything that the bytes of the module depend on.
  base::Fingerprint key;
  std::string declarations_path;
  base::Fingerprint declarations_hash;
};

/// What a build made of one source file that holds GraphQL.
struct CompiledFile {
  base::SourcePath path;
  /// In source order.
  std::vector<CompiledDefinition> definitions;
  /// What is wrong with its templates and cannot be laid to one definition.
  std::vector<base::Diagnostic> diagnostics;
  /// Sorted by package.
  std::vector<UnknownTag> unknown_tags;
  /// Templates of type-system definitions only, which are no documents.
  std::uint32_t type_system_templates = 0;
  /// Its member in positions.json; empty where it has no template.
  std::string positions;
  /// Nothing if it exports nothing.
  std::optional<CompiledChunk> chunk;
};

/// Null if the file has none of that id.
inline const CompiledDefinition* find_definition(const CompiledFile& file, const std::string& id) {
  for (const CompiledDefinition& definition : file.definitions) {
    if (definition.id == id) {
      return &definition;
    }
  }
  return nullptr;
}

}  // namespace builder
