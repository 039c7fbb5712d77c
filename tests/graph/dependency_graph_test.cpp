#include "graph/dependency_graph.h"

#include <algorithm>
#include <map>
#include <random>

#include <doctest/doctest.h>

using graph::DependencyGraph;
using graph::DependencyGraphPatch;
using graph::Node;
using graph::Slot;

namespace {

using Ids = std::vector<std::string>;

Ids reached_from(const DependencyGraph& graph, const std::string& id) {
  Ids ids;
  for (const Node* node : graph.reached_from({id})) {
    ids.push_back(node->id);
  }
  std::sort(ids.begin(), ids.end());
  return ids;
}

Node node_of(std::string id,
             std::uint64_t value,
             std::vector<Slot> provides,
             std::vector<Slot> uses) {
  const std::string module = id.substr(0, 1);
  return {std::move(id), module, {0, value}, std::move(provides), std::move(uses)};
}

/// query -> card -> author; photo stands alone; two copies of "photo" are possible.
DependencyGraph small_graph() {
  DependencyGraph graph;
  DependencyGraphPatch patch;
  patch.upserted_nodes = {node_of("a::author", 1, {"author"}, {}),
                          node_of("c::card", 1, {"card"}, {"author"}),
                          node_of("p::photo", 1, {"photo"}, {}),
                          node_of("q::query", 1, {"query"}, {"card", "missing"})};
  CHECK(graph.apply_patch(patch) == std::vector<Slot>{"author", "card", "photo", "query"});
  return graph;
}

Ids ids_of(const std::vector<DependencyGraph::Affected>& affected) {
  Ids ids;
  for (const DependencyGraph::Affected& one : affected) {
    ids.push_back(one.id);
  }
  return ids;
}

/// The same questions answered the slow and obvious way.
struct Model {
  std::map<std::string, Node> nodes;
  std::map<Slot, base::Fingerprint> summaries;

  std::map<Slot, std::vector<std::pair<std::string, base::Fingerprint>>> values() const {
    std::map<Slot, std::vector<std::pair<std::string, base::Fingerprint>>> all;
    for (const auto& [slot, summary] : summaries) {
      all[slot].emplace_back("", summary);
    }
    for (const auto& [id, node] : nodes) {
      for (const Slot& slot : node.provides) {
        all[slot].emplace_back(id, node.value);
      }
    }
    return all;
  }

  Ids affected_by(const std::vector<Slot>& slots) const {
    std::set<Slot> touched(slots.begin(), slots.end());
    std::set<std::string> found;
    for (bool grows = true; grows;) {
      grows = false;
      for (const auto& [id, node] : nodes) {
        const bool uses_one = std::any_of(node.uses.begin(),
                                          node.uses.end(),
                                          [&](const Slot& slot) { return touched.contains(slot); });
        if (uses_one && found.insert(id).second) {
          touched.insert(node.provides.begin(), node.provides.end());
          grows = true;
        }
      }
    }
    return {found.begin(), found.end()};
  }
};

std::vector<Slot> random_slots(std::mt19937& random) {
  std::set<Slot> slots;
  for (auto n = static_cast<unsigned>(random() % 3); n > 0; --n) {
    slots.insert("s" + std::to_string(random() % 8));
  }
  return {slots.begin(), slots.end()};
}

Node random_node(std::mt19937& random) {
  const std::string module(1, static_cast<char>('a' + random() % 4));
  return {module + "::" + std::to_string(random() % 4),
          module,
          {0, random() % 3},
          random_slots(random),
          random_slots(random)};
}

}  // namespace

TEST_SUITE("graph/dependency_graph") {
  TEST_CASE("a change reaches users of users, and nobody else") {
    const DependencyGraph graph = small_graph();

    CHECK(ids_of(graph.affected_by({"author"})) == Ids{"c::card", "q::query"});
    CHECK(ids_of(graph.affected_by({"photo"})).empty());
    CHECK(graph.affected_by({"card"}) ==
          std::vector<DependencyGraph::Affected>{{"q::query", "card"}});
    CHECK(reached_from(graph, "q::query") == Ids{"a::author", "c::card", "q::query"});
  }

  TEST_CASE("a slot that is filled for the first time is a change to whoever looked there") {
    DependencyGraph graph = small_graph();
    DependencyGraphPatch patch;
    patch.upserted_nodes = {node_of("m::missing", 1, {"missing"}, {})};

    const std::vector<Slot> changed = graph.apply_patch(patch);

    CHECK(changed == std::vector<Slot>{"missing"});
    CHECK(ids_of(graph.affected_by(changed)) == Ids{"q::query"});
  }

  TEST_CASE("a second filler of a slot, another value and the last filler's end are changes") {
    DependencyGraph graph = small_graph();
    DependencyGraphPatch second;
    second.upserted_nodes = {node_of("x::photo", 1, {"photo"}, {})};
    CHECK(graph.apply_patch(second) == std::vector<Slot>{"photo"});
    CHECK(graph.providers_of("photo") == Ids{"p::photo", "x::photo"});

    DependencyGraphPatch edit;
    edit.upserted_nodes = {node_of("x::photo", 2, {"photo"}, {})};
    CHECK(graph.apply_patch(edit) == std::vector<Slot>{"photo"});
    CHECK(graph.apply_patch(edit).empty());

    DependencyGraphPatch end;
    end.removed_modules = {"x"};
    end.removed_nodes = {"p::photo"};
    CHECK(graph.apply_patch(end) == std::vector<Slot>{"photo"});
    CHECK(graph.providers_of("photo").empty());
    CHECK(graph.size() == 3);
  }

  TEST_CASE("a module's summary is a slot's value too") {
    DependencyGraph graph = small_graph();
    DependencyGraphPatch patch;
    patch.upserted_nodes = {node_of("q::query", 1, {"query"}, {"card", "text"})};
    patch.module_summaries["text"] = base::Fingerprint{0, 1};

    CHECK(graph.apply_patch(patch) == std::vector<Slot>{"text"});
    CHECK(graph.apply_patch(patch).empty());
    CHECK(ids_of(graph.affected_by({"text"})) == Ids{"q::query"});

    patch.module_summaries["text"] = std::nullopt;
    CHECK(graph.apply_patch(patch) == std::vector<Slot>{"text"});
  }

  TEST_CASE("circles end") {
    DependencyGraph graph;
    DependencyGraphPatch patch;
    patch.upserted_nodes = {node_of("a", 1, {"a"}, {"b"}), node_of("b", 1, {"b"}, {"a"})};
    graph.apply_patch(patch);

    CHECK(ids_of(graph.affected_by({"a"})) == Ids{"a", "b"});
    CHECK(reached_from(graph, "a") == Ids{"a", "b"});
  }

  TEST_CASE("random patches give what a model gives, and diff_graphs leads from one to the other") {
    for (unsigned seed = 1; seed <= 50; ++seed) {
      CAPTURE(seed);
      std::mt19937 random(seed);
      DependencyGraph graph;
      Model model;
      for (unsigned step = 0; step < 40; ++step) {
        CAPTURE(step);
        const std::string module(1, static_cast<char>('a' + random() % 4));
        std::map<std::string, Node> after;
        for (auto n = static_cast<unsigned>(random() % 4); n > 0; --n) {
          Node node = random_node(random);
          if (node.module == module) {
            after[node.id] = node;
          }
        }
        std::vector<Node> nodes;
        for (const auto& [id, node] : after) {
          nodes.push_back(node);
        }
        DependencyGraphPatch patch = diff_graphs(graph, {module}, nodes);
        const Slot summary = "s" + std::to_string(random() % 8);
        patch.module_summaries[summary] = base::Fingerprint{1, random() % 2};

        const auto before = model.values();
        std::erase_if(model.nodes,
                      [&](const auto& entry) { return entry.second.module == module; });
        model.nodes.insert(after.begin(), after.end());
        model.summaries[summary] = *patch.module_summaries[summary];
        const auto now = model.values();
        std::vector<Slot> expected;
        for (unsigned n = 0; n < 8; ++n) {
          const Slot slot = "s" + std::to_string(n);
          const auto old = before.find(slot);
          const auto value = now.find(slot);
          const bool is_same = (old == before.end()) == (value == now.end()) &&
                               (old == before.end() || old->second == value->second);
          if (!is_same) {
            expected.push_back(slot);
          }
        }

        const std::vector<Slot> changed = graph.apply_patch(patch);

        REQUIRE(changed == expected);
        REQUIRE(ids_of(graph.affected_by(changed)) == model.affected_by(changed));
        REQUIRE(graph.size() == model.nodes.size());
      }
    }
  }
}
