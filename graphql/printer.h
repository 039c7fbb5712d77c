#pragma once

#include <string>
#include <string_view>

#include "graphql/ast.h"

namespace graphql {

/// The canonical text of a node: graphql-js 16.15.0's `print`, byte for byte. Comments are not
/// kept, and the text has no line break at its end. The definitions of a document stand a blank
/// line apart.
std::string print(const Document& document);
std::string print(const Definition& definition);
std::string print(const Value& value);
std::string print(const TypeReference& type);

/// The same, appended to `out`.
void append_printed(std::string& out, const Definition& definition);
void append_printed(std::string& out, const Value& value);
void append_printed(std::string& out, const TypeReference& type);

}  // namespace graphql
