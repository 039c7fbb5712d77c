#pragma once

#include <string>

namespace graphql {

/// Appends a finite `value` as JavaScript's String() writes it: `1`, `0.1`, `1e+21`.
void append_js_number(std::string& out, double value);

}  // namespace graphql
