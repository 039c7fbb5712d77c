#include "artifact/artifact.h"

#include <algorithm>
#include <string_view>

#include "base/json_text.h"

namespace artifact {
namespace {

// Room for what surrounds an element's own texts.
constexpr std::size_t k_element_frame_bytes = 160;

void append_schemas(std::string& out, const std::map<std::string, std::string>& schemas) {
  std::string_view separator = "\n";
  for (const auto& [label, hash] : schemas) {
    out.append(separator).append("    ");
    base::append_json_string(out, label);
    out += ": {\"hash\":";
    base::append_json_string(out, hash);
    out += "}";
    separator = ",\n";
  }
  if (!schemas.empty()) {
    out += "\n  ";
  }
}

void append_element(std::string& out, const Element& element) {
  base::append_json_string(out, element.id);
  out += ": {\"id\":";
  base::append_json_string(out, element.id);
  out.append(",\"type\":\"").append(to_text(element.type)).append("\",\"dialect\":");
  base::append_json_string(out, element.dialect);
  out.append(",\"prebuild\":").append(element.prebuild);
  out += ",\"metadata\":{\"sourcePath\":";
  base::append_json_string(out, element.source_path.text());
  out.append(",\"contentHash\":\"").append(base::to_hex(element.content_hash)).append("\"}}");
}

bool is_before(const Element& left, const Element& right) {
  return left.id < right.id;
}

}  // namespace

std::string_view to_text(ElementType type) {
  switch (type) {
    case ElementType::operation:
      return "operation";
    case ElementType::fragment:
      return "fragment";
    case ElementType::model:
      return "model";
    case ElementType::slice:
      return "slice";
  }
  return "?";
}

void sort_elements(std::vector<Element>& elements) {
  std::sort(elements.begin(), elements.end(), is_before);
}

std::string artifact_json(const Artifact& artifact) {
  std::vector<const Element*> elements;
  elements.reserve(artifact.elements.size());
  for (const Element& element : artifact.elements) {
    elements.push_back(&element);
  }
  return artifact_json(artifact.schemas, std::move(elements));
}

std::string artifact_json(const std::map<std::string, std::string>& schemas,
                          std::vector<const Element*> elements) {
  std::sort(elements.begin(), elements.end(), [](const Element* left, const Element* right) {
    return left->id < right->id;
  });
  std::size_t size = 0;
  for (const Element* element : elements) {
    size += 2 * element->id.size() + element->prebuild.size() + element->source_path.text().size() +
            k_element_frame_bytes;
  }
  std::string out;
  out.reserve(size + k_element_frame_bytes * (schemas.size() + 1));
  out.append("{\n  \"version\": ").append(std::to_string(k_artifact_format_version));
  out += ",\n  \"schemas\": {";
  append_schemas(out, schemas);
  out += "},\n  \"elements\": {";
  std::string_view separator = "\n    ";
  for (const Element* element : elements) {
    out += separator;
    append_element(out, *element);
    separator = ",\n    ";
  }
  out += elements.empty() ? "}\n}\n" : "\n  }\n}\n";
  return out;
}

}  // namespace artifact
