#include "session/project_inputs.h"

#include <algorithm>
#include <iterator>

#include "discovery/language.h"

namespace session {
namespace {

using base::SourcePath;
using discovery::SourceFile;
using discovery::SourceStore;

SourceStore::Options store_options(const ProjectConfig& project) {
  SourceStore::Options options;
  options.root = project.root;
  options.tag_names = project.globals;
  // A tag of a package may be imported under any name; the file spells the package then.
  options.tag_names.insert(
      options.tag_names.end(), project.tag_modules.begin(), project.tag_modules.end());
  for (const auto& [tag, label] : project.tags) {
    options.tag_names.push_back(tag);
  }
  options.composer_modules = project.composer_modules;
  options.max_file_bytes = project.max_file_bytes;
  options.skip_generated = project.default_excludes;
  return options;
}

void note(const SourcePath& path, NameChange& change) {
  // Mostly they come sorted.
  change.files.insert(change.files.end(), path);
  if (!change.is_everything) {
    change.rebound.insert(change.rebound.end(), path);
  }
}

builder::TagConfig tag_config(const ProjectConfig& project) {
  return {project.tags, project.tag_modules, project.globals};
}

bool may_be_schema(std::string_view path) {
  return path.ends_with(".json") || discovery::language_of(path) == discovery::Language::graphql;
}

}  // namespace

ProjectInputs::ProjectInputs(base::FileSystem& files,
                             base::ThreadPool& pool,
                             const ProjectConfig& project,
                             std::string marker_path)
    : files_(files),
      pool_(pool),
      project_(project),
      marker_path_(std::move(marker_path)),
      looks_(files, own_folders(project)),
      store_(files, pool, store_options(project)),
      names_(looks_, project.root, store_, tag_config(project), project.composer_modules) {
  options_.tags = tag_config(project);
  options_.composer_modules = project.composer_modules;
  options_.module_format = project.module_format;
  options_.on_error = project.on_error;
}

bool ProjectInputs::restore(std::vector<SourceFile> files, NameIndexState names) {
  for (SourceFile& file : files) {
    matched_count_ += file.is_matched ? 1 : 0;
    store_.restore(std::move(file));
  }
  is_restored_ = true;
  return names_.restore(std::move(names));
}

base::Status ProjectInputs::look(const std::vector<std::string>& paths,
                                 bool everywhere,
                                 PhaseTimes& times) {
  everywhere = everywhere || must_look_everywhere_;
  must_look_everywhere_ = true;
  is_complete_ = false;
  Hints hints;
  std::unique_ptr<Ahead> ahead;
  if (everywhere) {
    ahead = times.run("scan", "Looking for files", [this] { return look_everywhere(); });
  } else {
    begin_scan();
    hints = sort_hints(paths);
  }
  // The schema first: without it nothing is built, and its files are no documents.
  const std::vector<SourcePath> schema_files = schemas_.files;
  if (everywhere || hints.touches_schema) {
    schemas_.diagnostics.clear();
    TRY_ASSIGN(
        schemas_,
        ahead ? std::move(ahead->schemas) : times.run("schema", "Reading the schema", [this] {
          return load_schemas(looks_, project_);
        }));
    if (!has_schemas()) {
      return {};
    }
  }
  NameChange change;
  change.disk_paths = hints.disk_paths;
  if (has_lost_track_) {
    for (const auto& [path, file] : store_.files()) {
      note(path, change);
    }
  }
  has_lost_track_ = true;
  // What is a schema is no source.
  std::optional<ScannedSources> scanned;
  if (everywhere || hints.is_structural || schemas_.files != schema_files) {
    TRY_ASSIGN(scanned,
               ahead ? std::move(ahead->sources) : times.run("scan", "Looking for files", [this] {
                 return scan_sources(looks_, project_);
               }));
  }
  const auto read = [&]() -> base::Status {
    if (scanned) {
      leave_out_schemas(*scanned);
      TRY(take_scan(*std::move(scanned), everywhere, change));
    }
    refresh(hints.known, change);
    return {};
  };
  TRY(times.run("read", "Reading files", read));
  TRY(times.run("resolve", "Following imports", [&] { return follow_names(change); }));
  must_look_everywhere_ = false;
  has_lost_track_ = false;
  is_complete_ = true;
  return {};
}

void ProjectInputs::begin_scan() {
  const base::ScanStart start = base::ScanStart::take(files_, marker_path_);
  store_.begin_scan(start);
  looks_.begin_scan(start);
}

std::array<std::function<void()>, 2> ProjectInputs::look_ahead() {
  begin_scan();
  looks_.start_over();
  ahead_ = std::make_unique<Ahead>(looks_);
  return {[this] {
            const base::Traced span("scan");
            ahead_->sources = scan_sources(looks_, project_);
          },
          [this] {
            const base::Traced span("schema");
            ahead_->schemas = load_schemas(looks_, project_);
          }};
}

std::unique_ptr<ProjectInputs::Ahead> ProjectInputs::look_everywhere() {
  if (!ahead_) {
    const auto steps = look_ahead();
    pool_.parallel_for(steps.size(), [&](std::size_t index, unsigned) { steps[index](); });
  }
  return std::move(ahead_);
}

ProjectInputs::Hints ProjectInputs::sort_hints(const std::vector<std::string>& paths) {
  Hints hints;
  for (const std::string& path : paths) {
    sort_hint(path, hints);
  }
  return hints;
}

void ProjectInputs::sort_hint(const std::string& path, Hints& hints) {
  const SourcePath name = SourcePath::relative_to(project_.root, path);
  if (std::binary_search(schemas_.files.begin(), schemas_.files.end(), name)) {
    hints.touches_schema = true;
    hints.disk_paths.push_back(path);
    return;
  }
  SourceFile* file = find_file(path);
  const auto status = files_.status(path);
  if (file == nullptr) {
    hints.disk_paths.push_back(path);
    // A folder that is gone, or in whose place something else is.
    hints.is_structural = hints.is_structural || store_.has_below(name);
    hints.touches_schema = hints.touches_schema || may_be_schema(path) || has_schema_below(name);
    if (!status) {
      // What the last scan complained of may be this path; a link that leads nowhere is there; and
      // a link may have led to what is gone.
      hints.is_structural =
          hints.is_structural || !scan_problems_.empty() || is_link(path) || has_symlinks_;
      return;
    }
    // A file that came may belong to the sources or to the schema, and a folder may hold some.
    const bool is_folder = status->kind == base::FileKind::directory;
    hints.is_structural = hints.is_structural || is_folder || discovery::language_of(path);
    hints.touches_schema = hints.touches_schema || is_folder;
    return;
  }
  const bool is_in_place = status && status->kind == base::FileKind::regular &&
                           files_.real_path(path).value_or(path) == store_.absolute_path(*file);
  if (is_in_place) {
    hints.known.push_back(file->path);
    return;
  }
  hints.is_structural = true;
  hints.disk_paths.push_back(path);
  if (!file->is_matched) {
    hints.known.push_back(file->path);
  }
}

bool ProjectInputs::has_schema_below(const SourcePath& folder) const {
  const std::string below = folder.text() + "/";
  return std::any_of(schemas_.files.begin(), schemas_.files.end(), [&](const SourcePath& path) {
    return path.text().starts_with(below);
  });
}

SourceFile* ProjectInputs::find_file(const std::string& absolute) {
  const auto named = by_absolute_path_.find(absolute);
  return store_.find(named != by_absolute_path_.end()
                         ? named->second
                         : SourcePath::relative_to(project_.root, absolute));
}

bool ProjectInputs::is_link(const std::string& path) {
  const auto entries = files_.list(std::string(base::parent_path(path)));
  const std::string name = path.substr(path.rfind('/') + 1);
  return entries && std::any_of(entries->begin(), entries->end(), [&](const auto& entry) {
           return entry.name == name && entry.kind == base::FileKind::symlink;
         });
}

void ProjectInputs::leave_out_schemas(ScannedSources& scanned) const {
  std::erase_if(scanned.inputs, [this](const SourceStore::Input& input) {
    return std::binary_search(schemas_.files.begin(), schemas_.files.end(), input.path);
  });
}

base::Status ProjectInputs::take_scan(ScannedSources scanned, bool everywhere, NameChange& change) {
  scan_problems_ = std::move(scanned.problems);
  has_symlinks_ = scanned.has_symlinks;
  change.is_everything = everywhere && !is_restored_;
  change.asks_again = everywhere && is_restored_;
  // Sorted, as the scan has them.
  std::vector<SourcePath> matched;
  matched.reserve(scanned.inputs.size());
  std::vector<SourceStore::Input> added;
  std::vector<SourceFile*> kept;
  for (SourceStore::Input& input : scanned.inputs) {
    matched.push_back(input.path);
    SourceFile* file = store_.find(input.path);
    if (file != nullptr && store_.absolute_path(*file) != input.absolute_path) {
      drop(*file, change);
      file = nullptr;
    }
    if (file == nullptr) {
      note(input.path, change);
      change.disk_paths.push_back(input.absolute_path);
      added.push_back(std::move(input));
      continue;
    }
    if (!file->is_matched) {
      store_.set_matched(*file, true);
      note(file->path, change);
    }
    kept.push_back(file);
  }
  std::vector<SourceFile*> lost;
  for (auto& [path, file] : store_.files()) {
    if (file.is_matched && !std::binary_search(matched.begin(), matched.end(), path)) {
      lost.push_back(&file);
    }
  }
  for (SourceFile* file : lost) {
    // Where a name leads there it will be read again, as a file that is not included.
    drop(*file, change);
  }
  matched_count_ = matched.size();
  by_absolute_path_.clear();
  store_.read(added);
  for (const auto& [path, file] : store_.files()) {
    if (!file.other_place.empty()) {
      by_absolute_path_.emplace(file.other_place, path);
    }
  }
  if (everywhere) {
    std::vector<SourceFile*> others;
    for (auto& [path, file] : store_.files()) {
      if (!file.is_matched) {
        others.push_back(&file);
      }
    }
    kept.insert(kept.end(), others.begin(), others.end());
    refresh(kept, SourceStore::Trust::stamps, change);
  }
  TRY_ASSIGN(options_.rules, rule_levels(project_, matched));
  return {};
}

void ProjectInputs::drop(SourceFile& file, NameChange& change) {
  const SourcePath path = file.path;
  note(path, change);
  change.disk_paths.push_back(store_.absolute_path(file));
  store_.remove(path);
}

void ProjectInputs::refresh(const std::vector<SourcePath>& paths, NameChange& change) {
  std::vector<SourceFile*> files;
  // Two names on the disk may lead to one file.
  for (const SourcePath& path : std::set<SourcePath>(paths.begin(), paths.end())) {
    if (SourceFile* file = store_.find(path)) {
      files.push_back(file);
    }
  }
  refresh(files, SourceStore::Trust::nothing, change);
}

void ProjectInputs::refresh(const std::vector<SourceFile*>& files,
                            SourceStore::Trust trust,
                            NameChange& change) {
  const std::vector<SourceStore::Freshness> results = store_.refresh(files, trust);
  for (std::size_t i = 0; i < files.size(); ++i) {
    switch (results[i]) {
      case SourceStore::Freshness::hit:
      case SourceStore::Freshness::rehashed:
        break;
      case SourceStore::Freshness::edited:
        change.files.insert(files[i]->path);
        break;
      case SourceStore::Freshness::rebound:
        note(files[i]->path, change);
        break;
      case SourceStore::Freshness::gone:
        drop(*files[i], change);
        break;
    }
  }
}

base::Status ProjectInputs::follow_names(NameChange change) {
  if (!claims_) {
    TRY_ASSIGN(claims_, SchemaClaims::compile(project_));
  }
  if (is_restored_) {
    for (const auto& [path, file] : store_.files()) {
      retell(path);
    }
    is_restored_ = false;
  }
  // Warnings about configs are those of whoever asks now, not of whoever asked once.
  change.is_everything = change.is_everything || names_.has_problems();
  NameIndex::Outcome outcome = names_.update(change);
  if (!change.is_everything && names_.has_problems()) {
    change.is_everything = true;
    NameIndex::Outcome again = names_.update(change);
    outcome.renamed.merge(again.renamed);
    outcome.retold.merge(again.retold);
  }
  std::set<SourcePath> touched = std::move(change.files);
  touched.merge(outcome.renamed);
  touched.merge(outcome.retold);
  std::for_each(touched.begin(), touched.end(), [this](const auto& path) { retell(path); });
  touched.merge(changed_);
  changed_ = std::move(touched);
  return {};
}

void ProjectInputs::retell(const SourcePath& path) {
  sources_.erase(path);
  file_problems_.erase(path);
  const SourceFile* file = store_.find(path);
  if (file == nullptr) {
    return;
  }
  if (std::optional<builder::SourceInput> input = source_input(*file, *claims_)) {
    sources_.emplace(path, std::move(*input));
  }
  std::vector<base::Diagnostic> problems = source_problems(*file);
  if (!problems.empty()) {
    file_problems_.emplace(path, std::move(problems));
  }
}

std::vector<SourcePath> ProjectInputs::source_paths() const {
  std::vector<SourcePath> paths;
  paths.reserve(sources_.size());
  for (const auto& [path, source] : sources_) {
    paths.push_back(path);
  }
  std::sort(paths.begin(), paths.end());
  return paths;
}

const builder::SourceInput* ProjectInputs::find(const SourcePath& path) const {
  const auto source = sources_.find(path);
  return source == sources_.end() ? nullptr : &source->second;
}

const builder::FileNames& ProjectInputs::names_of(const SourcePath& path) const {
  return names_.names_of(path);
}

std::vector<base::Diagnostic> ProjectInputs::diagnostics() {
  std::vector<base::Diagnostic> all = schemas_.diagnostics;
  if (!is_complete_) {
    return all;
  }
  const auto add = [&all](const std::vector<base::Diagnostic>& more) {
    all.insert(all.end(), more.begin(), more.end());
  };
  add(scan_problems_);
  // They ask for modules, which may find more problems.
  const std::vector<base::Diagnostic> imports = names_.check_document_imports(options_.rules);
  add(names_.problems());
  for (const auto& [path, problems] : file_problems_) {
    add(problems);
  }
  add(imports);
  return all;
}

std::optional<std::string_view> ProjectInputs::text_of(const SourcePath& path) {
  const auto schema = schemas_.texts.find(path);
  if (schema != schemas_.texts.end()) {
    return *schema->second;
  }
  const SourceFile* file = store_.find(path);
  if (file == nullptr || !discovery::SourceStore::has_text(*file)) {
    return std::nullopt;
  }
  ShownText& shown = shown_texts_[path];
  shown.is_wanted = true;
  if (!shown.text || shown.fingerprint != file->fingerprint) {
    shown.fingerprint = file->fingerprint;
    shown.text = store_.text_of(*file);
  }
  return shown.text;
}

void ProjectInputs::forget_unshown() {
  for (auto shown = shown_texts_.begin(); shown != shown_texts_.end();) {
    const bool is_wanted = std::exchange(shown->second.is_wanted, false);
    shown = is_wanted ? std::next(shown) : shown_texts_.erase(shown);
  }
}

}  // namespace session
