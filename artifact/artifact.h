#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "artifact/element.h"
#include "artifact/listing.h"
#include "base/result.h"

namespace artifact {

inline constexpr int k_artifact_format_version = 1;

/// Label -> hash of the schema, as its owner words it.
using SchemaHashes = std::map<std::string, std::string>;

/// Everything that one build of one project came to: what `artifact.json` says.
struct Artifact {
  SchemaHashes schemas;
  /// Sorted by id; see sort_elements().
  std::vector<Element> elements;

  friend bool operator==(const Artifact&, const Artifact&) = default;
};

void sort_elements(std::vector<Element>& elements);

/// The bytes of `artifact.json`; docs/formats.md has the format. One element is one line, so that a
/// diff shows the definitions that changed. hash_of() gives the hash that a delta names it by.
std::string artifact_json(const Artifact& artifact);

/// The same, of elements in any order that stay where they are.
std::string artifact_json(const SchemaHashes& schemas, std::vector<const Element*> elements);

/// What stands around the elements there; their items are lines of append_element().
ListingFrame artifact_frame(const SchemaHashes& schemas);

/// The inverse of artifact_json(), for bytes that nobody vouches for: what it accepts, it gives
/// back byte for byte; everything else fails with ErrorCode::corrupt and the line in the message.
/// Needs no more memory than a small multiple of the text.
base::Result<Artifact> read_artifact(std::string_view text);

}  // namespace artifact
