#include <string>
#include <vector>

#include "base/fingerprint.h"
#include "graph/dependency_graph.h"
#include "graph/digraph.h"
#include "perf/micro/inputs.h"

namespace micro {
namespace {

// As the generated project of 50,000 files has them: four fifths operations.
constexpr std::size_t k_node_count = 10'000;
constexpr std::size_t k_fragment_count = 2'000;
/// Users of the fragment whose edit is measured.
constexpr std::size_t k_fan_out = 150;

std::string slot_of(std::size_t fragment) {
  return "fragment:Row" + std::to_string(fragment);
}

std::string module_of(std::size_t node) {
  return "src/part" + std::to_string(node % 97) + "/module" + std::to_string(node) + ".tsx";
}

/// Fragments come first. Each uses the fragment of half its number; operations use two fragments,
/// and `k_fan_out` of them the last fragment as well.
graph::Node make_node(std::size_t number, std::string_view version) {
  graph::Node node;
  node.module = module_of(number);
  node.id = node.module + "::Definition" + std::to_string(number);
  node.value = base::fingerprint_of(node.id + std::string(version));
  if (number < k_fragment_count) {
    node.provides.push_back(slot_of(number));
    if (number > 0) {
      node.uses.push_back(slot_of(number / 2));
    }
    return node;
  }
  node.uses = {slot_of(number % 1'000), slot_of(1'000 + number % 999)};
  if (number < k_fragment_count + k_fan_out) {
    node.uses.push_back(slot_of(k_fragment_count - 1));
  }
  return node;
}

std::vector<graph::Node> make_nodes() {
  std::vector<graph::Node> nodes;
  for (std::size_t i = 0; i < k_node_count; ++i) {
    nodes.push_back(make_node(i, ""));
  }
  return nodes;
}

graph::DependencyGraph make_graph() {
  graph::DependencyGraph result;
  graph::DependencyGraphPatch patch;
  patch.upserted_nodes = make_nodes();
  result.apply_patch(patch);
  return result;
}

/// What a first build does.
void patch_in_all_nodes(benchmark::State& state) {
  graph::DependencyGraphPatch patch;
  patch.upserted_nodes = make_nodes();
  for ([[maybe_unused]] auto _ : state) {
    graph::DependencyGraph result;
    benchmark::DoNotOptimize(result.apply_patch(patch).size());
  }
  count_items(state, k_node_count);
}

/// What a start with a saved state does; the copy of the nodes is measured along.
void restore_all_nodes(benchmark::State& state) {
  const std::vector<graph::Node> nodes = make_nodes();
  for ([[maybe_unused]] auto _ : state) {
    graph::DependencyGraph result;
    result.restore(std::vector<graph::Node>(nodes), {});
    benchmark::DoNotOptimize(result.size());
  }
  count_items(state, k_node_count);
}

/// One file was edited: compare, patch, ask who is affected.
void edit(benchmark::State& state, std::size_t number) {
  graph::DependencyGraph result = make_graph();
  std::size_t affected = 0;
  bool is_odd = false;
  for ([[maybe_unused]] auto _ : state) {
    is_odd = !is_odd;
    const graph::DependencyGraphPatch patch = graph::diff_graphs(
        result, {module_of(number)}, {make_node(number, is_odd ? "edited" : "")});
    affected = result.affected_by(result.apply_patch(patch)).size();
  }
  state.counters["affected"] = static_cast<double>(affected);
}

void edit_leaf(benchmark::State& state) {
  edit(state, k_node_count - 1);
}

void edit_fragment(benchmark::State& state) {
  edit(state, k_fragment_count - 1);
}

/// A file goes and comes back.
void remove_and_add_module(benchmark::State& state) {
  graph::DependencyGraph result = make_graph();
  const std::size_t number = k_fragment_count - 1;
  graph::DependencyGraphPatch removal;
  removal.removed_modules = {module_of(number)};
  graph::DependencyGraphPatch addition;
  addition.upserted_nodes = {make_node(number, "")};
  for ([[maybe_unused]] auto _ : state) {
    benchmark::DoNotOptimize(result.apply_patch(removal).size());
    benchmark::DoNotOptimize(result.apply_patch(addition).size());
  }
}

/// From all operations to what they need.
void closure_of_operations(benchmark::State& state) {
  const graph::DependencyGraph result = make_graph();
  std::vector<std::string> ids;
  for (std::size_t i = k_fragment_count; i < k_node_count; ++i) {
    ids.push_back(make_node(i, "").id);
  }
  for ([[maybe_unused]] auto _ : state) {
    benchmark::DoNotOptimize(result.reached_from(ids).size());
  }
  count_items(state, k_node_count);
}

void find_cycles(benchmark::State& state) {
  graph::Digraph digraph(k_node_count);
  for (std::uint32_t i = 1; i < k_node_count; ++i) {
    digraph.set_dependencies(graph::NodeId{i}, {graph::NodeId{i / 2}, graph::NodeId{i / 3}});
  }
  for ([[maybe_unused]] auto _ : state) {
    benchmark::DoNotOptimize(graph::find_cycles(digraph).size());
  }
  count_items(state, k_node_count);
}

BENCHMARK(patch_in_all_nodes)->Name("graph/patch_in_all_nodes")->Unit(benchmark::kMicrosecond);
BENCHMARK(restore_all_nodes)->Name("graph/restore_all_nodes")->Unit(benchmark::kMicrosecond);
BENCHMARK(edit_leaf)->Name("graph/edit_leaf")->Unit(benchmark::kMicrosecond);
BENCHMARK(edit_fragment)->Name("graph/edit_fragment")->Unit(benchmark::kMicrosecond);
BENCHMARK(remove_and_add_module)
    ->Name("graph/remove_and_add_module")
    ->Unit(benchmark::kMicrosecond);
BENCHMARK(closure_of_operations)
    ->Name("graph/closure_of_operations")
    ->Unit(benchmark::kMicrosecond);
BENCHMARK(find_cycles)->Name("graph/find_cycles")->Unit(benchmark::kMicrosecond);

}  // namespace
}  // namespace micro
