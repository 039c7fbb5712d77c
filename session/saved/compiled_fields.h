#pragma once

#include "builder/compiled_project.h"
#include "session/saved/facts_fields.h"

// How the values of builder, artifact and graph are saved.
namespace session {

template <>
inline constexpr auto k_last_value<base::Severity> = base::Severity::warning;
template <>
inline constexpr auto k_last_value<builder::DefinitionState> = builder::DefinitionState::blocked;
template <>
inline constexpr auto k_last_value<artifact::ElementType> = artifact::ElementType::slice;

template <>
struct Fields<base::SourceRange> {
  static void visit(auto& archive, auto& range) {
    auto& [path, span] = range;
    archive(path, span);
  }
};

template <>
struct Fields<base::RelatedPlace> {
  static void visit(auto& archive, auto& place) {
    auto& [range, message] = place;
    archive(range, message);
  }
};

template <>
struct Fields<base::Diagnostic> {
  static void visit(auto& archive, auto& diagnostic) {
    auto& [range, severity, code, message, related, blocked] = diagnostic;
    archive(range, severity, code, message, related, blocked);
  }
};

template <>
struct Fields<builder::Failure> {
  static void visit(auto& archive, auto& failure) {
    auto& [range, message] = failure;
    archive(range, message);
  }
};

template <>
struct Fields<artifact::Element> {
  static void visit(auto& archive, auto& element) {
    auto& [id, type, dialect, prebuild, source_path, content_hash] = element;
    archive(id, type, dialect, prebuild, source_path, content_hash);
  }
};

template <>
struct Fields<artifact::Chunk> {
  static void visit(auto& archive, auto& chunk) {
    auto& [id, source_path, output_path, content_hash, canonical_ids, imports] = chunk;
    archive(id, source_path, output_path, content_hash, canonical_ids, imports);
  }
};

template <>
struct Fields<builder::CompiledDefinition> {
  static void visit(auto& archive, auto& definition) {
    auto& [id, name, is_fragment, state, failure, uses, diagnostics, element, label, reads] =
        definition;
    archive(id, name, is_fragment, state, failure, uses, diagnostics, element, label, reads);
  }
};

template <>
struct Fields<builder::CompiledChunk> {
  static void visit(auto& archive, auto& chunk) {
    auto& [entry, key, declarations_path, declarations_hash] = chunk;
    archive(entry, key, declarations_path, declarations_hash);
  }
};

template <>
struct Fields<builder::UnknownTag> {
  static void visit(auto& archive, auto& tag) {
    auto& [package, first, count] = tag;
    archive(package, first, count);
  }
};

template <>
struct Fields<builder::CompiledFile> {
  static void visit(auto& archive, auto& file) {
    auto& [path, definitions, diagnostics, unknown_tags, type_system_templates, positions, chunk] =
        file;
    archive(path, definitions, diagnostics, unknown_tags, type_system_templates, positions, chunk);
  }
};

template <>
struct Fields<graph::Node> {
  static void visit(auto& archive, auto& node) {
    auto& [id, module, value, provides, uses] = node;
    archive(id, module, value, provides, uses);
  }
};

template <>
struct Fields<builder::ModuleRecord> {
  static void visit(auto& archive, auto& record) {
    auto& [file, nodes, summaries] = record;
    archive(file, nodes, summaries);
  }
};

}  // namespace session
