#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "artifact/listing.h"
#include "base/fingerprint.h"
#include "base/source_path.h"

namespace artifact {

inline constexpr int k_manifest_format_version = 1;

/// The module of one source file, as `manifest.json` lists it.
struct Chunk {
  /// The source path's text.
  std::string id;
  base::SourcePath source_path;
  /// Relative to the output folder.
  std::string output_path;
  /// Of the module's bytes.
  base::Fingerprint content_hash;
  /// The definitions that the module exports, sorted.
  std::vector<std::string> canonical_ids;
  /// The ids of the chunks that the module imports, sorted.
  std::vector<std::string> imports;

  friend bool operator==(const Chunk&, const Chunk&) = default;
};

struct Manifest {
  /// Sorted by id; see sort_chunks().
  std::vector<Chunk> chunks;

  friend bool operator==(const Manifest&, const Manifest&) = default;
};

void sort_chunks(std::vector<Chunk>& chunks);

/// The bytes of `manifest.json`; docs/formats.md has the format. One chunk is one line.
std::string manifest_json(const Manifest& manifest);

/// What stands around the chunks there; their items are lines of append_chunk().
ListingFrame manifest_frame();

/// What a manifest on disk says, or nothing if it is not one of ours.
///
/// It tells which files are ours, so it is read with good will: a chunk that makes no sense is left
/// out, and one with marks of a version control conflict yields the chunks of both sides.
std::optional<Manifest> read_manifest(std::string_view text);

/// The declarations that stand beside a module: `a.mjs` -> `a.d.mts`, `a.cjs` -> `a.d.cts`. The
/// manifest does not list them, so their name must follow from the module's. Empty for any other
/// path.
std::string declarations_path(std::string_view module_path);

/// Whether `path` names something below the output folder in the one way that we write it:
/// relative, without `.`, `..`, empty names and NUL. What stands in a file on disk is not trusted
/// without it.
bool is_output_path(std::string_view path);

}  // namespace artifact
