#include "builder/compile.h"

#include <algorithm>
#include <iterator>

#include "base/trace.h"
#include "builder/chunks.h"
#include "builder/collect_templates.h"
#include "builder/definition_nodes.h"
#include "builder/elements.h"
#include "builder/link.h"
#include "builder/positions.h"
#include "builder/settle.h"
#include "builder/slots.h"
#include "builder/unused_fragments.h"
#include "builder/validate_definitions.h"

namespace builder {
namespace {

using State = BuildDefinition::State;
using Reusable = std::vector<const CompiledDefinition*>;

class Compiler {
 public:
  Compiler(const BuildInput& input, const CompileScope& scope, base::ThreadPool& pool)
      : input_(input), scope_(scope), pool_(pool) {}

  CompiledSources compile() {
    // Find the templates that are GraphQL, put their texts together and parse them.
    collected_ = collect_templates(input_, pool_, scope_.memory);
    if (!collected_.config_errors.empty()) {
      result_.config_errors = std::move(collected_.config_errors);
      return std::move(result_);
    }
    std::vector<TemplateUnit>& units = collected_.units;

    // From here on no definition is added, and each has its canonical id.
    definitions_ = list_definitions(input_, units);
    find_reusable();

    // Find the fragment behind each spread, and what only several files together show to be wrong.
    fragments_.emplace(units, definitions_);
    linked_ = link(input_, units, *fragments_, definitions_);

    // Check each definition against its schema.
    validate_definitions(project(), reusable_, scope_.wants_nodes, definitions_, pool_);
    find_unused_fragments(project(), scope_.previous, reusable_, definitions_);
    settle(linked_, definitions_);

    // Make of each file what is kept of it, and its module.
    list_files();
    make_files();
    return std::move(result_);
  }

 private:
  LinkedProject project() const { return {input_, collected_.units, linked_}; }

  std::string id_of(const BuildDefinition& definition) const {
    return canonical_id(input_.sources[collected_.units[definition.unit].source].path,
                        definition.export_name);
  }

  bool is_wanted(std::uint32_t source) const {
    return !scope_.wanted ||
           std::binary_search(scope_.wanted->begin(), scope_.wanted->end(), source);
  }

  void find_reusable() {
    reusable_.assign(definitions_.size(), nullptr);
    if (scope_.previous != nullptr) {
      for (DefinitionIndex i = 0; i < definitions_.size(); ++i) {
        reusable_[i] = scope_.previous->definition(id_of(definitions_[i]));
      }
    }
    result_.definitions_compiled =
        static_cast<std::uint64_t>(std::count(reusable_.begin(), reusable_.end(), nullptr));
  }

  /// The wanted files that hold units, or templates that are none but worth a word.
  void list_files() {
    for (const FileRange& range : by_file(collected_.units, definitions_)) {
      if (is_wanted(range.source)) {
        ranges_.push_back(range);
      }
    }
    const auto add_source = [this](const base::SourcePath& path) {
      const auto source = static_cast<std::uint32_t>(
          std::lower_bound(input_.sources.begin(),
                           input_.sources.end(),
                           path,
                           [](const SourceInput& one, const base::SourcePath& wanted) {
                             return one.path < wanted;
                           }) -
          input_.sources.begin());
      if (is_wanted(source)) {
        ranges_.push_back({source, 0, 0, 0, 0});
      }
    };
    for (const UnknownTag& unknown : collected_.unknown_tags) {
      add_source(unknown.first.path);
    }
    // Of the ranges of one source the one with its units comes first, and stays.
    std::stable_sort(ranges_.begin(), ranges_.end(), [](const auto& left, const auto& right) {
      return left.source < right.source;
    });
    ranges_.erase(std::unique(ranges_.begin(),
                              ranges_.end(),
                              [](const auto& left, const auto& right) {
                                return left.source == right.source;
                              }),
                  ranges_.end());
  }

  /// What one file became: a patch, or all of the rest.
  struct Made {
    std::optional<FilePatch> patch;
    CompiledFile file;
    std::vector<artifact::Output> modules;
    std::vector<graph::Node> nodes;
  };

  void make_files() {
    const base::Traced span("emit");
    std::vector<Made> all(ranges_.size());
    pool_.parallel_for(ranges_.size(), [&](std::size_t i, unsigned) {
      Made& made = all[i];
      made.patch = make_patch(ranges_[i]);
      if (made.patch) {
        return;
      }
      made.modules = make_file(ranges_[i], made.file);
      if (scope_.wants_nodes) {
        made.nodes = make_nodes(ranges_[i], made.file);
      }
    });
    for (Made& made : all) {
      if (made.patch) {
        result_.patches.push_back(*std::move(made.patch));
        continue;
      }
      result_.files.push_back(std::move(made.file));
      std::move(made.modules.begin(), made.modules.end(), std::back_inserter(result_.modules));
      std::move(made.nodes.begin(), made.nodes.end(), std::back_inserter(result_.nodes));
    }
    const auto file_at = [this](const base::SourcePath& path) {
      const auto file =
          std::lower_bound(result_.files.begin(),
                           result_.files.end(),
                           path,
                           [](const CompiledFile& one, const base::SourcePath& wanted) {
                             return one.path < wanted;
                           });
      return file != result_.files.end() && file->path == path ? &*file : nullptr;
    };
    for (UnknownTag& unknown : collected_.unknown_tags) {
      if (CompiledFile* file = file_at(unknown.first.path)) {
        file->unknown_tags.push_back(std::move(unknown));
      }
    }
  }

  /// For most users of what was edited: they are checked again and found to be as good as before.
  /// Their module, positions and dependencies come from their own text, and from which definitions
  /// they use.
  std::optional<FilePatch> make_patch(const FileRange& range) const {
    const CompiledFile* known = scope_.previous == nullptr
                                    ? nullptr
                                    : scope_.previous->file(input_.sources[range.source].path);
    if (known == nullptr || !known->diagnostics.empty() || !known->unknown_tags.empty() ||
        known->definitions.size() != range.end - range.begin ||
        !std::all_of(collected_.units.begin() + range.unit_begin,
                     collected_.units.begin() + range.unit_end,
                     is_plain)) {
      return std::nullopt;
    }
    FilePatch patch;
    patch.path = known->path;
    for (DefinitionIndex i = range.begin; i < range.end; ++i) {
      const CompiledDefinition& old = known->definitions[i - range.begin];
      if (definitions_[i].state != State::good || old.state != State::good ||
          !definitions_[i].diagnostics.empty() || !old.diagnostics.empty()) {
        return std::nullopt;
      }
      if (reusable_[i] != nullptr) {
        continue;
      }
      CompiledDefinition made = make_definition(i);
      if (made.id != old.id || made.uses != old.uses) {
        return std::nullopt;
      }
      patch.definitions.emplace_back(i - range.begin, std::move(made));
    }
    return patch;
  }

  // Runs on many threads at once, each with a file of its own.
  std::vector<artifact::Output> make_file(const FileRange& range, CompiledFile& file) const {
    file.path = input_.sources[range.source].path;
    for (std::uint32_t i = range.unit_begin; i < range.unit_end; ++i) {
      const TemplateUnit& unit = collected_.units[i];
      file.type_system_templates += unit.role == TemplateUnit::Role::type_system ? 1 : 0;
      file.diagnostics.insert(
          file.diagnostics.end(), unit.diagnostics.begin(), unit.diagnostics.end());
    }
    for (DefinitionIndex i = range.begin; i < range.end; ++i) {
      file.definitions.push_back(make_definition(i));
    }
    if (range.unit_begin < range.unit_end) {
      file.positions = positions_member(input_, collected_.units, definitions_, range);
    }
    const CompiledChunk* known =
        scope_.previous == nullptr ? nullptr : scope_.previous->chunk(file.path);
    std::optional<EmittedChunk> emitted = emit_chunk(project(), definitions_, range, known);
    if (!emitted) {
      return {};
    }
    file.chunk = std::move(emitted->chunk);
    return std::move(emitted->outputs);
  }

  std::vector<graph::Node> make_nodes(const FileRange& range, const CompiledFile& file) const {
    std::vector<graph::Node> nodes;
    graph::Node& whole = nodes.emplace_back();
    whole.id = file_node_id(file.path);
    whole.module = file.path.text();
    add_places(file.diagnostics, whole.uses);
    for (DefinitionIndex i = range.begin; i < range.end; ++i) {
      graph::Node& node = nodes.emplace_back(
          definition_node(input_, collected_.units, *fragments_, definitions_, i));
      const CompiledDefinition& definition = file.definitions[i - range.begin];
      add_places(definition.diagnostics, node.uses);
      if (depends_on_all_of_schema(definitions_[i], definition)) {
        node.uses.push_back(schema_slot(collected_.units[definitions_[i].unit].label));
      }
    }
    for (graph::Node& node : nodes) {
      std::sort(node.uses.begin(), node.uses.end());
      node.uses.erase(std::unique(node.uses.begin(), node.uses.end()), node.uses.end());
    }
    return nodes;
  }

  // Errors are worded with suggestions out of the whole schema.
  static bool depends_on_all_of_schema(const BuildDefinition& definition,
                                       const CompiledDefinition& compiled) {
    return !compiled.diagnostics.empty() || definition.ast == nullptr;
  }

  // Places move with the texts that they are in.
  static void add_places(const std::vector<base::Diagnostic>& diagnostics,
                         std::vector<graph::Slot>& uses) {
    for (const base::Diagnostic& diagnostic : diagnostics) {
      uses.push_back(text_slot(diagnostic.range.path));
      for (const base::RelatedPlace& place : diagnostic.related) {
        uses.push_back(text_slot(place.range.path));
      }
    }
  }

  CompiledDefinition make_definition(DefinitionIndex index) const {
    const BuildDefinition& definition = definitions_[index];
    CompiledDefinition made;
    made.id = id_of(definition);
    made.name = definition.name;
    made.is_fragment = definition.is_fragment;
    made.state = definition.state;
    made.failure = definition.failure;
    for (const FragmentUse& use : definition.uses) {
      made.uses.push_back(id_of(definitions_[use.fragment]));
    }
    for (const DefinitionIndex expanded : definition.expanded) {
      made.uses.push_back(id_of(definitions_[expanded]));
    }
    std::sort(made.uses.begin(), made.uses.end());
    made.uses.erase(std::unique(made.uses.begin(), made.uses.end()), made.uses.end());
    made.diagnostics = definition.diagnostics;
    base::sort_diagnostics(made.diagnostics);
    if (scope_.wants_nodes && !depends_on_all_of_schema(definition, made)) {
      made.schema_label = collected_.units[definition.unit].label;
      made.schema_reads = definition.schema_reads;
    }
    if (definition.state == State::good) {
      const CompiledDefinition* known = reusable_[index];
      made.element = known != nullptr && known->element
                         ? known->element
                         : make_element(input_, collected_.units, definitions_, linked_, index);
    }
    return made;
  }

  const BuildInput& input_;
  const CompileScope& scope_;
  base::ThreadPool& pool_;
  CollectedTemplates collected_;
  std::vector<BuildDefinition> definitions_;
  /// By definition; null for those to be compiled.
  Reusable reusable_;
  std::optional<FragmentTable> fragments_;
  LinkedDefinitions linked_;
  std::vector<FileRange> ranges_;
  CompiledSources result_;
};

}  // namespace

CompiledSources compile_sources(const BuildInput& input,
                                const CompileScope& scope,
                                base::ThreadPool& pool) {
  return Compiler(input, scope, pool).compile();
}

}  // namespace builder
