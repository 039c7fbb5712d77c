#include "artifact/manifest.h"

#include <algorithm>

#include <nlohmann/json.hpp>

#include "artifact/chunk_text.h"
#include "artifact/element_text.h"

namespace artifact {
namespace {

// PATH_MAX of Linux.
constexpr std::size_t k_path_limit_bytes = 4096;
constexpr std::string_view k_manifest_tail = "]\n}\n";

// Everything before the first chunk.
std::string head() {
  return "{\n  \"version\": " + std::to_string(k_manifest_format_version) + ",\n  \"chunks\": [";
}

bool has_lower_chunk_id(const Chunk& left, const Chunk& right) {
  return left.id < right.id;
}

std::string text_of(const nlohmann::json& object, const char* key) {
  const auto found = object.find(key);
  return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

std::vector<std::string> texts_of(const nlohmann::json& object, const char* key) {
  std::vector<std::string> texts;
  const auto found = object.find(key);
  if (found != object.end() && found->is_array()) {
    for (const nlohmann::json& item : *found) {
      if (item.is_string()) {
        texts.push_back(item.get<std::string>());
      }
    }
  }
  return texts;
}

void add_chunk(Manifest& manifest, const nlohmann::json& object) {
  if (!object.is_object()) {
    return;
  }
  Chunk chunk;
  chunk.output_path = text_of(object, "outputPath");
  if (!is_output_path(chunk.output_path)) {
    return;
  }
  chunk.id = text_of(object, "id");
  chunk.source_path = base::SourcePath(text_of(object, "sourcePath"));
  chunk.content_hash =
      base::fingerprint_from_hex(text_of(object, "contentHash")).value_or(base::Fingerprint{});
  chunk.canonical_ids = texts_of(object, "canonicalIds");
  chunk.imports = texts_of(object, "imports");
  manifest.chunks.push_back(std::move(chunk));
}

// Line by line, as we write it: takes a tenth of the memory of a whole tree, and survives lines
// that are none of ours.
Manifest read_lines(std::string_view text) {
  Manifest manifest;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    const std::size_t begin = line.find("{\"id\":");
    const std::size_t last = line.rfind('}');
    if (begin == std::string_view::npos || last == std::string_view::npos || last < begin) {
      continue;
    }
    line = line.substr(begin, last - begin + 1);
    add_chunk(manifest, nlohmann::json::parse(line, nullptr, false));
  }
  return manifest;
}

}  // namespace

void sort_chunks(std::vector<Chunk>& chunks) {
  std::sort(chunks.begin(), chunks.end(), has_lower_chunk_id);
}

std::string manifest_json(const Manifest& manifest) {
  std::vector<const Chunk*> chunks = pointers_to(manifest.chunks);
  std::sort(chunks.begin(), chunks.end(), [](const Chunk* left, const Chunk* right) {
    return has_lower_chunk_id(*left, *right);
  });
  std::string out = head();
  append_chunks(out, chunks, 4);
  out += k_manifest_tail;
  return out;
}

ListingFrame manifest_frame() {
  return {head(), "\n    ", k_manifest_tail};
}

std::optional<Manifest> read_manifest(std::string_view text) {
  if (text.starts_with(head())) {
    return read_lines(text);
  }
  // Another version's, or one that some formatter has rewritten.
  const nlohmann::json root = nlohmann::json::parse(text, nullptr, false);
  if (!root.is_object() || !root.contains("version") || !root["version"].is_number() ||
      !root.contains("chunks") || !root["chunks"].is_array()) {
    return std::nullopt;
  }
  Manifest manifest;
  for (const nlohmann::json& object : root["chunks"]) {
    add_chunk(manifest, object);
  }
  return manifest;
}

std::string declarations_path(std::string_view module_path) {
  for (const char* kind : {"mjs", "cjs"}) {
    const std::string extension = std::string(".") + kind;
    if (module_path.ends_with(extension)) {
      std::string path(module_path.substr(0, module_path.size() - extension.size()));
      return path.append(".d.").append(1, kind[0]).append("ts");
    }
  }
  return {};
}

bool is_output_path(std::string_view path) {
  return !path.empty() && path.size() <= k_path_limit_bytes && !path.starts_with('/') &&
         path.find('\0') == std::string_view::npos && path != ".." && !path.starts_with("../") &&
         base::normalize_path(path) == path;
}

}  // namespace artifact
