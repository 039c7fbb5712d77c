#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/file_system.h"
#include "base/fingerprint.h"
#include "base/source_path.h"
#include "base/thread_pool.h"
#include "discovery/gate.h"
#include "discovery/source_facts.h"
#include "discovery/source_reader.h"

namespace discovery {

/// One input file: what is known of it so far.
struct SourceFile {
  base::SourcePath path;
  std::string absolute_path;
  Language language = Language::typescript;
  /// Whether the config's globs match it. Files that are only reached by import, and generated
  /// files, serve bindings and constants.
  bool is_included = true;
  base::FileStamp stamp;
  base::Fingerprint fingerprint;
  /// Nothing if no more than its bytes were looked at.
  std::optional<SourceFacts> facts;
  /// The bytes behind `facts`; kept for files with documents only.
  std::string text;
  /// Why it could not be read; the file has no facts then.
  std::optional<FactsProblem> read_problem;
};

/// The input files of a project with their facts, each read as far as somebody asked.
///
/// Facts depend on a file's bytes alone, so raising a tier later gives what reading it so at once
/// would have given. Not thread-safe; it uses the pool itself. Files stay where they are.
class SourceStore {
 public:
  struct Options {
    /// Absolute.
    std::string root;
    /// Tag names of the config, beside `gql` and `graphql`.
    std::vector<std::string> tag_names;
    /// Specifiers of the config from which a composer comes.
    std::vector<std::string> composer_modules;
    std::uint64_t max_file_bytes = 0;
    /// Whether files marked `@generated` count as not included.
    bool skip_generated = true;
  };

  SourceStore(base::FileSystem& files, base::ThreadPool& pool, Options options);

  /// A file that matches the config's globs.
  struct Input {
    base::SourcePath path;
    std::string absolute_path;
    Language language = Language::typescript;
  };
  /// Reads all `inputs`, which are sorted by path, and extracts the documents of those whose text
  /// may hold any.
  void read(const std::vector<Input>& inputs);

  /// The facts of a file, at the bindings tier or above; reads the file if need be, whether it is
  /// included or not. Null for what cannot be read or is no source file.
  const SourceFacts* bindings_of(const base::SourcePath& path);

  /// Brings files to a tier, those that have it already and those that cannot be read left alone.
  void raise(const std::vector<SourceFile*>& files, FactsTier tier);

  /// All files, those that were read for others' sake last.
  std::deque<SourceFile>& files() { return files_; }
  SourceFile* find(const base::SourcePath& path);

  struct Counters {
    std::uint64_t files_read = 0;
    std::uint64_t bytes_read = 0;
    std::uint64_t files_parsed = 0;
  };
  Counters counters() const;

 private:
  /// What one worker needs for itself.
  struct Worker {
    SourceReader reader;
    std::string buffer;
    std::uint64_t files_read = 0;
    std::uint64_t bytes_read = 0;
  };

  bool load(SourceFile& file, Worker& worker);
  void analyse(SourceFile& file, Worker& worker, FactsTier tier);
  void read_first_time(SourceFile& file, Worker& worker);

  base::FileSystem& disk_;
  base::ThreadPool& pool_;
  Options options_;
  Gate gate_;
  std::vector<Worker> workers_;
  std::deque<SourceFile> files_;
  std::map<base::SourcePath, SourceFile*> by_path_;
};

}  // namespace discovery
