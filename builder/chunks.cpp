#include "builder/chunks.h"

#include <algorithm>
#include <set>

#include "builder/emit_module.h"
#include "builder/module_path.h"
#include "builder/settle.h"

namespace builder {
namespace {

using State = BuildDefinition::State;

/// The definitions `[begin, end)` of one source file.
struct FileDefinitions {
  std::uint32_t source = 0;
  DefinitionIndex begin = 0;
  DefinitionIndex end = 0;
};

std::vector<FileDefinitions> by_file(const std::vector<TemplateUnit>& units,
                                     const std::vector<BuildDefinition>& definitions) {
  std::vector<FileDefinitions> files;
  for (DefinitionIndex i = 0; i < definitions.size(); ++i) {
    const std::uint32_t source = units[definitions[i].unit].source;
    if (files.empty() || files.back().source != source) {
      files.push_back({source, i, i});
    }
    files.back().end = i + 1;
  }
  return files;
}

class ChunkEmitter {
 public:
  ChunkEmitter(const BuildInput& input,
               const std::vector<TemplateUnit>& units,
               const LinkedDefinitions& linked,
               const std::vector<BuildDefinition>& definitions)
      : input_(input), units_(units), linked_(linked), definitions_(definitions) {}

  /// One file's module, its declarations and its line in the manifest; no module if it would export
  /// nothing. Any number of threads.
  struct Emitted {
    bool has_module = false;
    artifact::Chunk chunk;
    artifact::Output module;
    artifact::Output declarations;
  };
  Emitted emit(const FileDefinitions& file) const {
    Emitted emitted;
    ModuleInput module;
    module.source_path = input_.sources[file.source].path;
    module.format = input_.options.module_format;
    std::set<std::string> imports;
    for (DefinitionIndex i = file.begin; i < file.end; ++i) {
      if (definitions_[i].state == State::good) {
        module.exports.push_back(export_of(i, imports));
        emitted.chunk.canonical_ids.push_back(
            canonical_id(module.source_path, definitions_[i].export_name));
      } else if (input_.options.on_error == OnError::stub) {
        module.exports.push_back(stub_of(i));
      }
    }
    if (module.exports.empty()) {
      return emitted;
    }
    imports.erase(module.source_path.text());
    emitted.has_module = true;
    emitted.module.path = path_of(file.source);
    emitted.module.bytes = emit_module(module);
    emitted.declarations.path = artifact::declarations_path(emitted.module.path);
    emitted.declarations.bytes = emit_declarations(module);
    artifact::Chunk& chunk = emitted.chunk;
    chunk.id = module.source_path.text();
    chunk.source_path = module.source_path;
    chunk.output_path = emitted.module.path;
    chunk.content_hash = base::fingerprint_of(emitted.module.bytes);
    std::sort(chunk.canonical_ids.begin(), chunk.canonical_ids.end());
    chunk.imports.assign(imports.begin(), imports.end());
    return emitted;
  }

 private:
  ModuleExport export_of(DefinitionIndex index, std::set<std::string>& imports) const {
    const BuildDefinition& definition = definitions_[index];
    ModuleExport result;
    result.name = definition.export_name;
    result.definition = definition.ast;
    for (const FragmentUse& use : definition.uses) {
      const BuildDefinition& fragment = definitions_[use.fragment];
      const std::uint32_t source = units_[fragment.unit].source;
      imports.insert(input_.sources[source].path.text());
      result.fragments.push_back({fragment.name, path_of(source), fragment.export_name});
    }
    return result;
  }

  ModuleExport stub_of(DefinitionIndex index) const {
    const BuildDefinition& definition = definitions_[index];
    ModuleExport result;
    result.name = definition.export_name;
    result.stub_message = definition.failure.message;
    if (definition.state == State::blocked) {
      const BuildDefinition& cause = definitions_[blocker_of(linked_, definitions_, index)];
      result.stub_message = "It needs \"" + cause.name + "\" of " +
                            input_.sources[units_[cause.unit].source].path.text() +
                            ", which could not be built: " + cause.failure.message;
    }
    return result;
  }

  std::string path_of(std::uint32_t source) const {
    return module_path(input_.sources[source].path, input_.options.module_format);
  }

  const BuildInput& input_;
  const std::vector<TemplateUnit>& units_;
  const LinkedDefinitions& linked_;
  const std::vector<BuildDefinition>& definitions_;
};

}  // namespace

Chunks emit_chunks(const BuildInput& input,
                   const std::vector<TemplateUnit>& units,
                   const LinkedDefinitions& linked,
                   const std::vector<BuildDefinition>& definitions,
                   base::ThreadPool& pool) {
  const std::vector<FileDefinitions> files = by_file(units, definitions);
  const ChunkEmitter emitter(input, units, linked, definitions);
  std::vector<ChunkEmitter::Emitted> emitted(files.size());
  pool.parallel_for(files.size(),
                    [&](std::size_t i, unsigned) { emitted[i] = emitter.emit(files[i]); });

  Chunks chunks;
  for (ChunkEmitter::Emitted& file : emitted) {
    if (!file.has_module) {
      continue;
    }
    chunks.manifest.chunks.push_back(std::move(file.chunk));
    chunks.outputs.push_back(std::move(file.module));
    chunks.outputs.push_back(std::move(file.declarations));
  }
  artifact::sort_chunks(chunks.manifest.chunks);
  return chunks;
}

}  // namespace builder
