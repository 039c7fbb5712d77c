#include "builder/emit_node.h"

#include <string_view>

#include "base/check.h"
#include "base/json_text.h"

namespace builder {
namespace {

using graphql::List;
using graphql::Name;
using graphql::Selection;
using graphql::SelectionKind;
using graphql::SelectionSet;
using graphql::TypeReference;
using graphql::Value;
using graphql::ValueKind;

constexpr std::size_t k_indent_step = 2;
constexpr std::string_view k_absent = "void 0";

/// Writes one definition. The members of every object come in the order of the reference.
class NodeWriter {
 public:
  NodeWriter(std::string& out, std::size_t indent) : out_(out), indent_(indent) {}

  void write_operation(const graphql::OperationDefinition& operation) {
    out_.append("{kind:\"OperationDefinition\",operation:\"").append(to_text(operation.operation));
    out_ += "\",description:";
    write_optional(operation.description);
    out_ += ",name:";
    write_optional(operation.name, "Name");
    out_ += ",variableDefinitions:";
    write_list(operation.variables, [this](const auto& item) { write_variable_definition(item); });
    out_ += ",directives:";
    write_directives(operation.directives);
    out_ += ",selectionSet:";
    write_selection_set(operation.selection_set);
    out_ += '}';
  }

  void write_fragment(const graphql::FragmentDefinition& fragment) {
    out_ += "{kind:\"FragmentDefinition\",description:";
    write_optional(fragment.description);
    out_ += ",name:";
    write_name(fragment.name);
    out_ += ",typeCondition:";
    write_optional(fragment.type_condition, "NamedType");
    out_ += ",directives:";
    write_directives(fragment.directives);
    out_ += ",selectionSet:";
    write_selection_set(fragment.selection_set);
    out_ += '}';
  }

 private:
  void write_name(const Name& name) {
    out_.append("{kind:\"Name\",value:\"").append(name.text).append("\"}");
  }

  // A name by itself, or a type that is no more than a name.
  void write_optional(const Name& name, std::string_view kind) {
    if (name.empty()) {
      out_ += k_absent;
    } else if (kind == "Name") {
      write_name(name);
    } else {
      out_.append("{kind:\"").append(kind).append("\",name:");
      write_name(name);
      out_ += '}';
    }
  }

  void write_optional(const Value* value) {
    if (value == nullptr) {
      out_ += k_absent;
    } else {
      write_value(*value);
    }
  }

  template <typename T, typename Write>
  void write_list(const List<T>& items, const Write& write) {
    out_ += '[';
    for (std::size_t i = 0; i < items.size(); ++i) {
      if (i > 0) {
        out_ += ',';
      }
      write(items[i]);
    }
    out_ += ']';
  }

  void write_variable_definition(const graphql::VariableDefinition& definition) {
    out_ += "{kind:\"VariableDefinition\",description:";
    write_optional(definition.description);
    out_ += ",variable:";
    write_value(definition.variable);
    out_ += ",type:";
    write_type(*definition.type);
    out_ += ",defaultValue:";
    write_optional(definition.default_value);
    out_ += ",directives:";
    write_directives(definition.directives);
    out_ += '}';
  }

  void write_type(const TypeReference& type) {
    if (type.kind == TypeReference::Kind::named) {
      write_optional(type.name, "NamedType");
      return;
    }
    const bool is_list = type.kind == TypeReference::Kind::list;
    out_.append("{kind:\"").append(is_list ? "ListType" : "NonNullType").append("\",type:");
    write_type(*type.inner);
    out_ += '}';
  }

  void write_directives(const List<graphql::Directive>& directives) {
    write_list(directives, [this](const graphql::Directive& directive) {
      out_ += "{kind:\"Directive\",name:";
      write_name(directive.name);
      out_ += ",arguments:";
      write_arguments(directive.arguments);
      out_ += '}';
    });
  }

  void write_arguments(const List<graphql::Argument>& arguments) {
    write_list(arguments, [this](const graphql::Argument& argument) {
      write_named_value("Argument", argument.name, argument.value);
    });
  }

  void write_named_value(std::string_view kind, const Name& name, const Value& value) {
    out_.append("{kind:\"").append(kind).append("\",name:");
    write_name(name);
    out_ += ",value:";
    write_value(value);
    out_ += '}';
  }

  void write_text_value(std::string_view kind, std::string_view text) {
    out_.append("{kind:\"").append(kind).append("\",value:\"").append(text).append("\"}");
  }

  void write_value(const Value& value) {
    switch (value.kind) {
      case ValueKind::variable:
        write_optional(value.name(), "Variable");
        break;
      case ValueKind::int_value:
        write_text_value("IntValue", value.text);
        break;
      case ValueKind::float_value:
        write_text_value("FloatValue", value.text);
        break;
      case ValueKind::string:
        out_ += "{kind:\"StringValue\",value:";
        base::append_json_string(out_, value.text);
        out_.append(",block:").append(value.is_block ? "true}" : "false}");
        break;
      case ValueKind::boolean:
        out_.append("{kind:\"BooleanValue\",value:").append(value.boolean ? "true}" : "false}");
        break;
      case ValueKind::null:
        out_ += "{kind:\"NullValue\"}";
        break;
      case ValueKind::enum_value:
        write_text_value("EnumValue", value.text);
        break;
      case ValueKind::list:
        out_ += "{kind:\"ListValue\",values:";
        write_list(value.items, [this](const Value& item) { write_value(item); });
        out_ += '}';
        break;
      case ValueKind::object:
        out_ += "{kind:\"ObjectValue\",fields:";
        write_list(value.fields, [this](const graphql::ObjectField& field) {
          write_named_value("ObjectField", field.name, field.value);
        });
        out_ += '}';
        break;
    }
  }

  void write_selection_set(const SelectionSet* set) {
    if (set == nullptr) {
      out_ += k_absent;
      return;
    }
    out_ += "{kind:\"SelectionSet\",selections:[";
    indent_ += k_indent_step;
    for (std::size_t i = 0; i < set->selections.size(); ++i) {
      if (i > 0) {
        out_ += ',';
      }
      out_ += '\n';
      out_.append(indent_, ' ');
      write_selection(*set->selections[i]);
    }
    indent_ -= k_indent_step;
    out_ += '\n';
    out_.append(indent_, ' ').append("]}");
  }

  void write_selection(const Selection& selection) {
    switch (selection.kind) {
      case SelectionKind::field:
        write_field(as_field(selection));
        break;
      case SelectionKind::fragment_spread:
        out_ += "{kind:\"FragmentSpread\",name:";
        write_name(as_fragment_spread(selection).name);
        out_ += ",directives:";
        write_directives(selection.directives);
        out_ += '}';
        break;
      case SelectionKind::inline_fragment:
        out_ += "{kind:\"InlineFragment\",typeCondition:";
        write_optional(as_inline_fragment(selection).type_condition, "NamedType");
        out_ += ",directives:";
        write_directives(selection.directives);
        out_ += ",selectionSet:";
        write_selection_set(as_inline_fragment(selection).selection_set);
        out_ += '}';
        break;
    }
  }

  void write_field(const graphql::Field& field) {
    out_ += "{kind:\"Field\",alias:";
    write_optional(field.alias, "Name");
    out_ += ",name:";
    write_name(field.name);
    out_ += ",arguments:";
    write_arguments(field.arguments);
    out_ += ",directives:";
    write_directives(field.directives);
    out_ += ",selectionSet:";
    write_selection_set(field.selection_set);
    out_ += '}';
  }

  std::string& out_;
  std::size_t indent_;
};

}  // namespace

void append_definition_node(std::string& out,
                            const graphql::Definition& definition,
                            std::size_t indent) {
  base::check(is_executable(definition), "modules hold operations and fragments");
  NodeWriter writer(out, indent);
  if (definition.kind == graphql::DefinitionKind::operation) {
    writer.write_operation(as_operation(definition));
  } else {
    writer.write_fragment(as_fragment(definition));
  }
}

}  // namespace builder
