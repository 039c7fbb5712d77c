#include "builder/composer/primitives.h"

#include <cmath>
#include <cstdlib>

#include "graphql/js_number.h"

namespace builder::composer {

namespace {

bool is_number_or_text(const Value& value) {
  return value.is<double>() || value.is<std::string_view>() || value.is<bool>() ||
         value.is<Null>() || value.is<Undefined>();
}

/// `===`; nothing for what has no value of its own.
std::optional<bool> equals(const Value& left, const Value& right) {
  if (!is_number_or_text(left) || !is_number_or_text(right)) {
    return std::nullopt;
  }
  if (left.content.index() != right.content.index()) {
    return false;
  }
  if (const auto* number = left.as<double>()) {
    return *number == *right.as<double>();
  }
  if (const auto* text = left.as<std::string_view>()) {
    return *text == *right.as<std::string_view>();
  }
  if (const auto* boolean = left.as<bool>()) {
    return *boolean == *right.as<bool>();
  }
  return true;
}

std::optional<Content> number_operation(std::string_view op, double left, double right) {
  if (op == "+") {
    return left + right;
  }
  if (op == "-") {
    return left - right;
  }
  if (op == "*") {
    return left * right;
  }
  if (op == "/") {
    return left / right;
  }
  if (op == "%") {
    return std::fmod(left, right);
  }
  if (op == "**") {
    return std::pow(left, right);
  }
  return std::nullopt;
}

template <typename T>
std::optional<Content> comparison(std::string_view op, const T& left, const T& right) {
  if (op == "<") {
    return left < right;
  }
  if (op == ">") {
    return left > right;
  }
  if (op == "<=") {
    return left <= right;
  }
  if (op == ">=") {
    return left >= right;
  }
  return std::nullopt;
}

}  // namespace

double number_value(std::string_view text) {
  std::string digits;
  for (const char c : text) {
    if (c != '_') {
      digits += c;
    }
  }
  const auto prefix = [&digits](char letter) {
    return digits.size() > 2 && digits[0] == '0' && (digits[1] | 0x20) == letter;
  };
  // strtod() reads hexadecimal numbers; those to other bases it does not.
  const int base = prefix('o') ? 8 : prefix('b') ? 2 : 10;
  if (base == 10) {
    return std::strtod(digits.c_str(), nullptr);
  }
  double value = 0;
  for (const char c : digits.substr(2)) {
    value = value * base + (c - '0');
  }
  return value;
}

std::optional<std::string> text_of(const Value& value) {
  if (const auto* text = value.as<std::string_view>()) {
    return std::string(*text);
  }
  if (const auto* number = value.as<double>()) {
    if (!std::isfinite(*number)) {
      return std::nullopt;
    }
    std::string text;
    graphql::append_js_number(text, *number);
    return text;
  }
  if (const auto* boolean = value.as<bool>()) {
    return *boolean ? "true" : "false";
  }
  return std::nullopt;
}

std::optional<std::size_t> array_index(std::string_view key) {
  constexpr std::size_t k_most_digits = 9;
  if (key.empty() || key.size() > k_most_digits) {
    return std::nullopt;
  }
  std::size_t index = 0;
  for (const char c : key) {
    if (c < '0' || c > '9') {
      return std::nullopt;
    }
    index = index * 10 + static_cast<std::size_t>(c - '0');
  }
  return index;
}

std::optional<bool> truth_of(const Value& value) {
  if (value.is<Failed>() || value.is<VariableRef>() || value.is<RawText>()) {
    return std::nullopt;
  }
  if (value.is<Undefined>() || value.is<Null>()) {
    return false;
  }
  if (const auto* boolean = value.as<bool>()) {
    return *boolean;
  }
  if (const auto* number = value.as<double>()) {
    return *number != 0 && !std::isnan(*number);
  }
  if (const auto* text = value.as<std::string_view>()) {
    return !text->empty();
  }
  return true;
}

std::optional<Content> unary_value(std::string_view op, const Value& value) {
  if (op == "!") {
    const auto truth = truth_of(value);
    return truth ? std::optional<Content>(!*truth) : std::nullopt;
  }
  const auto* number = value.as<double>();
  if (number == nullptr || op == "~") {
    return std::nullopt;
  }
  return op == "-" ? -*number : *number;
}

std::optional<Content> binary_value(std::string_view op,
                                    const Value& left,
                                    const Value& right,
                                    Heap& heap) {
  if (op == "===" || op == "!==" || op == "==" || op == "!=") {
    const auto equal = equals(left, right);
    // `==` between kinds has rules that nobody should have to know.
    const bool is_loose = op.size() == 2 && left.content.index() != right.content.index();
    if (!equal || is_loose) {
      return std::nullopt;
    }
    return *equal == (op[0] == '=');
  }
  if (left.is<double>() && right.is<double>()) {
    const auto result = number_operation(op, *left.as<double>(), *right.as<double>());
    return result ? result : comparison(op, *left.as<double>(), *right.as<double>());
  }
  if (left.is<std::string_view>() && right.is<std::string_view>() && op != "+") {
    return comparison(op, *left.as<std::string_view>(), *right.as<std::string_view>());
  }
  const auto left_text = text_of(left);
  const auto right_text = text_of(right);
  const bool has_text = left.is<std::string_view>() || right.is<std::string_view>();
  if (op == "+" && has_text && left_text && right_text) {
    return heap.keep(*left_text + *right_text);
  }
  return std::nullopt;
}

std::string describe(const Value& value) {
  struct Describer {
    std::string operator()(const Undefined&) const { return "`undefined`"; }
    std::string operator()(const Null&) const { return "`null`"; }
    std::string operator()(const Failed&) const { return "a value that is not known"; }
    std::string operator()(bool) const { return "a boolean"; }
    std::string operator()(double) const { return "a number"; }
    std::string operator()(std::string_view) const { return "a text"; }
    std::string operator()(const VariableRef& one) const {
      return "the variable \"$" + std::string(one.name) + "\"";
    }
    std::string operator()(const RawText&) const { return "a GraphQL literal"; }
    std::string operator()(const DefinitionRef&) const { return "a definition"; }
    std::string operator()(const Array*) const { return "an array"; }
    std::string operator()(const Object*) const { return "an object"; }
    std::string operator()(const Closure*) const { return "a function"; }
    std::string operator()(const Native*) const { return "a part of the composer"; }
    std::string operator()(const Selection*) const { return "a selection"; }
    std::string operator()(const Variable*) const { return "a declaration of a variable"; }
    std::string operator()(const Element*) const { return "a definition"; }
  };
  return std::visit(Describer{}, value.content);
}

std::string opaque_message(const std::string& what) {
  if (what == "a syntax error") {
    return "There is a syntax error here.";
  }
  const bool is_subject = what != "this expression";
  return (is_subject ? "The value of " + what : "The value of this expression") +
         " cannot be known without running code. Use literals, names of constants, members, and "
         "arrow functions that return one expression.";
}

std::string opaque_value(const std::string& what) {
  if (what == "a variable that may change") {
    return what + ". Declare it with `const`.";
  }
  if (what == "a parameter of the function around the definition") {
    return what + ", which is not known here. Make it a variable of the definition.";
  }
  return what +
         ", which cannot be known without running code. Use a literal, or a `const` that holds "
         "one.";
}

}  // namespace builder::composer
