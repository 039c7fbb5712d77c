#include "builder/composer/write_document.h"

#include <cmath>
#include <optional>
#include <string>

#include "base/json_text.h"
#include "builder/composer/expansion.h"
#include "builder/composer/primitives.h"
#include "graphql/js_number.h"
#include "graphql/parser.h"

namespace builder::composer {

namespace {

using graphql::SchemaInputValue;
using graphql::TypeRef;

/// A name that can be written without quotes where an enum value is meant.
bool is_enum_name(std::string_view text) {
  const auto parsed = graphql::parse_const_value(text);
  return parsed.value != nullptr && parsed.value->kind == graphql::ValueKind::enum_value &&
         parsed.value->text == text;
}

class DocumentWriter {
 public:
  DocumentWriter(Evaluator& evaluator, ComposedText& out) : evaluator_(evaluator), out_(out) {}

  void write_head(const Selection& selection) {
    switch (selection.kind) {
      case Selection::Kind::field:
        if (!selection.alias.empty()) {
          write_name("", selection.alias, selection.place);
          out_.append(": ");
        }
        write_name("", selection.name, selection.place);
        write_arguments(selection.arguments, [this, &selection](std::string_view name) {
          return selection.field == nullptr
                     ? nullptr
                     : evaluator_.schema().find_argument(selection.field->arguments,
                                                         graphql::name_of(name));
        });
        break;
      case Selection::Kind::inline_fragment:
        out_.append("...", selection.place);
        if (!selection.name.empty()) {
          write_name(" on ", selection.name, selection.place);
        }
        break;
      case Selection::Kind::spread:
        write_name("...", selection.name, selection.place);
        break;
    }
    write_directives(selection.directives);
  }

  // Its depth is that of the expressions and templates that it was made from, which are bounded.
  void write_selections(const std::vector<const Selection*>& selections, const Place& place) {
    if (selections.empty() && !evaluator_.has_failed()) {
      evaluator_.fail_invalid(place, "Nothing is selected here. Select a field, f.id().");
    }
    out_.append(" {", place);
    for (const Selection* selection : selections) {
      if (!evaluator_.spend(1)) {
        break;
      }
      out_.append("\n");
      write_head(*selection);
      if (selection->has_selections) {
        write_selections(selection->selections, selection->place);
      }
    }
    out_.append("\n}");
  }

  void write_variables(const std::vector<Variable>& variables) {
    for (std::size_t i = 0; i < variables.size(); ++i) {
      const Variable& variable = variables[i];
      out_.append(i == 0 ? "(" : ", ");
      write_name("$", variable.name, variable.place);
      out_.append(": ");
      out_.append(variable.type, variable.type_place);
      if (variable.has_default) {
        const graphql::ParsedType parsed = graphql::parse_type(variable.type);
        graphql::Arena arena;
        std::optional<TypeRef> type;
        if (parsed.type != nullptr) {
          type = evaluator_.schema().resolve(*parsed.type, arena);
        }
        out_.append(" = ");
        write_value(variable.default_value, type);
      }
      write_directives(variable.directives);
    }
    out_.append(variables.empty() ? "" : ")");
  }

  void write_directives(const std::vector<AppliedDirective>& directives) {
    for (const AppliedDirective& directive : directives) {
      out_.append(" ");
      write_name("@", directive.name, directive.place);
      const graphql::SchemaDirective* known =
          evaluator_.schema().find_directive(graphql::name_of(directive.name));
      write_arguments(directive.arguments, [this, known](std::string_view name) {
        return known == nullptr
                   ? nullptr
                   : evaluator_.schema().find_argument(known->arguments, graphql::name_of(name));
      });
    }
  }

  // What is no name would be read as something else.
  void write_name(std::string_view before, std::string_view name, const Place& place) {
    if (!is_graphql_name(name)) {
      evaluator_.fail_invalid(place, not_a_name(name));
    }
    out_.append(std::string(before) + std::string(name), place);
  }

  // Its depth is that of the expressions that the value was made from.
  void write_value(const Value& value, std::optional<TypeRef> type) {
    if (!evaluator_.spend(1)) {
      return;
    }
    if (const auto* text = value.as<std::string_view>()) {
      write_text(*text, value.place, type);
    } else if (const auto* number = value.as<double>()) {
      write_number(*number, value.place);
    } else if (const auto* boolean = value.as<bool>()) {
      out_.append(*boolean ? "true" : "false", value.place);
    } else if (value.is<Null>()) {
      out_.append("null", value.place);
    } else if (const auto* variable = value.as<VariableRef>()) {
      write_name("$", variable->name, value.place);
    } else if (const auto* raw = value.as<RawText>()) {
      out_.append(raw->text, value.place);
    } else if (const auto* array = value.as<const Array*>()) {
      write_list(**array, value.place, type);
    } else if (const auto* object = value.as<const Object*>()) {
      write_object(**object, value.place, type);
    } else if (!value.is<Failed>()) {
      evaluator_.fail_invalid(value.place,
                              "This is " + describe(value) + " and no value of an argument.");
    }
  }

 private:
  template <typename FindArgument>
  void write_arguments(const std::vector<ArgumentValue>& arguments, const FindArgument& find) {
    bool is_first = true;
    for (const ArgumentValue& argument : arguments) {
      if (argument.value.is<Undefined>()) {
        continue;
      }
      out_.append(is_first ? "(" : ", ");
      is_first = false;
      write_name("", argument.name, argument.place);
      out_.append(": ");
      const SchemaInputValue* known = find(argument.name);
      write_value(argument.value, known == nullptr ? std::nullopt : std::optional(known->type));
    }
    out_.append(is_first ? "" : ")");
  }

  void write_text(std::string_view text, const Place& place, std::optional<TypeRef> type) {
    const bool is_enum = type && type->named() != graphql::k_no_type &&
                         evaluator_.schema().type(*type).kind == graphql::TypeKind::enum_type;
    if (!evaluator_.spend(text.size() / 16)) {
      return;
    }
    if (is_enum && is_enum_name(text)) {
      out_.append(text, place);
    } else {
      out_.append(base::json_string(text), place);
    }
  }

  void write_number(double number, const Place& place) {
    if (!std::isfinite(number)) {
      evaluator_.fail_invalid(place, "This number is not finite and cannot be written.");
      return;
    }
    std::string text;
    graphql::append_js_number(text, number == 0 ? 0 : number);
    out_.append(text, place);
  }

  void write_list(const Array& array, const Place& place, std::optional<TypeRef> type) {
    if (type) {
      type = type->is_list() ? std::optional(type->item()) : std::nullopt;
    }
    out_.append("[", place);
    bool is_first = true;
    for (const Value& item : array.items) {
      if (!item.is<Undefined>()) {
        out_.append(is_first ? "" : ", ");
        is_first = false;
        write_value(item, type);
      }
    }
    out_.append("]");
  }

  void write_object(const Object& object, const Place& place, std::optional<TypeRef> type) {
    out_.append("{", place);
    bool is_first = true;
    for (const Object::Member& member : object.members) {
      if (member.value.is<Undefined>()) {
        continue;
      }
      out_.append(is_first ? "" : ", ");
      is_first = false;
      write_name("", member.key, member.place);
      out_.append(": ");
      write_value(member.value, type_of_field(type, member.key));
    }
    out_.append("}");
  }

  std::optional<TypeRef> type_of_field(std::optional<TypeRef> type, std::string_view name) const {
    if (!type || type->named() == graphql::k_no_type) {
      return std::nullopt;
    }
    const SchemaInputValue* field = evaluator_.schema().find_input_field(
        evaluator_.schema().type(*type), graphql::name_of(name));
    return field == nullptr ? std::nullopt : std::optional(field->type);
  }

  Evaluator& evaluator_;
  ComposedText& out_;
};

}  // namespace

void write_selection_head(Evaluator& evaluator, const Selection& selection, ComposedText& out) {
  DocumentWriter(evaluator, out).write_head(selection);
}

std::string literal_text(Evaluator& evaluator, const Value& value) {
  ComposedText text;
  DocumentWriter(evaluator, text).write_value(value, std::nullopt);
  return text.text;
}

ComposedText write_document(Evaluator& evaluator,
                            const Element& element,
                            std::string_view name,
                            const std::vector<const Selection*>& selections) {
  ComposedText out;
  DocumentWriter writer(evaluator, out);
  if (element.kind == CompositionKind::operation) {
    out.append(graphql::to_text(element.operation), element.place);
    writer.write_name(" ", name, element.name_place);
    writer.write_variables(variables_of(evaluator, element));
  } else {
    out.append("fragment", element.place);
    writer.write_name(
        " ", name, element.kind == CompositionKind::fragment ? element.name_place : element.place);
    writer.write_name(" on ", element.type_name, element.type_place);
  }
  writer.write_selections(selections, element.place);
  return out;
}

}  // namespace builder::composer
