#include <algorithm>

#include "builder/compiled_project.h"
#include "builder/fragment_reach.h"
#include "builder/slots.h"

// What is kept of a project, file by file, and how a project begins with that.
namespace builder {
namespace {

using base::SourcePath;
using graph::Slot;

bool is_chunk_of(const SourcePath& path, const CompiledChunk& chunk) {
  return chunk.entry.id == path.text() && chunk.entry.source_path == path &&
         artifact::is_output_path(chunk.entry.output_path) &&
         chunk.declarations_path == artifact::declarations_path(chunk.entry.output_path);
}

// Who made the record is not known: what follows from the path must be so, since everybody else
// relies on it.
bool is_file_at(const SourcePath& path, const CompiledFile& file) {
  return file.path == path && (!file.chunk || is_chunk_of(path, *file.chunk)) &&
         std::all_of(file.definitions.begin(),
                     file.definitions.end(),
                     [&](const CompiledDefinition& definition) {
                       return !definition.element || (definition.element->id == definition.id &&
                                                      definition.element->source_path == path);
                     });
}

}  // namespace

ModuleRecord CompiledProject::record_of(const SourcePath& path) const {
  ModuleRecord record;
  if (const auto file = files_.find(path); file != files_.end()) {
    record.file = file->second;
  }
  for (const std::string& id : graph_.nodes_of(path.text())) {
    record.nodes.push_back(*graph_.find(id));
  }
  for (Slot& slot : std::vector<Slot>{interface_slot(path), text_slot(path), names_slot(path)}) {
    if (const std::optional<base::Fingerprint> summary = graph_.summary_of(slot)) {
      record.summaries.emplace(std::move(slot), *summary);
    }
  }
  return record;
}

bool CompiledProject::restore(std::map<SourcePath, ModuleRecord>&& records, bool keeps_reach) {
  for (auto& entry : records) {
    const SourcePath& path = entry.first;
    ModuleRecord& record = entry.second;
    const bool is_in_place =
        (!record.file || is_file_at(path, *record.file)) &&
        std::all_of(record.nodes.begin(), record.nodes.end(), [&](const graph::Node& node) {
          return node.module == path.text() && graph_.find(node.id) == nullptr;
        });
    const bool is_sorted = std::is_sorted(
        record.nodes.begin(), record.nodes.end(), [](const auto& left, const auto& right) {
          return left.id <= right.id;
        });
    if (!is_in_place || !is_sorted) {
      return false;
    }
    graph_.restore(std::move(record.nodes), record.summaries);
    if (record.file) {
      const bool has_nodes = std::all_of(record.file->definitions.begin(),
                                         record.file->definitions.end(),
                                         [&](const CompiledDefinition& definition) {
                                           return graph_.find(definition.id) != nullptr;
                                         });
      if (!has_nodes) {
        return false;
      }
      files_.emplace(path, *std::move(record.file));
      note_file(path);
    }
  }
  if (keeps_reach) {
    reached_ = reached_by_operations(files_, {}, {});
  }
  return true;
}

}  // namespace builder
