#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "graphql/ast.h"
#include "graphql/error.h"

namespace graphql {

/// The first use of the directive `name`, or null.
const Directive* find_applied(const List<Directive>& directives, std::string_view name);

/// What `@deprecated` gives as the reason; a null view where there is none of it (or the reason is
/// null, which the reference takes for the same). A reason that is no text is an error in the words
/// that the reference throws.
std::string_view deprecation_reason_of(const List<Directive>& directives,
                                       std::uint32_t source_id,
                                       std::vector<Error>& errors);

/// What `@specifiedBy` gives as the URL, or a null view.
std::string_view specified_by_url_of(const List<Directive>& directives,
                                     std::uint32_t source_id,
                                     std::vector<Error>& errors);

}  // namespace graphql
