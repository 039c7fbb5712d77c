#include "graphql/print_schema.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <vector>

#include "base/sha256.h"
#include "graphql/block_string.h"
#include "graphql/builtin_types.h"

namespace graphql {
namespace {

enum class Order : std::uint8_t { as_written, by_name };

// Prints one schema. The functions append to `out_`.
class SchemaPrinter {
 public:
  SchemaPrinter(const Schema& schema, Order order) : schema_(schema), order_(order) {}

  std::string print();

 private:
  void print_roots();
  void print_directive(const SchemaDirective& directive);
  void print_type(const SchemaType& type);
  void print_names(std::string_view before, std::string_view between, const List<TypeId>& ids);
  void print_fields(const List<SchemaField>& fields);
  void print_input_fields(const List<SchemaInputValue>& fields);
  void print_values(const List<SchemaEnumValue>& values);
  void print_arguments(const List<SchemaInputValue>& arguments, std::string_view indentation);
  void print_input_value(const SchemaInputValue& value);
  void print_deprecated(std::string_view reason);
  void print_description(std::string_view description,
                         std::string_view indentation,
                         bool is_first = true);
  void begin_block() {
    if (!out_.empty()) {
      out_ += "\n\n";
    }
  }

  template <typename Member>
  std::vector<const Member*> ordered(const List<Member>& members) const {
    std::vector<const Member*> pointers;
    pointers.reserve(members.size());
    for (const Member& member : members) {
      pointers.push_back(&member);
    }
    if (order_ == Order::by_name) {
      std::sort(pointers.begin(), pointers.end(), [](const Member* left, const Member* right) {
        return left->name.text < right->name.text;
      });
    }
    return pointers;
  }

  const Schema& schema_;
  Order order_;
  std::string out_;
};

std::string SchemaPrinter::print() {
  print_roots();
  for (const SchemaDirective* directive : ordered(schema_.directives())) {
    if (!directive->is_specified) {
      print_directive(*directive);
    }
  }
  std::vector<const SchemaType*> types;
  for (const TypeId id : schema_.type_order()) {
    const SchemaType& type = schema_.type(id);
    if (!type.is_specified_scalar && !type.is_introspection) {
      types.push_back(&type);
    }
  }
  if (order_ == Order::by_name) {
    std::sort(types.begin(), types.end(), [](const SchemaType* left, const SchemaType* right) {
      return left->name.text < right->name.text;
    });
  }
  for (const SchemaType* type : types) {
    print_type(*type);
  }
  return std::move(out_);
}

// A schema with the usual names and no description needs no definition.
void SchemaPrinter::print_roots() {
  constexpr std::array<std::string_view, 3> k_usual_names = {"Query", "Mutation", "Subscription"};
  bool is_usual = !is_given(schema_.description());
  std::string roots;
  for (std::size_t i = 0; i < k_usual_names.size(); ++i) {
    const auto operation = static_cast<OperationType>(i);
    if (const SchemaType* const root = schema_.root_type(operation)) {
      is_usual = is_usual && root->name == k_usual_names[i];
      roots.append(roots.empty() ? "  " : "\n  ")
          .append(to_text(operation))
          .append(": ")
          .append(root->name.text);
    }
  }
  if (!is_usual) {
    print_description(schema_.description(), "");
    out_.append("schema {\n").append(roots).append("\n}");
  }
}

void SchemaPrinter::print_directive(const SchemaDirective& directive) {
  begin_block();
  print_description(directive.description, "");
  out_.append("directive @").append(directive.name.text);
  print_arguments(directive.arguments, "");
  print_deprecated(directive.deprecation_reason);
  out_ += directive.is_repeatable ? " repeatable on " : " on ";
  std::vector<DirectiveLocation> locations(directive.locations.begin(), directive.locations.end());
  if (order_ == Order::by_name) {
    std::sort(locations.begin(), locations.end());
  }
  for (std::size_t i = 0; i < locations.size(); ++i) {
    out_.append(i == 0 ? "" : " | ").append(to_text(locations[i]));
  }
}

void SchemaPrinter::print_type(const SchemaType& type) {
  begin_block();
  print_description(type.description, "");
  switch (type.kind) {
    case TypeKind::scalar:
      out_.append("scalar ").append(type.name.text);
      if (is_given(type.specified_by_url)) {
        out_ += " @specifiedBy(url: ";
        append_quoted_string(out_, type.specified_by_url);
        out_ += ')';
      }
      break;
    case TypeKind::object:
    case TypeKind::interface:
      out_.append(type.kind == TypeKind::object ? "type " : "interface ").append(type.name.text);
      print_names(" implements ", " & ", type.interfaces);
      print_fields(type.fields);
      break;
    case TypeKind::union_type:
      out_.append("union ").append(type.name.text);
      print_names(" = ", " | ", type.members);
      break;
    case TypeKind::enum_type:
      out_.append("enum ").append(type.name.text);
      print_values(type.enum_values);
      break;
    case TypeKind::input_object:
      out_.append("input ").append(type.name.text).append(type.is_one_of ? " @oneOf" : "");
      print_input_fields(type.input_fields);
      break;
  }
}

void SchemaPrinter::print_names(std::string_view before,
                                std::string_view between,
                                const List<TypeId>& ids) {
  std::vector<std::string_view> names;
  names.reserve(ids.size());
  for (const TypeId id : ids) {
    names.push_back(schema_.type(id).name.text);
  }
  if (order_ == Order::by_name) {
    std::sort(names.begin(), names.end());
  }
  for (std::size_t i = 0; i < names.size(); ++i) {
    out_.append(i == 0 ? before : between).append(names[i]);
  }
}

void SchemaPrinter::print_fields(const List<SchemaField>& fields) {
  if (fields.empty()) {
    return;
  }
  out_ += " {";
  bool is_first = true;
  for (const SchemaField* field : ordered(fields)) {
    out_ += '\n';
    print_description(field->description, "  ", is_first);
    out_.append("  ").append(field->name.text);
    print_arguments(field->arguments, "  ");
    out_.append(": ").append(schema_.to_text(field->type));
    print_deprecated(field->deprecation_reason);
    is_first = false;
  }
  out_ += "\n}";
}

void SchemaPrinter::print_input_fields(const List<SchemaInputValue>& fields) {
  if (fields.empty()) {
    return;
  }
  out_ += " {";
  bool is_first = true;
  for (const SchemaInputValue* field : ordered(fields)) {
    out_ += '\n';
    print_description(field->description, "  ", is_first);
    out_ += "  ";
    print_input_value(*field);
    is_first = false;
  }
  out_ += "\n}";
}

void SchemaPrinter::print_values(const List<SchemaEnumValue>& values) {
  if (values.empty()) {
    return;
  }
  out_ += " {";
  bool is_first = true;
  for (const SchemaEnumValue* value : ordered(values)) {
    out_ += '\n';
    print_description(value->description, "  ", is_first);
    out_.append("  ").append(value->name.text);
    print_deprecated(value->deprecation_reason);
    is_first = false;
  }
  out_ += "\n}";
}

void SchemaPrinter::print_arguments(const List<SchemaInputValue>& arguments,
                                    std::string_view indentation) {
  if (arguments.empty()) {
    return;
  }
  const bool has_description =
      std::any_of(arguments.begin(), arguments.end(), [](const SchemaInputValue& argument) {
        return !argument.description.empty();
      });
  out_ += '(';
  bool is_first = true;
  for (const SchemaInputValue* argument : ordered(arguments)) {
    if (has_description) {
      const std::string deeper = "  " + std::string(indentation);
      out_ += '\n';
      print_description(argument->description, deeper, is_first);
      out_ += deeper;
    } else if (!is_first) {
      out_ += ", ";
    }
    print_input_value(*argument);
    is_first = false;
  }
  if (has_description) {
    out_.append("\n").append(indentation);
  }
  out_ += ')';
}

void SchemaPrinter::print_input_value(const SchemaInputValue& value) {
  out_.append(value.name.text).append(": ").append(schema_.to_text(value.type));
  if (value.has_default()) {
    out_.append(" = ").append(value.default_value);
  }
  print_deprecated(value.deprecation_reason);
}

void SchemaPrinter::print_deprecated(std::string_view reason) {
  if (!is_given(reason)) {
    return;
  }
  out_ += " @deprecated";
  if (reason != k_default_deprecation_reason) {
    out_ += "(reason: ";
    append_quoted_string(out_, reason);
    out_ += ')';
  }
}

void SchemaPrinter::print_description(std::string_view description,
                                      std::string_view indentation,
                                      bool is_first) {
  if (!is_given(description)) {
    return;
  }
  if (!indentation.empty() && !is_first) {
    out_ += '\n';
  }
  out_ += indentation;
  std::string text;
  if (is_printable_as_block_string(description)) {
    text = print_block_string(description);
  } else {
    append_quoted_string(text, description);
  }
  for (const char c : text) {
    out_ += c;
    if (c == '\n') {
      out_ += indentation;
    }
  }
  out_ += '\n';
}

}  // namespace

std::string print_schema(const Schema& schema) {
  return SchemaPrinter(schema, Order::as_written).print();
}

std::string schema_hash(const Schema& schema) {
  return base::sha256_hex(SchemaPrinter(schema, Order::by_name).print());
}

}  // namespace graphql
