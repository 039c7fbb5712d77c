#pragma once

#include <string>

#include "graphql/schema.h"

namespace graphql {

/// `schema` as SDL: graphql-js 16.15.0's `printSchema`, byte for byte. Without the types and
/// directives that every schema has, in the order of the source, with no line break at the end.
/// Default values that graphql-js cannot print are printed as they were written.
std::string print_schema(const Schema& schema);

/// SHA-256 of the printed schema with everything in it sorted by name, as 64 hex digits. So it does
/// not depend on the order of files, of definitions and of members, nor on whether the schema came
/// from SDL or from introspection; descriptions count. Applied directives other than those that
/// print_schema() prints do not.
std::string schema_hash(const Schema& schema);

}  // namespace graphql
