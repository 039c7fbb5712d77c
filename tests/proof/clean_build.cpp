#include "tests/proof/clean_build.h"

#include "tests/support/frozen_clock.h"
#include "tests/support/memory_file_system.h"

namespace proof {
namespace {

void copy(const Tree& tree, support::MemoryFileSystem& files) {
  for (const auto& [path, entry] : tree) {
    switch (entry.kind) {
      case base::FileKind::directory:
        files.put_directory(path);
        break;
      case base::FileKind::regular:
        files.put(path, entry.content);
        break;
      case base::FileKind::symlink:
        files.put_symlink(path, entry.content);
        break;
      case base::FileKind::other:
        files.put_other(path);
        break;
    }
  }
  // Last, and from the leaves up: a closed folder lets nobody in.
  for (auto entry = tree.rbegin(); entry != tree.rend(); ++entry) {
    if (entry->second.kind != base::FileKind::symlink) {
      files.set_mode(entry->first, entry->second.mode);
    }
  }
}

// .gitignore depends on what lay there at first, and what a person wrote into it stays.
bool is_output(std::string_view path) {
  return path != "report.json" && path != "delta.json" && path != ".gitignore";
}

}  // namespace

CleanBuild build_clean(const Tree& tree, const std::string& root) {
  support::MemoryFileSystem files;
  copy(tree, files);
  session::ConfigRequest request;
  request.working_dir = root;
  const session::ConfigResult config = session::load_config(files, request);
  CleanBuild clean;
  if (!config.config) {
    clean.outcome = session::BuildResult::Outcome::refused;
    clean.diagnostics = config.problems;
    return clean;
  }
  const session::ProjectConfig& project = config.config->projects.front();
  clean.out_dir = project.out_dir;
  clean.cache_dir = project.cache_dir;
  files.erase(project.out_dir);
  files.erase(project.cache_dir);
  support::FrozenClock clock;
  session::BuildResult result = session::build_once(project, {}, {files, clock});
  clean.outcome = result.outcome;
  clean.diagnostics = std::move(result.report.diagnostics);
  clean.error = std::move(result.error);
  Outputs outputs;
  for (auto& [path, bytes] : files.files_below(project.out_dir)) {
    if (is_output(path.substr(project.out_dir.size() + 1))) {
      outputs.emplace(path.substr(project.out_dir.size() + 1), std::move(bytes));
    }
  }
  // A build that fails may break off anywhere.
  if (!outputs.empty() && clean.outcome != session::BuildResult::Outcome::failed) {
    clean.outputs = std::move(outputs);
  }
  return clean;
}

Outputs outputs_in(const Tree& tree, const std::string& out_dir) {
  Outputs outputs;
  const std::string prefix = out_dir + "/";
  for (auto entry = tree.lower_bound(prefix);
       entry != tree.end() && entry->first.starts_with(prefix);
       ++entry) {
    const std::string path = entry->first.substr(prefix.size());
    if (entry->second.kind == base::FileKind::regular && is_output(path)) {
      outputs.emplace(path, entry->second.content);
    }
  }
  return outputs;
}

}  // namespace proof
