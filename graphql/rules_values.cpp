#include <algorithm>
#include <cstdlib>
#include <limits>
#include <string>
#include <utility>

#include "base/suggestion.h"
#include "graphql/printer.h"
#include "graphql/rules.h"

namespace graphql {
namespace {

void report_value(RuleContext& context, std::string message, base::Span span) {
  context.report(Rule::values_of_correct_type, std::move(message), span);
}

void report_unexpected(RuleContext& context, TypeRef expected, const Value& value) {
  report_value(context,
               "Expected value of type " + quoted(context.schema().to_text(expected)) + ", found " +
                   print(value) + ".",
               value.span);
}

// Digits without an exponent, so the size tells most of it.
bool is_32_bit(std::string_view number) {
  constexpr std::size_t k_safe_size = 18;
  if (number.size() > k_safe_size) {
    return false;
  }
  const long long value = std::strtoll(std::string(number).c_str(), nullptr, 10);
  return value >= std::numeric_limits<std::int32_t>::min() &&
         value <= std::numeric_limits<std::int32_t>::max();
}

// What is wrong with `value` as one of the specified scalars; empty if nothing.
std::string problem_with_scalar(TypeId type, const Value& value) {
  const ValueKind kind = value.kind;
  if (type == k_int_type) {
    if (kind != ValueKind::int_value) {
      return "Int cannot represent non-integer value: " + print(value);
    }
    return is_32_bit(value.text)
               ? std::string()
               : "Int cannot represent non 32-bit signed integer value: " + std::string(value.text);
  }
  if (type == k_float_type && kind != ValueKind::float_value && kind != ValueKind::int_value) {
    return "Float cannot represent non numeric value: " + print(value);
  }
  if (type == k_string_type && kind != ValueKind::string) {
    return "String cannot represent a non string value: " + print(value);
  }
  if (type == k_boolean_type && kind != ValueKind::boolean) {
    return "Boolean cannot represent a non boolean value: " + print(value);
  }
  if (type == k_id_type && kind != ValueKind::string && kind != ValueKind::int_value) {
    return "ID cannot represent a non-string and non-integer value: " + print(value);
  }
  return {};
}

std::string suggest_enum_value(const RuleContext& context,
                               const SchemaType& type,
                               const std::string& value) {
  if (context.hides_suggestions()) {
    return {};
  }
  std::vector<std::string_view> names;
  for (const SchemaEnumValue& candidate : type.enum_values) {
    names.push_back(candidate.name.text);
  }
  return base::did_you_mean(base::suggestions_for(value, names), "the enum value");
}

std::string problem_with_enum(const RuleContext& context,
                              const SchemaType& type,
                              const Value& value) {
  const std::string name(type.name.text);
  if (value.kind != ValueKind::enum_value) {
    const std::string text = print(value);
    return "Enum \"" + name + "\" cannot represent non-enum value: " + text + "." +
           suggest_enum_value(context, type, text);
  }
  if (context.schema().find_enum_value(type, value.name()) == nullptr) {
    const std::string text(value.text);
    return "Value \"" + text + "\" does not exist in \"" + name + "\" enum." +
           suggest_enum_value(context, type, text);
  }
  return {};
}

const Value* last_value_of(const Value& object, const Name& name) {
  const Value* value = nullptr;
  for (const ObjectField& field : object.fields) {
    if (field.name == name) {
      value = &field.value;
    }
  }
  return value;
}

void check_one_of(RuleContext& context, const Value& object, const SchemaType& type) {
  UniqueNames names;
  for (const ObjectField& field : object.fields) {
    names.add(field.name);
  }
  if (names.size() != 1) {
    report_value(context,
                 "OneOf Input Object " + quoted(type.name.text) + " must specify exactly one key.",
                 object.span);
    return;
  }
  if (last_value_of(object, names[0])->kind == ValueKind::null) {
    const std::string field = std::string(type.name.text).append(".").append(names[0].text);
    report_value(context, "Field " + quoted(field) + " must be non-null.", object.span);
  }
}

// Whether a value may stand for a leaf type, whatever its kind is.
void check_leaf(RuleContext& context, const Value& value) {
  const TypeRef expected = context.scope->input_type();
  if (!is_known(expected)) {
    return;
  }
  const SchemaType& type = context.schema().type(expected);
  if (!type.is_leaf()) {
    report_unexpected(context, expected, value);
    return;
  }
  std::string problem;
  if (type.kind == TypeKind::enum_type) {
    problem = problem_with_enum(context, type, value);
  } else if (type.is_specified_scalar) {
    problem = problem_with_scalar(type.id, value);
  }
  if (!problem.empty()) {
    report_value(context, std::move(problem), value.span);
  }
}

}  // namespace

bool check_list_value(RuleContext& context, const Value& list) {
  // The walk stands at the items already.
  const TypeRef type = context.scope->parent_input_type();
  if (is_known(type) && type.is_list()) {
    return true;
  }
  check_leaf(context, list);
  return false;
}

bool check_object_value(RuleContext& context, const Value& object) {
  const TypeRef expected = context.scope->input_type();
  if (!is_known(expected) || context.schema().type(expected).kind != TypeKind::input_object) {
    check_leaf(context, object);
    return false;
  }
  const SchemaType& type = context.schema().type(expected);
  const NamesOf given(object.fields);
  for (const SchemaInputValue& field : type.input_fields) {
    if (field.is_required() && !given.has(field.name)) {
      const std::string name = std::string(type.name.text).append(".").append(field.name.text);
      report_value(context,
                   "Field " + quoted(name) + " of required type " +
                       quoted(context.schema().to_text(field.type)) + " was not provided.",
                   object.span);
    }
  }
  if (type.is_one_of) {
    check_one_of(context, object, type);
  }
  return true;
}

void check_object_field(RuleContext& context, const ObjectField& field) {
  const TypeRef parent = context.scope->parent_input_type();
  if (is_known(context.scope->input_type()) || !is_known(parent) ||
      context.schema().type(parent).kind != TypeKind::input_object) {
    return;
  }
  const SchemaType& type = context.schema().type(parent);
  std::string suggestion;
  if (!context.hides_suggestions()) {
    std::vector<std::string_view> names;
    for (const SchemaInputValue& candidate : type.input_fields) {
      names.push_back(candidate.name.text);
    }
    suggestion = base::did_you_mean(base::suggestions_for(field.name.text, names));
  }
  report_value(context,
               "Field " + quoted(field.name.text) + " is not defined by type " +
                   quoted(type.name.text) + "." + suggestion,
               field.span());
}

void check_scalar_value(RuleContext& context, const Value& value) {
  if (value.kind != ValueKind::null) {
    check_leaf(context, value);
    return;
  }
  const TypeRef expected = context.scope->input_type();
  if (is_known(expected) && expected.is_non_null()) {
    report_unexpected(context, expected, value);
  }
}

void check_unique_input_fields(RuleContext& context, UniqueNames& known, const ObjectField& field) {
  const std::size_t count = known.size();
  const std::uint32_t first = known.add(field.name);
  if (first != count) {
    context.report(Rule::unique_input_field_names,
                   "There can be only one input field named " + quoted(field.name.text) + ".",
                   {Location{context.source_id, known[first].span()},
                    Location{context.source_id, field.name.span()}});
  }
}

}  // namespace graphql
