#include "session/definition_filter.h"

#include <algorithm>
#include <map>
#include <vector>

namespace session {
namespace {

using base::SourcePath;

constexpr std::string_view k_divider = "::";

bool holds_match(const builder::CompiledFile& file, const DefinitionFilter& filter) {
  return std::any_of(file.definitions.begin(), file.definitions.end(), [&](const auto& one) {
    return filter.matches(file.path, one.id);
  });
}

}  // namespace

base::Result<DefinitionFilter> DefinitionFilter::parse(const std::string& root,
                                                       const std::string& pattern) {
  DefinitionFilter filter;
  const std::size_t divider = pattern.find(k_divider);
  const std::string files = pattern.substr(0, divider);
  if (!files.empty()) {
    TRY_ASSIGN(filter.files_,
               discovery::GlobList::compile(root, {files}, discovery::GlobPurpose::refuse));
  }
  if (divider != std::string::npos) {
    TRY_ASSIGN(filter.name_,
               discovery::NamePattern::compile(pattern.substr(divider + k_divider.size())));
  }
  if (!filter.files_ && !filter.name_) {
    return base::fail(base::ErrorCode::invalid_config, "the filter is empty");
  }
  return filter;
}

bool DefinitionFilter::matches(const SourcePath& path, std::string_view id) const {
  const std::string_view name = id.substr(path.text().size() + k_divider.size());
  return (!files_ || files_->matches(path)) &&
         (!name_ || name_->matches(name, discovery::DotNames::any));
}

builder::ProjectFiles filter_files(const builder::ProjectFiles& files,
                                   const DefinitionFilter& filter) {
  std::map<SourcePath, const builder::CompiledFile*> by_path;
  std::map<std::string_view, const builder::CompiledFile*> by_id;
  std::vector<const builder::CompiledFile*> queue;
  for (const builder::CompiledFile* file : files) {
    by_path.emplace(file->path, file);
    for (const builder::CompiledDefinition& definition : file->definitions) {
      by_id.emplace(definition.id, file);
    }
    if (holds_match(*file, filter)) {
      queue.push_back(file);
    }
  }
  std::set<const builder::CompiledFile*> kept(queue.begin(), queue.end());
  const auto need = [&](const auto& index, const auto& key) {
    const auto file = index.find(key);
    if (file != index.end() && kept.insert(file->second).second) {
      queue.push_back(file->second);
    }
  };
  // The queue grows while it is walked.
  for (std::size_t next = 0; next < queue.size(); ++next) {
    const builder::CompiledFile& file = *queue[next];
    for (const builder::CompiledDefinition& definition : file.definitions) {
      for (const std::string& id : definition.uses) {
        need(by_id, std::string_view(id));
      }
    }
    if (file.chunk) {
      for (const std::string& chunk : file.chunk->entry.imports) {
        need(by_path, SourcePath(chunk));
      }
    }
  }
  builder::ProjectFiles result;
  std::copy_if(files.begin(), files.end(), std::back_inserter(result), [&](const auto* file) {
    return kept.contains(file);
  });
  return result;
}

}  // namespace session
