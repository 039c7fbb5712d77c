#include "graphql/leaf_values.h"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <string_view>
#include <vector>

#include "base/suggestion.h"
#include "graphql/printer.h"

namespace graphql {
namespace {

std::string suggest_value(const SchemaType& type, std::string_view text, Suggestions suggestions) {
  if (suggestions == Suggestions::hide) {
    return {};
  }
  std::vector<std::string_view> names;
  for (const SchemaEnumValue& value : type.enum_values) {
    names.push_back(value.name.text);
  }
  return base::did_you_mean(base::suggestions_for(text, names), "the enum value");
}

std::optional<std::string> enum_error(const SchemaType& type,
                                      const Value& literal,
                                      Suggestions suggestions) {
  const std::string enum_name(type.name.text);
  if (literal.kind != ValueKind::enum_value) {
    const std::string text = print(literal);
    return "Enum \"" + enum_name + "\" cannot represent non-enum value: " + text + "." +
           suggest_value(type, text, suggestions);
  }
  const Name name = literal.name();
  const bool is_known = std::any_of(
      type.enum_values.begin(), type.enum_values.end(), [&](const SchemaEnumValue& value) {
        return value.name == name;
      });
  if (is_known) {
    return std::nullopt;
  }
  return "Value \"" + std::string(name.text) + "\" does not exist in \"" + enum_name + "\" enum." +
         suggest_value(type, name.text, suggestions);
}

std::optional<std::string> int_error(const Value& literal) {
  if (literal.kind != ValueKind::int_value) {
    return "Int cannot represent non-integer value: " + print(literal);
  }
  std::int32_t value = 0;
  const char* const end = literal.text.data() + literal.text.size();
  if (std::from_chars(literal.text.data(), end, value).ec != std::errc()) {
    return "Int cannot represent non 32-bit signed integer value: " + std::string(literal.text);
  }
  return std::nullopt;
}

}  // namespace

std::optional<std::string> leaf_value_error(const SchemaType& type,
                                            const Value& literal,
                                            Suggestions suggestions) {
  if (type.kind == TypeKind::enum_type) {
    return enum_error(type, literal, suggestions);
  }
  const ValueKind kind = literal.kind;
  switch (type.id) {
    case k_int_type:
      return int_error(literal);
    case k_float_type:
      if (kind != ValueKind::float_value && kind != ValueKind::int_value) {
        return "Float cannot represent non numeric value: " + print(literal);
      }
      return std::nullopt;
    case k_string_type:
      if (kind != ValueKind::string) {
        return "String cannot represent a non string value: " + print(literal);
      }
      return std::nullopt;
    case k_boolean_type:
      if (kind != ValueKind::boolean) {
        return "Boolean cannot represent a non boolean value: " + print(literal);
      }
      return std::nullopt;
    case k_id_type:
      if (kind != ValueKind::string && kind != ValueKind::int_value) {
        return "ID cannot represent a non-string and non-integer value: " + print(literal);
      }
      return std::nullopt;
    default:
      return std::nullopt;
  }
}

}  // namespace graphql
