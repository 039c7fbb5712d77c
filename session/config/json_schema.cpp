#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "session/config/keys.h"
#include "session/config/write_config.h"

namespace session::config {
namespace {

using nlohmann::ordered_json;

ordered_json text_schema() {
  return {{"type", "string"}};
}

ordered_json object_schema(ordered_json properties) {
  return {
      {"type", "object"}, {"additionalProperties", false}, {"properties", std::move(properties)}};
}

/// The schema of a key's value, by the type of the field that holds it.
struct ShapeOf {
  const KeySpec& key;

  ordered_json operator()(Field<Text>) const {
    ordered_json schema = text_schema();
    if (!key.choices.empty()) {
      schema["enum"] = key.choices;
    }
    return schema;
  }

  ordered_json operator()(Field<TextList>) const {
    return {{"anyOf", {text_schema(), {{"type", "array"}, {"items", text_schema()}}}}};
  }

  ordered_json operator()(Field<TextMap> field) const {
    if (field == &RawProject::rules) {
      return {{"$ref", "#/definitions/ruleLevels"}};
    }
    return {{"type", "object"}, {"additionalProperties", text_schema()}};
  }

  ordered_json operator()(Field<bool>) const { return {{"type", "boolean"}}; }
  ordered_json operator()(Field<RawNumber>) const { return {{"type", "integer"}, {"minimum", 1}}; }

  ordered_json operator()(Field<RawComposer>) const {
    return object_schema({{"modules", {{"$ref", "#/definitions/textList"}}}});
  }

  ordered_json operator()(Field<std::vector<RawSchema>>) const {
    ordered_json detailed = object_schema({{"schema", {{"$ref", "#/definitions/textList"}}},
                                           {"include", {{"$ref", "#/definitions/textList"}}}});
    detailed["required"] = {"schema"};
    ordered_json either = ordered_json::array({{{"$ref", "#/definitions/textList"}}, detailed});
    return {{"type", "object"}, {"additionalProperties", {{"anyOf", std::move(either)}}}};
  }

  ordered_json operator()(Field<std::vector<RawOverride>>) const {
    ordered_json entry = object_schema({{"files", {{"$ref", "#/definitions/textList"}}},
                                        {"rules", {{"$ref", "#/definitions/ruleLevels"}}}});
    entry["required"] = {"files"};
    return {{"type", "array"}, {"items", std::move(entry)}};
  }
};

ordered_json key_schema(const KeySpec& key) {
  ordered_json schema = {{"description", key.description}};
  schema.update(std::visit(ShapeOf{key}, key.field));
  if (!key.default_json.empty()) {
    schema["default"] = ordered_json::parse(key.default_json);
  }
  return schema;
}

ordered_json rule_levels_schema() {
  ordered_json properties = ordered_json::object();
  for (const RuleSpec& rule : rule_specs()) {
    properties[std::string(rule.name)] = {{"description", rule.description},
                                          {"enum", {"off", "warn", "error"}},
                                          {"default", to_text(rule.default_level)}};
  }
  return object_schema(std::move(properties));
}

}  // namespace

std::string config_json_schema() {
  ordered_json definitions = ordered_json::object();
  ordered_json properties = ordered_json::object();
  for (const KeySpec& key : project_keys()) {
    const std::string name(key.name);
    definitions[name] = key_schema(key);
    properties[name] = {{"$ref", "#/definitions/" + name}};
  }
  definitions["textList"] = ShapeOf{project_keys().front()}(Field<TextList>());
  definitions["ruleLevels"] = rule_levels_schema();
  definitions["project"] = object_schema(properties);
  properties["$schema"] = text_schema();
  properties["projects"] = {
      {"description",
       "Several projects by name. What stands outside of them holds for all that do not say "
       "otherwise."},
      {"type", "object"},
      {"minProperties", 1},
      {"additionalProperties", {{"$ref", "#/definitions/project"}}}};
  ordered_json schema = {{"$schema", "http://json-schema.org/draft-07/schema#"},
                         {"title", "builder.config.json"}};
  schema.update(object_schema(std::move(properties)));
  schema["definitions"] = std::move(definitions);
  return schema.dump(2) + "\n";
}

}  // namespace session::config
