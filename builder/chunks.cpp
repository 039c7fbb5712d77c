#include "builder/chunks.h"

#include <algorithm>
#include <set>

#include "base/byte_writer.h"
#include "builder/emit_module.h"
#include "builder/module_path.h"
#include "builder/settle.h"

namespace builder {
namespace {

using State = BuildDefinition::State;

// Everything that the bytes of a module depend on.
base::Fingerprint key_of(const ModuleInput& module, const std::vector<std::string_view>& texts) {
  base::ByteWriter key;
  key.write_text(module.source_path.text());
  key.write_u8(static_cast<std::uint8_t>(module.format));
  for (std::size_t i = 0; i < module.exports.size(); ++i) {
    const ModuleExport& one = module.exports[i];
    key.write_text(one.name);
    key.write_u8(one.definition == nullptr ? 0 : 1);
    key.write_text(one.definition == nullptr ? one.stub_message : texts[i]);
    key.write_varint(one.fragments.size());
    for (const FragmentReference& fragment : one.fragments) {
      key.write_text(fragment.name);
      key.write_text(fragment.module_path);
      key.write_text(fragment.export_name);
    }
  }
  return base::fingerprint_of(key.bytes());
}

class ChunkEmitter {
 public:
  ChunkEmitter(const BuildInput& input,
               const std::vector<TemplateUnit>& units,
               const LinkedDefinitions& linked,
               const std::vector<BuildDefinition>& definitions)
      : input_(input), units_(units), linked_(linked), definitions_(definitions) {}

  std::optional<EmittedChunk> emit(const FileRange& file, const CompiledChunk* known) const {
    ModuleInput module;
    module.source_path = input_.sources[file.source].path;
    module.format = input_.options.module_format;
    EmittedChunk emitted;
    artifact::Chunk& entry = emitted.chunk.entry;
    std::set<std::string> imports;
    std::vector<std::string_view> texts;
    for (DefinitionIndex i = file.begin; i < file.end; ++i) {
      if (!definitions_[i].is_document) {
        continue;
      }
      if (definitions_[i].state == State::good) {
        module.exports.push_back(export_of(i, imports));
        texts.push_back(definitions_[i].printed);
        entry.canonical_ids.push_back(
            canonical_id(module.source_path, definitions_[i].export_name));
      } else if (input_.options.on_error == OnError::stub) {
        module.exports.push_back(stub_of(i));
        texts.emplace_back();
      }
    }
    if (module.exports.empty()) {
      return std::nullopt;
    }
    emitted.chunk.key = key_of(module, texts);
    if (known != nullptr && known->key == emitted.chunk.key) {
      emitted.chunk = *known;
      return emitted;
    }
    imports.erase(module.source_path.text());
    artifact::Output code;
    code.path = path_of(file.source);
    code.bytes = emit_module(module);
    artifact::Output declarations;
    declarations.path = artifact::declarations_path(code.path);
    declarations.bytes = emit_declarations(module);
    entry.id = module.source_path.text();
    entry.source_path = module.source_path;
    entry.output_path = code.path;
    entry.content_hash = base::fingerprint_of(code.bytes);
    std::sort(entry.canonical_ids.begin(), entry.canonical_ids.end());
    entry.imports.assign(imports.begin(), imports.end());
    emitted.chunk.declarations_path = declarations.path;
    emitted.chunk.declarations_hash = base::fingerprint_of(declarations.bytes);
    emitted.outputs = {std::move(code), std::move(declarations)};
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
      result.stub_message = "It needs \"" + (cause.name.empty() ? cause.export_name : cause.name) +
                            "\" of " + input_.sources[units_[cause.unit].source].path.text() +
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

std::optional<EmittedChunk> emit_chunk(const LinkedProject& project,
                                       const std::vector<BuildDefinition>& definitions,
                                       const FileRange& file,
                                       const CompiledChunk* known) {
  return ChunkEmitter(project.input, project.units, project.linked, definitions).emit(file, known);
}

}  // namespace builder
