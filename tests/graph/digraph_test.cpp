#include "graph/digraph.h"

#include <vector>

#include <doctest/doctest.h>

using graph::Digraph;
using graph::NodeId;

namespace {

// dependencies[i]: what node i uses.
using Edges = std::vector<std::vector<unsigned>>;

std::vector<NodeId> numbers_of(const std::vector<unsigned>& indices) {
  std::vector<NodeId> ids;
  for (const unsigned index : indices) {
    ids.push_back(NodeId{index});
  }
  return ids;
}

Digraph graph_of(const Edges& edges) {
  Digraph graph(edges.size());
  for (unsigned i = 0; i < edges.size(); ++i) {
    graph.set_dependencies(NodeId{i}, numbers_of(edges[i]));
  }
  return graph;
}

struct AffectedCase {
  const char* name;
  Edges dependencies;
  std::vector<unsigned> changed;
  std::vector<unsigned> affected;
};

const AffectedCase k_affected_cases[] = {
    {"an isolated node affects only itself", {{}, {}}, {0}, {0}},
    {"a change reaches direct users", {{}, {0}, {0}}, {0}, {0, 1, 2}},
    {"a change reaches users of users", {{}, {0}, {1}}, {0}, {0, 1, 2}},
    {"a change never reaches what a node uses", {{}, {0}, {1}}, {2}, {2}},
    {"a diamond is visited once", {{}, {0}, {0}, {1, 2}}, {0}, {0, 1, 2, 3}},
    {"a cycle terminates", {{1}, {0}}, {0}, {0, 1}},
};

struct CycleCase {
  const char* name;
  Edges dependencies;
  std::vector<std::vector<unsigned>> cycles;
};

const CycleCase k_cycle_cases[] = {
    {"a tree has none", {{}, {0}, {0, 1}}, {}},
    {"a node that uses itself", {{0}}, {{0}}},
    {"two nodes", {{1}, {0}}, {{0, 1}}},
    {"a user of a cycle is not in it", {{1}, {0}, {0}}, {{0, 1}}},
    {"a dependency of a cycle is not in it", {{1, 2}, {0}, {}}, {{0, 1}}},
    {"two cycles that share a node are one", {{1, 2}, {0}, {0}}, {{0, 1, 2}}},
    {"separate cycles come by their first node", {{3}, {2}, {1}, {0}}, {{0, 3}, {1, 2}}},
};

}  // namespace

TEST_SUITE("graph/digraph") {
  TEST_CASE("affected_by returns the change and everything that uses it") {
    for (const AffectedCase& row : k_affected_cases) {
      SUBCASE(row.name) {
        const Digraph graph = graph_of(row.dependencies);

        CHECK(graph.affected_by(numbers_of(row.changed)) == numbers_of(row.affected));
      }
    }
  }

  TEST_CASE("set_dependencies forgets the edges that it replaces") {
    Digraph graph = graph_of({{}, {0}});

    graph.set_dependencies(NodeId{1}, {});

    CHECK(graph.affected_by(numbers_of({0})) == numbers_of({0}));
    CHECK(graph.reachable_from(NodeId{1}) == numbers_of({1}));
  }

  TEST_CASE("reachable_from follows dependencies of dependencies") {
    const Digraph graph = graph_of({{1}, {2}, {}, {0}});

    CHECK(graph.reachable_from(NodeId{0}) == numbers_of({0, 1, 2}));
  }

  TEST_CASE("find_cycles groups what depends on itself") {
    for (const CycleCase& row : k_cycle_cases) {
      SUBCASE(row.name) {
        std::vector<std::vector<NodeId>> expected;
        for (const std::vector<unsigned>& cycle : row.cycles) {
          expected.push_back(numbers_of(cycle));
        }

        CHECK(find_cycles(graph_of(row.dependencies)) == expected);
      }
    }
  }

  TEST_CASE("find_cycles does not recurse along a chain of a million nodes") {
    constexpr unsigned k_length = 1'000'000;
    Edges edges(k_length);
    for (unsigned i = 0; i < k_length; ++i) {
      edges[i] = {(i + 1) % k_length};
    }

    const auto cycles = find_cycles(graph_of(edges));

    REQUIRE(cycles.size() == 1);
    CHECK(cycles[0].size() == k_length);
  }
}
