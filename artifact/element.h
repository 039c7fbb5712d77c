#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/fingerprint.h"
#include "base/source_path.h"

namespace artifact {

enum class ElementType : std::uint8_t { operation, fragment, model, slice };

std::string_view to_text(ElementType type);

/// One definition as the artifact holds it. What its prebuild means is its dialect's business.
struct Element {
  /// The canonical id; unique in an artifact.
  std::string id;
  ElementType type = ElementType::operation;
  std::string dialect;
  /// A JSON object in canonical form: no white space, keys in the order that the format fixes.
  /// Equal prebuilds are equal bytes.
  std::string prebuild;
  base::SourcePath source_path;
  /// Of `prebuild`.
  base::Fingerprint content_hash;

  friend bool operator==(const Element&, const Element&) = default;
};

}  // namespace artifact
