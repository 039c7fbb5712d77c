#pragma once

#include <array>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

#include "base/diagnostic.h"
#include "base/file_system.h"
#include "base/result.h"
#include "base/thread_pool.h"
#include "builder/project_sources.h"
#include "discovery/source_store.h"
#include "graph/dependency_graph.h"
#include "session/config.h"
#include "session/disk_looks.h"
#include "session/load_schemas.h"
#include "session/name_index.h"
#include "session/phase_times.h"
#include "session/source_inputs.h"

namespace session {

/// All that a project is built from, as it was when it was last looked at: schemas, files with
/// their facts, and what the names in them stand for.
///
/// Invariant: whatever the looks that led there, this holds what one look everywhere at the same
/// disk would hold. Not thread-safe; it uses the pool itself.
class ProjectInputs final : public builder::ProjectSources {
 public:
  /// `marker_path`: see base::ScanStart. All references must outlive this.
  ProjectInputs(base::FileSystem& files,
                base::ThreadPool& pool,
                const ProjectConfig& project,
                std::string marker_path);

  /// The parts, for who keeps them for the next session.
  discovery::SourceStore& store() { return store_; }
  NameIndex& names() { return names_; }
  /// What was asked of the disk, apart from the files in store(), since the last look that went
  /// everywhere began.
  const DiskLooks& looks() const { return looks_; }
  DiskLooks::News take_look_news() { return looks_.take_news(); }
  /// Makes new inputs those that were kept. False if they cannot be inputs; they are to be thrown
  /// away then. The first look goes everywhere and tells what changed since.
  bool restore(std::vector<discovery::SourceFile> files, NameIndexState names);

  /// Begins a look everywhere: returns those of its steps that need nothing of what was kept. They
  /// are to be run once each before look(), on any threads, beside each other and restore().
  std::array<std::function<void()>, 2> look_ahead();

  /// Looks at `paths`, which are absolute, or everywhere: always so the first time, and after a
  /// look that failed or ended at a broken schema. Fails where the disk or the config does.
  base::Status look(const std::vector<std::string>& paths, bool everywhere, PhaseTimes& times);

  /// Whether the schemas can be built against. If not, the rest was not looked at.
  bool has_schemas() const { return !base::has_errors(schemas_.diagnostics); }

  /// Whether the last look came to its end: with schemas, and without a failure.
  bool is_complete() const { return is_complete_; }

  /// Files that differ since the last take(), in their bytes or in what their names stand for.
  const std::set<base::SourcePath>& changed() const { return changed_; }
  /// The changes were dealt with.
  void take() { changed_.clear(); }

  const std::vector<builder::SchemaInput>& schemas() const { return schemas_.schemas; }
  const std::vector<base::SourcePath>& schema_files() const { return schemas_.files; }
  const builder::BuildOptions& options() const { return options_; }

  const builder::SourceInput* find(const base::SourcePath& path) const override;
  const builder::FileNames& names_of(const base::SourcePath& path) const override;
  /// The paths of all that find() gives, sorted.
  std::vector<base::SourcePath> source_paths() const;

  /// What is wrong with the inputs, as far as the last look came, unsorted.
  std::vector<base::Diagnostic> diagnostics();

  /// The text of a file, to show a place in it; good until forget_unshown(). Nothing where it
  /// cannot be read any more as it was built.
  std::optional<std::string_view> text_of(const base::SourcePath& path);
  /// Drops the texts that nobody asked for since the last call.
  void forget_unshown();

  std::size_t matched_count() const { return matched_count_; }
  discovery::SourceStore::Counters counters() const { return store_.counters(); }

 private:
  /// What paths turn out to be once the disk was asked.
  struct Hints {
    /// By name: a scan may drop the files themselves.
    std::vector<base::SourcePath> known;
    std::vector<std::string> disk_paths;
    /// A file or folder came or went, so that the globs have to be asked.
    bool is_structural = false;
    bool touches_schema = false;
  };

  /// What the steps of look_ahead() find.
  struct Ahead {
    explicit Ahead(DiskLooks& looks) : listings(looks) {}

    DiskLooks::SharedListings listings;
    base::Result<LoadedSchemas> schemas;
    base::Result<ScannedSources> sources;
  };

  void begin_scan();
  std::unique_ptr<Ahead> look_everywhere();
  Hints sort_hints(const std::vector<std::string>& paths);
  void sort_hint(const std::string& path, Hints& hints);
  discovery::SourceFile* find_file(const std::string& absolute);
  bool is_link(const std::string& path);
  bool has_schema_below(const base::SourcePath& folder) const;
  void leave_out_schemas(ScannedSources& scanned) const;
  base::Status take_scan(ScannedSources scanned, bool everywhere, NameChange& change);
  void refresh(const std::vector<base::SourcePath>& paths, NameChange& change);
  void refresh(const std::vector<discovery::SourceFile*>& files,
               discovery::SourceStore::Trust trust,
               NameChange& change);
  void drop(discovery::SourceFile& file, NameChange& change);
  base::Status follow_names(NameChange change);
  void retell(const base::SourcePath& path);

  base::FileSystem& files_;
  base::ThreadPool& pool_;
  const ProjectConfig& project_;
  std::string marker_path_;
  /// Asked for everything but the files in `store_`.
  DiskLooks looks_;
  discovery::SourceStore store_;
  NameIndex names_;
  LoadedSchemas schemas_;
  std::optional<SchemaClaims> claims_;
  builder::BuildOptions options_;
  std::unordered_map<base::SourcePath, builder::SourceInput> sources_;
  /// Files that the globs match, by the last scan.
  std::size_t matched_count_ = 0;
  std::vector<base::Diagnostic> scan_problems_;
  bool has_symlinks_ = false;
  std::map<base::SourcePath, std::vector<base::Diagnostic>> file_problems_;
  /// Names of files that are not where their path says: reached through symlinks.
  std::map<std::string, base::SourcePath> by_absolute_path_;
  /// Of files with something to report, which mostly is reported by the next build too.
  struct ShownText {
    base::Fingerprint fingerprint;
    std::optional<std::string> text;
    bool is_wanted = false;
  };
  std::map<base::SourcePath, ShownText> shown_texts_;
  std::unique_ptr<Ahead> ahead_;
  bool must_look_everywhere_ = true;
  bool is_complete_ = false;
  /// A look ended before all that it saw was noted.
  bool has_lost_track_ = false;
  /// The files are there, and nothing that is made of them yet.
  bool is_restored_ = false;
  std::set<base::SourcePath> changed_;
};

}  // namespace session
