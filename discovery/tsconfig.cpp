#include "discovery/tsconfig.h"

#include <algorithm>
#include <optional>
#include <utility>

#include <nlohmann/json.hpp>

#include "base/source_path.h"
#include "discovery/json_with_comments.h"

namespace discovery {
namespace {

// The order of keys counts in `paths`.
using Json = nlohmann::ordered_json;

constexpr std::uint64_t k_tsconfig_limit_bytes = std::uint64_t{1024} * 1024;
/// Configs that extend one another; longer chains are not meant.
constexpr std::size_t k_chain_limit = 64;

/// A value as it is written, and the folder of the file that says it.
struct Located {
  std::string text;
  std::string folder;
};

std::optional<std::string> string_at(const Json& object, const char* key) {
  const auto found = object.find(key);
  if (found == object.end() || !found->is_string()) {
    return std::nullopt;
  }
  return found->get<std::string>();
}

std::vector<std::string> strings_of(const Json& value) {
  std::vector<std::string> texts;
  if (value.is_string()) {
    texts.push_back(value.get<std::string>());
  } else if (value.is_array()) {
    for (const Json& item : value) {
      if (item.is_string()) {
        texts.push_back(item.get<std::string>());
      }
    }
  }
  return texts;
}

// Wildcards of tsconfig are `*`, `?` and `**/`; what else a glob knows is plain text there.
std::string as_glob(std::string_view text) {
  std::string pattern;
  for (const char c : text) {
    if (std::string_view("[]{}()!@+|\\").find(c) != std::string_view::npos) {
      pattern += '\\';
    }
    pattern += c;
  }
  return pattern;
}

bool is_relative(std::string_view specifier) {
  return specifier.starts_with("./") || specifier.starts_with("../") || specifier == "." ||
         specifier == ".." || specifier.starts_with('/');
}

std::string absolute(const Located& value, const std::string& config_folder) {
  constexpr std::string_view k_config_folder = "${configDir}";
  if (value.text.starts_with(k_config_folder)) {
    return base::normalize_path(config_folder + "/" + value.text.substr(k_config_folder.size()));
  }
  return base::join_path(value.folder, value.text);
}

// Where the string stands in the file, for a diagnostic.
base::Span span_of(std::string_view text, const std::string& value) {
  const std::size_t key = text.find("\"extends\"");
  const std::size_t at = text.find("\"" + value + "\"", key == std::string_view::npos ? 0 : key);
  if (at == std::string_view::npos) {
    return {};
  }
  return {static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(at + value.size() + 2)};
}

}  // namespace

/// What one file says, or a chain of them; later values replace earlier ones.
struct TsConfigLoader::Values {
  std::optional<Located> base_url;
  std::optional<Located> root_dir;
  std::optional<Located> out_dir;
  std::optional<Located> declaration_dir;
  std::optional<std::vector<Located>> root_dirs;
  std::optional<std::vector<Located>> files;
  std::optional<std::vector<Located>> include;
  std::optional<std::vector<Located>> exclude;
  std::optional<std::vector<std::string>> custom_conditions;
  std::optional<std::vector<std::pair<std::string, std::vector<Located>>>> paths;
  std::vector<Located> references;

  void read(const Json& json, const std::string& folder);
  void override_with(Values other);
  void fill(TsConfig& config, const std::string& folder) const;
  void fill_files(TsConfig& config, const std::string& folder) const;
};

void TsConfigLoader::Values::read(const Json& json, const std::string& folder) {
  const auto located = [&](const Json& object, const char* key, std::optional<Located>& value) {
    if (std::optional<std::string> text = string_at(object, key)) {
      value = Located{*std::move(text), folder};
    }
  };
  const auto list = [&](const Json& object, const char* key) {
    std::optional<std::vector<Located>> values;
    const auto found = object.find(key);
    if (found != object.end() && found->is_array()) {
      values.emplace();
      for (std::string& text : strings_of(*found)) {
        values->push_back({std::move(text), folder});
      }
    }
    return values;
  };
  files = list(json, "files");
  include = list(json, "include");
  exclude = list(json, "exclude");
  if (const auto found = json.find("references"); found != json.end() && found->is_array()) {
    for (const Json& reference : *found) {
      std::optional<std::string> path =
          reference.is_object() ? string_at(reference, "path") : std::nullopt;
      if (path) {
        references.push_back({*std::move(path), folder});
      }
    }
  }
  const auto options = json.find("compilerOptions");
  if (options == json.end() || !options->is_object()) {
    return;
  }
  located(*options, "baseUrl", base_url);
  located(*options, "rootDir", root_dir);
  located(*options, "outDir", out_dir);
  located(*options, "declarationDir", declaration_dir);
  root_dirs = list(*options, "rootDirs");
  if (const auto found = options->find("customConditions"); found != options->end()) {
    custom_conditions = strings_of(*found);
  }
  if (const auto found = options->find("paths"); found != options->end() && found->is_object()) {
    paths.emplace();
    for (const auto& [key, targets] : found->items()) {
      std::vector<Located> values;
      for (std::string& target : strings_of(targets)) {
        values.push_back({std::move(target), folder});
      }
      paths->emplace_back(key, std::move(values));
    }
  }
}

void TsConfigLoader::Values::override_with(Values other) {
  const auto take = [](auto& mine, auto& theirs) {
    if (theirs) {
      mine = std::move(theirs);
    }
  };
  take(base_url, other.base_url);
  take(root_dir, other.root_dir);
  take(out_dir, other.out_dir);
  take(declaration_dir, other.declaration_dir);
  take(root_dirs, other.root_dirs);
  take(files, other.files);
  take(include, other.include);
  take(exclude, other.exclude);
  take(custom_conditions, other.custom_conditions);
  take(paths, other.paths);
  // The only key that `extends` does not pass on.
  references = std::move(other.references);
}

void TsConfigLoader::Values::fill(TsConfig& config, const std::string& folder) const {
  const auto path = [&](const std::optional<Located>& value) {
    return value ? absolute(*value, folder) : std::string();
  };
  config.base_url = path(base_url);
  config.root_dir = path(root_dir);
  config.out_dir = path(out_dir);
  config.declaration_dir = path(declaration_dir);
  for (const Located& value : root_dirs.value_or(std::vector<Located>())) {
    config.root_dirs.push_back(absolute(value, folder));
  }
  config.custom_conditions = custom_conditions.value_or(std::vector<std::string>());
  for (const Located& value : references) {
    const std::string target = absolute(value, folder);
    config.references.push_back(target.ends_with(".json") ? target : target + "/tsconfig.json");
  }
  if (paths) {
    for (const auto& [key, targets] : *paths) {
      PathAlias alias;
      const std::size_t star = key.find('*');
      alias.has_star = star != std::string::npos;
      alias.prefix = key.substr(0, star);
      alias.suffix = alias.has_star ? key.substr(star + 1) : "";
      for (const Located& target : targets) {
        // With a baseUrl targets are relative to it, else to the file that lists them.
        const std::string base = config.base_url.empty() ? target.folder : config.base_url;
        alias.targets.push_back(absolute({target.text, base}, folder));
      }
      config.paths.push_back(std::move(alias));
    }
  }
  fill_files(config, folder);
}

void TsConfigLoader::Values::fill_files(TsConfig& config, const std::string& folder) const {
  if (files) {
    config.files.reserve(files->size());
    for (const Located& file : *files) {
      config.files.push_back(absolute(file, folder));
    }
  }
  const auto globs = [&](const std::vector<Located>& values, GlobPurpose purpose) {
    std::vector<std::string> patterns;
    patterns.reserve(values.size());
    for (const Located& value : values) {
      patterns.push_back(as_glob(absolute(value, folder)));
    }
    // What TypeScript refuses too: `..` behind `**`.
    return GlobList::compile(folder, patterns, purpose).value_or(GlobList());
  };
  const std::vector<Located> everything = {{"**/*", folder}};
  config.include = globs(include ? *include
                         : files ? std::vector<Located>()
                                 : everything,
                         GlobPurpose::select);
  std::vector<Located> refused = exclude.value_or(std::vector<Located>());
  if (!exclude && out_dir) {
    refused.push_back(*out_dir);
  }
  config.exclude = globs(refused, GlobPurpose::refuse);
}

bool TsConfig::covers(const std::string& absolute_path) const {
  if (std::find(files.begin(), files.end(), absolute_path) != files.end()) {
    return true;
  }
  const std::string_view folder = base::parent_path(absolute_path);
  const std::string name = absolute_path.substr(absolute_path.rfind('/') + 1);
  return include.matches_file(include.at_folder(folder), name) &&
         !exclude.matches_file(exclude.at_folder(folder), name);
}

const TsConfig* TsConfigLoader::load(const std::string& path) {
  const auto found = configs_.find(path);
  if (found != configs_.end()) {
    return found->second.get();
  }
  std::unique_ptr<TsConfig>& config = configs_[path];
  if (!folders_.is_file(path)) {
    missing_.push_back(path);
    return nullptr;
  }
  config = std::make_unique<TsConfig>();
  config->path = path;
  std::vector<std::string> chain;
  const Values values = read_chain(path, chain, *config);
  values.fill(*config, std::string(base::parent_path(path)));
  return config.get();
}

// Reads the file and, first, what it extends. The depth is bounded by k_chain_limit.
TsConfigLoader::Values TsConfigLoader::read_chain(const std::string& path,
                                                  std::vector<std::string>& chain,
                                                  TsConfig& config) {
  Values values;
  config.files_read.push_back(path);
  std::string text;
  if (!files_.read(path, text, k_tsconfig_limit_bytes)) {
    report(path, {}, "UnreadableTsConfig", "This file cannot be read: its settings do not count.");
    return values;
  }
  const std::string plain = blank_comments(text);
  Json json = Json::object();
  try {
    if (plain.find_first_not_of(" \t\r\n") != std::string::npos) {
      json = Json::parse(plain);
    }
  } catch (const Json::parse_error& error) {
    const auto end = static_cast<std::uint32_t>(std::min(error.byte, text.size()));
    report(path,
           {end > 0 ? end - 1 : 0, end},
           "InvalidTsConfig",
           "This is not valid JSON from here on: the file's settings do not count.");
    return values;
  }
  if (!json.is_object()) {
    report(
        path, {}, "InvalidTsConfig", "This must be an object: the file's settings do not count.");
    return values;
  }
  chain.push_back(path);
  const auto extends = json.find("extends");
  for (const std::string& specifier :
       extends != json.end() ? strings_of(*extends) : std::vector<std::string>()) {
    const std::string extended = find_extended(path, specifier);
    const bool is_circular = std::find(chain.begin(), chain.end(), extended) != chain.end();
    if (extended.empty()) {
      report(path,
             span_of(text, specifier),
             "MissingTsConfig",
             "The file that this extends is not there: \"" + specifier + "\".");
    } else if (is_circular || chain.size() >= k_chain_limit) {
      report(path,
             span_of(text, specifier),
             "CircularTsConfig",
             "This file extends itself through \"" + specifier + "\".");
    } else {
      values.override_with(read_chain(extended, chain, config));
    }
  }
  chain.pop_back();
  Values own;
  own.read(json, std::string(base::parent_path(path)));
  values.override_with(std::move(own));
  return values;
}

std::string TsConfigLoader::first_file(const std::vector<std::string>& candidates) {
  for (const std::string& candidate : candidates) {
    if (folders_.is_file(candidate)) {
      return candidate;
    }
    missing_.push_back(candidate);
  }
  return {};
}

std::string TsConfigLoader::find_extended(const std::string& from, const std::string& specifier) {
  if (!is_relative(specifier)) {
    return find_in_packages(from, specifier);
  }
  const std::string target = base::join_path(base::parent_path(from), specifier);
  return first_file(specifier.ends_with(".json")
                        ? std::vector<std::string>{target}
                        : std::vector<std::string>{target + ".json", target});
}

// The files that a package may mean by `subpath`, best first.
std::vector<std::string> TsConfigLoader::package_candidates(const std::string& package,
                                                            const std::string& subpath) {
  const PackageJson* const json = packages_.load(package);
  std::vector<std::string> candidates;
  if (json != nullptr && json->exports) {
    for (const std::string& target : export_targets(*json->exports, subpath, {"require", "node"})) {
      candidates.push_back(base::join_path(package, target));
    }
  }
  const std::string target = base::join_path(package, subpath);
  if (subpath == "." && json != nullptr && !json->tsconfig.empty()) {
    candidates.push_back(base::join_path(package, json->tsconfig));
  } else if (subpath != ".") {
    candidates.insert(candidates.end(), {target, target + ".json"});
  }
  candidates.push_back(target + "/tsconfig.json");
  return candidates;
}

// `@tsconfig/node18`, `@acme/tsconfig/base`, `@acme/tsconfig/base.json`: in the node_modules above.
std::string TsConfigLoader::find_in_packages(const std::string& from,
                                             const std::string& specifier) {
  const PackageRequest request = split_package_request(specifier);
  std::string folder(base::parent_path(from));
  while (true) {
    const std::string package = base::join_path(folder, "node_modules/" + request.name);
    if (folders_.is_folder(package)) {
      const std::string found = first_file(package_candidates(package, request.subpath));
      if (!found.empty()) {
        return folders_.real_path(found);
      }
    } else {
      missing_.push_back(package);
    }
    if (folder == "/") {
      return {};
    }
    folder = base::parent_path(folder);
  }
}

void TsConfigLoader::report(const std::string& path,
                            base::Span span,
                            const char* code,
                            std::string message) {
  base::Diagnostic problem;
  problem.range = {base::SourcePath::relative_to(root_, path), span};
  problem.severity = base::Severity::warning;
  problem.code = code;
  problem.message = std::move(message);
  problems_.push_back(std::move(problem));
}

}  // namespace discovery
