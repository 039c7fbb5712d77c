#include "base/source_path.h"

#include <algorithm>
#include <vector>

#include "base/check.h"

namespace base {
namespace {

std::vector<std::string_view> names_of(std::string_view path) {
  std::vector<std::string_view> names;
  while (!path.empty()) {
    const std::size_t slash = std::min(path.find('/'), path.size());
    const std::string_view name = path.substr(0, slash);
    path.remove_prefix(std::min(slash + 1, path.size()));
    if (name.empty() || name == ".") {
      continue;
    }
    names.push_back(name);
  }
  return names;
}

std::string joined(const std::vector<std::string_view>& names) {
  std::string text;
  for (const std::string_view name : names) {
    if (!text.empty()) {
      text += '/';
    }
    text += name;
  }
  return text;
}

// Whether normalising would change nothing: no name is empty, `.` or `..`.
bool is_plain(std::string_view path) {
  std::size_t begin = path.starts_with('/') ? 1 : 0;
  while (true) {
    const std::size_t end = std::min(path.find('/', begin), path.size());
    const std::string_view name = path.substr(begin, end - begin);
    if (name.empty() || name == "." || name == "..") {
      return false;
    }
    if (end == path.size()) {
      return true;
    }
    begin = end + 1;
  }
}

}  // namespace

std::string normalize_path(std::string_view path) {
  // Nearly every path is one already, and a scan makes one for every file of a tree.
  if (is_plain(path)) {
    return std::string(path);
  }
  const bool is_absolute = path.starts_with('/');
  std::vector<std::string_view> names;
  for (const std::string_view name : names_of(path)) {
    const bool goes_up = name == "..";
    if (goes_up && !names.empty() && names.back() != "..") {
      names.pop_back();
    } else if (!goes_up || !is_absolute) {
      names.push_back(name);
    }
  }
  return (is_absolute ? "/" : "") + joined(names);
}

std::string join_path(std::string_view absolute_root, std::string_view path) {
  if (path.starts_with('/')) {
    return normalize_path(path);
  }
  std::string text;
  text.reserve(absolute_root.size() + 1 + path.size());
  text += absolute_root;
  text += '/';
  text += path;
  return is_plain(text) ? text : normalize_path(text);
}

std::string_view parent_path(std::string_view path) {
  const std::size_t slash = path.rfind('/');
  if (slash == std::string_view::npos) {
    return {};
  }
  return path.substr(0, std::max<std::size_t>(slash, 1));
}

const std::string SourcePath::k_no_text;

SourcePath::SourcePath(std::string_view relative) {
  set(normalize_path(relative));
}

void SourcePath::set(std::string text) {
  if (text.empty()) {
    return;
  }
  const std::size_t hash = std::hash<std::string>{}(text);
  name_ = std::make_shared<const Name>(Name{std::move(text), hash});
}

SourcePath SourcePath::relative_to(std::string_view absolute_root, std::string_view absolute) {
  check(absolute_root.starts_with('/') && absolute.starts_with('/'), "both paths are absolute");
  SourcePath result;
  // Nearly all paths are below the root, and plain.
  if (absolute.size() > absolute_root.size() && absolute[absolute_root.size()] == '/' &&
      absolute.starts_with(absolute_root) && is_plain(absolute)) {
    result.set(std::string(absolute.substr(absolute_root.size() + 1)));
    return result;
  }
  const std::string root_text = normalize_path(absolute_root);
  const std::string path_text = normalize_path(absolute);
  const std::vector<std::string_view> root = names_of(root_text);
  const std::vector<std::string_view> path = names_of(path_text);
  const auto [root_rest, path_rest] =
      std::mismatch(root.begin(), root.end(), path.begin(), path.end());
  std::vector<std::string_view> names(static_cast<std::size_t>(root.end() - root_rest), "..");
  names.insert(names.end(), path_rest, path.end());
  result.set(joined(names));
  return result;
}

std::string_view SourcePath::file_name() const {
  const std::size_t slash = text().rfind('/');
  return std::string_view(text()).substr(slash == std::string::npos ? 0 : slash + 1);
}

std::string_view SourcePath::folder() const {
  const std::size_t slash = text().rfind('/');
  return slash == std::string::npos ? std::string_view()
                                    : std::string_view(text()).substr(0, slash);
}

}  // namespace base
