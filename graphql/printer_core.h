#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "graphql/ast.h"

namespace graphql {

/// Writes nodes at an indentation. For printer*.cpp only.
///
/// Where the reference measures a text before it decides on its form, this writes the short form
/// first, looks at what was written, and takes it back if it is too long.
class Printer {
 public:
  explicit Printer(std::string& out) : out_(out) {}

  void print_definition(const Definition& definition);
  void print_value(const Value& value);
  void print_type(const TypeReference& type);

 private:
  // Executable definitions: printer.cpp.
  void print_operation(const OperationDefinition& operation);
  void print_fragment(const FragmentDefinition& fragment);
  void print_variable_definitions(const List<VariableDefinition>& variables);
  void print_variable_definition(const VariableDefinition& variable);
  void print_selection_set(const SelectionSet& set);
  void print_field(const Field& field);
  void print_arguments(std::size_t field_begin, const List<Argument>& arguments);
  void print_argument(const Argument& argument);
  void print_string(const Value& value);
  /// Each with a space before it.
  void print_directives(const List<Directive>& directives);
  void print_directive(const Directive& directive);
  void print_description(const Value* description);

  // Type system definitions: printer_type_system.cpp.
  void print_schema(const SchemaDefinition& schema);
  void print_root_type(const RootTypeDefinition& root);
  void print_type_definition(const TypeDefinition& type);
  void print_directive_definition(const DirectiveDefinition& directive);
  void print_field_definition(const FieldDefinition& field);
  void print_argument_definitions(const List<InputValueDefinition>& arguments);
  void print_input_value(const InputValueDefinition& value);
  void print_enum_value(const EnumValueDefinition& value);

  void break_line() {
    out_ += '\n';
    out_.append(indentation_, ' ');
  }
  void open_block() { indentation_ += 2; }
  void close_block(char bracket) {
    indentation_ -= 2;
    break_line();
    out_ += bracket;
  }
  /// ` {`, the items on lines of their own, `}`.
  template <typename T>
  void print_block(const List<T>& items, void (Printer::*print_item)(const T&));

  std::string& out_;
  std::size_t indentation_ = 0;
};

template <typename T>
void Printer::print_block(const List<T>& items, void (Printer::*print_item)(const T&)) {
  if (items.empty()) {
    return;
  }
  out_ += " {";
  open_block();
  for (const T& item : items) {
    break_line();
    (this->*print_item)(item);
  }
  close_block('}');
}

}  // namespace graphql
