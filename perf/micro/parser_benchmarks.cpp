#include "discovery/syntax_parser.h"
#include "discovery/typescript_reader.h"
#include "perf/micro/inputs.h"

namespace micro {
namespace {

/// tree-sitter and the copy of the tree's upper part, without the reading of facts.
void parse_modules(benchmark::State& state) {
  discovery::SyntaxParser parser;
  for ([[maybe_unused]] auto _ : state) {
    for (const Module& module : inputs().modules) {
      discovery::ParseInput input;
      input.text = module.text;
      input.source = module.text;
      input.range = {0, static_cast<std::uint32_t>(module.text.size())};
      input.language = module.language;
      input.limit = discovery::parse_limit(module.text.size());
      benchmark::DoNotOptimize(parser.parse(input).has_value());
    }
  }
  count_bytes(state, inputs().module_bytes());
}

void read_modules_at(benchmark::State& state, discovery::FactsTier tier) {
  discovery::TypeScriptReader reader;
  for ([[maybe_unused]] auto _ : state) {
    for (const Module& module : inputs().modules) {
      const discovery::SourceFacts facts = reader.read({module.text, module.language, tier});
      benchmark::DoNotOptimize(&facts);
    }
  }
  count_bytes(state, inputs().module_bytes());
}

void read_bindings(benchmark::State& state) {
  read_modules_at(state, discovery::FactsTier::bindings);
}

void read_documents(benchmark::State& state) {
  read_modules_at(state, discovery::FactsTier::documents);
}

void read_compositions(benchmark::State& state) {
  read_modules_at(state, discovery::FactsTier::compositions);
}

BENCHMARK(parse_modules)->Name("tree_sitter/parse")->Unit(benchmark::kMicrosecond);
BENCHMARK(read_bindings)->Name("tree_sitter/read_bindings")->Unit(benchmark::kMicrosecond);
BENCHMARK(read_documents)->Name("tree_sitter/read_documents")->Unit(benchmark::kMicrosecond);
BENCHMARK(read_compositions)->Name("tree_sitter/read_compositions")->Unit(benchmark::kMicrosecond);

}  // namespace
}  // namespace micro
