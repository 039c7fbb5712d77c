#include "tests/session/config_text.h"

#include <string_view>

#include "session/config/keys.h"

namespace session {
namespace {

std::string join(const std::vector<std::string>& texts) {
  std::string joined;
  for (const std::string& text : texts) {
    joined += " " + text;
  }
  return joined;
}

void append_rules(const RuleLevels& rules, std::string& text) {
  for (const auto& [rule, level] : rules) {
    text += " " + rule + "=" + std::string(config::to_text(level));
  }
}

void append_outputs(const ProjectConfig& project, std::string& text) {
  const ProjectConfig defaults;
  if (project.module_format != defaults.module_format) {
    text += "  module format: cjs\n";
  }
  if (project.on_error != defaults.on_error) {
    text += "  on error: omit\n";
  }
  if (project.commit_outputs) {
    text += "  outputs are committed\n";
  }
  if (!project.default_excludes) {
    text += "  no default excludes\n";
  }
  if (project.max_file_bytes != defaults.max_file_bytes) {
    text += "  max file bytes: " + std::to_string(project.max_file_bytes) + "\n";
  }
}

std::string describe(const ProjectConfig& project) {
  std::string text = "project \"" + project.name + "\" at " + project.root + "\n";
  for (const SchemaConfig& schema : project.schemas) {
    text += "  schema " + schema.label + ":" + join(schema.files);
    text += schema.include.empty() ? "\n" : " for" + join(schema.include) + "\n";
  }
  text += "  include:" + join(project.include) + "\n";
  if (!project.exclude.empty()) {
    text += "  exclude:" + join(project.exclude) + "\n";
  }
  text += "  out: " + project.out_dir + "\n  cache: " + project.cache_dir + "\n";
  for (const auto& [tag, label] : project.tags) {
    text += "  tag " + tag + " -> " + label + "\n";
  }
  const auto append_list = [&](std::string_view name, const std::vector<std::string>& list) {
    text += list.empty() ? "" : "  " + std::string(name) + ":" + join(list) + "\n";
  };
  append_list("tag modules", project.tag_modules);
  append_list("globals", project.globals);
  append_list("composer modules", project.composer_modules);
  append_outputs(project, text);
  if (!project.rules.empty()) {
    text += "  rules:";
    append_rules(project.rules, text);
    text += "\n";
  }
  for (const RuleOverride& entry : project.overrides) {
    text += "  override:" + join(entry.files) + ":";
    append_rules(entry.rules, text);
    text += "\n";
  }
  return text;
}

std::string describe(const LocatedPlace& place) {
  std::string text = place.path.text();
  if (!place.lines.empty()) {
    text += ":" + std::to_string(place.start.line) + ":" + std::to_string(place.start.column) +
            "-" + std::to_string(place.end.line) + ":" + std::to_string(place.end.column);
  }
  return text + " ";
}

}  // namespace

std::string describe(const Config& config) {
  std::string text = config.file.empty() ? "defaults\n" : config.file + "\n";
  for (const ProjectConfig& project : config.projects) {
    text += describe(project);
  }
  return text;
}

std::string describe(const std::vector<LocatedDiagnostic>& problems) {
  std::string text;
  for (const LocatedDiagnostic& problem : problems) {
    text += describe(problem.place) + std::string(base::to_text(problem.severity)) + " " +
            problem.code + ": " + problem.message + "\n";
    for (const LocatedPlace& related : problem.related) {
      text += "  " + describe(related) + related.message + "\n";
    }
  }
  return text;
}

}  // namespace session
