#include "session/project_graph.h"

#include <algorithm>

#include "builder/slots.h"
#include "graphql/schema_coordinates.h"

namespace session {
namespace {

using builder::CompiledDefinition;
using builder::CompiledFile;

std::string type_of(const CompiledDefinition& definition) {
  if (definition.element) {
    return std::string(artifact::to_text(definition.element->type));
  }
  return definition.is_fragment ? "fragment" : "definition";
}

GraphNode node_of(const CompiledFile& file, const CompiledDefinition& definition) {
  return {definition.id,
          file.path,
          type_of(definition),
          std::string(builder::to_text(definition.state)),
          definition.uses};
}

void sort_by_id(std::vector<GraphNode>& nodes) {
  std::sort(nodes.begin(), nodes.end(), [](const auto& left, const auto& right) {
    return left.id < right.id;
  });
}

bool ends_in_part(std::string_view id, std::string_view text, std::string_view divider) {
  return id.size() > text.size() + divider.size() && id.ends_with(text) &&
         id.substr(0, id.size() - text.size()).ends_with(divider);
}

std::string describe_cause(const graph::Slot& cause, const std::string& id) {
  if (cause.empty()) {
    return {};
  }
  return cause == builder::definition_slot(id) ? "its own text" : builder::describe_slot(cause);
}

template <typename Visit>
void for_each_definition(const builder::CompiledProject& project, const Visit& visit) {
  for (const auto& [path, file] : project.files()) {
    for (const CompiledDefinition& definition : file.definitions) {
      visit(file, definition);
    }
  }
}

/// What its validation read of its schema, in words.
std::vector<std::string> schema_parts(const std::vector<builder::SchemaInput>& schemas,
                                      const CompiledDefinition& definition) {
  std::vector<std::string> parts;
  for (const builder::SchemaInput& schema : schemas) {
    if (schema.label == definition.schema_label && schema.schema) {
      for (const std::string& text :
           graphql::coordinate_texts(*schema.schema, definition.schema_reads)) {
        parts.push_back(builder::describe_slot(builder::coordinate_slot(schema.label, text)));
      }
    }
  }
  return parts;
}

}  // namespace

std::vector<GraphNode> project_graph(const builder::CompiledProject& project,
                                     const std::optional<DefinitionFilter>& filter) {
  builder::ProjectFiles files = project.all_files();
  if (filter) {
    files = filter_files(files, *filter);
  }
  std::vector<GraphNode> nodes;
  for (const CompiledFile* file : files) {
    for (const CompiledDefinition& definition : file->definitions) {
      nodes.push_back(node_of(*file, definition));
    }
  }
  sort_by_id(nodes);
  return nodes;
}

std::vector<Recompiled> describe(const std::vector<builder::CompiledReason>& compiled) {
  std::vector<Recompiled> described;
  described.reserve(compiled.size());
  for (const builder::CompiledReason& one : compiled) {
    described.push_back({one.id, describe_cause(one.cause, one.id)});
  }
  std::sort(described.begin(), described.end(), [](const auto& left, const auto& right) {
    return left.id < right.id;
  });
  return described;
}

std::vector<std::string> find_definitions(const builder::CompiledProject& project,
                                          const std::string& text) {
  std::vector<std::string> found;
  bool is_exact = false;
  for_each_definition(project, [&](const CompiledFile&, const CompiledDefinition& definition) {
    is_exact = is_exact || definition.id == text;
    if (ends_in_part(definition.id, text, "::") || ends_in_part(definition.id, text, "/")) {
      found.push_back(definition.id);
    }
  });
  if (is_exact) {
    return {text};
  }
  std::sort(found.begin(), found.end());
  return found;
}

Explanation explain(const builder::CompiledProject& project,
                    const std::vector<builder::SchemaInput>& schemas,
                    const std::map<std::string, graph::Slot>& reasons,
                    const std::string& id) {
  Explanation explanation;
  for_each_definition(project, [&](const CompiledFile& file, const CompiledDefinition& definition) {
    if (std::binary_search(definition.uses.begin(), definition.uses.end(), id)) {
      explanation.used_by.push_back(definition.id);
    }
    if (definition.id == id) {
      explanation.node = node_of(file, definition);
      explanation.failure = definition.failure.message;
      explanation.module = file.chunk ? file.chunk->entry.output_path : std::string();
      explanation.depends_on = schema_parts(schemas, definition);
    }
  });
  std::sort(explanation.used_by.begin(), explanation.used_by.end());
  if (const graph::Node* node = project.graph().find(id)) {
    std::transform(node->uses.begin(),
                   node->uses.end(),
                   std::back_inserter(explanation.depends_on),
                   builder::describe_slot);
  }
  std::sort(explanation.depends_on.begin(), explanation.depends_on.end());
  const auto reason = reasons.find(id);
  if (reason != reasons.end()) {
    explanation.reason = describe_cause(reason->second, id);
  }
  return explanation;
}

}  // namespace session
