#include "discovery/config_finder.h"

#include <algorithm>

#include "base/source_path.h"

namespace discovery {

const TsConfig* ConfigFinder::nearest(const std::string& folder) {
  std::vector<std::string> passed;
  std::string at = folder;
  const TsConfig* config = nullptr;
  while (true) {
    const auto known = nearest_.find(at);
    if (known != nearest_.end()) {
      config = known->second;
      break;
    }
    passed.push_back(at);
    for (const char* name : {"tsconfig.json", "jsconfig.json"}) {
      const std::string path = base::join_path(at, name);
      if (folders_.is_file(path)) {
        config = configs_.load(path);
        break;
      }
      missing_.push_back(path);
    }
    if (config != nullptr || at == "/") {
      break;
    }
    at = base::parent_path(at);
  }
  for (const std::string& path : passed) {
    nearest_[path] = config;
  }
  return config;
}

const TsConfig* ConfigFinder::config_of(const std::string& absolute_file) {
  const TsConfig* const own = nearest(std::string(base::parent_path(absolute_file)));
  if (own == nullptr || own->references.empty() || own->covers(absolute_file)) {
    return own;
  }
  // The list grows while we walk it: references of references.
  std::vector<std::string> references = own->references;
  for (std::size_t i = 0; i < references.size(); ++i) {
    const TsConfig* const config = configs_.load(references[i]);
    if (config == nullptr) {
      continue;
    }
    if (config->covers(absolute_file)) {
      return config;
    }
    for (const std::string& next : config->references) {
      if (std::find(references.begin(), references.end(), next) == references.end()) {
        references.push_back(next);
      }
    }
  }
  return own;
}

}  // namespace discovery
