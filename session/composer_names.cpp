#include "session/composer_names.h"

#include <algorithm>

#include "builder/composer/composer_project.h"

namespace session {
namespace {

using base::SourcePath;
using discovery::ConstantFact;
using discovery::ExportFact;
using discovery::FactsTier;
using discovery::ImportedName;
using discovery::ImportFact;
using discovery::NameChain;
using discovery::ResolvedName;
using discovery::SourceFile;
using discovery::ValueFact;

bool has_compositions(const SourceFile& file) {
  return file.facts && file.facts->tier >= FactsTier::compositions;
}

}  // namespace

ComposerNames::ComposerNames(discovery::SourceStore& store,
                             discovery::ModuleResolver& resolver,
                             discovery::FactsOf facts_of,
                             const std::vector<std::string>& modules)
    : store_(store),
      modules_(resolver),
      facts_of_(std::move(facts_of)),
      composer_modules_(modules) {}

bool ComposerNames::is_asking(const SourceFile& file) {
  return file.own_tier && *file.own_tier >= FactsTier::compositions;
}

ComposerNames::Found ComposerNames::find(const std::set<SourcePath>& asking) {
  if (asking.empty()) {
    return {};
  }
  std::vector<SourcePath> files(asking.begin(), asking.end());
  renew_resolver();
  find_users_of_barrels();
  for (const SourcePath& path : found_.raised) {
    files.push_back(path);
  }
  for (const SourcePath& path : files) {
    add_definitions(*store_.find(path));
  }
  while (true) {
    while (!queue_.empty()) {
      const Root root = queue_.back();
      queue_.pop_back();
      follow(root);
    }
    if (waiting_.empty()) {
      return std::move(found_);
    }
    // What is read further has other facts, into which the resolver points.
    const auto waiting = std::move(waiting_);
    waiting_.clear();
    std::set<SourcePath> paths;
    for (const auto& [path, name] : waiting) {
      paths.insert(path);
    }
    raise(paths);
    for (const auto& [path, name] : waiting) {
      ask_for(path, name);
    }
  }
}

void ComposerNames::renew_resolver() {
  discovery::NameResolver::Options options;
  options.follows_calls = false;
  options.is_closed_module = [this](const std::string& specifier) {
    return is_composer_module(specifier);
  };
  resolver_.emplace(modules_, facts_of_, std::move(options));
}

bool ComposerNames::takes_part(const SourceFile& file) const {
  return has_compositions(file) && (is_asking(file) || found_.raised.contains(file.path));
}

bool ComposerNames::is_composer_module(const std::string& specifier) const {
  return builder::composer::is_composer_module(specifier, composer_modules_);
}

bool ComposerNames::leads_to_composer(const SourcePath& file, const std::string& specifier) {
  if (specifier.empty()) {
    return false;
  }
  if (is_composer_module(specifier)) {
    return true;
  }
  if (barrels_.empty()) {
    return false;
  }
  const discovery::ModuleResolution& module = modules_.resolve(file, specifier);
  return module.kind == discovery::ModuleResolution::Kind::source && barrels_.contains(module.path);
}

// Whether other files can import a composer from this one.
bool ComposerNames::exports_composer(const SourceFile& file) {
  return std::any_of(
      file.facts->exports.begin(), file.facts->exports.end(), [&](const ExportFact& fact) {
        if (fact.is_type_only) {
          return false;
        }
        return fact.specifier.empty() ? may_be_composer(file, fact.local)
                                      : leads_to_composer(file.path, fact.specifier);
      });
}

// By the specifiers alone, which is all that is known of most files.
bool ComposerNames::imports_composer(const SourceFile& file) {
  const auto leads_there = [&](const auto& fact) {
    return leads_to_composer(file.path, fact.specifier);
  };
  return std::any_of(file.facts->imports.begin(), file.facts->imports.end(), leads_there) ||
         std::any_of(file.facts->exports.begin(), file.facts->exports.end(), leads_there);
}

// Modules that export a composer may import it from one another, so this runs to a fixed point.
void ComposerNames::find_users_of_barrels() {
  while (true) {
    std::vector<const SourceFile*> sources;
    for (const auto& [path, file] : store_.files()) {
      if (takes_part(file) && !barrels_.contains(path)) {
        sources.push_back(&file);
      }
    }
    std::set<SourcePath> barrels;
    for (const SourceFile* file : sources) {
      if (exports_composer(*file)) {
        barrels.insert(file->path);
      }
    }
    if (barrels.empty()) {
      return;
    }
    found_.has_barrels = true;
    barrels_.insert(barrels.begin(), barrels.end());
    std::vector<SourceFile*> all;
    for (auto& [path, file] : store_.files()) {
      if (file.is_matched && !file.read_problem) {
        all.push_back(&file);
      }
    }
    store_.raise(all, FactsTier::specifiers);
    std::set<SourcePath> users;
    for (const SourceFile* file : all) {
      if (file->facts && !takes_part(*file) && imports_composer(*file)) {
        users.insert(file->path);
      }
    }
    raise(users);
    // In broken code the specifiers alone may say more than the statements around them. What counts
    // does not depend on how far a file was read before.
    std::erase_if(found_.raised, [&](const SourcePath& path) {
      return users.contains(path) && !imports_composer(*store_.find(path));
    });
  }
}

void ComposerNames::raise(const std::set<SourcePath>& paths) {
  std::vector<SourceFile*> files;
  for (const SourcePath& path : paths) {
    if (SourceFile* file = store_.find(path)) {
      files.push_back(file);
      found_.raised.insert(path);
    }
  }
  store_.raise(files, FactsTier::compositions);
  renew_resolver();
}

// Whether a name at the top level of the file may stand for a composer: following others would
// read half of the project to learn that they do not.
bool ComposerNames::may_be_composer(const SourceFile& file, const std::string& name) {
  const auto is_imported = [&](const std::string& local) {
    return std::any_of(
        file.facts->imports.begin(), file.facts->imports.end(), [&](const ImportFact& import) {
          const bool has_name =
              std::any_of(import.names.begin(), import.names.end(), [&](const ImportedName& one) {
                return one.local == local && !one.is_type_only && !import.is_type_only;
              });
          return has_name && leads_to_composer(file.path, import.specifier);
        });
  };
  if (is_imported(name)) {
    return true;
  }
  return std::any_of(
      file.facts->constants.begin(), file.facts->constants.end(), [&](const ConstantFact& one) {
        return one.kind == ConstantFact::Kind::alias && one.path.front() == name &&
               is_imported(one.target.names.front());
      });
}

void ComposerNames::add_definitions(const SourceFile& file) {
  if (!has_compositions(file)) {
    return;
  }
  for (const discovery::CompositionSite& site : file.facts->compositions.sites) {
    if (site.callee.empty() || !may_be_composer(file, site.callee.names.front())) {
      continue;
    }
    ComposerFileNames& entry = found_.files[file.path];
    ResolvedName resolved = resolver_->resolve(file.path, site.callee, &entry.trace);
    if (builder::composer::is_composer(resolved, composer_modules_)) {
      entry.names.insert_or_assign(builder::composer_name(site.callee.names), std::move(resolved));
      queue_.emplace_back(file.path, site.call);
    }
  }
}

const discovery::ValueIndex& ComposerNames::values_of(const SourcePath& path) {
  const auto [values, is_new] = values_.try_emplace(path);
  if (is_new) {
    values->second = discovery::ValueIndex(store_.find(path)->facts->compositions);
  }
  return values->second;
}

void ComposerNames::follow(const Root& root) {
  if (!seen_.insert(root).second) {
    return;
  }
  const auto& [path, expression] = root;
  const discovery::CompositionFacts& facts = store_.find(path)->facts->compositions;
  for (const NameChain& chain : discovery::free_names(facts, expression)) {
    const ValueFact* value = values_of(path).find(chain.names.front(), chain.span.begin);
    if (value != nullptr) {
      queue_.emplace_back(path, value->value);
    }
    if (value == nullptr || !value->is_local) {
      add_chain(path, chain);
    }
  }
}

void ComposerNames::add_chain(const SourcePath& path, const NameChain& chain) {
  ComposerFileNames& entry = found_.files[path];
  const auto [name, is_new] = entry.names.try_emplace(builder::composer_name(chain.names));
  if (!is_new) {
    return;
  }
  name->second = resolver_->resolve(path, chain, &entry.trace);
  const ResolvedName& resolved = name->second;
  if (resolved.kind == ResolvedName::Kind::binding && !resolved.path.empty()) {
    ask_for(resolved.file, resolved.path.front());
  }
}

// The value that `name` has at the top level of a file.
void ComposerNames::ask_for(const SourcePath& path, const std::string& name) {
  const SourceFile* file = store_.find(path);
  if (file == nullptr || file->language == discovery::Language::graphql) {
    return;
  }
  if (!takes_part(*file)) {
    if (!file->read_problem && !found_.raised.contains(path)) {
      waiting_.emplace_back(path, name);
    }
    return;
  }
  found_.files[path].trace.files.insert(path);
  if (const ValueFact* value = values_of(path).find_global(name)) {
    queue_.emplace_back(path, value->value);
  }
}

}  // namespace session
