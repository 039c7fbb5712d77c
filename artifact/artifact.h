#pragma once

#include <map>
#include <string>
#include <vector>

#include "artifact/element.h"
#include "base/fingerprint.h"

namespace artifact {

inline constexpr int k_artifact_format_version = 1;

/// Everything that one build of one project came to: what `artifact.json` says.
struct Artifact {
  /// Label -> hash of the schema, as its owner words it.
  std::map<std::string, std::string> schemas;
  /// Sorted by id; see sort_elements().
  std::vector<Element> elements;

  friend bool operator==(const Artifact&, const Artifact&) = default;
};

void sort_elements(std::vector<Element>& elements);

/// The bytes of `artifact.json`; docs/formats.md has the format. One element is one line, so that a
/// diff shows the definitions that changed. The artifact's hash, which a delta names, is
/// base::fingerprint_of() these bytes.
std::string artifact_json(const Artifact& artifact);

/// The same, of elements in any order that stay where they are.
std::string artifact_json(const std::map<std::string, std::string>& schemas,
                          std::vector<const Element*> elements);

}  // namespace artifact
