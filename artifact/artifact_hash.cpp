#include "artifact/artifact_hash.h"

#include "artifact/element_text.h"

namespace artifact {
namespace {

using base::Fingerprint;

Fingerprint sum(const Fingerprint& left, const Fingerprint& right) {
  const std::uint64_t low = left.low + right.low;
  const std::uint64_t carry = low < left.low ? 1 : 0;
  return {left.high + right.high + carry, low};
}

Fingerprint difference(const Fingerprint& left, const Fingerprint& right) {
  const std::uint64_t borrow = left.low < right.low ? 1 : 0;
  return {left.high - right.high - borrow, left.low - right.low};
}

Fingerprint hash_of_line(const Element& element) {
  std::string line;
  line.reserve(element.prebuild.size() + 2 * element.id.size() + 300);
  append_element(line, element);
  return base::fingerprint_of(line);
}

}  // namespace

ArtifactHash ArtifactHash::of_digest(const Fingerprint& digest, const SchemaHashes& schemas) {
  ArtifactHash hash(schemas);
  hash.elements_ = difference(digest, hash.head_);
  return hash;
}

void ArtifactHash::set_schemas(const SchemaHashes& schemas) {
  head_ = base::fingerprint_of(artifact_head(schemas));
}

void ArtifactHash::add(const Element& element) {
  elements_ = sum(elements_, hash_of_line(element));
}

void ArtifactHash::remove(const Element& element) {
  elements_ = difference(elements_, hash_of_line(element));
}

base::Fingerprint ArtifactHash::digest() const {
  return sum(head_, elements_);
}

ArtifactHash hash_of(const Artifact& artifact) {
  ArtifactHash hash(artifact.schemas);
  for (const Element& element : artifact.elements) {
    hash.add(element);
  }
  return hash;
}

}  // namespace artifact
