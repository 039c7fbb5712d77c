#include "session/config/translate.h"

#include <algorithm>
#include <iterator>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/suggestion.h"
#include "session/config/read_builder.h"

namespace session::config {
namespace {

bool expect_object(const Node& node, std::string_view what, Problems& problems) {
  if (node.is_object()) {
    return true;
  }
  problems.add_error(node.span,
                     k_value_code,
                     std::string(what) + " must be an object, but this is " +
                         std::string(to_text(node.kind)) + ".");
  return false;
}

/// A pointer as graphql-tools has them: a text, an object whose keys are texts, or a list of both.
TextList read_pointers(const Node& node, std::string_view key, Problems& problems) {
  TextList list;
  const auto add_keys = [&](const Node& object) {
    for (const Member& member : object.members) {
      list.push_back({member.key, member.key_span});
    }
  };
  if (node.is_object()) {
    add_keys(node);
    return list;
  }
  if (!node.is_array()) {
    return read_text_list(node, key, problems);
  }
  for (const Node& item : node.items) {
    if (item.is_object()) {
      add_keys(item);
    } else if (item.is_string()) {
      list.push_back({item.text, item.span});
    } else {
      problems.add_error(item.span,
                         k_value_code,
                         in_quotes(key) + " must be a string or a list of strings, but this is " +
                             std::string(to_text(item.kind)) + ".");
    }
  }
  return list;
}

void translate_graphql_project(const Node& node, RawProject& project, Problems& problems) {
  warn_of_slips(
      node, {"schema", "documents", "include", "exclude", "extensions", "projects"}, {}, problems);
  if (const Node* schema = node.find("schema")) {
    project.schema = read_pointers(*schema, "schema", problems);
  }
  const Node* documents = node.find("documents");
  const Node* include = node.find("include");
  // `documents` are what tools build; `include` is what an editor watches.
  if (documents != nullptr) {
    project.include = read_pointers(*documents, "documents", problems);
  } else if (include != nullptr) {
    project.include = read_text_list(*include, "include", problems);
  }
  if (const Node* exclude = node.find("exclude")) {
    project.exclude = read_text_list(*exclude, "exclude", problems);
  }
  const Node* extensions = node.find("extensions");
  const Member* ours = extensions == nullptr ? nullptr : extensions->find_member("builder");
  if (ours == nullptr || !expect_object(ours->value, "\"extensions.builder\"", problems)) {
    return;
  }
  if (const Member* root = ours->value.find_member("root")) {
    problems.add_error(root->key_span,
                       "ConfigKey",
                       "\"root\" cannot be set here: the paths of this file are relative to its "
                       "folder.");
  }
  read_project(ours->value, {}, project, problems);
  project.root.reset();
}

base::Span first_character(const Node& node) {
  return {node.span.begin, std::min(node.span.begin + 1, node.span.end)};
}

}  // namespace

void warn_of_slips(const Node& node,
                   const std::vector<std::string_view>& read_keys,
                   const std::vector<std::string_view>& ignored_keys,
                   Problems& problems) {
  for (const Member& member : node.members) {
    const auto is_key = [&](const std::vector<std::string_view>& keys) {
      return std::find(keys.begin(), keys.end(), member.key) != keys.end();
    };
    if (is_key(read_keys) || is_key(ignored_keys)) {
      continue;
    }
    const auto suggestions = base::suggestions_for(member.key, read_keys);
    if (!suggestions.empty()) {
      problems.add_warning(
          member.key_span,
          "ConfigKey",
          "Unknown key " + in_quotes(member.key) + "." + base::did_you_mean(suggestions));
    }
  }
}

RawConfig translate_graphql_config(const Node& root, Problems& problems) {
  RawConfig config;
  config.shared.span = first_character(root);
  if (!expect_object(root, "The config", problems)) {
    return config;
  }
  translate_graphql_project(root, config.shared, problems);
  const Node* projects = root.find("projects");
  if (projects == nullptr || !expect_object(*projects, "\"projects\"", problems)) {
    return config;
  }
  config.has_projects = !projects->members.empty();
  for (const Member& member : projects->members) {
    if (!expect_object(member.value, in_quotes(member.key), problems)) {
      continue;
    }
    RawProject& project = config.projects.emplace_back();
    project.name = {member.key, member.key_span};
    project.span = member.key_span;
    translate_graphql_project(member.value, project, problems);
  }
  return config;
}

RawConfig translate_tada_plugin(const Node& plugin, Problems& problems) {
  RawConfig config;
  config.shared.span = first_character(plugin);
  if (const Node* schema = plugin.find("schema")) {
    config.shared.schema = read_pointers(*schema, "schema", problems);
  }
  const Node* schemas = plugin.find("schemas");
  if (schemas == nullptr || !schemas->is_array()) {
    return config;
  }
  std::vector<RawSchema>& list = config.shared.schemas.emplace();
  for (const Node& item : schemas->items) {
    const Node* name = item.find("name");
    const Node* schema = item.find("schema");
    if (name != nullptr && name->is_string() && schema != nullptr) {
      list.push_back({{name->text, name->span}, read_pointers(*schema, "schema", problems), {}});
    }
  }
  return config;
}

namespace {

/// `generates` of a codegen config: what it writes must not be read.
void exclude_outputs(const Node& generates, TextList& exclude) {
  for (const Member& member : generates.members) {
    std::string path = member.key;
    while (path.starts_with("./")) {
      path.erase(0, 2);
    }
    // A preset that writes beside its sources names a folder of sources here.
    const bool is_near_sources = [&] {
      const Node* preset = member.value.find("preset");
      return preset != nullptr && preset->text.find("near-operation-file") != std::string::npos;
    }();
    if (!path.empty() && !is_near_sources) {
      exclude.push_back({path + (path.ends_with('/') ? "**" : ""), member.key_span});
    }
  }
}

/// Names of tags beyond the ones that everybody knows.
void translate_pluck_config(const Node& root, RawProject& project) {
  const Node* pluck = root.find("pluckConfig");
  const Node* config = root.find("config");
  if (pluck == nullptr && config != nullptr) {
    pluck = config->find("pluckConfig");
  }
  if (pluck == nullptr) {
    return;
  }
  const Node* global = pluck->find("globalGqlIdentifierName");
  if (global != nullptr && global->is_string()) {
    project.globals.emplace().push_back({global->text, global->span});
  } else if (global != nullptr) {
    for (const Node& item : global->items) {
      if (!project.globals) {
        project.globals.emplace();
      }
      project.globals->push_back({item.text, item.span});
    }
  }
  const Node* modules = pluck->find("modules");
  if (modules == nullptr) {
    return;
  }
  for (const Node& item : modules->items) {
    const Node* name = item.find("name");
    if (name != nullptr && name->is_string()) {
      if (!project.tag_modules) {
        project.tag_modules.emplace();
      }
      project.tag_modules->push_back({name->text, name->span});
    }
  }
}

/// What all outputs have, and one output adds to it.
TextList joined(const std::optional<TextList>& shared, TextList own) {
  TextList list = shared.value_or(TextList());
  std::move(own.begin(), own.end(), std::back_inserter(list));
  return list;
}

std::string project_name_of_output(std::string_view path) {
  std::string name;
  for (const char c : path) {
    const bool is_plain =
        (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
    if (is_plain) {
      name += c;
    } else if (!name.empty() && name.back() != '-') {
      name += '-';
    }
  }
  while (name.ends_with('-')) {
    name.pop_back();
  }
  return name.empty() ? "output" : name;
}

}  // namespace

RawConfig translate_codegen_config(const Node& root, Problems& problems) {
  RawConfig config;
  config.shared.span = first_character(root);
  if (!expect_object(root, "The config", problems)) {
    return config;
  }
  if (const Node* schema = root.find("schema")) {
    config.shared.schema = read_pointers(*schema, "schema", problems);
  }
  if (const Node* documents = root.find("documents")) {
    config.shared.include = read_pointers(*documents, "documents", problems);
  }
  translate_pluck_config(root, config.shared);
  const Node* generates = root.find("generates");
  if (generates == nullptr) {
    return config;
  }
  TextList exclude;
  exclude_outputs(*generates, exclude);
  if (!exclude.empty()) {
    config.shared.exclude = std::move(exclude);
  }
  // Outputs with documents of their own are projects of their own.
  for (const Member& member : generates->members) {
    const Node* documents = member.value.find("documents");
    if (documents == nullptr) {
      continue;
    }
    config.has_projects = true;
    RawProject& project = config.projects.emplace_back();
    project.name = {project_name_of_output(member.key), member.key_span};
    project.span = member.key_span;
    project.include =
        joined(config.shared.include, read_pointers(*documents, "documents", problems));
    if (const Node* schema = member.value.find("schema")) {
      project.schema = joined(config.shared.schema, read_pointers(*schema, "schema", problems));
    }
  }
  return config;
}

RawConfig translate_apollo_config(const Node& root, Problems& problems) {
  RawConfig config;
  config.shared.span = first_character(root);
  const Node* client = root.find("client");
  if (client == nullptr || !expect_object(*client, "\"client\"", problems)) {
    return config;
  }
  // A service by name is one of Apollo's registry: its schema is not on this disk.
  const Node* service = client->find("service");
  if (const Node* file = service == nullptr ? nullptr : service->find("localSchemaFile")) {
    config.shared.schema = read_pointers(*file, "localSchemaFile", problems);
  }
  if (const Node* includes = client->find("includes")) {
    config.shared.include = read_pointers(*includes, "includes", problems);
  }
  if (const Node* excludes = client->find("excludes")) {
    config.shared.exclude = read_pointers(*excludes, "excludes", problems);
  }
  const Node* tag = client->find("tagName");
  if (tag != nullptr && tag->is_string() && tag->text != "gql") {
    config.shared.globals.emplace().push_back({tag->text, tag->span});
  }
  return config;
}

}  // namespace session::config
