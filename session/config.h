#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "builder/build_input.h"

namespace session {

using builder::ModuleFormat;
using builder::OnError;
using builder::RuleLevel;

/// The label of a schema that the config did not name.
inline constexpr const char* k_default_schema_label = "default";

/// One schema of a project, and which files are written against it.
struct SchemaConfig {
  std::string label = k_default_schema_label;
  /// Globs, files or folders relative to the project's root: SDL, introspection JSON, extensions.
  /// Never empty.
  std::vector<std::string> files;
  /// Globs relative to the project's root. Where there are several schemas, a file belongs to the
  /// one whose globs match it; an empty list takes the files that no other schema claims.
  std::vector<std::string> include;

  friend bool operator==(const SchemaConfig&, const SchemaConfig&) = default;
};

/// Rule -> level; only what the config says. Other rules have their default level.
using RuleLevels = std::map<std::string, RuleLevel, std::less<>>;

/// Rules for some files. A later override wins over an earlier one and over the project's rules.
struct RuleOverride {
  /// Globs relative to the project's root.
  std::vector<std::string> files;
  RuleLevels rules;

  friend bool operator==(const RuleOverride&, const RuleOverride&) = default;
};

/// One project: everything that a build of it needs to know from the user. Validated: labels that
/// `tags` names exist, folders do not contain each other where they must not.
struct ProjectConfig {
  /// Empty for a config of one project.
  std::string name;
  /// Absolute, without symlinks, `.` and `..`; no `/` at the end.
  std::string root;

  /// Sorted by label; never empty.
  std::vector<SchemaConfig> schemas;

  /// Ordered globs relative to `root`; a leading `!` takes matches away again.
  std::vector<std::string> include;
  /// Globs relative to `root`; wins over `include`.
  std::vector<std::string> exclude;
  /// Whether the excludes that fit every project apply too: generated files, `*.d.ts`, `dist`.
  bool default_excludes = true;

  /// Absolute. Never the root nor a folder above it.
  std::string out_dir;
  std::string cache_dir;

  /// Name of a tag -> label of the schema that its documents are written against.
  std::map<std::string, std::string> tags;
  /// Packages (`@acme/graphql`) and project files relative to `root` (`./src/gql`) whose exports
  /// are tags, beyond the modules that are known to everybody.
  std::vector<std::string> tag_modules;
  /// Names that are tags without being imported, beyond `gql` and `graphql`.
  std::vector<std::string> globals;
  /// Specifiers from which the composer's `gql` comes, beyond those that end in `/graphql-system`.
  std::vector<std::string> composer_modules;

  ModuleFormat module_format = ModuleFormat::esm;
  OnError on_error = OnError::stub;
  /// Whether outputs are meant for version control: no `.gitignore` in the out folder.
  bool commit_outputs = false;

  RuleLevels rules;
  std::vector<RuleOverride> overrides;

  /// A larger source file is a diagnostic. The default is far above any file that a person or a
  /// type generator writes, and far below what would exhaust memory.
  std::uint64_t max_file_bytes = std::uint64_t{32} << 20;

  friend bool operator==(const ProjectConfig&, const ProjectConfig&) = default;
};

/// The whole config, read and checked.
struct Config {
  /// The absolute path of the file that it came from; empty where there is none and the defaults
  /// were taken.
  std::string file;
  /// Sorted by name; never empty. A plain config is one project without a name.
  std::vector<ProjectConfig> projects;

  friend bool operator==(const Config&, const Config&) = default;
};

}  // namespace session
