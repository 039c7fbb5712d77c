#include "discovery/package_json.h"

#include <algorithm>

#include <nlohmann/json.hpp>

#include "discovery/json_with_comments.h"

namespace discovery {
namespace {

// The order of conditions counts.
using Json = nlohmann::ordered_json;

constexpr std::uint64_t k_package_limit_bytes = std::uint64_t{4} * 1024 * 1024;
/// Conditions within conditions; nobody nests them deeper.
constexpr unsigned k_condition_depth_limit = 16;

std::string string_at(const Json& object, const char* key) {
  const auto found = object.find(key);
  return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

// The depth is bounded by k_condition_depth_limit.
ExportTarget target_of(const Json& value, unsigned depth) {
  ExportTarget target;
  if (value.is_string()) {
    target.kind = ExportTarget::Kind::path;
    target.path = value.get<std::string>();
  } else if (depth < k_condition_depth_limit && value.is_array()) {
    target.kind = ExportTarget::Kind::list;
    for (const Json& item : value) {
      target.children.push_back(target_of(item, depth + 1));
    }
  } else if (depth < k_condition_depth_limit && value.is_object()) {
    target.kind = ExportTarget::Kind::conditions;
    for (const auto& [condition, item] : value.items()) {
      target.conditions.push_back(condition);
      target.children.push_back(target_of(item, depth + 1));
    }
  }
  return target;
}

ExportMap map_of(const Json& value) {
  ExportMap map;
  for (const auto& [key, target] : value.items()) {
    map.emplace_back(key, target_of(target, 0));
  }
  return map;
}

std::optional<ExportMap> exports_of(const Json& json) {
  const auto found = json.find("exports");
  if (found == json.end() || found->is_null()) {
    return std::nullopt;
  }
  const bool has_subpaths =
      found->is_object() && !found->empty() && found->begin().key().starts_with('.');
  return has_subpaths ? map_of(*found) : ExportMap{{".", target_of(*found, 0)}};
}

void append_strings(std::vector<std::string>& texts, const Json& value) {
  if (!value.is_array()) {
    return;
  }
  for (const Json& item : value) {
    if (item.is_string()) {
      texts.push_back(item.get<std::string>());
    }
  }
}

PackageJson package_of(const Json& json) {
  PackageJson package;
  package.name = string_at(json, "name");
  package.tsconfig = string_at(json, "tsconfig");
  for (const char* key : {"typings", "types", "main", "module"}) {
    if (package.entry_point.empty()) {
      package.entry_point = string_at(json, key);
    }
  }
  package.exports = exports_of(json);
  if (const auto imports = json.find("imports"); imports != json.end() && imports->is_object()) {
    package.imports = map_of(*imports);
  }
  if (const auto found = json.find("workspaces"); found != json.end()) {
    const auto packages = found->is_object() ? found->find("packages") : found->end();
    append_strings(package.workspaces,
                   found->is_object() && packages != found->end() ? *packages : *found);
  }
  for (const char* key :
       {"dependencies", "devDependencies", "peerDependencies", "optionalDependencies"}) {
    if (const auto found = json.find(key); found != json.end() && found->is_object()) {
      for (const auto& [name, version] : found->items()) {
        package.dependencies.push_back(name);
      }
    }
  }
  std::sort(package.dependencies.begin(), package.dependencies.end());
  return package;
}

// How a key with a `*` or a `/` at its end matches: the text that `*` stands for.
std::optional<std::string> star_of(std::string_view pattern, std::string_view key) {
  const std::size_t star = pattern.find('*');
  const std::string_view prefix = pattern.substr(0, star);
  if (star == std::string_view::npos) {
    const bool is_in_folder = pattern.ends_with('/') && key.starts_with(pattern);
    return is_in_folder ? std::optional(std::string(key.substr(pattern.size()))) : std::nullopt;
  }
  const std::string_view suffix = pattern.substr(star + 1);
  if (key.size() < prefix.size() + suffix.size() || !key.starts_with(prefix) ||
      !key.ends_with(suffix)) {
    return std::nullopt;
  }
  return std::string(key.substr(prefix.size(), key.size() - prefix.size() - suffix.size()));
}

std::string filled(std::string target, const std::string& star) {
  if (target.ends_with('/')) {
    return target + star;
  }
  for (std::size_t at = target.find('*'); at != std::string::npos;
       at = target.find('*', at + star.size())) {
    target.replace(at, 1, star);
  }
  return target;
}

// Appends what `target` offers; a condition that offers nothing leaves it to the next, as in
// TypeScript. The depth is that of target_of().
void append_targets(const ExportTarget& target,
                    const std::vector<std::string>& conditions,
                    std::vector<std::string>& paths) {
  if (target.kind == ExportTarget::Kind::path) {
    paths.push_back(target.path);
  }
  for (std::size_t i = 0; i < target.children.size(); ++i) {
    const bool holds =
        target.kind == ExportTarget::Kind::list || target.conditions[i] == "default" ||
        std::find(conditions.begin(), conditions.end(), target.conditions[i]) != conditions.end();
    if (holds) {
      append_targets(target.children[i], conditions, paths);
    }
  }
}

}  // namespace

PackageRequest split_package_request(std::string_view specifier) {
  std::size_t end = specifier.find('/');
  if (specifier.starts_with('@') && end != std::string_view::npos) {
    end = specifier.find('/', end + 1);
  }
  PackageRequest request;
  request.name = specifier.substr(0, end);
  request.subpath = end == std::string_view::npos || end + 1 == specifier.size()
                        ? "."
                        : "." + std::string(specifier.substr(end));
  return request;
}

std::vector<std::string> export_targets(const ExportMap& map,
                                        std::string_view key,
                                        const std::vector<std::string>& conditions) {
  const ExportTarget* best = nullptr;
  std::string best_star;
  std::size_t best_prefix = 0;
  for (const auto& [pattern, target] : map) {
    const bool is_plain = pattern.find('*') == std::string::npos && !pattern.ends_with('/');
    if (pattern == key && is_plain) {
      best = &target;
      best_star.clear();
      break;
    }
    const std::optional<std::string> star = star_of(pattern, key);
    const std::size_t prefix = std::min(pattern.find('*'), pattern.size());
    if (star && (best == nullptr || prefix > best_prefix)) {
      best = &target;
      best_star = *star;
      best_prefix = prefix;
    }
  }
  std::vector<std::string> paths;
  if (best != nullptr) {
    append_targets(*best, conditions, paths);
  }
  for (std::string& path : paths) {
    path = filled(std::move(path), best_star);
  }
  return paths;
}

const PackageJson* PackageJsonLoader::load(const std::string& folder) {
  const auto found = packages_.find(folder);
  if (found != packages_.end()) {
    return found->second.get();
  }
  std::unique_ptr<PackageJson>& package = packages_[folder];
  const std::string path = (folder == "/" ? "" : folder) + "/package.json";
  std::string text;
  if (!folders_.is_file(path) || !files_.read(path, text, k_package_limit_bytes)) {
    return nullptr;
  }
  const Json json = Json::parse(blank_comments(text), nullptr, false);
  package = std::make_unique<PackageJson>(json.is_object() ? package_of(json) : PackageJson());
  package->path = path;
  return package.get();
}

}  // namespace discovery
