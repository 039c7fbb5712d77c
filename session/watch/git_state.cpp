#include "session/watch/git_state.h"

#include <algorithm>
#include <iterator>
#include <string_view>

#include "base/source_path.h"

namespace session {
namespace {

constexpr const char* k_lock = "index.lock";
constexpr const char* k_sequences[] = {
    "rebase-merge", "rebase-apply", "MERGE_HEAD", "CHERRY_PICK_HEAD", "REVERT_HEAD"};
constexpr std::uint64_t k_max_link_bytes = 65536;

/// Of a linked work tree or a submodule, `.git` is a file that says where the folder is.
std::string read_link(base::FileSystem& files, const std::string& path) {
  std::string text;
  if (!files.read(path, text, k_max_link_bytes)) {
    return {};
  }
  constexpr std::string_view k_key = "gitdir:";
  std::string_view rest = text;
  if (!rest.starts_with(k_key)) {
    return {};
  }
  rest.remove_prefix(k_key.size());
  constexpr std::string_view k_blank = " \t\r\n";
  const std::size_t begin = rest.find_first_not_of(k_blank);
  if (begin == std::string_view::npos) {
    return {};
  }
  rest = rest.substr(begin, rest.find_last_not_of(k_blank) - begin + 1);
  return base::join_path(base::parent_path(path), rest);
}

}  // namespace

const std::string& GitWatch::git_folder_of(const std::string& folder) {
  const auto known = git_folders_.find(folder);
  // One may come to be at any time.
  if (known != git_folders_.end() && !known->second.empty() &&
      files_.status(known->second).has_value()) {
    return known->second;
  }
  std::string& found = git_folders_[folder];
  found.clear();
  for (std::string_view at = folder; at.size() > 1; at = base::parent_path(at)) {
    std::string path = base::join_path(at, ".git");
    const auto status = files_.status(path);
    if (status) {
      found = status->kind == base::FileKind::directory ? path : read_link(files_, path);
      break;
    }
  }
  return found;
}

GitState GitWatch::state_of(const std::string& folder) {
  const std::string& git = git_folder_of(folder);
  if (git.empty()) {
    return GitState::none;
  }
  const auto lock = files_.status(base::join_path(git, k_lock));
  const auto dead = dead_locks_.find(git);
  if (lock && (dead == dead_locks_.end() || dead->second != lock->stamp)) {
    return GitState::at_work;
  }
  const bool is_in_sequence =
      std::any_of(std::begin(k_sequences), std::end(k_sequences), [&](const char* name) {
        return files_.status(base::join_path(git, name)).has_value();
      });
  return is_in_sequence ? GitState::in_sequence : GitState::none;
}

void GitWatch::ignore_lock_of(const std::string& folder) {
  const std::string& git = git_folder_of(folder);
  if (const auto lock = files_.status(base::join_path(git, k_lock)); lock && !git.empty()) {
    dead_locks_[git] = lock->stamp;
  }
}

}  // namespace session
