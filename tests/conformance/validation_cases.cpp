#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <nlohmann/json.hpp>

#include "graphql/parser.h"
#include "graphql/printer.h"
#include "graphql/validate.h"
#include "tests/conformance/cases.h"
#include "tests/conformance/unchecked_schema.h"

namespace conformance {
namespace {

using graphql::Rule;
using graphql::RuleSet;

// The set behind a list of the reference's names; nothing if one of them is no rule of ours.
std::optional<RuleSet> rules_from(const Json& names, RuleSet specified) {
  if (names.is_string()) {
    return specified;
  }
  RuleSet rules;
  for (const Json& json : names) {
    std::string name = json.get<std::string>();
    name.resize(name.size() - std::string("Rule").size());
    if (name == "NoDeprecatedCustom" || name == "NoSchemaIntrospectionCustom") {
      name.resize(name.size() - std::string("Custom").size());
    }
    const std::optional<Rule> rule = graphql::rule_from(name);
    if (!rule.has_value()) {
      return std::nullopt;
    }
    rules = rules.with(*rule);
  }
  return rules;
}

Json errors_of(const std::string& source,
               const graphql::Schema& schema,
               const graphql::ValidateOptions& options) {
  const graphql::ParsedDocument parsed = graphql::parse_document(source);
  if (parsed.error.has_value()) {
    return {{"syntaxError", error_to_json(source, *parsed.error)}};
  }
  return errors_to_json(source, graphql::validate(schema, parsed.document, options));
}

Json printed(const graphql::ParsedDocument& parsed) {
  return parsed.error.has_value() ? Json() : Json(graphql::print(parsed.document));
}

// Whether a case is about syntax that no specification has.
const char* experiment_in(const Json& item) {
  if (item.contains("needs")) {
    return "fragment arguments, an experimental syntax";
  }
  if (item.contains("parseOptions")) {
    return "variables of fragments, a syntax of graphql-js 16 alone";
  }
  for (const Json& rule : item.at("rules").is_array() ? item.at("rules") : Json::array()) {
    if (rule.get<std::string>().find("Stream") != std::string::npos) {
      return "@defer and @stream, which are experimental";
    }
  }
  const Json& expect = item.at("expect");
  if (expect.is_object() && expect.contains("schemaError")) {
    return "a schema with FRAGMENT_VARIABLE_DEFINITION, an experimental syntax";
  }
  return nullptr;
}

// Where 16 lets an exception out of its validation, 17 is right.
bool has_thrown(const Json& errors) {
  return !errors.empty() && errors[0].at("message").get<std::string>().rfind("THROWS ", 0) == 0;
}

}  // namespace

std::vector<CaseResult> judge_validation_case(const Json& item, const Json& schemas) {
  if (const char* reason = experiment_in(item)) {
    return {excluded(reason)};
  }
  const UncheckedSchema schema(schemas.at(item.at("schema").get<std::string>()));
  const std::string source = item.at("source").get<std::string>();
  const bool is_of_17 = item.at("authority") == "17";
  const RuleSet specified = is_of_17 ? RuleSet::standard() : RuleSet::reference();
  graphql::ValidateOptions options;
  if (item.contains("options")) {
    options.max_errors = item["options"].value("maxErrors", options.max_errors);
    options.hide_suggestions = item["options"].value("hideSuggestions", false);
  }
  const auto expected = [&](const char* of_16, const char* of_17) {
    return is_of_17 && item.contains(of_17) ? item.at(of_17) : item.at(of_16);
  };
  std::vector<CaseResult> results;
  const std::optional<RuleSet> rules = rules_from(item.at("rules"), specified);
  if (!rules.has_value()) {
    return {compare("rules", item.at("rules"), "unknown")};
  }
  // What 17 adds to this rule has a name of its own here.
  const bool has_addition = is_of_17 && rules->has(Rule::single_field_subscriptions);
  options.rules = has_addition ? rules->with(Rule::unconditional_subscriptions) : *rules;
  results.push_back(compare(
      "rules", expected("expect", "expect17"), errors_of(source, schema.schema(), options)));
  if (item.contains("allRules")) {
    options.rules = specified;
    results.push_back(compare("allRules",
                              expected("allRules", "allRules17"),
                              errors_of(source, schema.schema(), options)));
  }
  return results;
}

std::vector<CaseResult> judge_mixed_document(const Json& item) {
  const Json& expect = item.at("expect");
  if (!expect.contains("errors")) {
    return {};
  }
  const std::string source = item.at("source").get<std::string>();
  const graphql::ParsedDocument parsed = graphql::parse_document(source);
  if (parsed.error.has_value()) {
    return {};
  }
  const UncheckedSchema schema(with_part(source, parsed.document, Part::types));
  const bool is_of_17 = has_thrown(expect.at("errors"));
  graphql::ValidateOptions options;
  options.rules = is_of_17 ? RuleSet::standard() : RuleSet::reference();
  return {compare(
      "errors",
      is_of_17 ? item.at("expect17").at("errors") : expect.at("errors"),
      errors_of(with_part(source, parsed.document, Part::executable), schema.schema(), options))};
}

std::vector<CaseResult> judge_document(const Json& item, const std::string& sdl) {
  UncheckedSchema schema(sdl);
  if (item.contains("schemaExtension")) {
    schema.extend(item.at("schemaExtension").get<std::string>());
  }
  const std::string source = item.at("source").get<std::string>();
  graphql::ValidateOptions options;
  options.rules = RuleSet::reference();
  const Json& expect = item.at("expect");
  if (expect.contains("syntaxError")) {
    return {compare("syntaxError", expect, errors_of(source, schema.schema(), options))};
  }
  return {compare("printed", expect.at("printed"), printed(graphql::parse_document(source))),
          compare("errors", expect.at("errors"), errors_of(source, schema.schema(), options))};
}

std::vector<CaseResult> judge_spec_document(const Json& item, const std::string& sdl) {
  const UncheckedSchema schema(sdl);
  graphql::ValidateOptions options;
  options.rules = RuleSet::reference();
  return {compare("validate",
                  item.at("validate"),
                  errors_of(item.at("source").get<std::string>(), schema.schema(), options))};
}

std::vector<CaseResult> judge_generated_document(const Json& document,
                                                 const graphql::Schema& schema) {
  const std::string source = document.at("source").get<std::string>();
  const graphql::ParsedDocument parsed = graphql::parse_document(source);
  std::vector<CaseResult> results = {compare("printed", document.at("printed"), printed(parsed))};
  if (document.contains("oracleThrows")) {
    results.push_back(excluded("graphql-js 16 lets an exception out of validate()"));
    return results;
  }
  graphql::ValidateOptions options;
  options.rules = RuleSet::reference();
  const Json errors = parsed.error.has_value() ? Json::array({error_to_json(source, *parsed.error)})
                                               : errors_of(source, schema, options);
  results.push_back(compare("errors", document.at("errors"), with_first_place(errors)));
  return results;
}

}  // namespace conformance
