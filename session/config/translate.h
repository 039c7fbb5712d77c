#pragma once

#include <string_view>
#include <vector>

#include "session/config/node.h"
#include "session/config/problems.h"
#include "session/config/raw.h"

namespace session::config {

// The configs of other tools in the words of ours. Keys that mean nothing to us are passed over:
// these formats grow with their tools. A key that looks like a slip for one that we read is warned
// of.

/// graphql-config: `schema`, `documents`, `include`, `exclude`, `projects`; `extensions.builder`
/// holds our own keys, which win.
RawConfig translate_graphql_config(const Node& root, Problems& problems);

/// relay-compiler, with one project (`src`, `schema`, `schemaExtensions`, `excludes`) or several
/// (`root`, `sources`, `projects`, `excludes`). Where outputs go is no business of Relay's config:
/// ours are different files.
RawConfig translate_relay_config(const Node& root, Problems& problems);

/// graphql-codegen: `schema`, `documents`, `generates`. Only for `builder init`.
RawConfig translate_codegen_config(const Node& root, Problems& problems);

/// Apollo's editor tools: `client` with `service.localSchemaFile`, `includes`, `excludes` and
/// `tagName`. Only for `builder init`.
RawConfig translate_apollo_config(const Node& root, Problems& problems);

/// A gql.tada or GraphQLSP plugin entry of a tsconfig: `schema`, or `schemas` with names. Only for
/// `builder init`.
RawConfig translate_tada_plugin(const Node& plugin, Problems& problems);

/// Warns of keys that are in neither list and resemble one of `read_keys`.
void warn_of_slips(const Node& node,
                   const std::vector<std::string_view>& read_keys,
                   const std::vector<std::string_view>& ignored_keys,
                   Problems& problems);

}  // namespace session::config
