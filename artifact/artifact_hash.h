#pragma once

#include "artifact/artifact.h"
#include "base/fingerprint.h"

namespace artifact {

/// The hash of an artifact, kept up to date in time proportional to what changes.
///
/// It is the sum, modulo 2^128, of the XXH3-128 of the head of `artifact.json` (all before its
/// first element) and of every element's line (docs/formats.md, decision 0095). A sum does not
/// depend on the order of its terms and a term can be taken out again, so an edit costs the
/// elements that it changes, whatever the size of the project.
class ArtifactHash {
 public:
  /// Of an artifact without elements.
  explicit ArtifactHash(const SchemaHashes& schemas = {}) { set_schemas(schemas); }

  /// The hash whose digest with these schemas is `digest`: to go on where an earlier process ended.
  static ArtifactHash of_digest(const base::Fingerprint& digest, const SchemaHashes& schemas);

  void set_schemas(const SchemaHashes& schemas);
  /// The caller sees to it that no element is in twice, and that what is removed was in.
  void add(const Element& element);
  void remove(const Element& element);

  base::Fingerprint digest() const;

 private:
  base::Fingerprint head_;
  base::Fingerprint elements_;
};

ArtifactHash hash_of(const Artifact& artifact);

}  // namespace artifact
