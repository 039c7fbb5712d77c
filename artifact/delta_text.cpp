#include <string_view>

#include "artifact/canonical_reader.h"
#include "artifact/chunk_text.h"
#include "artifact/delta.h"
#include "artifact/element_text.h"
#include "base/json_text.h"

namespace artifact {
namespace {

constexpr std::size_t k_id_indent = 4;
constexpr std::size_t k_chunk_indent = 6;

std::string head(int version) {
  return "{\n  \"version\": " + std::to_string(version) + ",\n  \"generation\": ";
}

void append_ids(std::string& out, const std::vector<std::string>& ids, std::size_t indent) {
  for (std::size_t i = 0; i < ids.size(); ++i) {
    out.append(i > 0 ? ",\n" : "\n").append(indent, ' ');
    base::append_json_string(out, ids[i]);
  }
  if (!ids.empty()) {
    out.append("\n").append(indent - 2, ' ');
  }
}

std::vector<std::string> read_ids(CanonicalReader& reader, std::size_t indent) {
  std::vector<std::string> ids;
  const std::string line = "\n" + std::string(indent, ' ');
  if (!reader.try_skip(line)) {
    return ids;
  }
  do {
    std::string id = reader.string();
    if (!ids.empty() && id <= ids.back()) {
      reader.fail("expected ids in order, each once");
    }
    ids.push_back(std::move(id));
  } while (reader.try_skip("," + line));
  reader.skip("\n" + std::string(indent - 2, ' '));
  return ids;
}

template <typename Item>
bool has_only_additions(const Changes<Item>& changes) {
  return changes.updated.empty() && changes.removed.empty();
}

}  // namespace

std::string delta_json(const Delta& delta) {
  std::string out = head(k_delta_format_version) + std::to_string(delta.generation);
  const std::string base = delta.base ? "\"" + base::to_hex(*delta.base) + "\"" : "null";
  out.append(",\n  \"base\": ").append(base);
  out.append(",\n  \"target\": \"").append(base::to_hex(delta.target)).append("\",\n  ");
  append_schemas(out, delta.schemas);
  out += ",\n  \"added\": {";
  append_elements(out, pointers_to(delta.elements.added));
  out += "},\n  \"updated\": {";
  append_elements(out, pointers_to(delta.elements.updated));
  out += "},\n  \"removed\": [";
  append_ids(out, delta.elements.removed, k_id_indent);
  out += "],\n  \"chunks\": {\n    \"added\": [";
  append_chunks(out, pointers_to(delta.chunks.added), k_chunk_indent);
  out += "],\n    \"updated\": [";
  append_chunks(out, pointers_to(delta.chunks.updated), k_chunk_indent);
  out += "],\n    \"removed\": [";
  append_ids(out, delta.chunks.removed, k_chunk_indent);
  out += "]\n  }\n}\n";
  return out;
}

base::Result<Delta> read_delta(std::string_view text) {
  CanonicalReader reader(text, "delta");
  Delta delta;
  reader.skip(head(k_delta_format_version));
  delta.generation = reader.number();
  reader.skip(",\n  \"base\": ");
  if (!reader.try_skip("null")) {
    delta.base = reader.fingerprint();
  }
  reader.skip(",\n  \"target\": ");
  delta.target = reader.fingerprint();
  reader.skip(",\n  ");
  delta.schemas = read_schemas(reader);
  reader.skip(",\n  \"added\": {");
  delta.elements.added = read_elements(reader);
  reader.skip("},\n  \"updated\": {");
  delta.elements.updated = read_elements(reader);
  reader.skip("},\n  \"removed\": [");
  delta.elements.removed = read_ids(reader, k_id_indent);
  reader.skip("],\n  \"chunks\": {\n    \"added\": [");
  delta.chunks.added = read_chunks(reader, k_chunk_indent);
  reader.skip("],\n    \"updated\": [");
  delta.chunks.updated = read_chunks(reader, k_chunk_indent);
  reader.skip("],\n    \"removed\": [");
  delta.chunks.removed = read_ids(reader, k_chunk_indent);
  reader.skip("]\n  }\n}\n");
  if (!delta.base && !(has_only_additions(delta.elements) && has_only_additions(delta.chunks))) {
    reader.fail("without a base, there is nothing to update or remove");
  }
  TRY(reader.finish());
  return delta;
}

}  // namespace artifact
