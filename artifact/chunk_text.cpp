#include "artifact/chunk_text.h"

#include "base/json_text.h"

namespace artifact {
namespace {

// Room for what surrounds a chunk's own texts.
constexpr std::size_t k_chunk_frame_bytes = 140;

void append_strings(std::string& out, const std::vector<std::string>& texts) {
  out += '[';
  for (std::size_t i = 0; i < texts.size(); ++i) {
    if (i > 0) {
      out += ',';
    }
    base::append_json_string(out, texts[i]);
  }
  out += ']';
}

std::vector<std::string> read_strings(CanonicalReader& reader) {
  std::vector<std::string> texts;
  reader.skip("[");
  if (reader.try_skip("]")) {
    return texts;
  }
  do {
    texts.push_back(reader.string());
  } while (reader.try_skip(","));
  reader.skip("]");
  return texts;
}

std::size_t size_of(const Chunk& chunk) {
  std::size_t size = k_chunk_frame_bytes + 2 * chunk.id.size() + chunk.output_path.size();
  for (const std::string& id : chunk.canonical_ids) {
    size += id.size() + 3;
  }
  for (const std::string& id : chunk.imports) {
    size += id.size() + 3;
  }
  return size;
}

}  // namespace

void append_chunk(std::string& out, const Chunk& chunk) {
  out += "{\"id\":";
  base::append_json_string(out, chunk.id);
  out += ",\"sourcePath\":";
  base::append_json_string(out, chunk.source_path.text());
  out += ",\"outputPath\":";
  base::append_json_string(out, chunk.output_path);
  out.append(",\"contentHash\":\"").append(base::to_hex(chunk.content_hash));
  out += "\",\"canonicalIds\":";
  append_strings(out, chunk.canonical_ids);
  out += ",\"imports\":";
  append_strings(out, chunk.imports);
  out += '}';
}

Chunk read_chunk(CanonicalReader& reader) {
  Chunk chunk;
  reader.skip("{\"id\":");
  chunk.id = reader.string();
  reader.skip(",\"sourcePath\":");
  const std::string source = reader.string();
  chunk.source_path = base::SourcePath(source);
  reader.skip(",\"outputPath\":");
  chunk.output_path = reader.string();
  if (chunk.source_path.text() != source || !is_output_path(chunk.output_path)) {
    reader.fail("expected a normal path");
  }
  reader.skip(",\"contentHash\":");
  chunk.content_hash = reader.fingerprint();
  reader.skip(",\"canonicalIds\":");
  chunk.canonical_ids = read_strings(reader);
  reader.skip(",\"imports\":");
  chunk.imports = read_strings(reader);
  reader.skip("}");
  return chunk;
}

void append_chunks(std::string& out, const std::vector<const Chunk*>& chunks, std::size_t indent) {
  std::size_t size = out.size();
  for (const Chunk* chunk : chunks) {
    size += size_of(*chunk);
  }
  out.reserve(size);
  const std::string line = "\n" + std::string(indent, ' ');
  for (std::size_t i = 0; i < chunks.size(); ++i) {
    out.append(i > 0 ? "," : "").append(line);
    append_chunk(out, *chunks[i]);
  }
  if (!chunks.empty()) {
    out.append("\n").append(indent - 2, ' ');
  }
}

std::vector<Chunk> read_chunks(CanonicalReader& reader, std::size_t indent) {
  std::vector<Chunk> chunks;
  const std::string line = "\n" + std::string(indent, ' ');
  if (!reader.try_skip(line)) {
    return chunks;
  }
  do {
    Chunk chunk = read_chunk(reader);
    if (!chunks.empty() && chunk.id <= chunks.back().id) {
      reader.fail("expected ids in order, each once");
    }
    chunks.push_back(std::move(chunk));
  } while (reader.try_skip("," + line));
  reader.skip("\n" + std::string(indent - 2, ' '));
  return chunks;
}

}  // namespace artifact
