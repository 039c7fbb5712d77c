#pragma once

#include <set>
#include <string>
#include <unordered_set>
#include <vector>

#include "base/file_system.h"
#include "base/source_path.h"
#include "discovery/watch/watcher.h"
#include "session/disk_looks.h"
#include "session/watch/link_reader.h"

namespace session {

/// The folders that somebody needs to hear of, kept as he asks the disk new questions.
///
/// Of every question the folder is watched in which the answer could change; of a folder that is
/// not there, the nearest one above that is. All folders above are watched too, since one of them
/// may be moved away with all that is in it. Where the name of a folder has symlinks in it, the
/// folder is watched under the name without them as well, by which sources are known.
class WatchScope {
 public:
  /// `entered` are folders that the watcher watches since they came to be: nothing in them was
  /// missed. All must outlive this.
  WatchScope(base::FileSystem& files,
             discovery::Watcher& watcher,
             const std::set<std::string>& entered)
      : files_(files), watcher_(watcher), entered_(entered) {}

  /// Nothing is needed any more. What is needed again before finish() was watched all the time.
  void start_over();
  void finish();

  /// What `looks` asked about is needed. Says whether a folder is watched from now on that was not
  /// before: what happened in it between the question and now is unknown.
  bool add(const std::vector<std::pair<Look, LookAnswer>>& looks);

  /// The entries of a folder are needed.
  bool add_folder(const std::string& folder);

  /// Something came to a path or left it: watches what is there now, and where nothing is, waits
  /// above. Says as add() does.
  bool follow(const std::string& path);

  /// The watcher lost its way: all folders are asked for again.
  void renew();

  /// Whether the folder is watched for this: itself, or because of one below it.
  bool needs(const std::string& folder) const;

  /// Whether a change of the entry at `path` may matter: it is in a folder whose entries are
  /// needed, or it is needed itself, or leads to such a folder.
  bool is_about(const std::string& path) const {
    return folders_.contains(std::string(base::parent_path(path))) || leads_to_needed(path) ||
           is_link_between(path) || is_end_of_link(path);
  }

  /// Whether a symlink at `path` is followed on the way to something that is needed and is named
  /// otherwise: a link that another link leads to. Who points it elsewhere changes what is there.
  bool is_link_between(const std::string& path) const { return links_.contains(path); }
  /// Whether a symlink leads there in the end, under whose name it is needed.
  bool is_end_of_link(const std::string& path) const { return link_ends_.contains(path); }

  /// Whether a folder that is needed is, or would be, at `path` or below it.
  bool leads_to_needed(const std::string& path) const;

 private:
  bool place(const std::string& folder);
  bool place_with_real_path(const std::string& folder);
  void watch_above(const std::string& folder);
  bool follow_links(const std::string& path);

  base::FileSystem& files_;
  discovery::Watcher& watcher_;
  const std::set<std::string>& entered_;
  /// Watched, since their entries are needed.
  std::set<std::string> folders_;
  /// Needed, and not there.
  std::set<std::string> missing_;
  /// Those that is_link_between() is about.
  std::unordered_set<std::string> links_;
  std::unordered_set<std::string> link_ends_;
  LinkReader links_read_{files_};
  /// Watched, since they lead to others.
  std::unordered_set<std::string> above_;
  /// What `folders_` was before the last start_over().
  std::set<std::string> before_;
};

}  // namespace session
