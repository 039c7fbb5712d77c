#include "builder/elements.h"

#include "base/json_text.h"
#include "base/sha256.h"

namespace builder {
namespace {

// The definition followed by the fragments that it needs, in name order, each a blank line apart:
// the text that a client sends and that a persisted document is known by.
std::string document_text(const std::vector<BuildDefinition>& definitions,
                          const LinkedDefinitions& linked,
                          DefinitionIndex index) {
  const std::vector<DefinitionIndex> fragments = fragments_needed(linked, definitions, index);
  std::size_t size = definitions[index].printed.size();
  for (const DefinitionIndex fragment : fragments) {
    size += 2 + definitions[fragment].printed.size();
  }
  std::string text;
  text.reserve(size);
  text += definitions[index].printed;
  for (const DefinitionIndex fragment : fragments) {
    text += "\n\n";
    text += definitions[fragment].printed;
  }
  return text;
}

void append_member(std::string& out, std::string_view key, std::string_view value) {
  out += out.size() > 1 ? ",\"" : "\"";
  out.append(key).append("\":");
  base::append_json_string(out, value);
}

std::string_view dialect_of(const discovery::TemplateSite& site) {
  return site.form == discovery::TemplateForm::file ? "files" : "tag";
}

std::string operation_prebuild(const graphql::OperationDefinition& operation,
                               const std::string& label,
                               const std::string& document) {
  std::string out;
  // Line breaks and quotes take two bytes, and there is a hash.
  out.reserve(document.size() + document.size() / 4 + 300);
  out += "{";
  append_member(out, "operationType", graphql::to_text(operation.operation));
  if (operation.name.empty()) {
    out += ",\"operationName\":null";
  } else {
    append_member(out, "operationName", operation.name.text);
  }
  append_member(out, "schemaLabel", label);
  out += ",\"variableNames\":[";
  for (std::size_t i = 0; i < operation.variables.size(); ++i) {
    out += i > 0 ? "," : "";
    base::append_json_string(out, operation.variables[i].variable.text);
  }
  out += "]";
  append_member(out, "document", document);
  append_member(out, "documentId", "sha256:" + base::sha256_hex(document));
  return out + "}";
}

std::string fragment_prebuild(const graphql::FragmentDefinition& fragment,
                              const std::string& label,
                              std::string_view printed) {
  std::string out = "{";
  append_member(out, "typename", fragment.type_condition.text);
  append_member(out, "fragmentName", fragment.name.text);
  append_member(out, "schemaLabel", label);
  append_member(out, "document", printed);
  return out + "}";
}

/// Of a model or a slice, which is no document by itself.
std::string part_prebuild(const TemplateUnit& unit, const graphql::FragmentDefinition& ast) {
  std::string out = "{";
  if (unit.composition->kind == composer::CompositionKind::model) {
    append_member(out, "typename", ast.type_condition.text);
  } else {
    append_member(out, "operationType", unit.composition->operation_type);
  }
  append_member(out, "schemaLabel", unit.label);
  return out + "}";
}

std::string prebuild_of(const std::vector<BuildDefinition>& definitions,
                        const LinkedDefinitions& linked,
                        DefinitionIndex index,
                        const TemplateUnit& unit) {
  const BuildDefinition& definition = definitions[index];
  const std::string& label = unit.label;
  if (!definition.is_document) {
    return part_prebuild(unit, graphql::as_fragment(*definition.ast));
  }
  if (definition.is_fragment) {
    // Its own text alone: what it spreads has elements of its own (decision 0060).
    return fragment_prebuild(graphql::as_fragment(*definition.ast), label, definition.printed);
  }
  return operation_prebuild(
      graphql::as_operation(*definition.ast), label, document_text(definitions, linked, index));
}

artifact::ElementType type_of(const BuildDefinition& definition, const TemplateUnit& unit) {
  if (!definition.is_document) {
    return unit.composition->kind == composer::CompositionKind::model
               ? artifact::ElementType::model
               : artifact::ElementType::slice;
  }
  return definition.is_fragment ? artifact::ElementType::fragment
                                : artifact::ElementType::operation;
}

}  // namespace

artifact::Element make_element(const BuildInput& input,
                               const std::vector<TemplateUnit>& units,
                               const std::vector<BuildDefinition>& definitions,
                               const LinkedDefinitions& linked,
                               DefinitionIndex index) {
  const BuildDefinition& definition = definitions[index];
  const TemplateUnit& unit = units[definition.unit];
  const SourceInput& source = input.sources[unit.source];
  artifact::Element element;
  element.id = canonical_id(source.path, definition.export_name);
  element.type = type_of(definition, unit);
  element.dialect = unit.composition ? "composer" : dialect_of(source.facts->templates[unit.site]);
  element.prebuild = prebuild_of(definitions, linked, index, unit);
  if (unit.composition && !unit.composition->metadata.empty()) {
    element.prebuild.pop_back();
    element.prebuild += ",\"metadata\":" + unit.composition->metadata + "}";
  }
  element.source_path = source.path;
  element.content_hash = base::fingerprint_of(element.prebuild);
  return element;
}

}  // namespace builder
