#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "artifact/artifact.h"
#include "artifact/manifest.h"
#include "base/fingerprint.h"
#include "base/result.h"

namespace artifact {

inline constexpr int k_delta_format_version = 1;

/// How one sorted list of things with ids becomes another. An id is in at most one of the lists;
/// each list is sorted by id.
template <typename Item>
struct Changes {
  std::vector<Item> added;
  /// Whole items, as they are now.
  std::vector<Item> updated;
  std::vector<std::string> removed;

  bool empty() const { return added.empty() && updated.empty() && removed.empty(); }
  friend bool operator==(const Changes&, const Changes&) = default;
};

/// What brings a consumer from the artifact of one build to that of the next, with the modules that
/// it must load again.
struct Delta {
  /// The hash of the artifact that the delta applies to. Nothing: it applies to any, because it
  /// holds all elements and all chunks of the target.
  std::optional<base::Fingerprint> base;
  base::Fingerprint target;
  /// Number of the build in its session.
  std::uint64_t generation = 0;
  /// All of them, those that did not change too.
  SchemaHashes schemas;
  Changes<Element> elements;
  Changes<Chunk> chunks;

  /// Whether artifact, schemas and modules stay as they are.
  bool empty() const { return base == target && elements.empty() && chunks.empty(); }
  friend bool operator==(const Delta&, const Delta&) = default;
};

/// What one build says in its two lists.
struct BuildLists {
  const Artifact& artifact;
  const Manifest& manifest;
};

/// The delta between two builds: a pure function of both, in time linear in their sizes. Who knows
/// which ids changed uses DeltaBuilder. The generation is left to the caller.
Delta compute_delta(const BuildLists& before, const BuildLists& after);

/// The delta for a consumer that has nothing, or something of which nobody knows what it is.
Delta whole_delta(const BuildLists& after);

Changes<Chunk> diff_manifests(const Manifest& before, const Manifest& after);

/// The artifact that `delta` leads to from `before`. Fails with ErrorCode::corrupt if `before` is
/// not what the delta applies to, if it adds what is there or changes or removes what is not, or if
/// the result is not what the delta says it is.
base::Result<Artifact> apply_delta(const Artifact& before, const Delta& delta);

/// The same for the list of modules; a manifest has no hash that could be checked.
base::Result<Manifest> apply_delta(const Manifest& before, const Delta& delta);

/// The bytes of `delta.json`; docs/formats.md has the format.
std::string delta_json(const Delta& delta);

/// The inverse of delta_json(), as strict as read_artifact().
base::Result<Delta> read_delta(std::string_view text);

}  // namespace artifact
