#pragma once

#include <set>
#include <string>
#include <vector>

#include "builder/tag_rules.h"
#include "discovery/gate.h"
#include "discovery/module_resolver.h"
#include "discovery/name_resolver.h"
#include "discovery/source_store.h"

namespace session {

/// Whether a file's documents have been extracted.
bool has_documents(const discovery::SourceFile& file);

/// Whether templates under such a tag are GraphQL.
bool is_tag(const builder::TagDecision& decision);

/// Tells which names of a file may be GraphQL tags, so that only those are followed: following
/// `Button` through the barrels of a design system would parse half of the project to learn that it
/// is no tag.
///
/// Some project modules export a tag under a name that spells neither `gql` nor `graphql`: the gate
/// does not see the files that use those, so such *hidden sources* are kept here.
class TagSearch {
 public:
  /// All must outlive this.
  TagSearch(discovery::ModuleResolver& modules,
            discovery::NameResolver& resolver,
            const builder::TagConfig& tags,
            const std::set<base::SourcePath>& hidden_sources);

  /// Whether the chain `names` may stand for a tag at the top level of `file`. Adds to `trace` what
  /// the answer was taken from.
  bool may_be_tag(const discovery::SourceFile& file,
                  const std::vector<std::string>& names,
                  discovery::NameTrace& trace);

  /// Whether the file exports a tag that the gate does not see.
  bool exports_hidden_tag(const discovery::SourceFile& file, discovery::NameTrace& trace);

  /// Whether the file imports something from a hidden source.
  bool imports_hidden_tag(const discovery::SourceFile& file, discovery::NameTrace& trace);

 private:
  bool may_lead_to_tag(const discovery::SourceFile& file,
                       const discovery::ImportFact& import,
                       const std::string& imported,
                       discovery::NameTrace& trace);
  bool exports_hidden_tag(const discovery::SourceFile& file,
                          const discovery::ExportFact& fact,
                          discovery::NameTrace& trace);
  discovery::ResolvedName exported_name(const discovery::SourceFile& file,
                                        const discovery::ExportFact& fact,
                                        discovery::NameTrace& trace);
  bool is_hidden_source(const base::SourcePath& importer,
                        const std::string& specifier,
                        discovery::NameTrace& trace);
  bool is_visible(const std::string& name) const { return gate_.passes(name); }

  discovery::ModuleResolver& modules_;
  discovery::NameResolver& resolver_;
  const builder::TagConfig& tags_;
  const std::set<base::SourcePath>& hidden_sources_;
  discovery::Gate gate_;
};

}  // namespace session
