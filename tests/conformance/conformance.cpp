// usage: conformance FILE…
//
// Compares us with what graphql-js 16.15.0 did, case by case, and prints each difference and the
// counts. A FILE is one of the recorded suites ({"cases": […]}) or what gen.mjs printed
// ({"documents": […]}). Exit code: 0 no difference, 1 differences, 2 a file cannot be read.

#include <cstdio>
#include <fstream>
#include <iterator>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "tests/conformance/cases.h"
#include "tests/conformance/unchecked_schema.h"

namespace conformance {
namespace {

struct Tally {
  std::size_t same = 0;
  std::size_t different = 0;
  std::map<std::string, std::size_t> excluded;
};

void count(Tally& tally, const std::string& id, const CaseResult& result) {
  switch (result.kind) {
    case CaseResult::Kind::same:
      ++tally.same;
      return;
    case CaseResult::Kind::different:
      ++tally.different;
      std::printf("DIFFERENT %s: %s\n", id.c_str(), result.text.c_str());
      return;
    case CaseResult::Kind::excluded:
      ++tally.excluded[result.text];
      return;
  }
}

void append(std::vector<CaseResult>& results, std::vector<CaseResult> more) {
  results.insert(
      results.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
}

// A block of the specification: whether it parses, and what is said of it where it is a whole.
std::vector<CaseResult> judge_spec(const Json& item, const Json& file) {
  std::vector<CaseResult> results = {judge_syntax_case(
      {{"kind", "parse"}, {"source", item.at("source")}, {"expect", item.at("parse")}})};
  if (item.contains("sdl")) {
    append(results, judge_spec_sdl(item));
  }
  if (item.contains("validate")) {
    append(results, judge_spec_document(item, file.at("schema").get<std::string>()));
  }
  return results;
}

// Which kind of case it is shows in its members, for the suites do not say.
std::vector<CaseResult> judge(const Json& item, const Json& file) {
  const std::string kind = item.value("kind", "");
  const std::string id = item.value("id", "");
  if (id.rfind("schema/", 0) == 0) {
    return judge_schema_case(item);
  }
  if (id.rfind("sdl/", 0) == 0) {
    return judge_sdl_case(item, file.at("schemas"));
  }
  if (id.rfind("validation/", 0) == 0) {
    return judge_validation_case(item, file.at("schemas"));
  }
  if (item.contains("section")) {
    return judge_spec(item, file);
  }
  if (kind == "document" && file.contains("schema")) {
    return judge_document(item, file.at("schema").get<std::string>());
  }
  if (kind == "document") {
    std::vector<CaseResult> results = judge_mixed_schema(item);
    append(results, judge_mixed_document(item));
    return results;
  }
  if (item.contains("expect") && !kind.empty()) {
    return {judge_syntax_case(item)};
  }
  return {excluded("not a kind of case that this program knows")};
}

// What gen.mjs printed: documents against one schema, or schemas.
void judge_generated(const Json& file, Tally& tally) {
  std::optional<UncheckedSchema> schema;
  if (file.contains("schema")) {
    schema.emplace(file.at("schema").get<std::string>());
  }
  std::size_t number = 0;
  for (const Json& document : file.at("documents")) {
    const std::string id =
        "seed " + std::to_string(file.value("seed", 0)) + " document " + std::to_string(number++);
    for (const CaseResult& result : schema.has_value()
                                        ? judge_generated_document(document, schema->schema())
                                        : judge_generated_sdl(document)) {
      count(tally, id, result);
    }
  }
}

void judge_file(const Json& file, Tally& tally) {
  for (const Json& item : file.value("cases", Json::array())) {
    for (const CaseResult& result : judge(item, file)) {
      count(tally, item.value("id", "?"), result);
    }
  }
  if (file.contains("documents")) {
    judge_generated(file, tally);
  }
}

int run(const std::vector<std::string>& paths) {
  bool is_readable = true;
  Tally total;
  for (const std::string& path : paths) {
    Tally tally;
    try {
      std::ifstream input(path, std::ios::binary);
      judge_file(Json::parse(input), tally);
    } catch (const nlohmann::json::exception& error) {
      std::printf("%s: %s\n", path.c_str(), error.what());
      is_readable = false;
      continue;
    }
    std::size_t excluded_count = 0;
    for (const auto& [reason, cases] : tally.excluded) {
      std::printf("excluded %zu: %s\n", cases, reason.c_str());
      excluded_count += cases;
    }
    std::printf("%s: %zu same, %zu different, %zu excluded\n",
                path.c_str(),
                tally.same,
                tally.different,
                excluded_count);
    total.different += tally.different;
  }
  if (!is_readable) {
    return 2;
  }
  return total.different == 0 ? 0 : 1;
}

}  // namespace
}  // namespace conformance

int main(int argc, char** argv) {
  return conformance::run(std::vector<std::string>(argv + 1, argv + argc));
}
