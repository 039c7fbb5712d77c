#include "session/watch/link_reader.h"

#include <algorithm>
#include <iterator>
#include <string_view>
#include <utility>

#include "base/source_path.h"

namespace session {
namespace {

/// As many as Linux follows.
constexpr std::size_t k_max_links = 40;

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

}  // namespace

LinkWay LinkReader::follow(const std::string& path) {
  LinkWay way;
  // The names that are left, the next one last.
  std::vector<std::string> rest = names_in_reverse(path);
  while (!rest.empty()) {
    const std::string name = std::move(rest.back());
    rest.pop_back();
    std::string next = base::join_path(way.end.empty() ? "/" : way.end, name);
    const std::optional<std::string>& target = target_of(next);
    if (!target || way.links.size() == k_max_links) {
      way.end = std::move(next);
      continue;
    }
    if (target->starts_with('/')) {
      way.end.clear();
    }
    std::vector<std::string> names = names_in_reverse(*target);
    std::move(names.begin(), names.end(), std::back_inserter(rest));
    way.links.push_back(std::move(next));
  }
  return way;
}

const std::optional<std::string>& LinkReader::target_of(const std::string& path) {
  const auto [known, is_new] = targets_.try_emplace(path);
  if (is_new) {
    known->second = files_.link_target(path);
  }
  return known->second;
}

}  // namespace session
