#include "artifact/artifact.h"

#include <doctest/doctest.h>

using artifact::Artifact;
using artifact::artifact_json;
using artifact::Element;
using artifact::ElementType;

namespace {

Element element(std::string id, ElementType type, std::string prebuild) {
  const base::Fingerprint hash{1, prebuild.size()};
  const base::SourcePath source(id.substr(0, id.find("::")));
  return {std::move(id), type, "tag", std::move(prebuild), source, hash};
}

}  // namespace

TEST_SUITE("artifact/artifact") {
  TEST_CASE("the artifact of nothing is valid JSON") {
    CHECK(artifact_json({}) == R"({
  "version": 1,
  "schemas": {},
  "elements": {}
}
)");
  }

  TEST_CASE("one element is one line, with its prebuild as it is") {
    Artifact value;
    value.schemas = {{"default", "000000000000000a000000000000000b"},
                     {"admin \"x\"", "00000000000000000000000000000001"}};
    value.elements = {element("src/a.ts::B", ElementType::fragment, R"({"typename":"User"})"),
                      element("src/\xC3\xA9.ts::A", ElementType::operation, R"({})"),
                      element("src/a.ts::A", ElementType::model, R"({})")};
    sort_elements(value.elements);

    CHECK(
        artifact_json(value) ==
        R"({
  "version": 1,
  "schemas": {
    "admin \"x\"": {"hash":"00000000000000000000000000000001"},
    "default": {"hash":"000000000000000a000000000000000b"}
  },
  "elements": {
    "src/a.ts::A": {"id":"src/a.ts::A","type":"model","dialect":"tag","prebuild":{},"metadata":{"sourcePath":"src/a.ts","contentHash":"00000000000000010000000000000002"}},
    "src/a.ts::B": {"id":"src/a.ts::B","type":"fragment","dialect":"tag","prebuild":{"typename":"User"},"metadata":{"sourcePath":"src/a.ts","contentHash":"00000000000000010000000000000013"}},
    "src/)"
        "\xC3\xA9"
        R"(.ts::A": {"id":"src/)"
        "\xC3\xA9"
        R"(.ts::A","type":"operation","dialect":"tag","prebuild":{},"metadata":{"sourcePath":"src/)"
        "\xC3\xA9"
        R"(.ts","contentHash":"00000000000000010000000000000002"}}
  }
}
)");
  }
}
