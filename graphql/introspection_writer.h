#pragma once

#include <string>

#include "graphql/schema.h"

namespace graphql {

/// `{"__schema": …}` on one line: what graphql-js 16.15.0's introspectionFromSchema gives, with the
/// same members in the same order.
std::string write_introspection_json(const Schema& schema);

}  // namespace graphql
