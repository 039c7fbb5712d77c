#include "session/watch/watch_scope.h"

#include <iterator>
#include <optional>
#include <string_view>
#include <utility>

#include "base/source_path.h"

namespace session {
namespace {

/// The names in a sorted set that are `path` or lie below it.
std::vector<std::string> names_below(const std::set<std::string>& names, const std::string& path) {
  std::vector<std::string> found;
  if (names.contains(path)) {
    found.push_back(path);
  }
  const std::string below = path == "/" ? path : path + "/";
  for (auto it = names.lower_bound(below); it != names.end() && it->starts_with(below); ++it) {
    found.push_back(*it);
  }
  return found;
}

std::vector<std::string> names_in_reverse(std::string_view path) {
  std::vector<std::string> names;
  for (std::size_t end = path.size(); end > 0;) {
    const std::size_t slash = path.rfind('/', end - 1);
    const std::size_t begin = slash == std::string_view::npos ? 0 : slash + 1;
    if (begin < end) {
      names.emplace_back(path.substr(begin, end - begin));
    }
    end = begin == 0 ? 0 : begin - 1;
  }
  return names;
}

/// The symlinks that are followed from an absolute path to where it ends, each under the name that
/// has no symlinks above it.
std::vector<std::string> links_on_the_way(base::FileSystem& files, const std::string& path) {
  // As many as Linux follows.
  constexpr std::size_t k_max_links = 40;
  std::vector<std::string> links;
  std::string real;
  // The names that are left, the next one last.
  std::vector<std::string> rest = names_in_reverse(path);
  while (!rest.empty() && links.size() < k_max_links) {
    const std::string name = std::move(rest.back());
    rest.pop_back();
    std::string next = base::join_path(real.empty() ? "/" : real, name);
    const std::optional<std::string> target = files.link_target(next);
    if (!target) {
      real = std::move(next);
      continue;
    }
    if (target->starts_with('/')) {
      real.clear();
    }
    std::vector<std::string> names = names_in_reverse(*target);
    std::move(names.begin(), names.end(), std::back_inserter(rest));
    links.push_back(std::move(next));
  }
  return links;
}

bool has_name_below(const std::set<std::string>& names, const std::string& path) {
  const std::string below = path == "/" ? path : path + "/";
  const auto it = names.lower_bound(below);
  return it != names.end() && it->starts_with(below);
}

}  // namespace

void WatchScope::start_over() {
  before_ = std::exchange(folders_, {});
  missing_.clear();
  above_.clear();
  links_.clear();
}

bool WatchScope::add(const std::vector<std::pair<Look, LookAnswer>>& looks) {
  bool is_new = false;
  for (const auto& [look, answer] : looks) {
    is_new |= add_folder(
        look.kind == LookKind::entries ? look.path : std::string(base::parent_path(look.path)));
    if (!answer.real_path.empty() && answer.real_path != look.path) {
      is_new |= add_folder(std::string(base::parent_path(answer.real_path)));
      is_new |= place_links(look.path);
    }
  }
  return is_new;
}

bool WatchScope::add_folder(const std::string& folder) {
  if (folder.empty() || folders_.contains(folder) || missing_.contains(folder)) {
    return false;
  }
  return place_with_real_path(folder);
}

bool WatchScope::place_with_real_path(const std::string& folder) {
  bool is_new = place(folder);
  const std::string real_path = files_.real_path(folder).value_or(folder);
  if (real_path != folder && !folders_.contains(real_path)) {
    is_new |= place(real_path);
    is_new |= place_links(folder);
  }
  return is_new;
}

bool WatchScope::place_links(const std::string& path) {
  bool is_new = false;
  for (std::string& link : links_on_the_way(files_, path)) {
    // The first one is known by the name that was asked for.
    if (path != link && !path.starts_with(link + "/") && links_.insert(link).second) {
      const std::string folder(base::parent_path(link));
      is_new |= !folders_.contains(folder) && place(folder);
    }
  }
  return is_new;
}

// What is above is watched first: then either the folder is there now, or its coming is an event.
bool WatchScope::place(const std::string& folder) {
  watch_above(folder);
  if (watcher_.add(folder)) {
    missing_.erase(folder);
    const bool is_known = before_.contains(folder) || entered_.contains(folder);
    return folders_.insert(folder).second && !is_known;
  }
  folders_.erase(folder);
  before_.erase(folder);
  missing_.insert(folder);
  return false;
}

void WatchScope::watch_above(const std::string& folder) {
  for (std::string_view above = base::parent_path(folder); !above.empty();
       above = base::parent_path(above)) {
    std::string path(above);
    if (folders_.contains(path) || above_.contains(path)) {
      return;
    }
    if (watcher_.add(path)) {
      above_.insert(std::move(path));
    }
    if (above == "/") {
      return;
    }
  }
}

bool WatchScope::follow(const std::string& path) {
  bool is_new = false;
  above_.erase(path);
  for (const std::string& folder : names_below(folders_, path)) {
    // Another folder may have taken its place.
    folders_.erase(folder);
    before_.erase(folder);
    is_new |= place_with_real_path(folder);
  }
  for (const std::string& folder : names_below(missing_, path)) {
    is_new |= place_with_real_path(folder);
  }
  return is_new;
}

void WatchScope::renew() {
  above_.clear();
  const std::set<std::string> folders = folders_;
  const std::set<std::string> missing = missing_;
  for (const std::string& folder : folders) {
    place(folder);
  }
  for (const std::string& folder : missing) {
    place(folder);
  }
}

bool WatchScope::needs(const std::string& folder) const {
  return folders_.contains(folder) || above_.contains(folder);
}

bool WatchScope::leads_to_needed(const std::string& path) const {
  return folders_.contains(path) || missing_.contains(path) || has_name_below(folders_, path) ||
         has_name_below(missing_, path);
}

}  // namespace session
