#include <variant>

#include "discovery/gate.h"
#include "discovery/import_scanner.h"
#include "discovery/tag_scanner.h"
#include "perf/micro/inputs.h"

namespace micro {
namespace {

void gate(benchmark::State& state) {
  const discovery::Gate gate;
  for ([[maybe_unused]] auto _ : state) {
    for (const Module& module : inputs().modules) {
      benchmark::DoNotOptimize(gate.look_at(module.text).may_hold_documents);
    }
  }
  count_bytes(state, inputs().module_bytes());
}

void gate_with_three_names(benchmark::State& state) {
  const discovery::Gate gate({"query", "adminQuery", "fragmentOf"});
  for ([[maybe_unused]] auto _ : state) {
    for (const Module& module : inputs().modules) {
      benchmark::DoNotOptimize(gate.look_at(module.text).may_hold_documents);
    }
  }
  count_bytes(state, inputs().module_bytes());
}

void import_scanner(benchmark::State& state) {
  std::size_t doubts = 0;
  for ([[maybe_unused]] auto _ : state) {
    doubts = 0;
    for (const Module& module : inputs().modules) {
      const discovery::ReadOutcome outcome =
          discovery::scan_imports({module.text, module.language, discovery::FactsTier::specifiers});
      doubts += std::holds_alternative<discovery::NeedsParse>(outcome) ? 1U : 0U;
    }
  }
  count_bytes(state, inputs().module_bytes());
  state.counters["doubts"] = static_cast<double>(doubts);
}

void scan_tags(benchmark::State& state, discovery::FactsTier tier) {
  discovery::TagScanner scanner;
  std::size_t doubts = 0;
  for ([[maybe_unused]] auto _ : state) {
    doubts = 0;
    for (const Module& module : inputs().modules) {
      const discovery::ReadOutcome outcome = scanner.read({module.text, module.language, tier});
      doubts += std::holds_alternative<discovery::NeedsParse>(outcome) ? 1U : 0U;
    }
  }
  count_bytes(state, inputs().module_bytes());
  state.counters["doubts"] = static_cast<double>(doubts);
}

void tag_scanner_bindings(benchmark::State& state) {
  scan_tags(state, discovery::FactsTier::bindings);
}

void tag_scanner(benchmark::State& state) {
  scan_tags(state, discovery::FactsTier::documents);
}

BENCHMARK(gate)->Name("scanner/gate")->Unit(benchmark::kMicrosecond);
BENCHMARK(gate_with_three_names)
    ->Name("scanner/gate_with_three_names")
    ->Unit(benchmark::kMicrosecond);
BENCHMARK(import_scanner)->Name("scanner/import_scanner")->Unit(benchmark::kMicrosecond);
BENCHMARK(tag_scanner_bindings)
    ->Name("scanner/tag_scanner_bindings")
    ->Unit(benchmark::kMicrosecond);
BENCHMARK(tag_scanner)->Name("scanner/tag_scanner")->Unit(benchmark::kMicrosecond);

}  // namespace
}  // namespace micro
