#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/diagnostic.h"
#include "base/file_system.h"
#include "base/source_path.h"

namespace discovery {

/// What a specifier means for one importer.
struct ModuleResolution {
  enum class Kind : std::uint8_t {
    /// A file of the project with a Language, inside `include` or not: `absolute_path`, `path`.
    source,
    /// A file that we do not read: JSON, CSS, images. `absolute_path`, `path`.
    other_file,
    /// Code that is not the project's: `package` (`@apollo/client`, `node:fs`).
    package,
    not_found,
  };

  Kind kind = Kind::not_found;
  /// Without symlinks.
  std::string absolute_path;
  base::SourcePath path;
  std::string package;
  /// Absolute paths that were looked for before the answer and were not there, sorted: if one
  /// appears, the answer may change. A missing folder stands for all that could be in it.
  std::vector<std::string> missing;
  /// The tsconfig and package.json files whose content counted, absolute and sorted.
  std::vector<std::string> config_files;

  friend bool operator==(const ModuleResolution&, const ModuleResolution&) = default;
};

/// The one module resolver: what TypeScript does under `moduleResolution: "bundler"`, for the
/// nearest tsconfig.json of each importer, with what projects rely on beyond it. docs/decisions
/// 0026 lists the differences.
///
/// Packages are not entered: one in node_modules is `package`, unless its real path is outside
/// node_modules, as those of a workspace are. Workspace members are found by name too, where
/// nothing is installed. Every other name of a package is `package`, installed or not, listed or
/// not, so that the answer does not depend on `npm install`.
///
/// Not thread-safe: one thread resolves. Answers are remembered per folder and specifier, and a
/// folder is listed once, so that probing costs no calls.
class ModuleResolver {
 public:
  struct Options {
    /// The project's root, absolute and without symlinks.
    std::string root;
    /// Names of files outside the root that a scan reached by a name inside it (ScanResult), by
    /// real path.
    std::map<std::string, base::SourcePath> outside_names;
  };

  ModuleResolver(base::FileSystem& files, Options options);
  ~ModuleResolver();

  /// The reference is valid until forget().
  const ModuleResolution& resolve(const base::SourcePath& importer, std::string_view specifier);

  /// Broken configs, as warnings.
  std::vector<base::Diagnostic> problems() const;

  /// Where a new tsconfig.json, jsconfig.json or extended config would change answers; sorted.
  std::vector<std::string> missing_configs() const;

  /// Whether an answer led through a symlink: then forget() does not do, since what is at its end
  /// may change under another name.
  bool has_followed_links() const;

  /// Forgets every answer that a change at one of the absolute `paths` could touch: created,
  /// removed, or, for configs, edited.
  void forget(const std::vector<std::string>& paths);

 private:
  struct State;

  base::FileSystem& files_;
  Options options_;
  std::unique_ptr<State> state_;
};

}  // namespace discovery
