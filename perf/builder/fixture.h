#pragma once

#include <atomic>
#include <cstdint>
#include <string>

#include "base/file_system.h"
#include "base/result.h"

namespace perf {

/// What `--fixture` says.
struct FixtureSpec {
  enum class Kind : std::uint8_t {
    /// A folder of the repository's fixtures.
    fixture,
    /// A folder of the user's.
    folder,
    /// Made by perf/generate_project.py.
    generated,
  };

  Kind kind = Kind::fixture;
  /// Fit for a name of a folder: what results are filed under.
  std::string name;
  /// Of a folder, as it was given.
  std::string path;
  /// Of a generated project.
  std::uint64_t files = 10'000;
  double graphql_share = 0.15;
  std::uint64_t seed = 1;
  /// 0: 5,000 for each file, as two large public applications have.
  std::uint64_t bytes = 0;
  std::uint64_t schema_bytes = 1'000'000;

  friend bool operator==(const FixtureSpec&, const FixtureSpec&) = default;
};

/// Understands `small-app` and the other fixtures, `generated:files=1000,graphql=0.15,seed=1` (also
/// `bytes`, `schema`), and paths. Fails with ErrorCode::invalid_config on an option that is none.
base::Result<FixtureSpec> parse_fixture(const std::string& text);

/// Where things are.
struct FixtureFolders {
  /// The repository, for fixtures and the generator.
  std::string repository;
  /// Where generated projects are kept, by their options.
  std::string generated;
  std::string working_dir;
  /// Ends the generator once it is true; null: never.
  const std::atomic<bool>* stop = nullptr;
};

/// The folder of the project itself, absolute; makes a generated one that is not there yet.
base::Result<std::string> find_fixture(base::FileSystem& files,
                                       const FixtureSpec& spec,
                                       const FixtureFolders& folders);

/// Copies a project, without outputs, caches and version control, so that it can be edited. Folders
/// `node_modules` become symlinks: they are large, and nobody edits what is in them.
base::Status copy_project(const std::string& from, const std::string& to);

}  // namespace perf
