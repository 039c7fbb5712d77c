#include "artifact/output_journal.h"

#include <algorithm>

#include <nlohmann/json.hpp>

#include "artifact/manifest.h"
#include "base/json_text.h"

namespace artifact {

std::string journal_text(const std::vector<std::string>& paths) {
  std::string text;
  for (const std::string& path : paths) {
    base::append_json_string(text, path);
    text += '\n';
  }
  return text;
}

std::vector<std::string> read_journal(std::string_view text) {
  std::vector<std::string> paths;
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    if (end == std::string_view::npos) {
      break;
    }
    const nlohmann::json line = nlohmann::json::parse(text.substr(0, end), nullptr, false);
    if (line.is_string() && is_output_path(line.get_ref<const std::string&>())) {
      paths.push_back(line.get<std::string>());
    }
    text.remove_prefix(end + 1);
  }
  std::sort(paths.begin(), paths.end());
  paths.erase(std::unique(paths.begin(), paths.end()), paths.end());
  return paths;
}

}  // namespace artifact
