#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "builder/project_sources.h"
#include "discovery/module_resolver.h"
#include "discovery/name_resolver.h"
#include "discovery/source_store.h"

namespace session {

/// What the names in one file's definitions of the composer dialect stand for.
struct ComposerFileNames {
  builder::FileNames names;
  discovery::NameTrace trace;
};

/// Finds the files that take part in the composer dialect and what the names in them stand for.
///
/// A file takes part if it spells the specifier of a composer, if it imports from a project module
/// that exports one, or if a definition needs a constant or a definition of it. Files are read as
/// far as that needs. Costs nothing where no file spells such a specifier.
class ComposerNames {
 public:
  /// All must outlive this. `modules`: specifiers of the config.
  ComposerNames(discovery::SourceStore& store,
                discovery::ModuleResolver& resolver,
                discovery::FactsOf facts_of,
                const std::vector<std::string>& modules);

  struct Found {
    std::map<base::SourcePath, ComposerFileNames> files;
    /// Those of them that are read further than their own text asks for.
    std::set<base::SourcePath> raised;
    /// Some project module exports a composer, so that the specifiers of all files were read.
    bool has_barrels = false;
  };
  /// `asking`: the files whose own text spells the specifier of a composer. Depends on the files
  /// alone, and not on how far an earlier search read them.
  Found find(const std::set<base::SourcePath>& asking);
  static bool is_asking(const discovery::SourceFile& file);

 private:
  using Root = std::pair<base::SourcePath, discovery::ExpressionIndex>;

  void renew_resolver();
  bool takes_part(const discovery::SourceFile& file) const;
  bool is_composer_module(const std::string& specifier) const;
  bool leads_to_composer(const base::SourcePath& file, const std::string& specifier);
  void find_users_of_barrels();
  bool exports_composer(const discovery::SourceFile& file);
  bool imports_composer(const discovery::SourceFile& file);
  void raise(const std::set<base::SourcePath>& paths);
  void add_definitions(const discovery::SourceFile& file);
  bool may_be_composer(const discovery::SourceFile& file, const std::string& name);
  void follow(const Root& root);
  void add_chain(const base::SourcePath& path, const discovery::NameChain& chain);
  void ask_for(const base::SourcePath& path, const std::string& name);
  const discovery::ValueIndex& values_of(const base::SourcePath& path);

  discovery::SourceStore& store_;
  discovery::ModuleResolver& modules_;
  discovery::FactsOf facts_of_;
  const std::vector<std::string>& composer_modules_;
  std::optional<discovery::NameResolver> resolver_;
  /// Project modules that export a composer.
  std::set<base::SourcePath> barrels_;
  std::map<base::SourcePath, discovery::ValueIndex> values_;
  std::vector<Root> queue_;
  std::set<Root> seen_;
  /// Values of files that are not read so far yet.
  std::vector<std::pair<base::SourcePath, std::string>> waiting_;
  Found found_;
};

}  // namespace session
