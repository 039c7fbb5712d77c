#include "builder/fragment_reach.h"

#include <algorithm>
#include <iterator>
#include <unordered_map>

namespace builder {

DefinitionIds reached_by_operations(const std::map<base::SourcePath, CompiledFile>& kept,
                                    const std::set<base::SourcePath>& replaced,
                                    const std::vector<CompiledFile>& made) {
  std::unordered_map<std::string_view, const CompiledDefinition*> by_id;
  std::vector<const CompiledDefinition*> queue;
  const auto add = [&](const CompiledFile& file) {
    for (const CompiledDefinition& definition : file.definitions) {
      by_id.emplace(definition.id, &definition);
      if (!definition.is_fragment) {
        queue.push_back(&definition);
      }
    }
  };
  for (const auto& [path, file] : kept) {
    if (!replaced.contains(path)) {
      add(file);
    }
  }
  std::for_each(made.begin(), made.end(), add);

  DefinitionIds reached;
  for (std::size_t next = 0; next < queue.size(); ++next) {
    for (const std::string& used : queue[next]->uses) {
      const auto fragment = by_id.find(used);
      if (reached.insert(used).second && fragment != by_id.end()) {
        queue.push_back(fragment->second);
      }
    }
  }
  return reached;
}

DefinitionIds differences(const DefinitionIds& left, const DefinitionIds& right) {
  DefinitionIds result;
  std::set_symmetric_difference(left.begin(),
                                left.end(),
                                right.begin(),
                                right.end(),
                                std::inserter(result, result.end()),
                                std::less<>());
  return result;
}

}  // namespace builder
