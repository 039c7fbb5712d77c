#pragma once

#include <utility>

#include "artifact/artifact_hash.h"
#include "artifact/delta.h"

namespace artifact {

/// Makes the delta of a build from what it changed, in time proportional to that.
///
/// For one who holds artifact and manifest in memory and knows which ids a build touched: hand in
/// each of them once, with what it was and what it is. Equal items leave no trace, so one may hand
/// in too much. Gives the same delta as compute_delta() on both builds.
class DeltaBuilder {
 public:
  /// `before` is the hash of the artifact that the delta applies to.
  explicit DeltaBuilder(const ArtifactHash& before) : base_(before.digest()), hash_(before) {}

  /// `before` is null for what was not there, `after` for what is gone; where both are null
  /// nothing happens.
  void change(const Element* before, const Element* after);
  void change(const Chunk* before, const Chunk* after);

  /// The delta, and with hash() the next one's start. `schemas`: those of the new artifact. Aborts
  /// if an id was handed in twice.
  Delta finish(const SchemaHashes& schemas, std::uint64_t generation);
  /// After finish(): of the artifact that the delta leads to.
  const ArtifactHash& hash() const { return hash_; }

 private:
  base::Fingerprint base_;
  ArtifactHash hash_;
  Delta delta_;
};

}  // namespace artifact
