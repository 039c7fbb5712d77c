#include "builder/compiled_project.h"

#include <algorithm>
#include <iterator>
#include <unordered_map>

#include "builder/compile.h"
#include "builder/fragment_reach.h"
#include "builder/slots.h"
#include "builder/sub_project.h"
#include "builder/survey.h"

namespace builder {
namespace {

using base::SourcePath;
using discovery::ResolvedName;
using graph::Slot;

/// What is left of a project's last build once some of its definitions must be compiled anew.
class Leftovers final : public PreviousBuild {
 public:
  Leftovers(const std::map<SourcePath, CompiledFile>& files,
            const graph::DependencyGraph& graph,
            const std::map<std::string, Slot>& affected,
            const std::set<SourcePath>& dirty,
            const std::set<SourcePath>& rewrite,
            const std::set<std::string, std::less<>>& reached)
      : files_(files),
        graph_(graph),
        affected_(affected),
        dirty_(dirty),
        rewrite_(rewrite),
        reached_(reached) {}

  const CompiledDefinition* definition(const std::string& id) const override {
    const graph::Node* node = graph_.find(id);
    if (node == nullptr || affected_.contains(id)) {
      return nullptr;
    }
    const auto file = files_.find(SourcePath(node->module));
    return file == files_.end() ? nullptr : find_definition(file->second, id);
  }

  const CompiledFile* file(const SourcePath& source) const override {
    const auto file = files_.find(source);
    const bool is_known =
        file != files_.end() && !dirty_.contains(source) && !rewrite_.contains(source);
    return is_known ? &file->second : nullptr;
  }

  const CompiledChunk* chunk(const SourcePath& source) const override {
    const auto file = files_.find(source);
    const bool is_known = file != files_.end() && file->second.chunk && !rewrite_.contains(source);
    return is_known ? &*file->second.chunk : nullptr;
  }

  bool is_reached(const std::string& id) const override { return reached_.contains(id); }

 private:
  const std::map<SourcePath, CompiledFile>& files_;
  const graph::DependencyGraph& graph_;
  const std::map<std::string, Slot>& affected_;
  const std::set<SourcePath>& dirty_;
  const std::set<SourcePath>& rewrite_;
  const std::set<std::string, std::less<>>& reached_;
};

}  // namespace

/// One update. Nothing of the project changes before the config was found to be sound.
class ProjectUpdater {
 public:
  ProjectUpdater(CompiledProject& project,
                 const ProjectUpdate& update,
                 const SubProjectMaker& inputs,
                 base::ThreadPool& pool)
      : project_(project),
        update_(update),
        inputs_(inputs),
        pool_(pool),
        dirty_(update.dirty.begin(), update.dirty.end()),
        reached_(project.reached_) {
    if (project_.is_blank()) {
      // Most files hold nothing, and of these there is nothing to forget either.
      std::erase_if(dirty_, [&](const SourcePath& path) { return !inputs_.has(path); });
    }
  }

  ProjectStep run() {
    const BuildInput input = inputs_.make(dirty_);
    Interfaces interfaces = find_interfaces(input);
    if (!interfaces.config_errors.empty()) {
      step_.config_errors = std::move(interfaces.config_errors);
      return std::move(step_);
    }
    note_texts(input, interfaces);
    forget_templates();
    if (!update_.is_whole) {
      survey();
    }
    while (compile()) {
    }
    commit();
    return std::move(step_);
  }

 private:
  /// What the files say by themselves. Who looks at their names, or has places in them, is dirty.
  void note_texts(const BuildInput& input, const Interfaces& interfaces) {
    graph::DependencyGraphPatch patch;
    for (const SourcePath& path : dirty_) {
      patch.module_summaries[interface_slot(path)] = std::nullopt;
      patch.module_summaries[text_slot(path)] = std::nullopt;
    }
    for (std::size_t i = 0; i < input.sources.size(); ++i) {
      const SourceInput& source = input.sources[i];
      patch.module_summaries[interface_slot(source.path)] = interfaces.values[i];
      patch.module_summaries[text_slot(source.path)] = source.fingerprint;
    }
    std::vector<Slot> changed = project_.graph_.apply_patch(patch);
    for (const SchemaChange& schema : update_.schemas) {
      changed.push_back(schema_slot(schema.label));
      note_readers(schema);
    }
    for (const Slot& slot : changed) {
      for (const std::string& user : project_.graph_.users_of(slot)) {
        if (is_file_node(user)) {
          dirty_.insert(SourcePath(project_.graph_.find(user)->module));
        } else {
          affected_.emplace(user, slot);
        }
      }
    }
  }

  void forget_templates() {
    if (update_.is_whole) {
      project_.memory_.clear();
    }
    for (const SourcePath& path : dirty_) {
      project_.memory_.forget(path);
    }
  }

  /// The definitions that read what changed in a schema.
  void note_readers(const SchemaChange& schema) {
    // In the order of their texts, of which the first tells why.
    std::unordered_map<graphql::CoordinateId, std::size_t> changed;
    for (std::size_t i = 0; i < schema.coordinates.size(); ++i) {
      changed.emplace(schema.coordinates[i].id, i);
    }
    for (const auto& [path, file] : project_.files_) {
      for (const CompiledDefinition& definition : file.definitions) {
        if (definition.schema_label != schema.label) {
          continue;
        }
        std::size_t first = schema.coordinates.size();
        for (const graphql::CoordinateId id : definition.schema_reads) {
          const auto found = changed.find(id);
          first = found == changed.end() ? first : std::min(first, found->second);
        }
        if (first < schema.coordinates.size()) {
          affected_.emplace(definition.id,
                            coordinate_slot(schema.label, schema.coordinates[first].text));
        }
      }
    }
  }

  /// Which definitions there are now, and who hears of it.
  void survey() {
    const BuildInput input = inputs_.make(inputs_.with_targets(dirty_));
    Survey survey = survey_sources(input, pool_, project_.memory_);
    std::vector<graph::Node> nodes;
    for (graph::Node& node : survey.nodes) {
      if (!dirty_.contains(SourcePath(node.module))) {
        continue;
      }
      if (const graph::Node* old = project_.graph_.find(node.id)) {
        std::copy_if(old->uses.begin(),
                     old->uses.end(),
                     std::back_inserter(node.uses),
                     is_known_by_compiling);
        std::sort(node.uses.begin(), node.uses.end());
        node.uses.erase(std::unique(node.uses.begin(), node.uses.end()), node.uses.end());
      }
      nodes.push_back(std::move(node));
    }
    graph::DependencyGraphPatch patch =
        graph::diff_graphs(project_.graph_, modules_of(dirty_), nodes);
    for (const SourcePath& path : dirty_) {
      const auto names = survey.names.find(names_slot(path));
      patch.module_summaries[names_slot(path)] =
          names == survey.names.end() ? std::nullopt : std::optional(names->second);
    }
    add_affected(project_.graph_.apply_patch(patch));
  }

  void add_affected(const std::vector<Slot>& slots) {
    for (graph::DependencyGraph::Affected& one : project_.graph_.affected_by(slots)) {
      if (!is_file_node(one.id)) {
        affected_.emplace(std::move(one.id), std::move(one.cause));
      }
    }
  }

  /// Compiles what is affected; true if that showed that more is.
  bool compile() {
    std::set<SourcePath> wanted = dirty_;
    for (const auto& [id, cause] : affected_) {
      // One that was affected by a text may have gone with it.
      if (const graph::Node* node = project_.graph_.find(id)) {
        wanted.emplace(node->module);
      }
    }
    wanted.insert(update_.rewrite.begin(), update_.rewrite.end());
    std::set<SourcePath> needed = wanted;
    if (!update_.is_whole) {
      add_reached(wanted, needed);
      needed = inputs_.with_targets(needed);
    }
    const BuildInput input = inputs_.make(needed);
    const Leftovers leftovers(
        project_.files_, project_.graph_, affected_, dirty_, update_.rewrite, reached_);
    CompileScope scope;
    scope.wants_nodes = true;
    if (!update_.is_whole) {
      scope.memory = &project_.memory_;
      scope.wanted.emplace();
      for (std::uint32_t i = 0; i < input.sources.size(); ++i) {
        if (wanted.contains(input.sources[i].path)) {
          scope.wanted->push_back(i);
        }
      }
      scope.previous = &leftovers;
    }
    compiled_ = compile_sources(input, scope, pool_);
    wanted_ = std::move(wanted);
    for (const FilePatch& patch : compiled_.patches) {
      wanted_.erase(patch.path);
    }
    return !update_.is_whole && find_more();
  }

  void add_reached(const std::set<SourcePath>& wanted, std::set<SourcePath>& needed) const {
    std::vector<std::string> ids;
    for (const SourcePath& path : wanted) {
      const std::vector<std::string> nodes = project_.graph_.nodes_of(path.text());
      ids.insert(ids.end(), nodes.begin(), nodes.end());
    }
    std::vector<std::string_view> modules;
    for (const graph::Node* node : project_.graph_.reached_from(ids)) {
      modules.push_back(node->module);
    }
    std::sort(modules.begin(), modules.end());
    modules.erase(std::unique(modules.begin(), modules.end()), modules.end());
    for (const std::string_view module : modules) {
      needed.emplace(module);
    }
  }

  /// A definition that begins or ceases to fail concerns whoever needs it, and spreads that come or
  /// go concern fragments that nobody reaches.
  bool find_more() {
    const std::size_t known = affected_.size();
    std::vector<Slot> flipped;
    for (const CompiledFile& file : compiled_.files) {
      const auto old_file = project_.files_.find(file.path);
      for (const CompiledDefinition& definition : file.definitions) {
        const CompiledDefinition* old = old_file == project_.files_.end()
                                            ? nullptr
                                            : find_definition(old_file->second, definition.id);
        if (old != nullptr && (old->state != definition.state ||
                               old->failure.message != definition.failure.message)) {
          const graph::Node* node = project_.graph_.find(definition.id);
          flipped.insert(flipped.end(), node->provides.begin(), node->provides.end());
        }
      }
    }
    add_affected(flipped);
    if (inputs_.options_need_reach()) {
      std::set<std::string, std::less<>> reached =
          reached_by_operations(project_.files_, wanted_, compiled_.files);
      for (const std::string& id : differences(reached, reached_)) {
        if (project_.graph_.find(id) != nullptr) {
          affected_.emplace(id, definition_slot(id));
        }
      }
      const bool has_changed = reached != reached_;
      reached_ = std::move(reached);
      return has_changed || affected_.size() != known;
    }
    return affected_.size() != known;
  }

  void commit() {
    project_.unsaved_.insert(dirty_.begin(), dirty_.end());
    project_.unsaved_.insert(wanted_.begin(), wanted_.end());
    if (update_.is_whole) {
      project_.changed_.reset();
    } else if (project_.changed_) {
      project_.changed_->insert(wanted_.begin(), wanted_.end());
    }
    if (inputs_.options_need_reach()) {
      reached_ = reached_by_operations(project_.files_, wanted_, compiled_.files);
    }
    for (FilePatch& patch : compiled_.patches) {
      apply(patch);
    }
    std::map<SourcePath, CompiledFile*> made;
    for (CompiledFile& file : compiled_.files) {
      made.emplace(file.path, &file);
      for (const CompiledDefinition& definition : file.definitions) {
        note_compiled(definition.id);
      }
    }
    step_.modules = std::move(compiled_.modules);
    for (const SourcePath& path : wanted_) {
      const auto file = made.find(path);
      replace(path, file == made.end() ? nullptr : file->second);
    }
    std::erase_if(step_.elements,
                  [](const auto& entry) { return entry.second.before == entry.second.after; });
    for (graph::Node& node : compiled_.nodes) {
      if (is_file_node(node.id)) {
        inputs_.add_targets(SourcePath(node.module), node.uses);
      } else if (!update_.is_whole && !affected_.contains(node.id)) {
        // Not compiled: what the graph has of it is what it depends on. A saved state may have been
        // wrong about what there is.
        const graph::Node* known = project_.graph_.find(node.id);
        if (known != nullptr) {
          node = *known;
        }
      }
    }
    project_.graph_.apply_patch(
        graph::diff_graphs(project_.graph_, modules_of(wanted_), compiled_.nodes));
    project_.reached_ = std::move(reached_);
    std::sort(
        step_.compiled.begin(),
        step_.compiled.end(),
        [](const CompiledReason& left, const CompiledReason& right) { return left.id < right.id; });
  }

  void note_compiled(const std::string& id) {
    const auto cause = affected_.find(id);
    if (update_.is_whole) {
      step_.compiled.push_back({id, {}});
    } else if (cause != affected_.end()) {
      step_.compiled.push_back({id, cause->second});
    }
  }

  void apply(FilePatch& patch) {
    project_.unsaved_.insert(patch.path);
    if (project_.changed_) {
      project_.changed_->insert(patch.path);
    }
    CompiledFile& file = project_.files_.at(patch.path);
    for (auto& [index, definition] : patch.definitions) {
      CompiledDefinition& old = file.definitions[index];
      note_compiled(definition.id);
      ElementChange& change = step_.elements[definition.id];
      change.before = std::move(old.element);
      change.after = definition.element;
      old = std::move(definition);
    }
  }

  /// `made` is null where nothing is left of the file.
  void replace(const SourcePath& path, CompiledFile* made) {
    const auto old = project_.files_.find(path);
    ChunkChange chunk;
    step_.has_new_positions =
        step_.has_new_positions ||
        (old == project_.files_.end() ? std::string() : old->second.positions) !=
            (made == nullptr ? std::string() : made->positions);
    if (old != project_.files_.end()) {
      project_.counts_ -= count_definitions(old->second);
      project_.noteworthy_.erase(path);
      chunk.before = old->second.chunk;
      for (CompiledDefinition& definition : old->second.definitions) {
        if (definition.element) {
          step_.elements[definition.id].before = std::move(definition.element);
        }
      }
    }
    if (made != nullptr) {
      chunk.after = made->chunk;
      for (const CompiledDefinition& definition : made->definitions) {
        if (definition.element) {
          step_.elements[definition.id].after = definition.element;
        }
      }
    }
    if (chunk.before != chunk.after) {
      step_.chunks.emplace(path, std::move(chunk));
    }
    if (made != nullptr) {
      project_.files_.insert_or_assign(path, std::move(*made));
      project_.note_file(path);
    } else if (old != project_.files_.end()) {
      project_.files_.erase(old);
    }
  }

  static std::vector<std::string> modules_of(const std::set<SourcePath>& paths) {
    std::vector<std::string> modules;
    modules.reserve(paths.size());
    for (const SourcePath& path : paths) {
      modules.push_back(path.text());
    }
    return modules;
  }

  CompiledProject& project_;
  const ProjectUpdate& update_;
  const SubProjectMaker& inputs_;
  base::ThreadPool& pool_;
  /// Files to be read anew by the compiler.
  std::set<SourcePath> dirty_;
  /// Definitions to be compiled, with the slot that says why.
  std::map<std::string, Slot> affected_;
  std::set<std::string, std::less<>> reached_;
  /// Of the last round, those that were not merely patched.
  std::set<SourcePath> wanted_;
  CompiledSources compiled_;
  ProjectStep step_;
};

void CompiledProject::note_file(const SourcePath& path) {
  const CompiledFile& file = files_.at(path);
  counts_ += count_definitions(file);
  if (is_noteworthy(file)) {
    noteworthy_.insert(path);
  }
}

ProjectFiles CompiledProject::all_files() const {
  ProjectFiles all;
  all.reserve(files_.size());
  for (const auto& [path, file] : files_) {
    all.push_back(&file);
  }
  return all;
}

std::vector<base::Diagnostic> CompiledProject::diagnostics(const RuleLevels& levels) const {
  ProjectFiles files;
  for (const SourcePath& path : noteworthy_) {
    files.push_back(&files_.at(path));
  }
  return project_diagnostics(
      files, [this] { return all_files(); }, levels);
}

ProjectStep CompiledProject::update(const ProjectUpdate& update,
                                    const ProjectSources& sources,
                                    const std::vector<SchemaInput>& schemas,
                                    const BuildOptions& options,
                                    base::ThreadPool& pool) {
  const SubProjectMaker inputs(sources, schemas, options);
  return ProjectUpdater(*this, update, inputs, pool).run();
}

}  // namespace builder
