#pragma once

#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

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

/// By path relative to the output folder.
using BelievedFiles = std::unordered_map<std::string, BelievedFile>;

/// Whether the output folder gets a `.gitignore` that hides all of it.
enum class GitIgnore : std::uint8_t { hide_all, none };

}  // namespace artifact
