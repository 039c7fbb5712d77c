#include "session/source_inputs.h"

#include <algorithm>
#include <utility>

#include "discovery/glob.h"

namespace session {
namespace {

using discovery::GlobList;
using discovery::GlobPurpose;
using discovery::SourceFile;

base::Diagnostic to_diagnostic(const SourceFile& file, const discovery::FactsProblem& problem) {
  base::Diagnostic diagnostic;
  diagnostic.range = {file.path, problem.span};
  diagnostic.severity = problem.is_error ? base::Severity::error : base::Severity::warning;
  diagnostic.code = problem.code;
  diagnostic.message = problem.message;
  return diagnostic;
}

builder::RuleLevel to_builder(RuleLevel level) {
  switch (level) {
    case RuleLevel::off:
      return builder::RuleLevel::off;
    case RuleLevel::warn:
      return builder::RuleLevel::warn;
    case RuleLevel::error:
      break;
  }
  return builder::RuleLevel::error;
}

}  // namespace

base::Result<ScannedSources> scan_sources(base::FileSystem& files, const ProjectConfig& project) {
  discovery::ScanRequest request;
  request.root = project.root;
  request.include = project.include;
  request.exclude = project.exclude;
  request.has_default_excludes = project.default_excludes;
  request.forbidden_folders = {project.out_dir, project.cache_dir};
  TRY_ASSIGN(discovery::ScanResult scan, discovery::scan_files(files, request));
  ScannedSources sources;
  sources.problems = std::move(scan.problems);
  sources.has_symlinks = scan.has_symlinks;
  for (discovery::ScannedFile& file : scan.files) {
    if (file.language) {
      sources.inputs.push_back(
          {std::move(file.path), std::move(file.absolute_path), *file.language});
    }
  }
  return sources;
}

base::Result<SchemaClaims> SchemaClaims::compile(const ProjectConfig& project) {
  SchemaClaims claims;
  for (const SchemaConfig& schema : project.schemas) {
    if (schema.include.empty()) {
      claims.takers_of_the_rest_.push_back(schema.label);
      continue;
    }
    TRY_ASSIGN(GlobList globs,
               GlobList::compile(project.root, schema.include, GlobPurpose::select));
    claims.globs_.emplace_back(schema.label, std::move(globs));
  }
  return claims;
}

std::vector<std::string> SchemaClaims::labels_of(const base::SourcePath& path) const {
  std::vector<std::string> labels;
  for (const auto& [label, globs] : globs_) {
    if (globs.matches(path)) {
      labels.push_back(label);
    }
  }
  if (labels.empty()) {
    labels = takers_of_the_rest_;
  }
  std::sort(labels.begin(), labels.end());
  return labels;
}

std::optional<builder::SourceInput> source_input(const SourceFile& file,
                                                 const SchemaClaims& claims) {
  // A file of which only the bytes were looked at has nothing to say.
  if (!file.facts) {
    return std::nullopt;
  }
  builder::SourceInput input;
  input.path = file.path;
  input.fingerprint = file.fingerprint;
  input.facts = &*file.facts;
  input.is_included = file.is_included;
  if (!file.facts->templates.empty()) {
    input.schema_labels = claims.labels_of(file.path);
  }
  return input;
}

std::vector<base::Diagnostic> source_problems(const SourceFile& file) {
  std::vector<base::Diagnostic> diagnostics;
  if (!file.is_included) {
    return diagnostics;
  }
  if (file.read_problem) {
    diagnostics.push_back(to_diagnostic(file, *file.read_problem));
  }
  if (file.facts) {
    for (const discovery::FactsProblem& problem : file.facts->problems) {
      diagnostics.push_back(to_diagnostic(file, problem));
    }
  }
  return diagnostics;
}

base::Result<builder::RuleLevels> rule_levels(const ProjectConfig& project,
                                              const std::vector<base::SourcePath>& paths) {
  builder::RuleLevels levels;
  for (const auto& [rule, level] : project.rules) {
    levels.project.emplace(rule, to_builder(level));
  }
  for (const RuleOverride& override_config : project.overrides) {
    TRY_ASSIGN(const GlobList globs,
               GlobList::compile(project.root, override_config.files, GlobPurpose::refuse));
    builder::RuleLevels::Override& entry = levels.overrides.emplace_back();
    for (const auto& [rule, level] : override_config.rules) {
      entry.levels.emplace(rule, to_builder(level));
    }
    for (const base::SourcePath& path : paths) {
      if (globs.matches(path)) {
        entry.paths.push_back(path);
      }
    }
  }
  return levels;
}

}  // namespace session
