#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

#include "base/boxed.h"
#include "base/file_system.h"
#include "base/fingerprint.h"
#include "base/scan_start.h"
#include "base/source_path.h"
#include "base/thread_pool.h"
#include "discovery/export_filter.h"
#include "discovery/gate.h"
#include "discovery/source_facts.h"
#include "discovery/source_reader.h"

namespace discovery {

/// What a file may export, and the bytes that say so.
struct ExportLook {
  ExportFilter filter;
  /// Zero if the file changed while it was looked at.
  base::Fingerprint fingerprint;
};

/// One input file: what is known of it so far.
struct SourceFile {
  base::SourcePath path;
  /// Where it is, absolute, if that is not where its path says: most are there, and ten thousand
  /// texts that say the same twice are a megabyte. See SourceStore::absolute_path().
  std::string other_place;
  Language language = Language::typescript;
  /// Whether the config's globs match it.
  bool is_matched = true;
  /// Whether its definitions are built: it is matched, and not generated. Other files serve
  /// bindings and constants.
  bool is_included = true;
  /// The tier that its own text asks for, if it is included; others' names may ask for more.
  std::optional<FactsTier> own_tier;
  base::FileStamp stamp;
  /// Whether an equal stamp proves that the content is the same.
  bool is_stamp_proof = false;
  base::Fingerprint fingerprint;
  /// Of what other files' names are taken from: see bindings_fingerprint(). Of no facts: zero.
  base::Fingerprint bindings;
  /// Nothing if no more than its bytes were looked at.
  base::Boxed<SourceFacts> facts;
  /// Of the last time that somebody asked, which may be that of older bytes.
  base::Boxed<ExportLook> exports;
  /// How many bytes are behind `facts`; all places in them are within.
  std::uint32_t text_bytes = 0;
  /// Why it could not be read; the file has no facts then.
  base::Boxed<FactsProblem> read_problem;
  /// Whether it was read again for more facts and held other bytes than at first: it changes while
  /// it is looked at, and what was decided by its first bytes says nothing.
  bool is_torn = false;
  /// Whether SourceStore::take_unsaved() is to give it.
  bool is_unsaved = false;
};

/// The input files of a project with their facts, each read as far as somebody asked.
///
/// Facts depend on a file's bytes alone, so raising a tier later gives what reading it so at once
/// would have given. Not thread-safe; it uses the pool itself. Files stay where they are. Texts are
/// not kept: facts hold what builds need of them, and text_of() reads one again.
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
  /// Reads `inputs`, which are new and sorted by path, and extracts the documents of those whose
  /// text may hold any.
  void read(const std::vector<Input>& inputs);

  /// What looking at a file again showed.
  enum class Freshness : std::uint8_t {
    /// The stamp proves that nothing changed; the file was not opened.
    hit,
    /// It was read: the content is the same.
    rehashed,
    /// It holds something else; its facts are those of its new bytes, in the tier that its own text
    /// asks for, or bindings where it had them. Its imports, exports and constants are what they
    /// were, places apart.
    edited,
    /// As `edited`, and what other files' names are taken from may differ.
    rebound,
    /// It is not there.
    gone,
  };
  enum class Trust : std::uint8_t {
    /// A file whose stamp is equal is not opened.
    stamps,
    /// Somebody knows that they changed: they are read.
    nothing,
  };
  /// Looks at `files`, each of them once, again; the results in their order. Those that are gone
  /// stay as they are.
  std::vector<Freshness> refresh(const std::vector<SourceFile*>& files,
                                 Trust trust = Trust::stamps);

  void remove(const base::SourcePath& path);

  /// Adds a file as an earlier session left it.
  void restore(SourceFile file);
  /// The files that were removed since the last call. Some may be there again.
  std::set<base::SourcePath> take_removed() { return std::exchange(removed_, {}); }
  /// The files that were read, lowered or otherwise matched since the last call, by path; at the
  /// cost of these.
  std::vector<SourceFile*> take_unsaved();

  /// Whether the globs match the file, which may have changed with the config or another file.
  void set_matched(SourceFile& file, bool is_matched);

  /// Leaves of the facts what `tier` holds; nothing: no facts. As if no more had ever been asked
  /// for.
  void lower(SourceFile& file, std::optional<FactsTier> tier);

  /// When the scan that is going on began; stamps are trusted only if they are older. Without it
  /// none is.
  void begin_scan(const base::ScanStart& start) { scan_start_ = start; }

  /// The facts of a file, at the bindings tier or above; reads the file if need be, whether it is
  /// included or not. Null for what cannot be read or is no source file.
  const SourceFacts* bindings_of(const base::SourcePath& path);

  /// Brings files to a tier, those that have it already and those that cannot be read left alone.
  void raise(const std::vector<SourceFile*>& files, FactsTier tier);

  /// Brings SourceFile::exports of files that could be read up to date.
  void look_at_exports(const std::vector<SourceFile*>& files);

  /// In no particular order. They stay where they are until they are removed.
  using Files = std::unordered_map<base::SourcePath, SourceFile>;
  Files& files() { return files_; }
  SourceFile* find(const base::SourcePath& path);
  /// Whether any file is below the folder, which need not be there any more.
  bool has_below(const base::SourcePath& folder);

  std::string absolute_path(const SourceFile& file) const;
  /// Whether places in the file can be shown: it could be read, and may hold documents.
  static bool has_text(const SourceFile& file);
  /// The bytes that the facts of such a file were read from; nothing if it has changed since.
  std::optional<std::string> text_of(const SourceFile& file) const;

  struct Counters {
    std::uint64_t hits = 0;
    std::uint64_t misses = 0;
    std::uint64_t skips = 0;
    std::uint64_t rehashed = 0;
    std::uint64_t files_read = 0;
    std::uint64_t bytes_read = 0;
    std::uint64_t files_parsed = 0;
    /// Why the tag scanner left files to the parser, and how often.
    SourceReader::DoubtCounts parse_reasons;
  };
  Counters counters() const;

 private:
  /// What one worker needs for itself.
  struct Worker {
    SourceReader reader;
    std::string buffer;
    Counters counters;
    /// Some may be gone by now.
    std::vector<base::SourcePath> unsaved;
  };

  SourceFile& add(const base::SourcePath& path);
  static void note_unsaved(SourceFile& file, Worker& worker);
  bool load(SourceFile& file, Worker& worker);
  void analyse(SourceFile& file, Worker& worker, FactsTier tier);
  void load_again(SourceFile& file, Worker& worker, FactsTier tier);
  void look_at_exports(SourceFile& file, Worker& worker);
  void read_first_time(SourceFile& file, Worker& worker);
  std::optional<FactsTier> tier_of(const SourceFile& file, std::string_view text) const;
  void judge(SourceFile& file, Worker& worker);
  Freshness refresh(SourceFile& file, Worker& worker, Trust trust);

  base::FileSystem& disk_;
  base::ThreadPool& pool_;
  Options options_;
  Gate gate_;
  std::vector<Worker> workers_;
  Files files_;
  /// Of all files, made when it is asked for.
  std::optional<std::unordered_set<std::string>> folders_;
  std::set<base::SourcePath> removed_;
  std::optional<base::ScanStart> scan_start_;
};

}  // namespace discovery
