#include "session/watch/watch_scope.h"

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
  link_ends_.clear();
}

void WatchScope::finish() {
  before_.clear();
  links_read_.forget();
}

bool WatchScope::add(const std::vector<std::pair<Look, LookAnswer>>& looks) {
  bool is_new = false;
  for (const auto& [look, answer] : looks) {
    is_new |= add_folder(
        look.kind == LookKind::entries ? look.path : std::string(base::parent_path(look.path)));
    is_new |= follow_links(look.path);
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
    is_new |= follow_links(folder);
  }
  return is_new;
}

// A link that leads nowhere may lead somewhere soon: what it names is waited for.
bool WatchScope::follow_links(const std::string& path) {
  LinkWay way = links_read_.follow(path);
  if (way.links.empty()) {
    return false;
  }
  bool is_new = add_folder(std::string(base::parent_path(way.end)));
  link_ends_.insert(std::move(way.end));
  for (std::string& link : way.links) {
    // The first one is known by the name that was asked for.
    if (path != link && !path.starts_with(link + "/") && links_.insert(link).second) {
      is_new |= add_folder(std::string(base::parent_path(link)));
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
  links_read_.forget();
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
