#include "session/watch/watched_config.h"

#include <algorithm>
#include <iterator>
#include <string_view>

#include "session/disk_looks.h"

namespace session {
namespace {

using discovery::FileEvent;

bool may_be_config(std::string_view name) {
  constexpr std::string_view k_parts[] = {
      "graphql", "relay.config", "builder.config", "apollo.config", "codegen", "package.json"};
  return std::any_of(std::begin(k_parts), std::end(k_parts), [name](std::string_view part) {
    return name.find(part) != std::string_view::npos;
  });
}

bool may_be_schema(std::string_view name) {
  return name.ends_with(".json") || name.ends_with(".gql");
}

}  // namespace

ConfigResult WatchedConfig::load() {
  has_changed_ = false;
  DiskLooks looks(files_, {});
  ConfigResult result = load_config(looks, request_);
  has_defaults_ = !result.config || result.config->file.empty();
  scope_.start_over();
  looked_at_.clear();
  const DiskLooks::News news = looks.take_news();
  // Watched only now: what happened since may have been missed.
  has_changed_ = scope_.add(news.looks);
  scope_.finish();
  for (const auto& [look, answer] : news.looks) {
    if (look.kind != LookKind::entries) {
      looked_at_.insert(look.path);
    }
  }
  is_news_ = !problems_ || config_ != result.config || *problems_ != result.problems;
  config_ = result.config;
  problems_ = result.problems;
  return result;
}

bool WatchedConfig::take(const FileEvent& event) {
  const bool may_matter = matters(event);
  has_changed_ = has_changed_ || may_matter;
  return may_matter;
}

bool WatchedConfig::matters(const FileEvent& event) const {
  if (!scope_.is_about(event.path)) {
    return false;
  }
  if (looked_at_.contains(event.path) || scope_.is_link_between(event.path) ||
      scope_.is_end_of_link(event.path)) {
    return true;
  }
  const std::string_view name = std::string_view(event.path).substr(event.path.rfind('/') + 1);
  switch (event.kind) {
    case FileEvent::Kind::content:
      return false;
    case FileEvent::Kind::folder:
      return has_defaults_ || scope_.leads_to_needed(event.path);
    case FileEvent::Kind::entry:
    case FileEvent::Kind::created:
    case FileEvent::Kind::gone:
      return may_be_config(name) || (has_defaults_ && may_be_schema(name));
  }
  return true;
}

}  // namespace session
