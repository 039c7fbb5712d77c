#include "artifact/element_text.h"

#include <string_view>

#include "base/json_text.h"

namespace artifact {
namespace {

// Room for what surrounds an element's own texts.
constexpr std::size_t k_element_frame_bytes = 160;

constexpr ElementType k_element_types[] = {
    ElementType::operation, ElementType::fragment, ElementType::model, ElementType::slice};

ElementType read_type(CanonicalReader& reader) {
  for (const ElementType type : k_element_types) {
    if (reader.try_skip(to_text(type))) {
      return type;
    }
  }
  reader.fail("expected the type of an element");
  return ElementType::operation;
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

Element read_element(CanonicalReader& reader) {
  Element element;
  element.id = reader.string();
  reader.skip(": {\"id\":");
  if (reader.string() != element.id) {
    reader.fail("expected the same id twice");
  }
  reader.skip(",\"type\":\"");
  element.type = read_type(reader);
  reader.skip("\",\"dialect\":");
  element.dialect = reader.string();
  reader.skip(",\"prebuild\":");
  element.prebuild = reader.object_until(",\"metadata\":{\"sourcePath\":");
  const std::string path = reader.string();
  element.source_path = base::SourcePath(path);
  if (element.source_path.text() != path) {
    reader.fail("expected a normal path");
  }
  reader.skip(",\"contentHash\":");
  element.content_hash = reader.fingerprint();
  if (element.content_hash != base::fingerprint_of(element.prebuild)) {
    reader.fail("the content hash is not that of the prebuild");
  }
  reader.skip("}}");
  return element;
}

void append_elements(std::string& out, const std::vector<const Element*>& elements) {
  std::size_t size = out.size() + k_element_frame_bytes;
  for (const Element* element : elements) {
    size += 2 * element->id.size() + element->prebuild.size() + element->source_path.text().size() +
            k_element_frame_bytes;
  }
  out.reserve(size);
  std::string_view separator = "\n    ";
  for (const Element* element : elements) {
    out += separator;
    append_element(out, *element);
    separator = ",\n    ";
  }
  if (!elements.empty()) {
    out += "\n  ";
  }
}

std::vector<Element> read_elements(CanonicalReader& reader) {
  std::vector<Element> elements;
  if (!reader.try_skip("\n    ")) {
    return elements;
  }
  do {
    Element element = read_element(reader);
    if (!elements.empty() && element.id <= elements.back().id) {
      reader.fail("expected ids in order, each once");
    }
    elements.push_back(std::move(element));
  } while (reader.try_skip(",\n    "));
  reader.skip("\n  ");
  return elements;
}

void append_schemas(std::string& out, const SchemaHashes& schemas) {
  out += "\"schemas\": {";
  std::string_view separator = "\n";
  for (const auto& [label, hash] : schemas) {
    out.append(separator).append("    ");
    base::append_json_string(out, label);
    out += ": {\"hash\":";
    base::append_json_string(out, hash);
    out += "}";
    separator = ",\n";
  }
  out += schemas.empty() ? "}" : "\n  }";
}

SchemaHashes read_schemas(CanonicalReader& reader) {
  SchemaHashes schemas;
  reader.skip("\"schemas\": {");
  if (reader.try_skip("}")) {
    return schemas;
  }
  std::string_view separator = "\n    ";
  do {
    reader.skip(separator);
    std::string label = reader.string();
    if (!schemas.empty() && label <= schemas.rbegin()->first) {
      reader.fail("expected labels in order, each once");
    }
    reader.skip(": {\"hash\":");
    std::string hash = reader.string();
    reader.skip("}");
    schemas.emplace(std::move(label), std::move(hash));
    separator = "\n    ";
  } while (reader.try_skip(","));
  reader.skip("\n  }");
  return schemas;
}

std::string artifact_head(const SchemaHashes& schemas) {
  std::string out = "{\n  \"version\": " + std::to_string(k_artifact_format_version) + ",\n  ";
  append_schemas(out, schemas);
  return out + ",\n  \"elements\": {";
}

}  // namespace artifact
