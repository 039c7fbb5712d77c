#include "artifact/artifact.h"

#include <algorithm>

#include "artifact/element_text.h"

namespace artifact {
namespace {

constexpr std::string_view k_artifact_tail = "}\n}\n";

bool has_lower_id(const Element& left, const Element& right) {
  return left.id < right.id;
}

}  // namespace

ListingFrame artifact_frame(const SchemaHashes& schemas) {
  return {artifact_head(schemas), "\n    ", k_artifact_tail};
}

void sort_elements(std::vector<Element>& elements) {
  std::sort(elements.begin(), elements.end(), has_lower_id);
}

std::string artifact_json(const Artifact& artifact) {
  return artifact_json(artifact.schemas, pointers_to(artifact.elements));
}

std::string artifact_json(const SchemaHashes& schemas, std::vector<const Element*> elements) {
  std::sort(elements.begin(), elements.end(), [](const Element* left, const Element* right) {
    return has_lower_id(*left, *right);
  });
  std::string out = artifact_head(schemas);
  append_elements(out, elements);
  out += k_artifact_tail;
  return out;
}

base::Result<Artifact> read_artifact(std::string_view text) {
  CanonicalReader reader(text, "artifact");
  Artifact artifact;
  reader.skip("{\n  \"version\": " + std::to_string(k_artifact_format_version) + ",\n  ");
  artifact.schemas = read_schemas(reader);
  reader.skip(",\n  \"elements\": {");
  artifact.elements = read_elements(reader);
  reader.skip(k_artifact_tail);
  TRY(reader.finish());
  return artifact;
}

}  // namespace artifact
