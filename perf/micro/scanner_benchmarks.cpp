#include <variant>

#include "discovery/gate.h"
#include "discovery/import_scanner.h"
#include "discovery/tag_scanner.h"
#include "perf/micro/inputs.h"

namespace micro {
namespace {

void gate(benchmark::State& state) {
  const discovery::Gate gate;
  for (auto _ : state) {
    for (const Module& module : inputs().modules) {
      benchmark::DoNotOptimize(gate.look_at(module.text).may_hold_documents);
    }
  }
  count_bytes(state, inputs().module_bytes());
}

void gate_with_three_names(benchmark::State& state) {
  const discovery::Gate gate({"query", "adminQuery", "fragmentOf"});
  for (auto _ : state) {
    for (const Module& module : inputs().modules) {
      benchmark::DoNotOptimize(gate.look_at(module.text).may_hold_documents);
    }
  }
  count_bytes(state, inputs().module_bytes());
}

void import_scanner(benchmark::State& state) {
  std::size_t doubts = 0;
  for (auto _ : state) {
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
  for (auto _ : state) {
    doubts = 0;
    for (const Module& module : inputs().modules) {
      const discovery::ReadOutcome outcome = scanner.read({module.text, module.language, tier});
      doubts += std::holds_alternative<discovery::NeedsParse>(outcome) ? 1U : 0U;
    }
  }
  count_bytes(state, inputs().module_bytes());
  state.counters["doubts"] = static_cast<double>(doubts);
}

}  // namespace

void add_scanner_benchmarks() {
  using discovery::FactsTier;
  benchmark::RegisterBenchmark("scanner/gate", gate);
  benchmark::RegisterBenchmark("scanner/gate_with_three_names", gate_with_three_names);
  benchmark::RegisterBenchmark("scanner/import_scanner", import_scanner);
  benchmark::RegisterBenchmark("scanner/tag_scanner_bindings", scan_tags, FactsTier::bindings);
  benchmark::RegisterBenchmark("scanner/tag_scanner", scan_tags, FactsTier::documents);
}

}  // namespace micro
