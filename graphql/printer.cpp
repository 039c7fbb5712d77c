#include "graphql/printer.h"

#include <algorithm>

#include "base/utf8.h"
#include "graphql/block_string.h"
#include "graphql/printer_core.h"

namespace graphql {
namespace {

// graphql-js breaks the arguments of a field over lines if it would be longer on one.
constexpr std::size_t k_max_line_length = 80;

}  // namespace

void Printer::print_definition(const Definition& definition) {
  switch (definition.kind) {
    case DefinitionKind::operation:
      return print_operation(as_operation(definition));
    case DefinitionKind::fragment:
      return print_fragment(as_fragment(definition));
    case DefinitionKind::schema:
      return print_schema(as_schema(definition));
    case DefinitionKind::type:
      return print_type_definition(as_type(definition));
    case DefinitionKind::directive:
      return print_directive_definition(as_directive(definition));
  }
}

void Printer::print_operation(const OperationDefinition& operation) {
  print_description(operation.description);
  const bool is_shorthand = operation.operation == OperationType::query && operation.name.empty() &&
                            operation.variables.empty() && operation.directives.empty() &&
                            operation.description == nullptr;
  if (!is_shorthand) {
    out_ += to_text(operation.operation);
    if (!operation.name.empty() || !operation.variables.empty()) {
      out_ += ' ';
      out_ += operation.name.text;
    }
    print_variable_definitions(operation.variables);
    print_directives(operation.directives);
    out_ += ' ';
  }
  print_selection_set(*operation.selection_set);
}

void Printer::print_variable_definitions(const List<VariableDefinition>& variables) {
  if (variables.empty()) {
    return;
  }
  const std::size_t begin = out_.size();
  out_ += '(';
  for (std::size_t i = 0; i < variables.size(); ++i) {
    out_ += i == 0 ? "" : ", ";
    print_variable_definition(variables[i]);
  }
  out_ += ')';
  if (out_.find('\n', begin) == std::string::npos) {
    return;
  }
  // One that takes several lines puts all on lines of their own, not indented.
  out_.resize(begin);
  out_ += '(';
  for (const VariableDefinition& variable : variables) {
    break_line();
    print_variable_definition(variable);
  }
  break_line();
  out_ += ')';
}

void Printer::print_variable_definition(const VariableDefinition& variable) {
  print_description(variable.description);
  print_value(variable.variable);
  out_ += ": ";
  print_type(*variable.type);
  if (variable.default_value != nullptr) {
    out_ += " = ";
    print_value(*variable.default_value);
  }
  print_directives(variable.directives);
}

void Printer::print_fragment(const FragmentDefinition& fragment) {
  print_description(fragment.description);
  out_.append("fragment ").append(fragment.name.text);
  out_.append(" on ").append(fragment.type_condition.text);
  print_directives(fragment.directives);
  out_ += ' ';
  print_selection_set(*fragment.selection_set);
}

void Printer::print_selection_set(const SelectionSet& set) {
  out_ += '{';
  open_block();
  for (const Selection* selection : set.selections) {
    break_line();
    switch (selection->kind) {
      case SelectionKind::field:
        print_field(as_field(*selection));
        break;
      case SelectionKind::fragment_spread:
        out_.append("...").append(as_fragment_spread(*selection).name.text);
        print_directives(selection->directives);
        break;
      case SelectionKind::inline_fragment: {
        const InlineFragment& fragment = as_inline_fragment(*selection);
        out_ += "...";
        if (!fragment.type_condition.empty()) {
          out_.append(" on ").append(fragment.type_condition.text);
        }
        print_directives(fragment.directives);
        out_ += ' ';
        print_selection_set(*fragment.selection_set);
        break;
      }
    }
  }
  close_block('}');
}

void Printer::print_field(const Field& field) {
  const std::size_t begin = out_.size();
  if (!field.alias.empty()) {
    out_.append(field.alias.text).append(": ");
  }
  out_ += field.name.text;
  print_arguments(begin, field.arguments);
  print_directives(field.directives);
  if (field.selection_set != nullptr) {
    out_ += ' ';
    print_selection_set(*field.selection_set);
  }
}

void Printer::print_arguments(std::size_t field_begin, const List<Argument>& arguments) {
  if (arguments.empty()) {
    return;
  }
  const std::size_t begin = out_.size();
  out_ += '(';
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    out_ += i == 0 ? "" : ", ";
    print_argument(arguments[i]);
  }
  out_ += ')';
  const std::string_view line = std::string_view(out_).substr(field_begin);
  if (line.size() <= k_max_line_length) {
    return;
  }
  // The reference counts UTF-16 units, before lines of block strings are indented.
  const auto breaks = static_cast<std::size_t>(std::count(line.begin(), line.end(), '\n'));
  if (base::utf16_length(line) - breaks * indentation_ <= k_max_line_length) {
    return;
  }
  out_.resize(begin);
  out_ += '(';
  open_block();
  for (const Argument& argument : arguments) {
    break_line();
    print_argument(argument);
  }
  close_block(')');
}

void Printer::print_argument(const Argument& argument) {
  out_.append(argument.name.text).append(": ");
  print_value(argument.value);
}

void Printer::print_directives(const List<Directive>& directives) {
  for (const Directive& directive : directives) {
    out_ += ' ';
    print_directive(directive);
  }
}

void Printer::print_directive(const Directive& directive) {
  out_.append("@").append(directive.name.text);
  if (directive.arguments.empty()) {
    return;
  }
  out_ += '(';
  for (std::size_t i = 0; i < directive.arguments.size(); ++i) {
    out_ += i == 0 ? "" : ", ";
    print_argument(directive.arguments[i]);
  }
  out_ += ')';
}

void Printer::print_description(const Value* description) {
  if (description != nullptr) {
    print_value(*description);
    break_line();
  }
}

void Printer::print_value(const Value& value) {
  switch (value.kind) {
    case ValueKind::variable:
      out_ += '$';
      out_ += value.text;
      return;
    case ValueKind::int_value:
    case ValueKind::float_value:
    case ValueKind::boolean:
    case ValueKind::null:
    case ValueKind::enum_value:
      out_ += value.text;
      return;
    case ValueKind::string:
      return print_string(value);
    case ValueKind::list:
      out_ += '[';
      for (std::size_t i = 0; i < value.items.size(); ++i) {
        out_ += i == 0 ? "" : ", ";
        print_value(value.items[i]);
      }
      out_ += ']';
      return;
    case ValueKind::object:
      out_ += '{';
      for (std::size_t i = 0; i < value.fields.size(); ++i) {
        out_ += i == 0 ? "" : ", ";
        out_.append(value.fields[i].name.text).append(": ");
        print_value(value.fields[i].value);
      }
      out_ += '}';
      return;
  }
}

void Printer::print_string(const Value& value) {
  if (!value.is_block) {
    append_quoted_string(out_, value.text);
    return;
  }
  const std::string text = print_block_string(value.text);
  std::size_t begin = 0;
  for (std::size_t end = text.find('\n'); end != std::string::npos; end = text.find('\n', begin)) {
    out_.append(text, begin, end - begin);
    break_line();
    begin = end + 1;
  }
  out_.append(text, begin);
}

void Printer::print_type(const TypeReference& type) {
  switch (type.kind) {
    case TypeReference::Kind::named:
      out_ += type.name.text;
      return;
    case TypeReference::Kind::list:
      out_ += '[';
      print_type(*type.inner);
      out_ += ']';
      return;
    case TypeReference::Kind::non_null:
      print_type(*type.inner);
      out_ += '!';
      return;
  }
}

void append_printed(std::string& out, const Definition& definition) {
  Printer(out).print_definition(definition);
}

void append_printed(std::string& out, const Value& value) {
  Printer(out).print_value(value);
}

void append_printed(std::string& out, const TypeReference& type) {
  Printer(out).print_type(type);
}

std::string print(const Document& document) {
  std::string text;
  text.reserve(document.source.size());
  for (std::size_t i = 0; i < document.definitions.size(); ++i) {
    text += i == 0 ? "" : "\n\n";
    append_printed(text, *document.definitions[i]);
  }
  return text;
}

std::string print(const Definition& definition) {
  std::string text;
  append_printed(text, definition);
  return text;
}

std::string print(const Value& value) {
  std::string text;
  append_printed(text, value);
  return text;
}

std::string print(const TypeReference& type) {
  std::string text;
  append_printed(text, type);
  return text;
}

}  // namespace graphql
