#pragma once

#include <optional>
#include <set>
#include <string>
#include <unordered_set>
#include <vector>

#include "base/file_system.h"
#include "discovery/watch/watcher.h"
#include "session/config_loader.h"
#include "session/watch/watch_scope.h"

namespace session {

/// The config of a loop: where it was looked for, and whether it has to be loaded again.
class WatchedConfig {
 public:
  /// `entered`: see WatchScope. All must outlive this.
  WatchedConfig(base::FileSystem& files,
                discovery::Watcher& watcher,
                const std::set<std::string>& entered,
                ConfigRequest request)
      : files_(files), request_(std::move(request)), scope_(files, watcher, entered) {}

  /// Loads the config. All files and folders that were looked at are watched from then on; a change
  /// that came in between shows in has_changed().
  ConfigResult load();
  /// Whether the last load() had another result than the one before, mistakes included.
  bool is_news() const { return is_news_; }
  /// Whether the last load() came to a config.
  bool is_good() const { return config_.has_value(); }

  /// Notes an event that may lead to another config; says whether it may.
  bool take(const discovery::FileEvent& event);
  void mark_changed() { has_changed_ = true; }
  bool has_changed() const { return has_changed_; }

  WatchScope& scope() { return scope_; }
  const WatchScope& scope() const { return scope_; }

 private:
  bool matters(const discovery::FileEvent& event) const;

  base::FileSystem& files_;
  ConfigRequest request_;
  WatchScope scope_;
  std::unordered_set<std::string> looked_at_;
  /// No file says what the config is, so that any schema file may.
  bool has_defaults_ = false;
  bool has_changed_ = true;
  bool is_news_ = false;
  std::optional<Config> config_;
  std::optional<std::vector<LocatedDiagnostic>> problems_;
};

}  // namespace session
