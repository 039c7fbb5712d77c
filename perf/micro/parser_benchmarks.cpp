#include "discovery/syntax_parser.h"
#include "discovery/typescript_reader.h"
#include "perf/micro/inputs.h"

namespace micro {
namespace {

/// tree-sitter and the copy of the tree's upper part, without the reading of facts.
void parse_modules(benchmark::State& state) {
  discovery::SyntaxParser parser;
  for (auto _ : state) {
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
  for (auto _ : state) {
    for (const Module& module : inputs().modules) {
      const discovery::SourceFacts facts = reader.read({module.text, module.language, tier});
      benchmark::DoNotOptimize(&facts);
    }
  }
  count_bytes(state, inputs().module_bytes());
}

}  // namespace

void add_parser_benchmarks() {
  using discovery::FactsTier;
  const auto add = [](const char* name, FactsTier tier) {
    benchmark::RegisterBenchmark(name, read_modules_at, tier);
  };
  benchmark::RegisterBenchmark("tree_sitter/parse", parse_modules);
  add("tree_sitter/read_bindings", FactsTier::bindings);
  add("tree_sitter/read_documents", FactsTier::documents);
  add("tree_sitter/read_compositions", FactsTier::compositions);
}

}  // namespace micro
