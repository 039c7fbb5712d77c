#pragma once

#include "discovery/source_reader.h"

namespace discovery {

/// Reads a .graphql file: its whole text as one template of the form `file`, without a byte order
/// mark, and the imports that its comments make:
///
///     #import "./card.graphql"            all of it
///     # import Card, Price from "x.gql"   by name
///
/// Only comments count, not what looks like one inside of a string. `request.text` is well-formed
/// UTF-8.
SourceFacts read_graphql_file(const ReadRequest& request);

}  // namespace discovery
