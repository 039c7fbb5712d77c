#pragma once

#include <string>
#include <string_view>

#include "base/file_system.h"

namespace session::config {

/// What a config file is, by its name.
enum class ConfigKind {
  none,
  builder,          ///< builder.config.json
  graphql_config,   ///< .graphqlrc and its family
  relay,            ///< relay.config.json
  package_graphql,  ///< package.json, key "graphql"
  package_relay,    ///< package.json, key "relay"
  codegen,          ///< codegen.yml, codegen.json: only `builder init --from` reads them
  apollo,           ///< apollo.config.js of Apollo's editor tools: only `builder init --from`
  script,           ///< must be run to be known: only `builder init --from` reads them
  toml,             ///< not read at all
};

struct FoundConfig {
  ConfigKind kind = ConfigKind::none;
  /// Absolute; empty for `none`.
  std::string path;

  friend bool operator==(const FoundConfig&, const FoundConfig&) = default;
};

/// The first config in `folder` (absolute), or in the folders above it. In a folder, one that can
/// be read comes before one that cannot; our own comes first.
FoundConfig find_config(base::FileSystem& files, const std::string& folder);

/// As find_config(), but in `folder` alone, and another tool's config only.
FoundConfig find_foreign_config_in(base::FileSystem& files, const std::string& folder);

/// What the file at `path` is, for `--config` and `--from`, where a name need not be one of the
/// usual ones: what resembles none of them is ours.
ConfigKind kind_of_named_config(base::FileSystem& files, const std::string& path);

inline constexpr std::uint64_t k_max_config_bytes = std::uint64_t{16} << 20;

}  // namespace session::config
