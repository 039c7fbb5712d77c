#include <algorithm>
#include <string>

#include <doctest/doctest.h>

#include "artifact/artifact.h"
#include "artifact/artifact_hash.h"
#include "artifact/delta.h"
#include "tests/artifact/random_builds.h"
#include "tests/support/printers.h"

using artifact::Artifact;
using artifact::artifact_json;
using artifact::RandomBuild;
using artifact::read_artifact;

namespace {

constexpr int k_builds = 100;

// What was read, or the error.
std::string reread(const std::string& text) {
  const base::Result<Artifact> result = read_artifact(text);
  return result ? artifact_json(*result) : result.error().message;
}

std::string replaced(std::string text, std::string_view from, std::string_view to) {
  const std::size_t at = text.find(from);
  REQUIRE(at != std::string::npos);
  return text.replace(at, from.size(), to);
}

// With a schema and a few elements: small enough to be spoiled in every place.
RandomBuild small_build(std::uint64_t seed) {
  artifact::RandomBuilds builds(seed);
  for (;;) {
    RandomBuild build = builds.next();
    const std::size_t count = build.artifact.elements.size();
    if (count > 1 && count < 14 && !build.artifact.schemas.empty()) {
      build.artifact.elements.resize(2);
      build.manifest.chunks.resize(std::min<std::size_t>(build.manifest.chunks.size(), 2));
      return build;
    }
  }
}

}  // namespace

TEST_SUITE("artifact/artifact_reader") {
  TEST_CASE("any artifact is read as it was written") {
    artifact::RandomBuilds builds(1);
    for (int i = 0; i < k_builds; ++i) {
      CAPTURE(i);
      const RandomBuild build = builds.next();

      const base::Result<Artifact> read = read_artifact(artifact_json(build.artifact));

      CHECK_MESSAGE(read.has_value(), (read ? "" : read.error().message));
      REQUIRE(read.has_value());
      CHECK(*read == build.artifact);
    }
  }

  TEST_CASE("an artifact or a delta cut short anywhere is refused") {
    const RandomBuild build = small_build(7);
    const std::string text = artifact_json(build.artifact);
    const artifact::Delta delta_value = artifact::whole_delta({build.artifact, build.manifest});
    const std::string delta = delta_json(delta_value);
    for (std::size_t size = 0; size < text.size(); ++size) {
      CHECK(!read_artifact(std::string_view(text).substr(0, size)).has_value());
    }
    for (std::size_t size = 0; size < delta.size(); ++size) {
      CHECK(!artifact::read_delta(std::string_view(delta).substr(0, size)).has_value());
    }
  }

  TEST_CASE("with any bit flipped, a text is refused or gives itself back") {
    const RandomBuild build = small_build(8);
    const std::string text = artifact_json(build.artifact);
    for (std::size_t bit = 0; bit < 8 * text.size(); ++bit) {
      std::string other = text;
      other[bit / 8] = static_cast<char>(other[bit / 8] ^ (1 << (bit % 8)));
      const base::Result<Artifact> read = read_artifact(other);
      if (read) {
        CHECK(artifact_json(*read) == other);
      }
    }
  }

  TEST_CASE("what is spelled in another way is refused, with the line") {
    const std::string text =
        "{\n  \"version\": 1,\n  \"schemas\": {\n    \"default\": {\"hash\":\"a\"}\n  },\n"
        "  \"elements\": {\n"
        "    \"a.ts::A\": {\"id\":\"a.ts::A\",\"type\":\"slice\",\"dialect\":\"tag\","
        "\"prebuild\":{\"a\":1},\"metadata\":{\"sourcePath\":\"a.ts\",\"contentHash\":\"" +
        base::to_hex(base::fingerprint_of("{\"a\":1}")) + "\"}}\n  }\n}\n";
    REQUIRE(reread(text) == text);
    struct Row {
      const char* name;
      std::string text;
      const char* expected;
    };
    const std::string deep = std::string(200'000, '[');
    const Row rows[] = {
        {"nothing", "", "line 1: expected \"{\\n  \\\"version\\\": 1,\\n  \""},
        {"another version", replaced(text, ": 1,", ": 2,"), "line 1: expected"},
        {"another id", replaced(text, "\"id\":\"a.ts::A\"", "\"id\":\"a.ts::B\""), "line 7: "},
        {"an escape that is not needed", replaced(text, "\"tag\"", "\"\\u0074ag\""), "line 7: "},
        {"another type", replaced(text, "slice", "sliced"), "line 7: "},
        {"white space in a prebuild", replaced(text, "{\"a\":1}", "{\"a\": 1}"), "line 7: "},
        {"a prebuild that its hash denies", replaced(text, "{\"a\":1}", "{\"a\":2}"), "line 7: "},
        {"a prebuild without an end", replaced(text, "{\"a\":1}", "{\"a\":" + deep), "line 7: "},
        {"a path that is not normal", replaced(text, ":\"a.ts\"", ":\"./a.ts\""), "line 7: "},
        {"text behind the end", text + " ", "line 10: expected the end"},
        {"the same element twice",
         replaced(text, "}}\n  }", "}},\n" + text.substr(text.find("    \"a.ts::A"))),
         "line 8: expected ids in order"},
    };
    for (const Row& row : rows) {
      SUBCASE(row.name) {
        CHECK(reread(row.text).starts_with(std::string("artifact, ") + row.expected));
      }
    }
  }

  TEST_CASE("deep nesting in a prebuild is no danger") {
    const std::string prebuild =
        "{\"a\":" + std::string(100'000, '[') + std::string(100'000, ']') + "}";
    Artifact value;
    value.elements.push_back({"a.ts::A",
                              artifact::ElementType::model,
                              "tag",
                              prebuild,
                              base::SourcePath("a.ts"),
                              base::fingerprint_of(prebuild)});

    CHECK(reread(artifact_json(value)) == artifact_json(value));
  }

  TEST_CASE("the hash of an artifact can be computed from the lines of its file") {
    artifact::RandomBuilds builds(9);
    for (int i = 0; i < k_builds; ++i) {
      CAPTURE(i);
      const RandomBuild build = builds.next();
      std::string text = artifact_json(build.artifact);
      const std::string mark = "\"elements\": {";
      const std::size_t head_size = text.find(mark) + mark.size();
      base::Fingerprint head = base::fingerprint_of(text.substr(0, head_size));
      __extension__ using Wide = unsigned __int128;
      Wide sum = (static_cast<Wide>(head.high) << 64U) + head.low;
      for (std::size_t at = text.find("\n    ", head_size); at != std::string::npos;
           at = text.find("\n    ", at + 1)) {
        std::string line = text.substr(at + 5, text.find('\n', at + 1) - at - 5);
        if (line.back() == ',') {
          line.pop_back();
        }
        const base::Fingerprint hash = base::fingerprint_of(line);
        sum += (static_cast<Wide>(hash.high) << 64U) + hash.low;
      }

      const base::Fingerprint expected{static_cast<std::uint64_t>(sum >> 64U),
                                       static_cast<std::uint64_t>(sum)};
      CHECK(hash_of(build.artifact).digest() == expected);
    }
  }
}
