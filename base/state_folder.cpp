#include "base/state_folder.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <vector>

#include <unistd.h>

#include "base/state_format.h"

namespace base {
namespace {

constexpr std::string_view k_snapshot_name = "state.snapshot";
constexpr std::string_view k_log_name = "state.log";
constexpr std::string_view k_marker_name = ".scan-start";
constexpr std::string_view k_temporary_suffix = ".tmp";

constexpr std::uint32_t k_all_may_write = 0002;

// Small files with a fixed content.
struct Label {
  std::string_view name;
  std::string_view content;
};

constexpr std::array<Label, 2> k_labels = {{
    {".gitignore", "*\n"},
    // The signature is that of the Cache Directory Tagging Specification.
    {"CACHEDIR.TAG",
     "Signature: 8a477f597d28d172789f06886806bc55\n"
     "# This file marks a cache that builder can make again. See https://bford.info/cachedir/\n"},
}};

std::string path_in(const std::string& folder, std::string_view name) {
  std::string path = folder;
  return path.append("/").append(name);
}

// As state_temporary_path() and FileSystem::write_atomically() name them.
bool is_temporary(std::string_view name) {
  if (!name.starts_with('.') || !name.ends_with(k_temporary_suffix)) {
    return false;
  }
  const std::string_view target = name.substr(1);
  return target.starts_with(k_snapshot_name) ||
         std::any_of(k_labels.begin(), k_labels.end(), [&](const Label& label) {
           return target.starts_with(label.name);
         });
}

bool has_our_name(std::string_view name) {
  return name == k_snapshot_name || name == k_log_name || name == k_marker_name ||
         is_temporary(name) ||
         std::any_of(k_labels.begin(), k_labels.end(), [&](const Label& label) {
           return name == label.name;
         });
}

// Whether a file with one of our names begins as ours do. A temporary file may be cut anywhere.
bool has_our_content(std::string_view name, std::string_view begin) {
  for (const Label& label : k_labels) {
    if (name == label.name) {
      return begin == label.content;
    }
  }
  if (name == k_marker_name) {
    return begin.empty();
  }
  return is_temporary(name) || is_state_magic(begin);
}

// The first bytes of a file, more than any label has; nothing if it is no regular file.
std::optional<std::string> beginning_of(FileSystem& files, const std::string& path) {
  constexpr std::uint64_t k_enough_bytes = 256;
  const auto file = files.open_file(path);
  if (!file) {
    return std::nullopt;
  }
  std::string begin(static_cast<std::size_t>(std::min((*file)->size_bytes(), k_enough_bytes)),
                    '\0');
  if (!(*file)->read_at(0, begin)) {
    return std::nullopt;
  }
  return begin;
}

enum class Delete { leftovers, everything };

Result<ClearedState> delete_files(FileSystem& files, const std::string& folder, Delete which) {
  ClearedState cleared;
  const auto lock = files.lock_directory(folder);
  if (!lock && lock.error().code == ErrorCode::not_found) {
    return cleared;
  }
  if (!lock) {
    return tl::make_unexpected(lock.error());
  }
  TRY_ASSIGN(const std::vector<DirectoryEntry> entries, files.list(folder));
  for (const DirectoryEntry& entry : entries) {
    const std::string path = path_in(folder, entry.name);
    const bool is_wanted =
        which == Delete::everything ? has_our_name(entry.name) : is_temporary(entry.name);
    const auto begin = is_wanted ? beginning_of(files, path) : std::nullopt;
    if (!begin || !has_our_content(entry.name, *begin)) {
      continue;
    }
    TRY_ASSIGN(const FileStatus status, files.status(path));
    TRY(files.remove_file(path));
    ++cleared.files;
    cleared.bytes += status.stamp.size_bytes;
  }
  if (which == Delete::everything) {
    TRY_ASSIGN(cleared.is_folder_removed, files.remove_directory_if_empty(folder));
  }
  return cleared;
}

}  // namespace

std::string state_snapshot_path(const std::string& folder) {
  return path_in(folder, k_snapshot_name);
}

std::string state_log_path(const std::string& folder) {
  return path_in(folder, k_log_name);
}

std::string state_marker_path(const std::string& folder) {
  return path_in(folder, k_marker_name);
}

std::string state_temporary_path(const std::string& folder) {
  std::string path = path_in(folder, ".");
  path.append(k_snapshot_name).append(".").append(std::to_string(::getpid()));
  return path.append(k_temporary_suffix);
}

Status check_state_folder(FileSystem& files, const std::string& folder) {
  TRY_ASSIGN(const FileStatus status, files.status(folder));
  if (status.kind != FileKind::directory) {
    return fail(ErrorCode::io, folder + " is not a folder");
  }
  if (!status.has_trusted_owner) {
    return fail(ErrorCode::io, folder + " belongs to another user");
  }
  if ((status.mode & k_all_may_write) != 0) {
    return fail(ErrorCode::io, "every user may write into " + folder);
  }
  return {};
}

Status prepare_state_folder(FileSystem& files, const std::string& folder) {
  TRY(files.create_private_directory(folder));
  TRY(check_state_folder(files, folder));
  TRY_ASSIGN(const std::vector<DirectoryEntry> entries, files.list(folder));
  const bool is_ours = std::all_of(entries.begin(), entries.end(), [](const DirectoryEntry& entry) {
    return has_our_name(entry.name);
  });
  for (const Label& label : k_labels) {
    const bool is_there = std::any_of(entries.begin(), entries.end(), [&](const auto& entry) {
      return entry.name == label.name;
    });
    if (is_ours && !is_there) {
      // Without it the state is as good.
      static_cast<void>(files.write_atomically(path_in(folder, label.name), label.content));
    }
  }
  return {};
}

void remove_temporary_state(FileSystem& files, const std::string& folder) {
  const auto entries = files.list(folder);
  for (const DirectoryEntry& entry : entries ? *entries : std::vector<DirectoryEntry>()) {
    if (is_temporary(entry.name)) {
      static_cast<void>(files.remove_file(path_in(folder, entry.name)));
    }
  }
}

Result<ClearedState> clear_state_folder(FileSystem& files, const std::string& folder) {
  return delete_files(files, folder, Delete::everything);
}

Result<ClearedState> sweep_state_folder(FileSystem& files, const std::string& folder) {
  return delete_files(files, folder, Delete::leftovers);
}

}  // namespace base
