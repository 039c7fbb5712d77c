#include "perf/builder/outputs.h"

#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <system_error>

#include "base/clock.h"
#include "session/build_once.h"

namespace perf {
namespace {

constexpr std::uint64_t k_output_file_limit_bytes = std::uint64_t{1} << 30;

/// docs/formats.md lists what is pure. Positions are not, and yet the same in each build of the
/// same sources.
bool is_pure(const std::string& path) {
  return path != "report.json" && path != "delta.json" && path != ".gitignore" &&
         !path.starts_with(".builder");
}

}  // namespace

std::vector<std::string> files_below(base::FileSystem& files, const std::string& folder) {
  std::vector<std::string> found;
  std::vector<std::string> folders = {folder};
  while (!folders.empty()) {
    const std::string current = std::move(folders.back());
    folders.pop_back();
    for (const base::DirectoryEntry& entry :
         files.list(current).value_or(std::vector<base::DirectoryEntry>())) {
      const std::string path = current + "/" + entry.name;
      if (entry.kind == base::FileKind::directory) {
        folders.push_back(path);
      } else if (entry.kind == base::FileKind::regular) {
        found.push_back(path);
      }
    }
  }
  std::sort(found.begin(), found.end());
  return found;
}

Outputs pure_outputs(base::FileSystem& files, const std::string& folder) {
  Outputs outputs;
  std::string text;
  for (const std::string& path : files_below(files, folder)) {
    const std::string name = path.substr(folder.size() + 1);
    if (!is_pure(name)) {
      continue;
    }
    if (const auto status = files.read(path, text, k_output_file_limit_bytes)) {
      outputs.emplace(name, OutputState{status->stamp, base::fingerprint_of(text)});
    }
  }
  return outputs;
}

base::Result<OutputCheck> compare_with_clean_build(base::FileSystem& files,
                                                   const session::ProjectConfig& project,
                                                   unsigned threads) {
  session::ProjectConfig clean = project;
  clean.out_dir += "-clean";
  TRY(remove_folder(clean.out_dir));
  base::SteadyClock clock;
  const session::BuildResult built = session::build_once(
      clean, {session::BuildMode::write, threads, {}, {}}, {files, clock, nullptr});
  if (built.error) {
    return tl::unexpected(*built.error);
  }
  const Outputs mine = pure_outputs(files, project.out_dir);
  const Outputs other = pure_outputs(files, clean.out_dir);
  TRY(remove_folder(clean.out_dir));
  OutputCheck check;
  check.outputs = std::max(mine.size(), other.size());
  for (const auto& [path, state] : other) {
    const auto found = mine.find(path);
    check.equal += found != mine.end() && found->second.content == state.content ? 1U : 0U;
  }
  return check;
}

void compare_modules(const Outputs& before, const Outputs& after, OutputCheck& check) {
  for (const auto& [path, state] : before) {
    const auto found = after.find(path);
    if (path.starts_with("modules/") && found != after.end() &&
        found->second.content == state.content) {
      ++check.unchanged_modules;
      check.untouched_modules += found->second.stamp == state.stamp ? 1U : 0U;
    }
  }
}

base::Status remove_folder(const std::string& folder) {
  std::error_code error;
  std::filesystem::remove_all(folder, error);
  return error ? base::fail(base::ErrorCode::io, "cannot remove " + folder + ": " + error.message())
               : base::Status();
}

}  // namespace perf
