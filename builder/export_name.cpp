#include "builder/export_name.h"

#include <algorithm>
#include <array>

#include "base/json_text.h"

namespace builder {
namespace {

// The reserved words of modules, which are strict code; names that cannot be bound; `Error`, which
// our modules use; and what CommonJS hands to a module. Sorted.
constexpr std::array<std::string_view, 57> k_not_declarable = {
    "Error",      "Infinity", "NaN",       "__dirname",  "__filename", "arguments", "await",
    "break",      "case",     "catch",     "class",      "const",      "continue",  "debugger",
    "default",    "delete",   "do",        "else",       "enum",       "eval",      "export",
    "exports",    "extends",  "false",     "finally",    "for",        "function",  "if",
    "implements", "import",   "in",        "instanceof", "interface",  "let",       "module",
    "new",        "null",     "package",   "private",    "protected",  "public",    "require",
    "return",     "static",   "super",     "switch",     "this",       "throw",     "true",
    "try",        "typeof",   "undefined", "var",        "void",       "while",     "with",
    "yield"};

bool is_word_byte(char byte) {
  return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || byte == '_' ||
         byte == '$' || (byte >= '0' && byte <= '9');
}

}  // namespace

bool is_identifier_name(std::string_view name) {
  return !name.empty() && !(name.front() >= '0' && name.front() <= '9') &&
         std::all_of(name.begin(), name.end(), is_word_byte);
}

bool is_declarable(std::string_view name) {
  return is_identifier_name(name) && name.front() != '$' &&
         !std::binary_search(k_not_declarable.begin(), k_not_declarable.end(), name);
}

std::string export_name_text(std::string_view name) {
  return is_identifier_name(name) ? std::string(name) : base::json_string(name);
}

std::string fragment_function_name(std::string_view name) {
  std::string text = "$$";
  return text.append(name);
}

}  // namespace builder
