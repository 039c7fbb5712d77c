#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.h"
#include "base/file_system.h"
#include "base/result.h"
#include "base/source_path.h"
#include "discovery/source_facts.h"

namespace discovery {

/// Which files to look for.
struct ScanRequest {
  enum class Files : std::uint8_t {
    /// Those with the extension of a Language.
    sources,
    /// All that the globs match, as for schemas.
    any,
  };

  /// The project's root, absolute.
  std::string root;
  std::vector<std::string> include;
  std::vector<std::string> exclude;
  /// default_excludes() come before `exclude`, which may take one back: `"!**/generated/**"`.
  bool has_default_excludes = true;
  Files files = Files::sources;
  /// Absolute folders that are never entered: out and cache folders.
  std::vector<std::string> forbidden_folders;
};

struct ScannedFile {
  /// The file's one name in outputs, ids and diagnostics.
  base::SourcePath path;
  /// Where it is, without symlinks.
  std::string absolute_path;
  /// Of a file of no Language, where any file was asked for: nothing.
  std::optional<Language> language;

  friend bool operator==(const ScannedFile&, const ScannedFile&) = default;
};

struct ScanResult {
  /// The root without symlinks; all names are relative to it.
  std::string root;
  /// By path.
  std::vector<ScannedFile> files;
  /// Every folder that was listed, absolute and without symlinks, sorted: where a new file could
  /// change the result.
  std::vector<std::string> folders;
  /// What should have been a file but is none, what cannot be listed, names that are not UTF-8.
  /// The rest is still found.
  std::vector<base::Diagnostic> problems;
  /// Whether a symlink was met that might have led to files: then a file that comes or goes
  /// anywhere may change the result.
  bool has_symlinks = false;
};

/// Finds the files that `include` matches and `exclude` does not, in the order of their names,
/// however the disk orders its folders.
///
/// A file is what its real path says: reached twice through symlinks, it is one file. Its name is
/// the real path seen from the real root if it lies there; a file elsewhere has the smallest name
/// inside the root that leads to it, or, without one, its real path seen from the root
/// (`../lib/a.ts`). Symlinks to folders are followed; loops end. A file is excluded if the name
/// that leads to it or its real name is.
///
/// Lists each folder once and looks at nothing but symlinks: a tree costs one call per folder.
/// Fails if a glob is bad or the root is not there.
base::Result<ScanResult> scan_files(base::FileSystem& files, const ScanRequest& request);

/// Generated code, build outputs and declarations: what no project means as input. Files that say
/// so themselves (is_marked_generated) are left out by whoever reads them.
const std::vector<std::string>& default_excludes();

}  // namespace discovery
