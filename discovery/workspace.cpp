#include "discovery/workspace.h"

#include <algorithm>

#include <yaml-cpp/yaml.h>

#include "base/source_path.h"
#include "discovery/file_scanner.h"

namespace discovery {
namespace {

constexpr std::uint64_t k_workspace_limit_bytes = std::uint64_t{1024} * 1024;

// `packages:` of a pnpm-workspace.yaml; a broken file lists nothing.
std::vector<std::string> pnpm_patterns(const std::string& text) {
  std::vector<std::string> patterns;
  try {
    const YAML::Node root = YAML::Load(text);
    if (!root.IsMap() || !root["packages"].IsSequence()) {
      return patterns;
    }
    for (const YAML::Node& item : root["packages"]) {
      if (item.IsScalar()) {
        patterns.push_back(item.Scalar());
      }
    }
  } catch (const YAML::Exception&) {
    patterns.clear();
  }
  return patterns;
}

}  // namespace

std::vector<std::string> WorkspaceFinder::patterns_in(const std::string& folder) {
  const PackageJson* const package = packages_.load(folder);
  std::vector<std::string> patterns;
  if (package != nullptr) {
    patterns = package->workspaces;
  }
  const std::string pnpm = base::join_path(folder, "pnpm-workspace.yaml");
  std::string text;
  if (folders_.is_file(pnpm) && files_.read(pnpm, text, k_workspace_limit_bytes)) {
    const std::vector<std::string> more = pnpm_patterns(text);
    patterns.insert(patterns.end(), more.begin(), more.end());
  }
  return patterns;
}

WorkspaceFinder::Members WorkspaceFinder::find_members(const std::string& root,
                                                       const std::vector<std::string>& patterns) {
  ScanRequest request;
  request.root = root;
  request.files = ScanRequest::Files::any;
  request.has_default_excludes = false;
  for (std::string pattern : patterns) {
    while (pattern.ends_with('/')) {
      pattern.pop_back();
    }
    request.include.push_back(pattern + "/package.json");
  }
  Members members;
  // A pattern that is no glob names no member; the package manager says so.
  const base::Result<ScanResult> found = scan_files(files_, request);
  if (!found) {
    return members;
  }
  for (const ScannedFile& file : found->files) {
    const std::string folder(base::parent_path(file.absolute_path));
    const PackageJson* const package = packages_.load(folder);
    if (package != nullptr && !package->name.empty()) {
      members.emplace(package->name, folder);
    }
  }
  return members;
}

// The nearest workspace; its members may be found from every folder below it.
const WorkspaceFinder::Members* WorkspaceFinder::members_above(const std::string& folder) {
  std::string at = folder;
  while (true) {
    auto known = workspaces_.find(at);
    if (known == workspaces_.end()) {
      const std::vector<std::string> patterns = patterns_in(at);
      std::optional<Members> members;
      if (!patterns.empty()) {
        members = find_members(at, patterns);
      }
      known = workspaces_.emplace(at, std::move(members)).first;
    }
    if (known->second) {
      return &*known->second;
    }
    if (at == "/") {
      return nullptr;
    }
    at = base::parent_path(at);
  }
}

std::optional<std::string> WorkspaceFinder::member(const std::string& folder,
                                                   const std::string& name) {
  const Members* const members = members_above(folder);
  if (members == nullptr) {
    return std::nullopt;
  }
  const auto found = members->find(name);
  return found == members->end() ? std::nullopt : std::optional(found->second);
}

bool WorkspaceFinder::is_dependency(const std::string& folder, const std::string& name) {
  std::string at = folder;
  while (true) {
    const PackageJson* const package = packages_.load(at);
    if (package != nullptr &&
        std::binary_search(package->dependencies.begin(), package->dependencies.end(), name)) {
      return true;
    }
    if (at == "/") {
      return false;
    }
    at = base::parent_path(at);
  }
}

}  // namespace discovery
