#include "artifact/delta.h"

#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "artifact/artifact_hash.h"
#include "artifact/delta_builder.h"
#include "tests/artifact/random_builds.h"
#include "tests/support/printers.h"

using artifact::apply_delta;
using artifact::Artifact;
using artifact::artifact_json;
using artifact::compute_delta;
using artifact::Delta;
using artifact::Element;
using artifact::RandomBuild;
using artifact::read_delta;
using artifact::whole_delta;

namespace {

constexpr int k_pairs = 120;

Element element(const std::string& id, std::string prebuild) {
  const base::Fingerprint hash = base::fingerprint_of(prebuild);
  const base::SourcePath source(id.substr(0, id.find("::")));
  return {id, artifact::ElementType::fragment, "tag", std::move(prebuild), source, hash};
}

Artifact artifact_of(std::vector<Element> elements) {
  return {{{"default", "a"}}, std::move(elements)};
}

Delta delta_between(const Artifact& before, const Artifact& after) {
  const artifact::Manifest none;
  return compute_delta({before, none}, {after, none});
}

Delta delta_between(const RandomBuild& before, const RandomBuild& after) {
  return compute_delta({before.artifact, before.manifest}, {after.artifact, after.manifest});
}

std::string outcome(const base::Result<Artifact>& result) {
  return result ? artifact_json(*result) : result.error().message;
}

template <typename Item>
const Item* find(const std::vector<Item>& items, const std::string& id) {
  for (const Item& item : items) {
    if (item.id == id) {
      return &item;
    }
  }
  return nullptr;
}

// Hands every id of both builds in, in an order of its own, as a session might.
template <typename Item>
void change_all(artifact::DeltaBuilder& builder,
                const std::vector<Item>& before,
                const std::vector<Item>& after) {
  for (auto item = after.rbegin(); item != after.rend(); ++item) {
    builder.change(find(before, item->id), &*item);
  }
  for (const Item& item : before) {
    if (find(after, item.id) == nullptr) {
      builder.change(&item, nullptr);
    }
  }
}

}  // namespace

TEST_SUITE("artifact/delta") {
  TEST_CASE("a delta names what was added, changed and removed, and nothing else") {
    const Artifact before =
        artifact_of({element("a.ts::A", "{}"), element("a.ts::B", "{}"), element("a.ts::C", "{}")});
    const Artifact after = artifact_of(
        {element("a.ts::A", "{}"), element("a.ts::B", "{\"x\":1}"), element("a.ts::D", "{}")});

    const Delta delta = delta_between(before, after);

    CHECK(delta.elements.added == std::vector{after.elements[2]});
    CHECK(delta.elements.updated == std::vector{after.elements[1]});
    CHECK(delta.elements.removed == std::vector<std::string>{"a.ts::C"});
    CHECK(delta_between(after, after).empty());
    CHECK(!delta.empty());
  }

  TEST_CASE("an element that moves or changes its type is an update") {
    Artifact before = artifact_of({element("a.ts::A", "{}")});
    Artifact after = before;
    after.elements[0].type = artifact::ElementType::operation;

    CHECK(delta_between(before, after).elements.updated == after.elements);
  }

  TEST_CASE("applying the delta of any two builds gives the second, byte for byte") {
    artifact::RandomBuilds builds(1);
    for (int i = 0; i < k_pairs; ++i) {
      CAPTURE(i);
      const RandomBuild before = builds.next();
      const RandomBuild after = builds.next();
      const Delta delta = delta_between(before, after);

      CHECK(outcome(apply_delta(before.artifact, delta)) == artifact_json(after.artifact));
      const auto manifest = apply_delta(before.manifest, delta);
      REQUIRE(manifest.has_value());
      CHECK(manifest_json(*manifest) == manifest_json(after.manifest));
    }
  }

  TEST_CASE("a delta is read as it was written, and applies as before") {
    artifact::RandomBuilds builds(2);
    for (int i = 0; i < k_pairs; ++i) {
      CAPTURE(i);
      const RandomBuild before = builds.next();
      const RandomBuild after = builds.next();
      Delta delta =
          i % 8 == 0 ? whole_delta({after.artifact, after.manifest}) : delta_between(before, after);
      delta.generation = static_cast<std::uint64_t>(i) << 40U;

      const base::Result<Delta> read = read_delta(delta_json(delta));

      CHECK_MESSAGE(read.has_value(), (read ? "" : read.error().message));
      REQUIRE(read.has_value());
      CHECK(*read == delta);
      CHECK(delta_json(*read) == delta_json(delta));
      CHECK(outcome(apply_delta(before.artifact, *read)) == artifact_json(after.artifact));
    }
  }

  TEST_CASE("a delta without a base applies to anything") {
    artifact::RandomBuilds builds(3);
    const RandomBuild other = builds.next();
    const RandomBuild after = builds.next();
    const Delta delta = whole_delta({after.artifact, after.manifest});

    CHECK(outcome(apply_delta(other.artifact, delta)) == artifact_json(after.artifact));
    CHECK(outcome(apply_delta(Artifact{}, delta)) == artifact_json(after.artifact));
    CHECK(apply_delta(other.manifest, delta)->chunks == after.manifest.chunks);
  }

  TEST_CASE("the delta that is built change by change is the computed one") {
    artifact::RandomBuilds builds(4);
    RandomBuild before = builds.next();
    artifact::ArtifactHash hash = hash_of(before.artifact);
    for (int i = 0; i < k_pairs; ++i) {
      CAPTURE(i);
      RandomBuild after = builds.next();
      artifact::DeltaBuilder builder(hash);
      change_all(builder, before.artifact.elements, after.artifact.elements);
      change_all(builder, before.manifest.chunks, after.manifest.chunks);

      Delta expected = delta_between(before, after);
      expected.generation = 9;
      CHECK(delta_json(builder.finish(after.artifact.schemas, 9)) == delta_json(expected));
      CHECK(builder.hash().digest() == hash_of(after.artifact).digest());
      hash = builder.hash();
      before = std::move(after);
    }
  }

  TEST_CASE("a delta that forgets one of its changes does not apply") {
    artifact::RandomBuilds builds(5);
    int forgotten = 0;
    for (int i = 0; i < k_pairs; ++i) {
      const RandomBuild before = builds.next();
      const RandomBuild after = builds.next();
      Delta delta = delta_between(before, after);
      artifact::Changes<Element>& changes = delta.elements;
      if (i % 3 == 0 && !changes.removed.empty()) {
        changes.removed.pop_back();
      } else if (i % 3 == 1 && !changes.updated.empty()) {
        changes.updated.erase(changes.updated.begin());
      } else if (!changes.added.empty()) {
        changes.added.pop_back();
      } else {
        continue;
      }
      ++forgotten;
      CHECK(!apply_delta(before.artifact, delta).has_value());
    }
    CHECK(forgotten > k_pairs / 2);
  }

  TEST_CASE("a delta that does not fit says why") {
    const Artifact before = artifact_of({element("a.ts::A", "{}"), element("a.ts::B", "{}")});
    const Artifact after = artifact_of({element("a.ts::B", "{\"x\":1}"), element("a.ts::C", "{}")});
    struct Row {
      const char* name;
      std::string expected;
      void (*spoil)(Delta&);
    };
    const Row rows[] = {
        {"another base", "it belongs to another artifact", [](Delta& d) { ++d.base->low; }},
        {"another target",
         "the result is not the artifact that it names",
         [](Delta& d) { ++d.target.high; }},
        {"another schema",
         "the result is not the artifact that it names",
         [](Delta& d) { d.schemas["default"] = "b"; }},
        {"a removal of nothing",
         "it removes a.ts::Z, which is not there",
         [](Delta& d) { d.elements.removed.push_back("a.ts::Z"); }},
        {"a change of nothing",
         "it changes a.ts::Z, which is not there",
         [](Delta& d) { d.elements.updated.push_back(element("a.ts::Z", "{}")); }},
        {"an addition of what is there",
         "it adds a.ts::B, which is there already",
         [](Delta& d) {
           d.elements.added.insert(d.elements.added.begin(), element("a.ts::B", "{}"));
         }},
        {"one id twice",
         "it both changes and removes a.ts::B",
         [](Delta& d) { d.elements.removed.push_back("a.ts::B"); }},
        {"no order",
         "its lists are not sorted",
         [](Delta& d) {
           d.elements.removed = {"a.ts::B", "a.ts::A"};
         }},
        {"the same addition twice",
         "its lists are not sorted",
         [](Delta& d) { d.elements.added.push_back(d.elements.added.back()); }},
    };
    for (const Row& row : rows) {
      SUBCASE(row.name) {
        Delta delta = delta_between(before, after);
        row.spoil(delta);

        CHECK(outcome(apply_delta(before, delta)) == "cannot apply the delta: " + row.expected);
      }
    }
  }

  TEST_CASE("the text of a delta") {
    const Artifact before = artifact_of({element("a.ts::A", "{}")});
    const Artifact after = artifact_of({element("a.ts::B", "{\"x\":1}")});
    const artifact::Chunk chunk = {
        "a.ts", base::SourcePath("a.ts"), "modules/a.ts.mjs", {1, 2}, {"a.ts::A"}, {}};
    Delta delta = compute_delta({before, {{chunk}}}, {after, {}});
    delta.generation = 3;

    CHECK(delta_json(delta) == R"({
  "version": 1,
  "generation": 3,
  "base": "b55e38f91c6efa94061c315ba0ed4dfe",
  "target": "56b3c36ebe08a5fcace27278c391b269",
  "schemas": {
    "default": {"hash":"a"}
  },
  "added": {
    "a.ts::B": {"id":"a.ts::B","type":"fragment","dialect":"tag","prebuild":{"x":1},"metadata":{"sourcePath":"a.ts","contentHash":"560e13377107fb286e0056ba3ec68476"}}
  },
  "updated": {},
  "removed": [
    "a.ts::A"
  ],
  "chunks": {
    "added": [],
    "updated": [],
    "removed": [
      "a.ts"
    ]
  }
}
)");
  }
}
