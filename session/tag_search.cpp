#include "session/tag_search.h"

#include <algorithm>

namespace session {
namespace {

using builder::TagDecision;
using discovery::ConstantFact;
using discovery::ExportFact;
using discovery::ImportedName;
using discovery::ImportFact;
using discovery::NameChain;
using discovery::NameTrace;
using discovery::SourceFile;

/// A `require` inside of a function, which is known only where documents were read: whether a file
/// uses a tag must not depend on how far it was read before.
bool is_local(const ImportFact& import) {
  return std::any_of(import.names.begin(), import.names.end(), [](const ImportedName& name) {
    return name.scope.size() > 0;
  });
}

std::vector<std::string> tag_names(const builder::TagConfig& tags) {
  std::vector<std::string> names = tags.globals;
  for (const auto& [name, label] : tags.labels) {
    names.push_back(name);
  }
  return names;
}

}  // namespace

bool has_documents(const SourceFile& file) {
  return file.facts && file.facts->tier >= discovery::FactsTier::documents;
}

bool is_tag(const TagDecision& decision) {
  return decision.kind == TagDecision::Kind::tag || decision.kind == TagDecision::Kind::scoped_tag;
}

TagSearch::TagSearch(discovery::ModuleResolver& modules,
                     discovery::NameResolver& resolver,
                     const builder::TagConfig& tags,
                     const std::set<base::SourcePath>& hidden_sources)
    : modules_(modules),
      resolver_(resolver),
      tags_(tags),
      hidden_sources_(hidden_sources),
      gate_(tag_names(tags)) {}

bool TagSearch::imports_hidden_tag(const SourceFile& file, NameTrace& trace) {
  const auto leads_there = [&](const std::string& specifier) {
    return !specifier.empty() && is_hidden_source(file.path, specifier, trace);
  };
  return std::any_of(file.facts->imports.begin(),
                     file.facts->imports.end(),
                     [&](const ImportFact& import) {
                       return !is_local(import) && leads_there(import.specifier);
                     }) ||
         std::any_of(file.facts->exports.begin(),
                     file.facts->exports.end(),
                     [&](const ExportFact& fact) { return leads_there(fact.specifier); });
}

bool TagSearch::is_hidden_source(const base::SourcePath& importer,
                                 const std::string& specifier,
                                 NameTrace& trace) {
  if (hidden_sources_.empty()) {
    return false;
  }
  trace.requests.emplace(importer, specifier);
  const discovery::ModuleResolution& module = modules_.resolve(importer, specifier);
  return module.kind == discovery::ModuleResolution::Kind::source &&
         hidden_sources_.contains(module.path);
}

bool TagSearch::exports_hidden_tag(const SourceFile& file, NameTrace& trace) {
  return std::any_of(
      file.facts->exports.begin(), file.facts->exports.end(), [&](const ExportFact& fact) {
        return !fact.is_type_only && exports_hidden_tag(file, fact, trace);
      });
}

bool TagSearch::exports_hidden_tag(const SourceFile& file,
                                   const ExportFact& fact,
                                   NameTrace& trace) {
  if (fact.exported == "*") {
    return is_hidden_source(file.path, fact.specifier, trace);
  }
  if (is_visible(fact.exported)) {
    return false;
  }
  bool may_be = false;
  if (fact.specifier.empty()) {
    may_be = may_be_tag(file, discovery::exported_path(fact), trace);
  } else {
    ImportFact import;
    import.specifier = fact.specifier;
    may_be = may_lead_to_tag(file, import, fact.local, trace);
  }
  if (!may_be) {
    return false;
  }
  const discovery::ResolvedName resolved = exported_name(file, fact, trace);
  return is_tag(builder::decide_tag(NameChain{{fact.exported}, {}}, resolved, tags_));
}

discovery::ResolvedName TagSearch::exported_name(const SourceFile& file,
                                                 const ExportFact& fact,
                                                 NameTrace& trace) {
  if (fact.specifier.empty()) {
    return resolver_.resolve(file.path, NameChain{discovery::exported_path(fact), {}}, &trace);
  }
  return resolver_.resolve_import(file.path, fact.specifier, fact.local, &trace);
}

bool TagSearch::may_be_tag(const SourceFile& file,
                           const std::vector<std::string>& names,
                           NameTrace& trace) {
  if (is_visible(names.back()) || is_visible(names.front())) {
    return true;
  }
  for (const ImportFact& import : file.facts->imports) {
    for (const ImportedName& name : import.names) {
      if (name.local == names.front()) {
        return may_lead_to_tag(file, import, name.imported, trace);
      }
    }
  }
  for (const ConstantFact& constant : file.facts->constants) {
    if (constant.kind == ConstantFact::Kind::string || constant.path.front() != names.front()) {
      continue;
    }
    const std::string& target = constant.target.names.front();
    const bool is_other = target != names.front();
    // One step is enough: aliases of aliases of tags are not worth a search.
    const bool leads_to_import = std::any_of(
        file.facts->imports.begin(), file.facts->imports.end(), [&](const ImportFact& import) {
          return std::any_of(
              import.names.begin(), import.names.end(), [&](const ImportedName& name) {
                return name.local == target && may_lead_to_tag(file, import, name.imported, trace);
              });
        });
    if (is_other && (is_visible(constant.target.names.back()) || leads_to_import)) {
      return true;
    }
  }
  return false;
}

bool TagSearch::may_lead_to_tag(const SourceFile& file,
                                const ImportFact& import,
                                const std::string& imported,
                                NameTrace& trace) {
  if (is_visible(imported)) {
    return true;
  }
  // What is no source of the project cannot be followed, so asking costs nothing.
  trace.requests.emplace(file.path, import.specifier);
  const discovery::ModuleResolution& module = modules_.resolve(file.path, import.specifier);
  return module.kind != discovery::ModuleResolution::Kind::source ||
         is_hidden_source(file.path, import.specifier, trace);
}

}  // namespace session
