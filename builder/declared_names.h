#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/span.h"

namespace builder {

/// What a GraphQL text declares, as its tokens tell, so also of a text with syntax errors: who uses
/// a definition that cannot be read must not be told that it does not exist.
struct DeclaredName {
  bool is_fragment = false;
  /// Empty for an anonymous operation.
  std::string name;
  base::Span span;

  friend bool operator==(const DeclaredName&, const DeclaredName&) = default;
};

/// The operations and fragments of `text` in source order, up to the first thing that is no token.
std::vector<DeclaredName> declared_names(std::string_view text);

/// Whether `text` defines types, directives or a schema, and no operation or fragment: by its
/// tokens too, because what is interpolated into such a text need not be known to us.
bool declares_types_only(std::string_view text);

}  // namespace builder
