#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/file_system.h"

namespace session::config {

/// A schema that was found by what a file holds.
struct SchemaCandidate {
  /// Relative to the folder that was searched: the file with the query type first, then files of
  /// type definitions and extensions beside it.
  std::vector<std::string> files;

  friend bool operator==(const SchemaCandidate&, const SchemaCandidate&) = default;
};

/// Searches `root` (absolute) for schemas, sorted by path.
///
/// A schema is an SDL file (`.graphql`, `.graphqls`, `.gql`) that defines `schema` or `type Query`,
/// or an introspection result (`schema.json`, `introspection.json`, `*.schema.json`,
/// `*.introspection.json`). Files of definitions without a query type belong to the schema in their
/// folder or the nearest one above, but never to one in `root` itself unless they lie there too: a
/// schema at the top of a repository would swallow all of its type definitions.
///
/// Not searched: `node_modules`, hidden folders, folders of build results, symlinked folders.
/// Unreadable folders and files are passed over. Stops after `k_max_entries` directory entries.
std::vector<SchemaCandidate> find_schemas(base::FileSystem& files, const std::string& root);

inline constexpr std::size_t k_max_entries = 500'000;

enum class GraphqlContent {
  other,        ///< Operations, fragments, nothing, or no GraphQL.
  definitions,  ///< Type definitions or extensions without a query type.
  schema,       ///< Defines `schema` or `type Query`.
};

/// Tells by the words outside of braces; does not parse.
GraphqlContent classify_graphql(std::string_view text);

/// Folders that hold results of builds rather than sources.
bool is_build_folder(std::string_view name);

}  // namespace session::config
