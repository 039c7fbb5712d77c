#include "session/config/schema_search.h"

#include <algorithm>
#include <map>

#include "base/source_path.h"

namespace session::config {
namespace {

constexpr std::uint64_t k_max_schema_bytes = std::uint64_t{256} << 20;
/// An introspection result says what it is in its first line or two.
constexpr std::size_t k_introspection_prefix = 4096;

bool is_word_start(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

bool is_word_part(char c) {
  return is_word_start(c) || (c >= '0' && c <= '9');
}

/// Walks over the words that stand outside of all brackets.
class WordScanner {
 public:
  explicit WordScanner(std::string_view text) : text_(text) {}

  /// The next word, or empty at the end. Sets `opens_first` if a `{` comes before any word.
  std::string_view next() {
    while (at_ < text_.size()) {
      const char c = text_[at_];
      if (c == '#') {
        at_ = std::min(text_.find_first_of("\r\n", at_), text_.size());
      } else if (c == '"') {
        skip_string();
      } else if (c == '{' || c == '(' || c == '[') {
        opens_first = opens_first || (c == '{' && !has_word_);
        ++depth_;
        ++at_;
      } else if (c == '}' || c == ')' || c == ']') {
        depth_ -= depth_ > 0 ? 1 : 0;
        ++at_;
      } else if (is_word_part(c)) {
        const std::size_t begin = at_;
        while (at_ < text_.size() && is_word_part(text_[at_])) {
          ++at_;
        }
        if (depth_ == 0) {
          has_word_ = true;
          return text_.substr(begin, at_ - begin);
        }
      } else {
        ++at_;
      }
    }
    return {};
  }

  /// The first character behind the last word that is not space.
  char following() const {
    const std::size_t found = text_.find_first_not_of(" \t\r\n", at_);
    return found == std::string_view::npos ? '\0' : text_[found];
  }

  bool opens_first = false;

 private:
  void skip_string() {
    if (!text_.substr(at_).starts_with("\"\"\"")) {
      ++at_;
      while (at_ < text_.size() && text_[at_] != '"' && text_[at_] != '\n') {
        at_ += text_[at_] == '\\' ? std::size_t{2} : 1;
      }
      at_ = std::min(at_ + 1, text_.size());
      return;
    }
    at_ += 3;
    while (at_ < text_.size() && !text_.substr(at_).starts_with("\"\"\"")) {
      at_ += text_.substr(at_).starts_with("\\\"\"\"") ? std::size_t{4} : 1;
    }
    at_ = std::min(at_ + 3, text_.size());
  }

  std::string_view text_;
  std::size_t at_ = 0;
  int depth_ = 0;
  bool has_word_ = false;
};

bool has_graphql_extension(std::string_view name) {
  return name.ends_with(".graphql") || name.ends_with(".graphqls") || name.ends_with(".gql");
}

bool has_introspection_name(std::string_view name) {
  return name == "schema.json" || name == "introspection.json" || name.ends_with(".schema.json") ||
         name.ends_with(".introspection.json");
}

struct FoundFiles {
  /// Folder -> file names.
  std::map<std::string, std::vector<std::string>> schemas;
  std::map<std::string, std::vector<std::string>> definitions;
};

class SchemaSearch {
 public:
  SchemaSearch(base::FileSystem& files, const std::string& root) : files_(files), root_(root) {}

  FoundFiles run() {
    // The list grows while it is walked: it is the queue of folders.
    std::vector<std::string> folders{""};
    for (std::size_t next = 0; next < folders.size() && seen_ < k_max_entries; ++next) {
      look_into(std::string(folders[next]), folders);
    }
    return std::move(found_);
  }

 private:
  /// Looks at the files of `folder`, and appends the folders in it that are searched too.
  void look_into(const std::string& folder, std::vector<std::string>& folders) {
    const auto entries = files_.list(base::join_path(root_, folder));
    if (!entries.has_value()) {
      return;
    }
    for (const base::DirectoryEntry& entry : *entries) {
      ++seen_;
      const std::string path = folder.empty() ? entry.name : folder + "/" + entry.name;
      if (entry.kind != base::FileKind::directory) {
        look_at_file(folder, path, entry.name);
      } else if (entry.name != "node_modules" && !entry.name.starts_with('.') &&
                 !is_build_folder(entry.name)) {
        folders.push_back(path);
      }
    }
  }

  void look_at_file(const std::string& folder, const std::string& path, std::string_view name) {
    const bool is_graphql = has_graphql_extension(name);
    if (!is_graphql && !has_introspection_name(name)) {
      return;
    }
    if (!files_.read(base::join_path(root_, path), content_, k_max_schema_bytes).has_value()) {
      return;
    }
    if (!is_graphql) {
      if (std::string_view(content_).substr(0, k_introspection_prefix).find("\"__schema\"") !=
          std::string_view::npos) {
        found_.schemas[folder].push_back(path);
      }
      return;
    }
    switch (classify_graphql(content_)) {
      case GraphqlContent::schema:
        found_.schemas[folder].push_back(path);
        break;
      case GraphqlContent::definitions:
        found_.definitions[folder].push_back(path);
        break;
      case GraphqlContent::other:
        break;
    }
  }

  base::FileSystem& files_;
  const std::string& root_;
  FoundFiles found_;
  std::string content_;
  std::size_t seen_ = 0;
};

}  // namespace

GraphqlContent classify_graphql(std::string_view text) {
  WordScanner words(text);
  std::string_view before;
  std::string_view last;
  bool has_definition = false;
  for (std::string_view word = words.next(); !word.empty(); word = words.next()) {
    if (last.empty() && (words.opens_first || word == "query" || word == "mutation" ||
                         word == "subscription" || word == "fragment")) {
      return GraphqlContent::other;
    }
    const char following = words.following();
    if ((word == "Query" && last == "type" && before != "extend") ||
        (word == "schema" && last != "extend" && (following == '{' || following == '@'))) {
      return GraphqlContent::schema;
    }
    has_definition = has_definition || word == "type" || word == "input" || word == "enum" ||
                     word == "interface" || word == "union" || word == "scalar" ||
                     word == "directive" || word == "extend";
    before = last;
    last = word;
  }
  return has_definition ? GraphqlContent::definitions : GraphqlContent::other;
}

bool is_build_folder(std::string_view name) {
  return name == "dist" || name == "build" || name == "out" || name == "coverage";
}

std::vector<SchemaCandidate> find_schemas(base::FileSystem& files, const std::string& root) {
  FoundFiles found = SchemaSearch(files, root).run();
  std::vector<SchemaCandidate> candidates;
  std::map<std::string, std::size_t> candidate_of_folder;
  for (auto& [folder, paths] : found.schemas) {
    std::sort(paths.begin(), paths.end());
    // Two schemas in one folder: neither can claim the definitions beside them.
    if (paths.size() == 1) {
      candidate_of_folder[folder] = candidates.size();
    }
    for (std::string& path : paths) {
      candidates.push_back({{std::move(path)}});
    }
  }
  for (auto& [folder, paths] : found.definitions) {
    std::sort(paths.begin(), paths.end());
    std::string owner = folder;
    while (!owner.empty() && !candidate_of_folder.contains(owner)) {
      owner = std::string(base::parent_path(owner));
    }
    const auto candidate = candidate_of_folder.find(owner);
    if (candidate != candidate_of_folder.end() && (!owner.empty() || folder.empty())) {
      std::vector<std::string>& list = candidates[candidate->second].files;
      list.insert(list.end(), paths.begin(), paths.end());
    }
  }
  std::sort(candidates.begin(),
            candidates.end(),
            [](const SchemaCandidate& left, const SchemaCandidate& right) {
              return left.files.front() < right.files.front();
            });
  return candidates;
}

}  // namespace session::config
