#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "artifact/spliced_text.h"
#include "base/file_system.h"
#include "base/fingerprint.h"

namespace artifact {

/// What an output is for. The order is that in which outputs are moved into place: whoever sees a
/// manifest finds the chunks that it lists.
enum class OutputRole : std::uint8_t {
  /// `.gitignore`; added by the output folder itself.
  ignore_file,
  /// A module or the declarations beside it.
  chunk,
  /// Leads to the artifact that follows.
  delta,
  positions,
  manifest,
  artifact,
  /// Differs after every build; so it is written only along with something else, or if it is not
  /// there.
  report,
};

/// Whether outputs of this kind are a pure function of the inputs: what `--check` compares.
constexpr bool is_pure(OutputRole role) {
  return role == OutputRole::chunk || role == OutputRole::manifest || role == OutputRole::artifact;
}

/// A file that shall be in the output folder.
struct Output {
  /// As is_output_path() has it.
  std::string path;
  std::string bytes;
  OutputRole role = OutputRole::chunk;
  /// Instead of `bytes`: of a file that the folder is believed to hold. Only for
  /// OutputFolder::patch().
  std::shared_ptr<const SplicedText> spliced = nullptr;

  friend bool operator==(const Output&, const Output&) = default;
};

/// What writing did, or in a check would have done. Paths are relative to the output folder,
/// sorted.
struct OutputChanges {
  std::vector<std::string> written;
  std::vector<std::string> removed;
  std::uint64_t unchanged = 0;

  bool empty() const { return written.empty() && removed.empty(); }
  friend bool operator==(const OutputChanges&, const OutputChanges&) = default;
};

/// What we put on disk, or found there to be as wanted: lets the next write of the same process
/// trust a stamp instead of reading.
struct BelievedFile {
  base::FileStamp stamp;
  base::Fingerprint hash;

  friend bool operator==(const BelievedFile&, const BelievedFile&) = default;
};

/// By path relative to the output folder; knows which of them changed.
class BelievedFiles {
 public:
  using Map = std::unordered_map<std::string, BelievedFile>;

  Map::const_iterator begin() const { return files_.begin(); }
  Map::const_iterator end() const { return files_.end(); }
  Map::const_iterator find(const std::string& path) const { return files_.find(path); }
  bool contains(const std::string& path) const { return files_.contains(path); }

  void set(const std::string& path, const BelievedFile& file) {
    files_.insert_or_assign(path, file);
    note(path);
  }
  void erase(const std::string& path) {
    files_.erase(path);
    note(path);
  }

  /// The paths that were set or erased since the last call; the first time nothing: all of them.
  std::optional<std::set<std::string>> take_changed() {
    return std::exchange(changed_, std::set<std::string>());
  }

 private:
  void note(const std::string& path) {
    if (changed_) {
      changed_->insert(path);
    }
  }

  Map files_;
  std::optional<std::set<std::string>> changed_;
};

/// Whether the output folder gets a `.gitignore` that hides all of it.
enum class GitIgnore : std::uint8_t { hide_all, none };

}  // namespace artifact
