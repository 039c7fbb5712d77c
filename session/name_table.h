#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "base/diagnostic.h"
#include "base/file_system.h"
#include "builder/build_input.h"
#include "builder/tag_rules.h"
#include "discovery/gate.h"
#include "discovery/module_resolver.h"
#include "discovery/name_resolver.h"
#include "discovery/source_store.h"

namespace session {

/// (file, name as written, joined by dots) -> what it stands for.
using NamesByPath = std::map<std::pair<base::SourcePath, std::string>, discovery::ResolvedName>;

/// Finds out what the names in templates stand for, reading further files where a name leads there.
///
/// A name is only looked up where it can matter: following `Button` through the barrels of a design
/// system would parse half of the project to learn that it is no tag.
class NameLookup {
 public:
  /// `files` and `store` must outlive this.
  NameLookup(base::FileSystem& files,
             const std::string& root,
             discovery::SourceStore& store,
             builder::TagConfig tags);

  /// Extracts the documents of the files that the gate could not see: those that use a tag under a
  /// name that spells neither `gql` nor `graphql`, which they import from a project module. Such
  /// modules may import each other, so this runs to a fixed point.
  void raise_tag_users();

  /// The tags of all included files, and the names in the templates that are GraphQL.
  NamesByPath names();

  /// The files that `#import` lines of document files name, and that are not there or not built.
  std::vector<base::Diagnostic> check_document_imports(const builder::RuleLevels& levels);

  /// What is wrong with the files that say how modules are found, as far as they were asked.
  std::vector<base::Diagnostic> problems() const { return modules_.problems(); }

 private:
  bool may_be_tag(const discovery::SourceFile& file, const std::vector<std::string>& names);
  bool may_lead_to_tag(const discovery::SourceFile& file,
                       const discovery::ImportFact& import,
                       const std::string& imported);
  void renew_resolver();
  bool exports_hidden_tag(const discovery::SourceFile& file);
  bool exports_hidden_tag(const discovery::SourceFile& file, const discovery::ExportFact& fact);
  discovery::ResolvedName exported_name(const discovery::SourceFile& file,
                                        const discovery::ExportFact& fact);
  bool imports_hidden_tag(const discovery::SourceFile& file);
  bool is_hidden_source(const base::SourcePath& importer, const std::string& specifier);
  bool is_visible(const std::string& name) const { return gate_.passes(name); }
  void add_names(const discovery::SourceFile& file, NamesByPath& names);
  const discovery::ResolvedName& add_name(const discovery::SourceFile& file,
                                          const discovery::NameChain& chain,
                                          NamesByPath& names);

  discovery::SourceStore& store_;
  builder::TagConfig tags_;
  discovery::Gate gate_;
  discovery::ModuleResolver modules_;
  /// Made anew when files were read further: it points into their facts.
  std::optional<discovery::NameResolver> resolver_;
  /// Modules that export a tag under a name that the gate does not see.
  std::set<base::SourcePath> hidden_sources_;
};

/// The names with the indices of `sources`, which are sorted by path.
builder::NameTable by_index(const NamesByPath& names,
                            const std::vector<builder::SourceInput>& sources);

}  // namespace session
