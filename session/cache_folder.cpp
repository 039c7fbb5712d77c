#include "session/cache_folder.h"

#include <iterator>

#include "session/saved/session_state.h"
#include "session/saved/state_tables.h"

namespace session {
namespace {

std::uint64_t size_of_file(base::FileSystem& files, const std::string& path) {
  const auto status = files.status(path);
  return status ? status->stamp.size_bytes : 0;
}

std::uint64_t bytes_in(const CacheInfo& info) {
  return info.snapshot_bytes + info.log_bytes;
}

}  // namespace

std::string_view to_text(CacheUse use) {
  switch (use) {
    case CacheUse::none:
      return "none";
    case CacheUse::usable:
      return "usable";
    case CacheUse::useless:
      return "useless";
  }
  return "none";
}

CacheInfo cache_info(base::FileSystem& files, const ProjectConfig& project) {
  CacheInfo info;
  info.folder = project.cache_dir;
  info.snapshot_bytes = size_of_file(files, base::state_snapshot_path(info.folder));
  info.log_bytes = size_of_file(files, base::state_log_path(info.folder));
  if (bytes_in(info) == 0) {
    return info;
  }
  const base::StateStore store =
      base::StateStore::open(files, project.cache_dir, state_identity(project));
  info.use = store.is_cold() ? CacheUse::useless : CacheUse::usable;
  info.reason = store.warning();
  if (store.is_cold()) {
    if (info.reason.empty()) {
      info.reason = "another version of builder, or another config, left it";
    }
    return info;
  }
  for (std::size_t i = 0; i < std::size(k_state_table_names); ++i) {
    const base::StateStore::TableSize size =
        store.size_of(base::StateTable{static_cast<std::uint8_t>(i)});
    if (size.entries > 0) {
      info.tables.push_back({k_state_table_names[i], size});
    }
  }
  if (!store.damage().empty()) {
    info.use = CacheUse::useless;
    info.reason = store.damage();
    info.tables.clear();
  }
  return info;
}

base::Result<base::ClearedState> clear_cache(base::FileSystem& files,
                                             const ProjectConfig& project) {
  return base::clear_state_folder(files, project.cache_dir);
}

base::Result<base::ClearedState> collect_cache(base::FileSystem& files,
                                               const ProjectConfig& project) {
  const CacheInfo before = cache_info(files, project);
  if (before.use == CacheUse::useless) {
    return clear_cache(files, project);
  }
  base::ClearedState collected;
  if (before.use == CacheUse::none) {
    return collected;
  }
  TRY_ASSIGN(collected, base::sweep_state_folder(files, project.cache_dir));
  base::StateStore store =
      base::StateStore::open(files, project.cache_dir, state_identity(project));
  TRY(store.compact());
  const CacheInfo after = cache_info(files, project);
  if (bytes_in(after) < bytes_in(before)) {
    collected.bytes += bytes_in(before) - bytes_in(after);
  }
  return collected;
}

}  // namespace session
