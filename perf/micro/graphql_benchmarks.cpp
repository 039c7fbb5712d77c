#include <string>
#include <vector>

#include "graphql/lexer.h"
#include "graphql/load_schema.h"
#include "graphql/parser.h"
#include "graphql/print_schema.h"
#include "graphql/printer.h"
#include "graphql/validate.h"
#include "perf/micro/inputs.h"

namespace micro {
namespace {

void lex_schema(benchmark::State& state) {
  const std::string& text = inputs().schema_text;
  for ([[maybe_unused]] auto _ : state) {
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
  for ([[maybe_unused]] auto _ : state) {
    benchmark::DoNotOptimize(graphql::parse_document(text).document.definitions.size());
  }
  count_bytes(state, text.size());
}

/// From text to a schema that was checked.
void load_schema(benchmark::State& state) {
  const std::string& text = inputs().schema_text;
  for ([[maybe_unused]] auto _ : state) {
    graphql::SchemaSource source;
    source.text = text;
    // The text lives as long as the program.
    source.owner = std::shared_ptr<const void>(&text, [](const void* /*text*/) {});
    benchmark::DoNotOptimize(graphql::load_schema({&source, 1}).schema.get());
  }
  count_bytes(state, text.size());
}

void print_schema_document(benchmark::State& state) {
  const graphql::ParsedDocument parsed = graphql::parse_document(inputs().schema_text);
  std::size_t size = 0;
  for ([[maybe_unused]] auto _ : state) {
    const std::string text = graphql::print(parsed.document);
    size = text.size();
    benchmark::DoNotOptimize(text.data());
  }
  count_bytes(state, size);
}

void print_schema(benchmark::State& state) {
  std::size_t size = 0;
  for ([[maybe_unused]] auto _ : state) {
    const std::string text = graphql::print_schema(*inputs().schema);
    size = text.size();
    benchmark::DoNotOptimize(text.data());
  }
  count_bytes(state, size);
}

void parse_documents(benchmark::State& state) {
  for ([[maybe_unused]] auto _ : state) {
    for (const std::string& text : inputs().documents) {
      benchmark::DoNotOptimize(graphql::parse_document(text).document.definitions.size());
    }
  }
  count_bytes(state, inputs().document_bytes());
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
  for ([[maybe_unused]] auto _ : state) {
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
  for ([[maybe_unused]] auto _ : state) {
    errors = 0;
    for (const graphql::ParsedDocument& document : parsed) {
      errors += graphql::validate(*inputs().schema, document.document).size();
    }
  }
  count_bytes(state, inputs().document_bytes());
  state.counters["errors"] = static_cast<double>(errors);
}

BENCHMARK(lex_schema)->Name("graphql/lex_schema")->Unit(benchmark::kMicrosecond);
BENCHMARK(parse_schema)->Name("graphql/parse_schema")->Unit(benchmark::kMicrosecond);
BENCHMARK(load_schema)->Name("graphql/load_schema")->Unit(benchmark::kMicrosecond);
BENCHMARK(print_schema_document)
    ->Name("graphql/print_schema_document")
    ->Unit(benchmark::kMicrosecond);
BENCHMARK(print_schema)->Name("graphql/print_schema")->Unit(benchmark::kMicrosecond);
BENCHMARK(parse_documents)->Name("graphql/parse_documents")->Unit(benchmark::kMicrosecond);
BENCHMARK(print_documents)->Name("graphql/print_documents")->Unit(benchmark::kMicrosecond);
BENCHMARK(validate_documents)->Name("graphql/validate_documents")->Unit(benchmark::kMicrosecond);

}  // namespace
}  // namespace micro
