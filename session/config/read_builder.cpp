#include "session/config/read_builder.h"

#include <algorithm>
#include <charconv>
#include <string>
#include <vector>

#include "base/suggestion.h"
#include "session/config/keys.h"

namespace session::config {
namespace {

constexpr const char* k_key_code = "ConfigKey";

void report_kind(const Node& node,
                 std::string_view key,
                 std::string_view expected,
                 Problems& problems) {
  problems.add_error(node.span,
                     k_value_code,
                     in_quotes(key) + " must be " + std::string(expected) + ", but this is " +
                         std::string(to_text(node.kind)) + ".");
}

void report_unknown_key(const Member& member,
                        std::vector<std::string_view> known,
                        Problems& problems) {
  std::string message = "Unknown key " + in_quotes(member.key) + ".";
  message += base::did_you_mean(base::suggestions_for(member.key, known));
  problems.add_error(member.key_span, k_key_code, std::move(message));
}

/// Reads one value; an overload for each kind of field.
class ValueReader {
 public:
  ValueReader(const KeySpec& key, Problems& problems) : key_(key), problems_(problems) {}

  void read(const Node& node, Text& text) const {
    if (!node.is_string()) {
      report_kind(node, key_.name, "a string", problems_);
      return;
    }
    text = {node.text, node.span};
    const auto& choices = key_.choices;
    if (!choices.empty() && std::find(choices.begin(), choices.end(), node.text) == choices.end()) {
      std::string message =
          in_quotes(key_.name) + " cannot be " + in_quotes(node.text) + ": it is ";
      for (std::size_t i = 0; i < choices.size(); ++i) {
        message += (i == 0 ? "" : " or ") + in_quotes(choices[i]);
      }
      problems_.add_error(node.span, k_value_code, message + ".");
    }
  }

  void read(const Node& node, TextList& list) const {
    list = read_text_list(node, key_.name, problems_);
  }

  void read(const Node& node, TextMap& map) const { read_text_map(node, key_.name, map); }

  void read(const Node& node, bool& flag) const {
    if (node.kind != NodeKind::boolean) {
      report_kind(node, key_.name, "true or false", problems_);
    }
    flag = node.boolean;
  }

  void read(const Node& node, RawNumber& number) const {
    number.span = node.span;
    const char* end = node.text.data() + node.text.size();
    if (node.kind != NodeKind::number ||
        std::from_chars(node.text.data(), end, number.value).ptr != end || number.value == 0) {
      problems_.add_error(
          node.span, k_value_code, in_quotes(key_.name) + " must be a positive whole number.");
    }
  }

  void read(const Node& node, RawComposer& composer) const {
    if (!node.is_object()) {
      report_kind(node, key_.name, "an object", problems_);
    }
    for (const Member& member : node.members) {
      if (member.key == "modules") {
        composer.modules = read_text_list(member.value, "modules", problems_);
      } else {
        report_unknown_key(member, {"modules"}, problems_);
      }
    }
  }

  void read(const Node& node, std::vector<RawSchema>& schemas) const {
    if (!node.is_object()) {
      report_kind(node, key_.name, "an object of schemas by label", problems_);
    }
    for (const Member& member : node.members) {
      RawSchema& schema = schemas.emplace_back();
      schema.label = {member.key, member.key_span};
      if (member.value.is_object()) {
        read_schema(member.value, schema);
      } else {
        schema.files = read_text_list(member.value, member.key, problems_);
      }
    }
  }

  void read(const Node& node, std::vector<RawOverride>& overrides) const {
    if (!node.is_array()) {
      report_kind(node, key_.name, "a list", problems_);
    }
    for (const Node& item : node.items) {
      if (!item.is_object()) {
        report_kind(item, key_.name, "a list of objects", problems_);
        continue;
      }
      RawOverride& entry = overrides.emplace_back();
      for (const Member& member : item.members) {
        if (member.key == "files") {
          entry.files = read_text_list(member.value, "files", problems_);
        } else if (member.key == "rules") {
          read_text_map(member.value, "rules", entry.rules);
        } else {
          report_unknown_key(member, {"files", "rules"}, problems_);
        }
      }
      if (item.find("files") == nullptr) {
        problems_.add_error(item.span, k_key_code, "An override needs \"files\".");
      }
    }
  }

 private:
  void read_text_map(const Node& node, std::string_view key, TextMap& map) const {
    if (!node.is_object()) {
      report_kind(node, key, "an object", problems_);
    }
    for (const Member& member : node.members) {
      if (member.value.is_string()) {
        map.push_back({{member.key, member.key_span}, {member.value.text, member.value.span}});
      } else {
        report_kind(member.value, member.key, "a string", problems_);
      }
    }
  }

  void read_schema(const Node& node, RawSchema& schema) const {
    for (const Member& member : node.members) {
      if (member.key == "schema") {
        schema.files = read_text_list(member.value, "schema", problems_);
      } else if (member.key == "include") {
        schema.include = read_text_list(member.value, "include", problems_);
      } else {
        report_unknown_key(member, {"include", "schema"}, problems_);
      }
    }
    if (node.find("schema") == nullptr) {
      problems_.add_error(schema.label.span,
                          k_key_code,
                          "The schema " + in_quotes(schema.label.value) + " needs \"schema\".");
    }
  }

  const KeySpec& key_;
  Problems& problems_;
};

void read_projects(const Node& node, RawConfig& config, Problems& problems) {
  config.has_projects = true;
  if (!node.is_object() || node.members.empty()) {
    problems.add_error(
        node.span, k_value_code, "\"projects\" must be an object with at least one project.");
    return;
  }
  for (const Member& member : node.members) {
    if (!member.value.is_object()) {
      report_kind(member.value, member.key, "an object", problems);
      continue;
    }
    RawProject& project = config.projects.emplace_back();
    project.name = {member.key, member.key_span};
    project.span = member.key_span;
    read_project(member.value, {}, project, problems);
  }
}

}  // namespace

TextList read_text_list(const Node& node, std::string_view key, Problems& problems) {
  TextList list;
  if (node.is_string()) {
    list.push_back({node.text, node.span});
    return list;
  }
  if (!node.is_array()) {
    report_kind(node, key, "a string or a list of strings", problems);
    return list;
  }
  for (const Node& item : node.items) {
    if (item.is_string()) {
      list.push_back({item.text, item.span});
    } else {
      report_kind(item, key, "a list of strings", problems);
    }
  }
  return list;
}

void read_project(const Node& node,
                  std::span<const std::string_view> also_known,
                  RawProject& project,
                  Problems& problems) {
  const std::vector<KeySpec>& keys = project_keys();
  for (const Member& member : node.members) {
    const auto key = std::find_if(
        keys.begin(), keys.end(), [&](const KeySpec& spec) { return spec.name == member.key; });
    if (key != keys.end()) {
      const ValueReader reader(*key, problems);
      std::visit([&](auto field) { reader.read(member.value, (project.*field).emplace()); },
                 key->field);
      continue;
    }
    if (std::find(also_known.begin(), also_known.end(), member.key) == also_known.end()) {
      std::vector<std::string_view> known(also_known.begin(), also_known.end());
      for (const KeySpec& spec : keys) {
        known.push_back(spec.name);
      }
      report_unknown_key(member, std::move(known), problems);
    }
  }
}

RawConfig read_builder_config(const Node& root, Problems& problems) {
  static constexpr std::string_view k_also_known[] = {"$schema", "projects"};
  RawConfig config;
  config.shared.span = {root.span.begin, root.span.begin + 1};
  if (!root.is_object()) {
    problems.add_error(config.shared.span, k_value_code, "The config must be an object.");
    return config;
  }
  read_project(root, k_also_known, config.shared, problems);
  if (const Node* projects = root.find("projects")) {
    read_projects(*projects, config, problems);
  }
  return config;
}

}  // namespace session::config
