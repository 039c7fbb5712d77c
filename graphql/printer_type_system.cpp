#include "graphql/printer_core.h"

namespace graphql {
namespace {

std::string_view keyword_of(TypeKind kind) {
  switch (kind) {
    case TypeKind::scalar:
      return "scalar ";
    case TypeKind::object:
      return "type ";
    case TypeKind::interface:
      return "interface ";
    case TypeKind::union_type:
      return "union ";
    case TypeKind::enum_type:
      return "enum ";
    case TypeKind::input_object:
      return "input ";
  }
  return {};
}

void append_joined(std::string& out, const List<Name>& names, std::string_view separator) {
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (i > 0) {
      out += separator;
    }
    out += names[i].text;
  }
}

}  // namespace

void Printer::print_schema(const SchemaDefinition& schema) {
  print_description(schema.description);
  out_ += schema.is_extension ? "extend schema" : "schema";
  print_directives(schema.directives);
  print_block(schema.root_types, &Printer::print_root_type);
}

void Printer::print_root_type(const RootTypeDefinition& root) {
  out_.append(to_text(root.operation)).append(": ").append(root.type.text);
}

void Printer::print_type_definition(const TypeDefinition& type) {
  print_description(type.description);
  out_ += type.is_extension ? "extend " : "";
  out_.append(keyword_of(type.type_kind)).append(type.name.text);
  if (!type.interfaces.empty()) {
    out_ += " implements ";
    append_joined(out_, type.interfaces, " & ");
  }
  print_directives(type.directives);
  print_block(type.fields, &Printer::print_field_definition);
  print_block(type.values, &Printer::print_enum_value);
  print_block(type.input_fields, &Printer::print_input_value);
  if (!type.members.empty()) {
    out_ += " = ";
    append_joined(out_, type.members, " | ");
  }
}

void Printer::print_directive_definition(const DirectiveDefinition& directive) {
  print_description(directive.description);
  out_.append("directive @").append(directive.name.text);
  print_argument_definitions(directive.arguments);
  out_ += directive.is_repeatable ? " repeatable on " : " on ";
  append_joined(out_, directive.locations, " | ");
}

void Printer::print_field_definition(const FieldDefinition& field) {
  print_description(field.description);
  out_ += field.name.text;
  print_argument_definitions(field.arguments);
  out_ += ": ";
  print_type(*field.type);
  print_directives(field.directives);
}

void Printer::print_argument_definitions(const List<InputValueDefinition>& arguments) {
  if (arguments.empty()) {
    return;
  }
  const std::size_t begin = out_.size();
  out_ += '(';
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    out_ += i == 0 ? "" : ", ";
    print_input_value(arguments[i]);
  }
  out_ += ')';
  if (out_.find('\n', begin) == std::string::npos) {
    return;
  }
  // One that takes several lines puts all on lines of their own.
  out_.resize(begin);
  out_ += '(';
  open_block();
  for (const InputValueDefinition& argument : arguments) {
    break_line();
    print_input_value(argument);
  }
  close_block(')');
}

void Printer::print_input_value(const InputValueDefinition& value) {
  print_description(value.description);
  out_.append(value.name.text).append(": ");
  print_type(*value.type);
  if (value.default_value != nullptr) {
    out_ += " = ";
    print_value(*value.default_value);
  }
  print_directives(value.directives);
}

void Printer::print_enum_value(const EnumValueDefinition& value) {
  print_description(value.description);
  out_ += value.name.text;
  print_directives(value.directives);
}

}  // namespace graphql
