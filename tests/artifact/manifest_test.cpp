#include "artifact/manifest.h"

#include <doctest/doctest.h>

#include "tests/support/printers.h"

using artifact::Chunk;
using artifact::Manifest;
using artifact::manifest_json;
using artifact::read_manifest;

namespace {

Chunk chunk(const std::string& source) {
  return {source,
          base::SourcePath(source),
          "modules/" + source + ".mjs",
          {1, source.size()},
          {source + "::A", source + "::B"},
          {"src/z.ts"}};
}

std::vector<std::string> outputs_in(const std::optional<Manifest>& manifest) {
  std::vector<std::string> paths;
  for (const Chunk& entry : manifest.value_or(Manifest{}).chunks) {
    paths.push_back(entry.output_path);
  }
  return paths;
}

using Paths = std::vector<std::string>;

}  // namespace

TEST_SUITE("artifact/manifest") {
  TEST_CASE("one chunk is one line") {
    Manifest manifest{{chunk("src/b.ts"), chunk("src/a \"b\".ts")}};
    manifest.chunks[0].imports.clear();
    sort_chunks(manifest.chunks);

    CHECK(manifest_json(artifact::Manifest{}) == "{\n  \"version\": 1,\n  \"chunks\": []\n}\n");
    CHECK(manifest_json(manifest) == R"({
  "version": 1,
  "chunks": [
    {"id":"src/a \"b\".ts","sourcePath":"src/a \"b\".ts","outputPath":"modules/src/a \"b\".ts.mjs","contentHash":"0000000000000001000000000000000c","canonicalIds":["src/a \"b\".ts::A","src/a \"b\".ts::B"],"imports":["src/z.ts"]},
    {"id":"src/b.ts","sourcePath":"src/b.ts","outputPath":"modules/src/b.ts.mjs","contentHash":"00000000000000010000000000000008","canonicalIds":["src/b.ts::A","src/b.ts::B"],"imports":[]}
  ]
}
)");
  }

  TEST_CASE("a manifest is read as it was written, and so is one that a formatter rewrote") {
    const Manifest manifest{{chunk("src/a.ts"), chunk("src/b.ts")}};
    const std::string text = manifest_json(manifest);
    std::string compact;
    for (const char byte : text) {
      if (byte != '\n' && byte != ' ') {
        compact += byte;
      }
    }

    CHECK(read_manifest(text) == manifest);
    CHECK(read_manifest(manifest_json(artifact::Manifest{})) == Manifest{});
    CHECK(read_manifest(compact) == manifest);
  }

  TEST_CASE("marks of a conflict yield the chunks of both sides") {
    std::string text = manifest_json(Manifest{{chunk("a"), chunk("b"), chunk("c")}});
    text.insert(text.find("    {\"id\":\"b\""), "<<<<<<< ours\n");
    text.insert(text.find("    {\"id\":\"c\""), "=======\n");
    text.insert(text.rfind("  ]"), ">>>>>>> theirs\n");

    CHECK(outputs_in(read_manifest(text)) ==
          Paths{"modules/a.mjs", "modules/b.mjs", "modules/c.mjs"});
  }

  TEST_CASE("a manifest may be cut short anywhere") {
    const std::string text = manifest_json(Manifest{{chunk("src/a.ts"), chunk("src/b.ts")}});

    for (std::size_t size = 0; size < text.size(); ++size) {
      CAPTURE(size);
      CHECK(outputs_in(read_manifest(text.substr(0, size))).size() <= 2);
    }
  }

  TEST_CASE("what is no manifest of ours is told from one") {
    const char* const foreign[] = {
        "",
        "not JSON",
        "[]",
        R"({"name":"My app","icons":[]})",
        R"({"src/main.ts":{"file":"assets/main.js"}})",
        R"({"version":"1","chunks":[]})",
        R"({"version":1,"chunks":{}})",
    };
    for (const char* text : foreign) {
      CAPTURE(text);
      CHECK(!read_manifest(text));
    }
    // A later version's is ours, and chunks that lead out of the folder are nobody's.
    CHECK(outputs_in(read_manifest(R"({"version":2,"chunks":[{"outputPath":"m/a.mjs"},
        {"outputPath":"../a.ts"},{"outputPath":"/a.ts"},{"outputPath":"m/../../a.ts"},
        {"outputPath":7},{"outputPath":""},7,null]})")) == Paths{"m/a.mjs"});
  }

  TEST_CASE("declarations stand beside their module") {
    CHECK(artifact::declarations_path("modules/src/a.ts.mjs") == "modules/src/a.ts.d.mts");
    CHECK(artifact::declarations_path("modules/src/a.ts.cjs") == "modules/src/a.ts.d.cts");
    CHECK(artifact::declarations_path("manifest.json").empty());
  }
}
