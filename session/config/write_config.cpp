#include "session/config/write_config.h"

#include <string_view>
#include <variant>

#include "base/json_text.h"
#include "session/config/keys.h"

namespace session::config {
namespace {

/// A list that fits is written in one line.
constexpr std::size_t k_line_width = 80;

/// Writes values at one indent.
class ValueWriter {
 public:
  explicit ValueWriter(std::string indent) : indent_(std::move(indent)) {}

  std::string write(const Text& text) const { return base::json_string(text.value); }
  std::string write(bool flag) const { return flag ? "true" : "false"; }
  std::string write(const RawNumber& number) const { return std::to_string(number.value); }

  std::string write(const TextList& list) const {
    if (list.size() == 1) {
      return write(list.front());
    }
    std::vector<std::string> items;
    for (const Text& text : list) {
      items.push_back(write(text));
    }
    return join('[', ']', items);
  }

  std::string write(const TextMap& map) const {
    std::vector<std::string> members;
    for (const TextPair& pair : map) {
      members.push_back(write(pair.key) + ": " + write(pair.value));
    }
    return join('{', '}', members);
  }

  std::string write(const RawComposer& composer) const {
    return composer.modules ? "{ \"modules\": " + write(*composer.modules) + " }" : "{}";
  }

  std::string write(const std::vector<RawSchema>& schemas) const {
    std::vector<std::string> members;
    for (const RawSchema& schema : schemas) {
      std::string value = write(schema.files);
      if (!schema.include.empty()) {
        value.insert(0, "{ \"schema\": ");
        value += ", \"include\": " + write(schema.include) + " }";
      }
      members.push_back(write(schema.label) + ": " + value);
    }
    return join('{', '}', members);
  }

  std::string write(const std::vector<RawOverride>& overrides) const {
    std::vector<std::string> items;
    items.reserve(overrides.size());
    for (const RawOverride& entry : overrides) {
      items.push_back("{ \"files\": " + write(entry.files) + ", \"rules\": " + write(entry.rules) +
                      " }");
    }
    return join('[', ']', items);
  }

 private:
  std::string join(char open, char close, const std::vector<std::string>& parts) const {
    std::string line;
    for (const std::string& part : parts) {
      line += (line.empty() ? "" : ", ") + part;
    }
    if (line.size() <= k_line_width) {
      const std::string_view space = open == '{' && !line.empty() ? " " : "";
      return open + std::string(space) + line + std::string(space) + close;
    }
    std::string text(1, open);
    for (std::size_t i = 0; i < parts.size(); ++i) {
      text += (i == 0 ? "\n" : ",\n") + indent_ + "  " + parts[i];
    }
    return text + "\n" + indent_ + close;
  }

  std::string indent_;
};

/// The members of one project, as lines without the last comma.
std::vector<std::string> write_members(const RawProject& project, const std::string& indent) {
  const ValueWriter writer(indent);
  std::vector<std::string> members;
  for (const KeySpec& key : project_keys()) {
    std::visit(
        [&](auto field) {
          if (const auto& value = project.*field) {
            members.push_back(indent + base::json_string(key.name) + ": " + writer.write(*value));
          }
        },
        key.field);
  }
  return members;
}

std::string join_members(const std::vector<std::string>& members) {
  std::string text;
  for (const std::string& member : members) {
    text += (text.empty() ? "" : ",\n") + member;
  }
  return text.empty() ? text : text + "\n";
}

}  // namespace

std::string write_config(const RawConfig& raw, const std::vector<std::string>& remarks) {
  std::string text = "{\n";
  for (const std::string& remark : remarks) {
    text += "  // " + remark + "\n";
  }
  std::vector<std::string> members = write_members(raw.shared, "  ");
  if (raw.has_projects) {
    std::vector<std::string> projects;
    for (const RawProject& project : raw.projects) {
      projects.push_back("    " + base::json_string(project.name.value) + ": {\n" +
                         join_members(write_members(project, "      ")) + "    }");
    }
    members.push_back("  \"projects\": {\n" + join_members(projects) + "  }");
  }
  return text + join_members(members) + "}\n";
}

}  // namespace session::config
