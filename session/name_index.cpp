#include "session/name_index.h"

#include <algorithm>
#include <iterator>

#include "discovery/language.h"

namespace session {
namespace {

using base::SourcePath;
using discovery::FactsTier;
using discovery::ImportFact;
using discovery::ModuleResolution;
using discovery::NameChain;
using discovery::NameTrace;
using discovery::SourceFile;
using discovery::TemplateForm;
using discovery::TemplateSite;

bool has_tier(const SourceFile& file, FactsTier tier) {
  return file.facts && file.facts->tier >= tier;
}

}  // namespace

NameIndex::NameIndex(base::FileSystem& files,
                     std::string root,
                     discovery::SourceStore& store,
                     builder::TagConfig tags,
                     std::vector<std::string> composer_modules)
    : files_(files),
      root_(std::move(root)),
      store_(store),
      barrel_users_(store),
      tags_(std::move(tags)),
      composer_modules_(std::move(composer_modules)) {}

// Files that lie outside the root and have names inside, by where they are.
std::map<std::string, SourcePath> NameIndex::find_outside_names() const {
  std::map<std::string, SourcePath> names;
  for (const auto& [path, file] : store_.files()) {
    const std::string& place = file.other_place;
    if (!place.empty() && !place.starts_with(root_ + "/") && path.is_inside_root()) {
      names.emplace(place, path);
    }
  }
  return names;
}

void NameIndex::renew_modules() {
  outside_names_ = find_outside_names();
  discovery::ModuleResolver::Options options;
  options.root = root_;
  options.outside_names = outside_names_;
  modules_ = std::make_unique<discovery::ModuleResolver>(files_, std::move(options));
}

void NameIndex::renew_resolver() {
  search_.reset();
  resolver_.emplace(
      *modules_, [this](const SourcePath& path) { return bindings_of(path); }, tag_modules());
  resolver_->set_barrel_files(
      {[this](const auto& paths) { barrel_users_.look_at(paths); },
       [this](const auto& path, const auto& name) { return barrel_users_.may_export(path, name); },
       [this](const auto& paths) { read_ahead(paths); }});
  search_.emplace(*modules_, *resolver_, tags_, hidden_sources_);
}

// The files of the project that `tagModules` in the config names, by a path from the root or by an
// alias, and the names of what they export as tags.
discovery::NameResolver::OpaqueExports NameIndex::tag_modules() {
  discovery::NameResolver::OpaqueExports exports;
  exports.names = {"gql", "graphql", "default"};
  for (const auto& [name, label] : tags_.labels) {
    exports.names.insert(name);
  }
  for (const std::string& specifier : tags_.modules) {
    const ModuleResolution& module = modules_->resolve(SourcePath("package.json"), specifier);
    if (module.kind == ModuleResolution::Kind::source) {
      exports.modules.emplace(module.path, specifier);
    }
  }
  return exports;
}

const discovery::SourceFacts* NameIndex::bindings_of(const SourcePath& path) {
  const SourceFile* file = store_.find(path);
  if (file == nullptr || !has_tier(*file, FactsTier::bindings)) {
    outcome_.retold.insert(path);
  }
  return store_.bindings_of(path);
}

void NameIndex::read_ahead(const std::vector<SourcePath>& paths) {
  std::vector<SourceFile*> files;
  for (const SourcePath& path : paths) {
    SourceFile* file = store_.find(path);
    if (file != nullptr && !has_tier(*file, FactsTier::bindings)) {
      outcome_.retold.insert(path);
      files.push_back(file);
    }
  }
  store_.raise(files, FactsTier::bindings);
}

NameIndex::Outcome NameIndex::update(const NameChange& change) {
  outcome_ = {};
  note_files(change);
  forget(change);
  renew_resolver();
  std::set<SourcePath> stale;
  if (change.is_everything) {
    add_all(stale);
  } else {
    stale = stale_files(change);
  }
  // Where some module exports a tag under another name, any file may use it.
  bool has_hidden = !hidden_sources_.empty() || !tag_modules().modules.empty();
  for (const SourcePath& path : stale) {
    NameTrace trace;
    const SourceFile* file = store_.find(path);
    has_hidden = has_hidden || (file != nullptr && file->is_matched && has_documents(*file) &&
                                search_->exports_hidden_tag(*file, trace));
  }
  if (has_hidden) {
    find_hidden_sources();
    add_all(stale);
  }

  std::set<SourcePath> candidates;
  if (may_touch_composers(change)) {
    find_composer_names(stale, candidates);
  }
  for (const SourcePath& path : stale) {
    const auto old = records_.find(path);
    if (old != records_.end()) {
      candidates.insert(old->second.trace.files.begin(), old->second.trace.files.end());
    }
    const SourceFile* file = store_.find(path);
    const bool is_there = file != nullptr && ((file->is_included && has_documents(*file)) ||
                                              composer_.files.contains(path));
    replace(path, is_there ? std::optional(make_record(*file)) : std::nullopt);
  }
  if (has_hidden) {
    for (const auto& [path, file] : store_.files()) {
      candidates.insert(path);
    }
  }
  // What was read ahead need not be asked for in the end.
  candidates.insert(outcome_.retold.begin(), outcome_.retold.end());
  settle_tiers(candidates);
  settle_tiers(change.files);
  resolver_.reset();
  search_.reset();
  return std::move(outcome_);
}

void NameIndex::note_files(const NameChange& change) {
  if (has_noted_files_ && !change.is_everything) {
    for (const SourcePath& path : change.files) {
      note_file(path);
    }
    return;
  }
  has_noted_files_ = true;
  importing_documents_.clear();
  composer_sources_.clear();
  for (const auto& [path, file] : store_.files()) {
    note_file(path);
  }
}

void NameIndex::note_file(const SourcePath& path) {
  const SourceFile* file = store_.find(path);
  importing_documents_.erase(path);
  composer_sources_.erase(path);
  if (file == nullptr) {
    return;
  }
  if (file->language == discovery::Language::graphql && file->is_included && file->facts &&
      !file->facts->imports.empty()) {
    importing_documents_.insert(path);
  }
  // Others are there because an earlier build asked for them, and are followed if this one does.
  if (file->is_matched && ComposerNames::is_asking(*file)) {
    composer_sources_.insert(path);
  }
}

// The files that have names, or may have.
void NameIndex::add_all(std::set<SourcePath>& paths) const {
  for (const auto& [path, record] : records_) {
    paths.insert(path);
  }
  for (const auto& [path, file] : store_.files()) {
    if (file.is_included && has_documents(file)) {
      paths.insert(path);
    }
  }
}

void NameIndex::forget(const NameChange& change) {
  if (change.is_everything || change.asks_again || modules_ == nullptr) {
    renew_modules();
    return;
  }
  if (change.disk_paths.empty()) {
    return;
  }
  if (modules_->has_followed_links() || find_outside_names() != outside_names_) {
    renew_modules();
  } else {
    modules_->forget(change.disk_paths);
  }
}

// The files whose names may differ now, where not all may.
std::set<SourcePath> NameIndex::stale_files(const NameChange& change) {
  std::set<SourcePath> stale = change.files;
  const auto trace_of = [this](const SourcePath& user) -> const NameTrace& {
    return records_.at(user).trace;
  };
  for (const SourcePath& path : change.files) {
    barrel_users_.add_stale(path, trace_of, stale);
  }
  for (const SourcePath& path : change.rebound) {
    const auto users = traced_by_.find(path);
    if (users != traced_by_.end()) {
      stale.insert(users->second.begin(), users->second.end());
    }
  }
  if (change.asks_again || !change.disk_paths.empty()) {
    for (auto& [request, asked] : requests_) {
      if (answer_to(request) != asked.answer) {
        stale.insert(asked.users.begin(), asked.users.end());
      }
    }
  }
  return stale;
}

bool NameIndex::asks_for(std::string_view text) const {
  return std::any_of(requests_.begin(), requests_.end(), [text](const auto& entry) {
    return entry.first.second.find(text) != std::string::npos;
  });
}

NameIndex::Answer NameIndex::answer_to(const Request& request) {
  const ModuleResolution& module = modules_->resolve(request.first, request.second);
  return {module.kind, module.path, module.package};
}

// Extracts the documents of the files that the gate could not see: those that use a tag under a
// name that spells neither `gql` nor `graphql`, which they import from a project module. Such
// modules may import each other, so this runs to a fixed point, always from the beginning: what an
// earlier build found must not keep itself alive. Files that the globs do not match take no part:
// which of them are known depends on what was followed before.
void NameIndex::find_hidden_sources() {
  const std::set<SourcePath> users_before = std::exchange(hidden_users_, {});
  hidden_sources_.clear();
  renew_resolver();
  const auto takes_part = [this](const SourceFile& file) {
    const bool asks_itself = file.own_tier && *file.own_tier >= FactsTier::documents;
    return file.is_matched && has_documents(file) &&
           (asks_itself || hidden_users_.contains(file.path));
  };
  NameTrace trace;
  // Their users need spell nothing that the gate knows.
  std::vector<SourcePath> found;
  for (const auto& [path, specifier] : tag_modules().modules) {
    found.push_back(path);
  }
  while (true) {
    // Following a name may add files, which disturbs no other.
    std::vector<const SourceFile*> sources;
    for (const auto& [path, file] : store_.files()) {
      if (takes_part(file) && !hidden_sources_.contains(path)) {
        sources.push_back(&file);
      }
    }
    for (const SourceFile* file : sources) {
      if (search_->exports_hidden_tag(*file, trace)) {
        found.push_back(file->path);
      }
    }
    if (found.empty()) {
      break;
    }
    hidden_sources_.insert(found.begin(), found.end());
    found.clear();
    std::vector<SourceFile*> others;
    for (auto& [path, file] : store_.files()) {
      if (file.is_matched && !takes_part(file)) {
        others.push_back(&file);
        if (!file.facts) {
          outcome_.retold.insert(path);
        }
      }
    }
    store_.raise(others, FactsTier::specifiers);
    std::vector<SourceFile*> users;
    std::copy_if(others.begin(), others.end(), std::back_inserter(users), [&](const auto* file) {
      return file->facts && search_->imports_hidden_tag(*file, trace);
    });
    for (const SourceFile* file : users) {
      hidden_users_.insert(file->path);
      if (!has_documents(*file)) {
        outcome_.retold.insert(file->path);
      }
    }
    store_.raise(users, FactsTier::documents);
    renew_resolver();
  }
  lower_if_unasked(users_before);
  // What it knows of files whose facts went is gone with them.
  renew_resolver();
}

// Files that only an earlier build had read as far as they are.
void NameIndex::lower_if_unasked(const std::set<SourcePath>& paths) {
  for (const SourcePath& path : paths) {
    SourceFile* file = store_.find(path);
    if (file != nullptr && !file->own_tier && !hidden_users_.contains(path) &&
        !composer_.raised.contains(path)) {
      store_.lower(*file, FactsTier::bindings);
      outcome_.retold.insert(path);
    }
  }
}

// Whether the composer dialect may have other names now: they come from the files that take part,
// from those that were followed on the way, and from where modules are. Where a project module
// exports a composer, every file's imports count.
bool NameIndex::may_touch_composers(const NameChange& change) const {
  if (change.is_everything || change.asks_again || !change.disk_paths.empty() ||
      composer_.has_barrels) {
    return true;
  }
  const auto takes_part = [this](const SourcePath& path) {
    return composer_.files.contains(path) || composer_.raised.contains(path);
  };
  return std::any_of(change.files.begin(), change.files.end(), [&](const SourcePath& path) {
    const auto users = traced_by_.find(path);
    return composer_sources_.contains(path) || takes_part(path) ||
           (users != traced_by_.end() &&
            std::any_of(users->second.begin(), users->second.end(), takes_part));
  });
}

// Always from the beginning, as what an earlier build found must not keep itself alive. All files
// that take part are looked at again: what one asks for is known only when the others are.
void NameIndex::find_composer_names(std::set<SourcePath>& stale, std::set<SourcePath>& candidates) {
  const ComposerNames::Found before = std::move(composer_);
  composer_ = ComposerNames(
                  store_,
                  *modules_,
                  [this](const SourcePath& path) { return bindings_of(path); },
                  composer_modules_)
                  .find(composer_sources_);
  const bool has_barrels = before.has_barrels || composer_.has_barrels;
  if (before.files.empty() && composer_.files.empty() && before.raised.empty() &&
      composer_.raised.empty() && !has_barrels) {
    return;
  }
  for (const ComposerNames::Found* found :
       {&before, static_cast<const ComposerNames::Found*>(&composer_)}) {
    candidates.insert(found->raised.begin(), found->raised.end());
    stale.insert(found->raised.begin(), found->raised.end());
    for (const auto& [path, names] : found->files) {
      stale.insert(path);
    }
  }
  std::set_symmetric_difference(before.raised.begin(),
                                before.raised.end(),
                                composer_.raised.begin(),
                                composer_.raised.end(),
                                std::inserter(outcome_.retold, outcome_.retold.end()));
  lower_if_unasked(before.raised);
  if (has_barrels) {
    for (const auto& [path, file] : store_.files()) {
      candidates.insert(path);
    }
  }
  renew_resolver();
}

NameIndex::Record NameIndex::make_record(const SourceFile& file) {
  Record record;
  const auto composer = composer_.files.find(file.path);
  if (composer != composer_.files.end()) {
    record.names = composer->second.names;
    record.trace = composer->second.trace;
  }
  if (!file.is_included || !has_documents(file)) {
    return record;
  }
  for (const TemplateSite& site : file.facts->templates) {
    if (site.form == TemplateForm::tag || site.form == TemplateForm::call) {
      const bool has_tag =
          search_->may_be_tag(file, site.tag.names, record.trace) &&
          is_tag(builder::decide_tag(site.tag, add_name(file, site.tag, record), tags_));
      if (!has_tag && !site.is_marked) {
        continue;
      }
    }
    for (const discovery::Substitution& substitution : site.substitutions) {
      if (substitution.kind == discovery::Substitution::Kind::name) {
        add_name(file, substitution.chain, record);
      }
    }
    for (const NameChain& chain : site.fragments) {
      add_name(file, chain, record);
    }
  }
  // What the file exports decides whether other files have to be looked at.
  search_->exports_hidden_tag(file, record.trace);
  return record;
}

const discovery::ResolvedName& NameIndex::add_name(const SourceFile& file,
                                                   const NameChain& chain,
                                                   Record& record) {
  const auto [entry, is_new] =
      record.names.try_emplace(builder::name_key(chain.names, chain.scope));
  if (is_new) {
    entry->second = resolver_->resolve(file.path, chain, &record.trace);
  }
  return entry->second;
}

void NameIndex::replace(const SourcePath& path, std::optional<Record> record) {
  const auto old = records_.find(path);
  const bool is_same = old == records_.end() ? !record : record && *record == old->second;
  if (is_same) {
    ask_again(path, record);
    return;
  }
  unsaved_.insert(path);
  if (old != records_.end()) {
    barrel_users_.remove(path, old->second.trace);
    for (const SourcePath& file : old->second.trace.files) {
      traced_by_[file].erase(path);
    }
    for (const Request& request : old->second.trace.requests) {
      const auto asked = requests_.find(request);
      asked->second.users.erase(path);
      if (asked->second.users.empty()) {
        requests_.erase(asked);
      }
    }
  }
  const builder::FileNames no_names;
  const builder::FileNames& before = old == records_.end() ? no_names : old->second.names;
  if (before != (record ? record->names : no_names)) {
    outcome_.renamed.insert(path);
  }
  if (!record) {
    records_.erase(path);
    return;
  }
  barrel_users_.add(path, record->trace);
  for (const SourcePath& file : record->trace.files) {
    traced_by_[file].insert(path);
  }
  for (const Request& request : record->trace.requests) {
    Asked& asked = requests_[request];
    asked.answer = answer_to(request);
    asked.users.insert(path);
  }
  records_.insert_or_assign(path, std::move(*record));
}

// A record is the same as before: so are its requests, but not what is answered to them.
void NameIndex::ask_again(const SourcePath& path, const std::optional<Record>& record) {
  if (!record) {
    return;
  }
  for (const Request& request : record->trace.requests) {
    Asked& asked = requests_[request];
    Answer answer = answer_to(request);
    if (answer != asked.answer) {
      asked.answer = std::move(answer);
      unsaved_.insert(path);
    }
  }
}

const builder::FileNames& NameIndex::names_of(const SourcePath& path) const {
  static const builder::FileNames k_none;
  const auto record = records_.find(path);
  return record == records_.end() ? k_none : record->second.names;
}

void NameIndex::settle_tiers(const std::set<SourcePath>& candidates) {
  for (const SourcePath& path : candidates) {
    settle_tier(path);
  }
}

// A file is known as far as the names of this build ask, and no further: what an earlier build
// asked for must not show in the problems that are reported.
void NameIndex::settle_tier(const SourcePath& path) {
  SourceFile* file = store_.find(path);
  if (file == nullptr) {
    return;
  }
  const auto users = traced_by_.find(path);
  const bool is_traced = users != traced_by_.end() && !users->second.empty();
  if (!is_traced && users != traced_by_.end()) {
    traced_by_.erase(users);
  }
  std::optional<FactsTier> tier = file->own_tier;
  if (composer_.raised.contains(path)) {
    tier = FactsTier::compositions;
  } else if (hidden_users_.contains(path)) {
    tier = std::max(tier.value_or(FactsTier::documents), FactsTier::documents);
  } else if (!tier && is_traced) {
    tier = FactsTier::bindings;
  } else if (!tier && file->is_matched && (!hidden_sources_.empty() || composer_.has_barrels)) {
    tier = FactsTier::specifiers;
  }
  if (!tier && !file->is_matched) {
    store_.remove(path);
    outcome_.retold.insert(path);
    return;
  }
  if (file->facts && (!tier || file->facts->tier > *tier)) {
    store_.lower(*file, tier);
    outcome_.retold.insert(path);
  }
}

std::vector<base::Diagnostic> NameIndex::check_document_imports(const builder::RuleLevels& levels) {
  std::vector<base::Diagnostic> diagnostics;
  if (modules_ == nullptr) {
    return diagnostics;
  }
  for (const SourcePath& path : importing_documents_) {
    const builder::RuleLevel level = levels.level_of("UnresolvedImport", path);
    if (level == builder::RuleLevel::off) {
      continue;
    }
    for (const ImportFact& import : store_.find(path)->facts->imports) {
      const ModuleResolution& module = modules_->resolve(path, import.specifier);
      const bool is_found = module.kind == ModuleResolution::Kind::source;
      const SourceFile* target = is_found ? store_.find(module.path) : nullptr;
      if (target != nullptr && target->is_included) {
        continue;
      }
      base::Diagnostic diagnostic;
      diagnostic.range = {path, import.span};
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

}  // namespace session
