// usage: perf_micro SCHEMA DOCUMENTS [--benchmark_…]
//
// How fast the graphql layer is: SCHEMA is a file of SDL, DOCUMENTS a file of JSON, a list of texts
// each of which is a whole document. perf/graphql.py makes both of a generated project and puts
// graphql-js beside it.

#include <cstdio>
#include <fstream>
#include <iterator>
#include <memory>
#include <string>
#include <vector>

#include <benchmark/benchmark.h>
#include <malloc.h>
#include <nlohmann/json.hpp>

#include "graphql/lexer.h"
#include "graphql/load_schema.h"
#include "graphql/parser.h"
#include "graphql/print_schema.h"
#include "graphql/printer.h"
#include "graphql/validate.h"

namespace {

struct Inputs {
  std::string schema_text;
  std::shared_ptr<const graphql::Schema> schema;
  std::vector<std::string> documents;
  std::size_t document_bytes = 0;
};

Inputs& inputs() {
  static Inputs result;
  return result;
}

void count_bytes(benchmark::State& state, std::size_t bytes) {
  state.SetBytesProcessed(static_cast<std::int64_t>(bytes) * state.iterations());
}

graphql::LoadedSchema load(const std::string& text) {
  graphql::SchemaSource source;
  source.text = text;
  // The text lives as long as the program.
  source.owner = std::shared_ptr<const void>(&text, [](const void* /*text*/) {});
  return graphql::load_schema({&source, 1});
}

void lex_schema(benchmark::State& state) {
  const std::string& text = inputs().schema_text;
  for (auto _ : state) {
    graphql::Lexer lexer(text);
    graphql::TokenKind kind;
    do {
      const graphql::Token token = lexer.next();
      kind = token.kind;
      benchmark::DoNotOptimize(token.span.end);
    } while (kind != graphql::TokenKind::end_of_file && kind != graphql::TokenKind::error);
  }
  count_bytes(state, text.size());
}

void parse_schema(benchmark::State& state) {
  const std::string& text = inputs().schema_text;
  for (auto _ : state) {
    benchmark::DoNotOptimize(graphql::parse_document(text).document.definitions.size());
  }
  count_bytes(state, text.size());
}

/// From text to a schema that was checked.
void load_schema(benchmark::State& state) {
  const std::string& text = inputs().schema_text;
  for (auto _ : state) {
    benchmark::DoNotOptimize(load(text).schema.get());
  }
  count_bytes(state, text.size());
}

void print_schema_document(benchmark::State& state) {
  const graphql::ParsedDocument parsed = graphql::parse_document(inputs().schema_text);
  std::size_t size = 0;
  for (auto _ : state) {
    const std::string text = graphql::print(parsed.document);
    size = text.size();
    benchmark::DoNotOptimize(text.data());
  }
  count_bytes(state, size);
}

void print_schema(benchmark::State& state) {
  std::size_t size = 0;
  for (auto _ : state) {
    const std::string text = graphql::print_schema(*inputs().schema);
    size = text.size();
    benchmark::DoNotOptimize(text.data());
  }
  count_bytes(state, size);
}

void parse_documents(benchmark::State& state) {
  for (auto _ : state) {
    for (const std::string& text : inputs().documents) {
      benchmark::DoNotOptimize(graphql::parse_document(text).document.definitions.size());
    }
  }
  count_bytes(state, inputs().document_bytes);
}

std::vector<graphql::ParsedDocument> parsed_documents() {
  std::vector<graphql::ParsedDocument> parsed;
  for (const std::string& text : inputs().documents) {
    parsed.push_back(graphql::parse_document(text));
  }
  return parsed;
}

void print_documents(benchmark::State& state) {
  const std::vector<graphql::ParsedDocument> parsed = parsed_documents();
  std::size_t size = 0;
  for (auto _ : state) {
    size = 0;
    for (const graphql::ParsedDocument& document : parsed) {
      const std::string text = graphql::print(document.document);
      size += text.size();
      benchmark::DoNotOptimize(text.data());
    }
  }
  count_bytes(state, size);
}

void validate_documents(benchmark::State& state) {
  const std::vector<graphql::ParsedDocument> parsed = parsed_documents();
  std::size_t errors = 0;
  for (auto _ : state) {
    errors = 0;
    for (const graphql::ParsedDocument& document : parsed) {
      errors += graphql::validate(*inputs().schema, document.document).size();
    }
  }
  count_bytes(state, inputs().document_bytes);
  state.counters["errors"] = static_cast<double>(errors);
}

std::string read_file(const char* path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

bool read_inputs(const char* schema, const char* documents) {
  Inputs& result = inputs();
  result.schema_text = read_file(schema);
  result.schema = load(result.schema_text).schema;
  const nlohmann::json list = nlohmann::json::parse(read_file(documents), nullptr, false);
  if (result.schema == nullptr || !list.is_array()) {
    return false;
  }
  for (const nlohmann::json& text : list) {
    result.documents.push_back(text.get<std::string>());
    result.document_bytes += result.documents.back().size();
  }
  return true;
}

}  // namespace

int main(int argc, char** argv) {
  // Memory that is freed stays with the program: the system's page faults are not what is measured.
  mallopt(M_TRIM_THRESHOLD, 1 << 30);
  mallopt(M_MMAP_THRESHOLD, 1 << 30);
  benchmark::Initialize(&argc, argv);
  if (argc != 3 || !read_inputs(argv[1], argv[2])) {
    std::fprintf(stderr, "usage: perf_micro SCHEMA DOCUMENTS [--benchmark_...]\n");
    return 2;
  }
  struct Entry {
    const char* name;
    void (*function)(benchmark::State&);
  };
  constexpr Entry k_entries[] = {{"lex_schema", lex_schema},
                                 {"parse_schema", parse_schema},
                                 {"load_schema", load_schema},
                                 {"print_schema_document", print_schema_document},
                                 {"print_schema", print_schema},
                                 {"parse_documents", parse_documents},
                                 {"print_documents", print_documents},
                                 {"validate_documents", validate_documents}};
  for (const Entry& entry : k_entries) {
    benchmark::RegisterBenchmark(entry.name, entry.function)->Unit(benchmark::kMillisecond);
  }
  benchmark::RunSpecifiedBenchmarks();
  return 0;
}
