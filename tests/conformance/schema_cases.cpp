#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <nlohmann/json.hpp>

#include "graphql/load_schema.h"
#include "graphql/parser.h"
#include "graphql/print_schema.h"
#include "graphql/printer.h"
#include "graphql/schema_builder.h"
#include "graphql/schema_validation.h"
#include "graphql/sdl_rules.h"
#include "tests/conformance/cases.h"
#include "tests/conformance/unchecked_schema.h"

namespace conformance {
namespace {

using graphql::Document;
using graphql::SchemaMode;
using graphql::SchemaStage;

constexpr const char* k_stack_overflow = "Maximum call stack size exceeded";

// Errors whose places are in several texts, told apart by their number.
Json errors_in(const std::vector<std::string>& sources, const std::vector<graphql::Error>& errors) {
  Json list = Json::array();
  for (const graphql::Error& error : errors) {
    Json json = {{"message", error.message}};
    for (const graphql::Location& location : error.locations) {
      json["locations"].push_back(position_of(sources[location.source_id], location.span.begin));
    }
    list.push_back(std::move(json));
  }
  return list;
}

// What the reference would say of `sources`, each extending those before.
Json loaded(const std::vector<std::string>& sources, SchemaMode mode) {
  std::vector<graphql::SchemaSource> texts;
  for (const std::string& source : sources) {
    texts.push_back({static_cast<std::uint32_t>(texts.size()), source});
  }
  const graphql::LoadedSchema result = graphql::load_schema(texts, mode);
  const Json errors = errors_in(sources, result.errors);
  switch (result.stage) {
    case SchemaStage::syntax:
      return {{"step", result.step}, {"syntaxError", errors.at(0)}};
    case SchemaStage::definitions:
      return {{"step", result.step}, {"sdlErrors", errors}};
    case SchemaStage::build:
      return {{"step", result.step}, {"throws", result.errors.front().message}};
    case SchemaStage::schema:
      break;
  }
  return {{"schemaErrors", errors}, {"printed", graphql::print_schema(*result.schema)}};
}

graphql::SdlRules rules_from(const Json& names) {
  if (names.is_string()) {
    return graphql::SdlRules::all();
  }
  graphql::SdlRules rules = graphql::SdlRules::none();
  for (const Json& json : names) {
    std::string name = json.get<std::string>();
    name.resize(name.size() - std::string("Rule").size());
    if (const auto rule = graphql::sdl_rule_from(name)) {
      rules.add(*rule);
    }
  }
  return rules;
}

Json sdl_errors(const std::string& source, const graphql::Schema* base, graphql::SdlRules rules) {
  const graphql::ParsedDocument parsed = graphql::parse_document(source);
  if (parsed.error.has_value()) {
    return {{"syntaxError", error_to_json(source, *parsed.error)}};
  }
  const Document* const document = &parsed.document;
  return errors_to_json(source, graphql::check_sdl({&document, 1}, base, rules));
}

}  // namespace

std::vector<CaseResult> judge_schema_case(const Json& item) {
  std::vector<std::string> sources = {item.at("sdl").get<std::string>()};
  for (const Json& extension : item.value("extensions", Json::array())) {
    sources.push_back(extension.get<std::string>());
  }
  const Json& expect = item.at("expect");
  const bool has_crashed =
      expect.value("throws", "") == k_stack_overflow && item.contains("expect17");
  if (!has_crashed) {
    return {compare("reference", expect, loaded(sources, SchemaMode::reference))};
  }
  // 16 overflows its stack where a default value leads back to its own type; 17 says what is wrong.
  const Json ours = loaded(sources, SchemaMode::project);
  return {compare("schemaErrors", item.at("expect17").at("schemaErrors"), ours.at("schemaErrors")),
          excluded("printed by 17 alone, whose printer writes objects in another form")};
}

std::vector<CaseResult> judge_sdl_case(const Json& item, const Json& schemas) {
  std::optional<UncheckedSchema> base;
  if (!item.at("schema").is_null()) {
    base.emplace(schemas.at(item.at("schema").get<std::string>()));
  }
  const graphql::Schema* const schema = base.has_value() ? &base->schema() : nullptr;
  const std::string source = item.at("source").get<std::string>();
  return {
      compare("rules", item.at("expect"), sdl_errors(source, schema, rules_from(item.at("rules")))),
      compare(
          "allRules", item.at("allRules"), sdl_errors(source, schema, graphql::SdlRules::all()))};
}

std::vector<CaseResult> judge_spec_sdl(const Json& item) {
  const std::string source = item.at("source").get<std::string>();
  return {compare("sdl", item.at("sdl"), sdl_errors(source, nullptr, graphql::SdlRules::all()))};
}

std::vector<CaseResult> judge_mixed_schema(const Json& item) {
  const std::string source = item.at("source").get<std::string>();
  const Json& expect = item.at("expect");
  const graphql::ParsedDocument parsed = graphql::parse_document(source);
  if (parsed.error.has_value() || expect.contains("syntaxError")) {
    const Json error = parsed.error.has_value() ? error_to_json(source, *parsed.error) : Json();
    return {compare("syntaxError", expect.value("syntaxError", Json()), error)};
  }
  std::vector<CaseResult> results = {
      compare("printed", expect.at("printed"), graphql::print(parsed.document))};
  if (!expect.at("hasSchema").get<bool>()) {
    return results;
  }
  const std::string sdl = with_part(source, parsed.document, Part::types);
  const Json ours = loaded({sdl}, SchemaMode::reference);
  for (const char* key : {"sdlErrors", "schemaErrors"}) {
    const Json none = Json::array();
    results.push_back(compare(key, expect.value(key, none), ours.value(key, none)));
  }
  return results;
}

std::vector<CaseResult> judge_generated_sdl(const Json& document) {
  const std::string source = document.at("source").get<std::string>();
  const graphql::ParsedDocument parsed = graphql::parse_document(source);
  const Json printed = parsed.error.has_value() ? Json() : Json(graphql::print(parsed.document));
  std::vector<CaseResult> results = {compare("printed", document.at("printed"), printed)};
  const Json ours = loaded({source}, SchemaMode::reference);
  if (document.value("oracleThrows", "") == k_stack_overflow) {
    results.push_back(
        excluded("graphql-js 16 overflows its stack where a default leads back to its own type"));
  } else if (document.contains("oracleThrows")) {
    results.push_back(compare("throws", document.at("oracleThrows"), ours.value("throws", "")));
  } else if (document.contains("errors")) {
    const Json error = ours.contains("syntaxError") ? Json::array({ours["syntaxError"]}) : Json();
    results.push_back(compare("errors", document.at("errors"), with_first_place(error)));
  } else {
    const char* const key = document.contains("sdlErrors") ? "sdlErrors" : "schemaErrors";
    results.push_back(
        compare(key, document.at(key), with_first_place(ours.value(key, Json::array()))));
    if (document.contains("printedSchema")) {
      results.push_back(
          compare("printedSchema", document.at("printedSchema"), ours.value("printed", Json())));
    }
  }
  return results;
}

}  // namespace conformance
