#pragma once

#include <optional>
#include <string_view>

#include "session/config/node.h"
#include "session/config/problems.h"

namespace session::config {

enum class Syntax {
  json,          ///< JSON with comments and trailing commas.
  yaml,          ///< YAML 1.2, one document.
  json_or_yaml,  ///< What `.graphqlrc` may be.
};

/// Reads a whole config file. Nothing if it is broken; `problems` then says where.
///
/// Nesting is limited to `k_max_depth` and a file to `k_max_nodes` values (aliases of YAML counted
/// each time), far above any config that a person writes.
std::optional<Node> parse(std::string_view text, Syntax syntax, Problems& problems);

inline constexpr int k_max_depth = 64;
inline constexpr int k_max_nodes = 100'000;

/// The two halves of parse().
std::optional<Node> parse_json(std::string_view text, Problems& problems);
std::optional<Node> parse_yaml(std::string_view text, Problems& problems);

}  // namespace session::config
