#pragma once

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "base/diagnostic.h"
#include "base/file_system.h"
#include "builder/project_sources.h"
#include "builder/rule_levels.h"
#include "builder/tag_rules.h"
#include "discovery/module_resolver.h"
#include "discovery/name_resolver.h"
#include "discovery/source_store.h"
#include "session/barrel_users.h"
#include "session/composer_names.h"
#include "session/tag_search.h"

namespace session {

/// What may change the meaning of names.
struct NameChange {
  /// Nothing that was found out counts any more.
  bool is_everything = false;
  /// Nobody watched the disk: every module is to be asked for again.
  bool asks_again = false;
  /// Files with other facts, or that became included or ceased to be; new ones and removed ones.
  std::set<base::SourcePath> files;
  /// Of those, the ones from which other files' names may be taken otherwise than before.
  std::set<base::SourcePath> rebound;
  /// Absolute paths that came or went, and configs that changed.
  std::vector<std::string> disk_paths;
};

/// What the names in one file stand for, and what that was taken from.
struct NameRecord {
  builder::FileNames names;
  discovery::NameTrace trace;

  friend bool operator==(const NameRecord&, const NameRecord&) = default;
};

using NameRecords = std::unordered_map<base::SourcePath, NameRecord>;

/// As much of a module's resolution as names depend on.
struct ModuleAnswer {
  discovery::ModuleResolution::Kind kind = discovery::ModuleResolution::Kind::not_found;
  base::SourcePath path;
  std::string package;

  friend bool operator==(const ModuleAnswer&, const ModuleAnswer&) = default;
};

/// Importer and specifier.
using ModuleRequest = std::pair<base::SourcePath, std::string>;

/// All that a NameIndex knows, to be kept for the next session.
struct NameIndexState {
  NameRecords records;
  /// Of every request in `records`.
  std::map<ModuleRequest, ModuleAnswer> answers;
  /// Modules that export a tag under a name that the gate does not see.
  std::set<base::SourcePath> hidden_sources;
  /// Files whose documents are read because they import from a hidden source.
  std::set<base::SourcePath> hidden_users;
  /// Files with names of the composer dialect.
  std::set<base::SourcePath> composer_files;
  /// Those of them, and others, that are read further than their own text asks for.
  std::set<base::SourcePath> raised;
  bool has_barrels = false;
};

/// What the names in the templates of a project stand for, kept from build to build.
///
/// Each file's names are kept with what they were taken from: files whose imports, exports or
/// constants were looked at, and modules that were asked for. Whatever the updates that led there,
/// names and problems are those of an index made anew from the same files, and the store holds no
/// more of each file than was asked for on the way there. Not thread-safe.
class NameIndex {
 public:
  /// `files` and `store` must outlive this.
  NameIndex(base::FileSystem& files,
            std::string root,
            discovery::SourceStore& store,
            builder::TagConfig tags,
            std::vector<std::string> composer_modules = {});

  struct Outcome {
    /// Included files whose names differ from before.
    std::set<base::SourcePath> renamed;
    /// Files that were read further, or less far, and files read for the first time or forgotten.
    std::set<base::SourcePath> retold;
  };
  /// Brings the index up to date with the store and the disk. Reads further files where a name
  /// leads there, and extracts the documents of those that only a name shows to use a tag.
  Outcome update(const NameChange& change);

  /// The tags of an included file, and the names in its templates that are GraphQL; and of every
  /// file that takes part in the composer dialect the names that its definitions ask for.
  const builder::FileNames& names_of(const base::SourcePath& path) const;

  /// The files that `#import` lines of document files name, and that are not there or not built.
  /// Of the files as they were at the last update.
  std::vector<base::Diagnostic> check_document_imports(const builder::RuleLevels& levels);

  /// What is wrong with the files that say how modules are found, as far as they were asked.
  /// Nothing before the first update.
  std::vector<base::Diagnostic> problems() const {
    return modules_ == nullptr ? std::vector<base::Diagnostic>() : modules_->problems();
  }
  bool has_problems() const { return !problems().empty(); }

  /// Whether any module that was asked for has `text` in its specifier.
  bool asks_for(std::string_view text) const;

  const NameRecords& records() const { return records_; }
  /// All but the records and the answers.
  NameIndexState state() const;
  std::map<ModuleRequest, ModuleAnswer> answers() const;
  /// The files whose records changed since the last call.
  std::set<base::SourcePath> take_unsaved() { return std::exchange(unsaved_, {}); }

  /// Makes a new index one that was kept; the store is as it was then. False if the state cannot
  /// be that of an index; it is to be thrown away then.
  bool restore(NameIndexState state);

 private:
  using Request = ModuleRequest;
  using Record = NameRecord;
  using Answer = ModuleAnswer;

  struct Asked {
    Answer answer;
    std::set<base::SourcePath> users;
  };

  std::map<std::string, base::SourcePath> find_outside_names() const;
  void renew_modules();
  void renew_resolver();
  discovery::NameResolver::OpaqueExports tag_modules();
  void note_files(const NameChange& change);
  void note_file(const base::SourcePath& path);
  void add_all(std::set<base::SourcePath>& paths) const;
  void forget(const NameChange& change);
  std::set<base::SourcePath> stale_files(const NameChange& change);
  void find_hidden_sources();
  void lower_if_unasked(const std::set<base::SourcePath>& paths);
  bool may_touch_composers(const NameChange& change) const;
  void find_composer_names(std::set<base::SourcePath>& stale,
                           std::set<base::SourcePath>& candidates);
  const discovery::SourceFacts* bindings_of(const base::SourcePath& path);
  void read_ahead(const std::vector<base::SourcePath>& paths);
  Record make_record(const discovery::SourceFile& file);
  const discovery::ResolvedName& add_name(const discovery::SourceFile& file,
                                          const discovery::NameChain& chain,
                                          Record& record);
  void replace(const base::SourcePath& path, std::optional<Record> record);
  void ask_again(const base::SourcePath& path, const std::optional<Record>& record);
  Answer answer_to(const Request& request);
  void settle_tiers(const std::set<base::SourcePath>& candidates);
  void settle_tier(const base::SourcePath& path);

  base::FileSystem& files_;
  std::string root_;
  discovery::SourceStore& store_;
  BarrelUsers barrel_users_;
  builder::TagConfig tags_;
  std::vector<std::string> composer_modules_;
  std::unique_ptr<discovery::ModuleResolver> modules_;
  std::map<std::string, base::SourcePath> outside_names_;
  /// Made anew for each update: it points into facts.
  std::optional<discovery::NameResolver> resolver_;
  std::optional<TagSearch> search_;
  /// Whether the two sets below were ever made.
  bool has_noted_files_ = false;
  /// Document files with `#import` lines.
  std::set<base::SourcePath> importing_documents_;
  /// Files that ask for the composer dialect by their own text.
  std::set<base::SourcePath> composer_sources_;
  /// Modules that export a tag under a name that the gate does not see.
  std::set<base::SourcePath> hidden_sources_;
  /// Files whose documents are read because they import from a hidden source.
  std::set<base::SourcePath> hidden_users_;
  ComposerNames::Found composer_;
  NameRecords records_;
  /// File -> those whose names were taken from it.
  std::unordered_map<base::SourcePath, std::set<base::SourcePath>> traced_by_;
  std::map<Request, Asked> requests_;
  std::set<base::SourcePath> unsaved_;
  Outcome outcome_;
};

}  // namespace session
