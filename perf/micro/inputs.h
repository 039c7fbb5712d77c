#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include <benchmark/benchmark.h>

#include "discovery/source_facts.h"
#include "graphql/schema.h"

/// Benchmarks of single functions, on inputs that the program makes itself: the same bytes in every
/// run and on every machine, so that two runs of two builds can be compared.
namespace micro {

/// One TypeScript file.
struct Module {
  std::string path;
  std::string text;
  discovery::Language language = discovery::Language::typescript;
};

struct Inputs {
  /// 1.2 MB of SDL, as a large back office has it.
  std::string schema_text;
  std::shared_ptr<const graphql::Schema> schema;
  /// An operation each, with the fragments that it needs; valid against the schema.
  std::vector<std::string> documents;
  /// Half of them hold a document; every second one is TSX.
  std::vector<Module> modules;

  std::size_t document_bytes() const;
  std::size_t module_bytes() const;
};

/// Made at the first call, which takes some milliseconds.
const Inputs& inputs();

/// Tells that each round of `state` went through `bytes`.
void count_bytes(benchmark::State& state, std::size_t bytes);

/// Tells that each round of `state` did something `count` times.
void count_items(benchmark::State& state, std::size_t count);

}  // namespace micro
