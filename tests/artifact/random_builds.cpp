#include "tests/artifact/random_builds.h"

#include <string>

namespace artifact {
namespace {

// Ids with all that an id may hold and that a reader could trip over.
constexpr const char* k_sources[] = {"a.ts",
                                     "src/b.tsx",
                                     "src/\xC3\xA9\xF0\x9F\x98\x80.ts",
                                     "src/with \"quotes\" and \\.ts",
                                     "src/,\"metadata\":{\"sourcePath\":.ts",
                                     "../lib/line\nbreak.ts",
                                     "src/control\x01\x7F.ts"};
constexpr const char* k_names[] = {"A", "B", "user.byId", "Same$operation", "default", "$1"};
constexpr const char* k_prebuilds[] = {
    "{}",
    R"({"typename":"User"})",
    R"({"document":"query A { a }\n\n# ,\"metadata\":{\"sourcePath\":\"x\"","documentId":null})",
    R"({"typename":"User","list":[{"a":1.5},[],"  spaces  "]})",
    R"({"metadata":{"sourcePath":"a.ts","contentHash":"00000000000000000000000000000000"}})"};

}  // namespace

Element RandomBuilds::element(std::string id) {
  Element element;
  element.source_path = base::SourcePath(id.substr(0, id.find("::")));
  element.id = std::move(id);
  element.type = static_cast<ElementType>(pick(4));
  element.dialect = pick(2) == 0 ? "tag" : "files";
  element.prebuild = k_prebuilds[pick(std::size(k_prebuilds))];
  element.content_hash = base::fingerprint_of(element.prebuild);
  return element;
}

Chunk RandomBuilds::chunk(const std::string& source) {
  Chunk chunk;
  chunk.id = source;
  chunk.source_path = base::SourcePath(source);
  chunk.output_path = "modules/" + std::to_string(pick(2)) + ".mjs";
  chunk.content_hash = {pick(2), 7};
  if (pick(2) == 0) {
    chunk.canonical_ids = {source + "::A", source + "::B"};
    chunk.imports = {"a.ts"};
  }
  return chunk;
}

RandomBuild RandomBuilds::next() {
  RandomBuild build;
  const std::size_t density = pick(5);
  for (const char* source : k_sources) {
    if (pick(4) < density) {
      build.manifest.chunks.push_back(chunk(source));
    }
    for (const char* name : k_names) {
      if (pick(4) < density) {
        build.artifact.elements.push_back(element(std::string(source) + "::" + name));
      }
    }
  }
  sort_elements(build.artifact.elements);
  sort_chunks(build.manifest.chunks);
  for (const char* label : {"admin", "default", "label \"x\""}) {
    if (pick(2) == 0) {
      build.artifact.schemas[label] = "hash " + std::to_string(pick(3));
    }
  }
  return build;
}

}  // namespace artifact
