#include "session/name_table.h"

#include <algorithm>

namespace session {
namespace {

using builder::TagDecision;
using discovery::ConstantFact;
using discovery::ExportFact;
using discovery::FactsTier;
using discovery::ImportedName;
using discovery::ImportFact;
using discovery::NameChain;
using discovery::SourceFile;
using discovery::TemplateForm;
using discovery::TemplateSite;

bool has_documents(const SourceFile& file) {
  return file.facts && file.facts->tier >= FactsTier::documents;
}

std::vector<std::string> tag_names(const builder::TagConfig& tags) {
  std::vector<std::string> names = tags.globals;
  for (const auto& [name, label] : tags.labels) {
    names.push_back(name);
  }
  return names;
}

discovery::ModuleResolver::Options module_options(const std::string& root,
                                                  discovery::SourceStore& store) {
  discovery::ModuleResolver::Options options;
  options.root = root;
  for (const auto& [path, file] : store.files()) {
    const bool is_outside = !file.absolute_path.starts_with(root + "/");
    if (is_outside && file.path.is_inside_root()) {
      options.outside_names.emplace(file.absolute_path, file.path);
    }
  }
  return options;
}

bool is_tag(const TagDecision& decision) {
  return decision.kind == TagDecision::Kind::tag || decision.kind == TagDecision::Kind::scoped_tag;
}

}  // namespace

NameLookup::NameLookup(base::FileSystem& files,
                       const std::string& root,
                       discovery::SourceStore& store,
                       builder::TagConfig tags)
    : store_(store),
      tags_(std::move(tags)),
      gate_(tag_names(tags_)),
      modules_(files, module_options(root, store)) {
  renew_resolver();
}

void NameLookup::renew_resolver() {
  resolver_.emplace(modules_,
                    [this](const base::SourcePath& path) { return store_.bindings_of(path); });
}

void NameLookup::raise_tag_users() {
  while (true) {
    std::vector<base::SourcePath> found;
    // Following a name may add files, which disturbs no other.
    for (const auto& [path, file] : store_.files()) {
      const bool is_candidate = has_documents(file) && !hidden_sources_.contains(file.path);
      if (is_candidate && exports_hidden_tag(file)) {
        found.push_back(file.path);
      }
    }
    if (found.empty()) {
      return;
    }
    hidden_sources_.insert(found.begin(), found.end());
    std::vector<SourceFile*> all;
    for (auto& [path, file] : store_.files()) {
      if (!has_documents(file)) {
        all.push_back(&file);
      }
    }
    store_.raise(all, FactsTier::specifiers);
    std::vector<SourceFile*> users;
    std::copy_if(all.begin(), all.end(), std::back_inserter(users), [this](const SourceFile* file) {
      return file->facts && imports_hidden_tag(*file);
    });
    store_.raise(users, FactsTier::documents);
    renew_resolver();
  }
}

bool NameLookup::imports_hidden_tag(const SourceFile& file) {
  const auto leads_there = [&](const std::string& specifier) {
    return !specifier.empty() && is_hidden_source(file.path, specifier);
  };
  return std::any_of(file.facts->imports.begin(),
                     file.facts->imports.end(),
                     [&](const ImportFact& import) { return leads_there(import.specifier); }) ||
         std::any_of(file.facts->exports.begin(),
                     file.facts->exports.end(),
                     [&](const ExportFact& fact) { return leads_there(fact.specifier); });
}

bool NameLookup::is_hidden_source(const base::SourcePath& importer, const std::string& specifier) {
  if (hidden_sources_.empty()) {
    return false;
  }
  const discovery::ModuleResolution& module = modules_.resolve(importer, specifier);
  return module.kind == discovery::ModuleResolution::Kind::source &&
         hidden_sources_.contains(module.path);
}

bool NameLookup::exports_hidden_tag(const SourceFile& file) {
  return std::any_of(
      file.facts->exports.begin(), file.facts->exports.end(), [&](const ExportFact& fact) {
        return !fact.is_type_only && exports_hidden_tag(file, fact);
      });
}

bool NameLookup::exports_hidden_tag(const SourceFile& file, const ExportFact& fact) {
  if (fact.exported == "*") {
    return is_hidden_source(file.path, fact.specifier);
  }
  if (is_visible(fact.exported)) {
    return false;
  }
  bool may_be = false;
  if (fact.specifier.empty()) {
    may_be = may_be_tag(file, {fact.local});
  } else {
    ImportFact import;
    import.specifier = fact.specifier;
    may_be = may_lead_to_tag(file, import, fact.local);
  }
  if (!may_be) {
    return false;
  }
  const discovery::ResolvedName resolved = exported_name(file, fact);
  return is_tag(builder::decide_tag(NameChain{{fact.exported}, {}}, resolved, tags_));
}

discovery::ResolvedName NameLookup::exported_name(const SourceFile& file, const ExportFact& fact) {
  if (fact.specifier.empty()) {
    return resolver_->resolve(file.path, NameChain{{fact.local}, {}});
  }
  return resolver_->resolve_import(file.path, fact.specifier, fact.local);
}

bool NameLookup::may_be_tag(const SourceFile& file, const std::vector<std::string>& names) {
  if (is_visible(names.back()) || is_visible(names.front())) {
    return true;
  }
  for (const ImportFact& import : file.facts->imports) {
    for (const ImportedName& name : import.names) {
      if (name.local == names.front()) {
        return may_lead_to_tag(file, import, name.imported);
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
                return name.local == target && may_lead_to_tag(file, import, name.imported);
              });
        });
    if (is_other && (is_visible(constant.target.names.back()) || leads_to_import)) {
      return true;
    }
  }
  return false;
}

bool NameLookup::may_lead_to_tag(const SourceFile& file,
                                 const ImportFact& import,
                                 const std::string& imported) {
  if (is_visible(imported)) {
    return true;
  }
  // What is no source of the project cannot be followed, so asking costs nothing.
  const discovery::ModuleResolution& module = modules_.resolve(file.path, import.specifier);
  return module.kind != discovery::ModuleResolution::Kind::source ||
         is_hidden_source(file.path, import.specifier);
}

NamesByPath NameLookup::names() {
  NamesByPath names;
  for (const auto& [path, file] : store_.files()) {
    if (file.is_included && has_documents(file)) {
      add_names(file, names);
    }
  }
  return names;
}

void NameLookup::add_names(const SourceFile& file, NamesByPath& names) {
  for (const TemplateSite& site : file.facts->templates) {
    if (site.form == TemplateForm::tag || site.form == TemplateForm::call) {
      const bool has_tag =
          may_be_tag(file, site.tag.names) &&
          is_tag(builder::decide_tag(site.tag, add_name(file, site.tag, names), tags_));
      if (!has_tag && !site.is_marked) {
        continue;
      }
    }
    for (const discovery::Substitution& substitution : site.substitutions) {
      if (substitution.kind == discovery::Substitution::Kind::name) {
        add_name(file, substitution.chain, names);
      }
    }
    for (const NameChain& chain : site.fragments) {
      add_name(file, chain, names);
    }
  }
}

const discovery::ResolvedName& NameLookup::add_name(const SourceFile& file,
                                                    const NameChain& chain,
                                                    NamesByPath& names) {
  const auto [entry, is_new] = names.try_emplace({file.path, builder::joined_by_dots(chain.names)});
  if (is_new) {
    entry->second = resolver_->resolve(file.path, chain);
  }
  return entry->second;
}

std::vector<base::Diagnostic> NameLookup::check_document_imports(
    const builder::RuleLevels& levels) {
  std::vector<base::Diagnostic> diagnostics;
  for (const auto& [path, file] : store_.files()) {
    const builder::RuleLevel level = levels.level_of("UnresolvedImport", file.path);
    if (file.language != discovery::Language::graphql || !file.is_included || !file.facts ||
        level == builder::RuleLevel::off) {
      continue;
    }
    for (const ImportFact& import : file.facts->imports) {
      const discovery::ModuleResolution& module = modules_.resolve(file.path, import.specifier);
      const bool is_found = module.kind == discovery::ModuleResolution::Kind::source;
      const SourceFile* target = is_found ? store_.find(module.path) : nullptr;
      if (target != nullptr && target->is_included) {
        continue;
      }
      base::Diagnostic diagnostic;
      diagnostic.range = {file.path, import.span};
      diagnostic.severity =
          level == builder::RuleLevel::error ? base::Severity::error : base::Severity::warning;
      diagnostic.code = "UnresolvedImport";
      diagnostic.message = is_found
                               ? "\"" + module.path.text() +
                                     "\" is not built: \"include\" in the config does not match it."
                               : "The file \"" + import.specifier + "\" cannot be found.";
      diagnostics.push_back(std::move(diagnostic));
    }
  }
  return diagnostics;
}

builder::NameTable by_index(const NamesByPath& names,
                            const std::vector<builder::SourceInput>& sources) {
  builder::NameTable table;
  for (const auto& [key, resolved] : names) {
    const auto source =
        std::lower_bound(sources.begin(),
                         sources.end(),
                         key.first,
                         [](const builder::SourceInput& input, const base::SourcePath& path) {
                           return input.path < path;
                         });
    if (source != sources.end() && source->path == key.first) {
      table.emplace(std::pair{static_cast<std::uint32_t>(source - sources.begin()), key.second},
                    resolved);
    }
  }
  return table;
}

}  // namespace session
