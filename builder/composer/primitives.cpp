#include "builder/composer/primitives.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstdlib>

#include "graphql/js_number.h"

namespace builder::composer {

namespace {

/// Expression::text of what has words of its own.
constexpr std::string_view k_syntax_error = "a syntax error";
constexpr std::string_view k_overwritten = "a value that something writes to later";
constexpr std::string_view k_statements = "a function with other statements than one `return`";

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

/// ECMAScript's ToInt32.
std::int32_t to_int32(double number) {
  constexpr double k_modulus = 4294967296.0;
  if (!std::isfinite(number)) {
    return 0;
  }
  double rest = std::fmod(std::trunc(number), k_modulus);
  rest = rest < 0 ? rest + k_modulus : rest;
  return static_cast<std::int32_t>(static_cast<std::uint32_t>(rest));
}

std::optional<Content> bit_operation(std::string_view op, double left, double right) {
  const std::int32_t bits = to_int32(left);
  const auto unsigned_bits = static_cast<std::uint32_t>(bits);
  const std::uint32_t count = static_cast<std::uint32_t>(to_int32(right)) & 31U;
  if (op == "&") {
    return static_cast<double>(bits & to_int32(right));
  }
  if (op == "|") {
    return static_cast<double>(bits | to_int32(right));
  }
  if (op == "^") {
    return static_cast<double>(bits ^ to_int32(right));
  }
  if (op == "<<") {
    return static_cast<double>(static_cast<std::int32_t>(unsigned_bits << count));
  }
  if (op == ">>") {
    return static_cast<double>(bits >> count);
  }
  if (op == ">>>") {
    return static_cast<double>(unsigned_bits >> count);
  }
  return std::nullopt;
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
  return bit_operation(op, left, right);
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
  if (number == nullptr) {
    return std::nullopt;
  }
  if (op == "~") {
    return static_cast<double>(~to_int32(*number));
  }
  return op == "-" ? -*number : *number;
}

std::optional<Content> binary_value(std::string_view op,
                                    const Value& left,
                                    const Value& right,
                                    Heap& heap) {
  if (op == "===" || op == "!==" || op == "==" || op == "!=") {
    const auto is_nothing = [](const Value& value) {
      return value.is<Undefined>() || value.is<Null>();
    };
    // Of a definition or an object, too, it is known whether there is one.
    const auto is_known = [](const Value& value) {
      return truth_of(value).has_value() || value.is<RawText>();
    };
    const bool has_nothing = is_nothing(left) || is_nothing(right);
    if (op.size() == 2 && has_nothing && is_known(left) && is_known(right)) {
      return (is_nothing(left) && is_nothing(right)) == (op[0] == '=');
    }
    const auto equal = equals(left, right);
    // `==` between other kinds has rules that nobody should have to know.
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

bool is_graphql_name(std::string_view text) {
  if (text.empty() || (text[0] >= '0' && text[0] <= '9')) {
    return false;
  }
  return std::all_of(text.begin(), text.end(), [](char c) {
    const bool is_letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
    return is_letter || (c >= '0' && c <= '9');
  });
}

std::string not_a_name(std::string_view text) {
  return "\"" + std::string(text) +
         "\" is no name in GraphQL: names have letters without accents, digits and underscores, "
         "and "
         "do not begin with a digit.";
}

const char* opaque_code(const std::string& what) {
  return what == k_syntax_error ? "SyntaxError" : "UnsupportedExpression";
}

std::string opaque_message(const std::string& what) {
  if (what == k_syntax_error) {
    return "There is a syntax error here.";
  }
  if (what == k_overwritten) {
    return "Something in this file writes to this member later, so that its value cannot be known. "
           "Let definitions use constants that nothing writes to.";
  }
  if (what == k_statements) {
    return "A function that definitions call must have one expression, or a block with nothing but "
           "`return`. Move what the other statements make into constants outside of the function.";
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
  if (what == k_overwritten) {
    return what +
           ", so that it cannot be known. Let definitions use constants that nothing writes "
           "to.";
  }
  if (what == k_syntax_error) {
    return "behind a syntax error.";
  }
  if (what == "a parameter of the function around the definition") {
    return what + ", which is not known here. Make it a variable of the definition.";
  }
  return what +
         ", which cannot be known without running code. Use a literal, or a `const` that holds "
         "one.";
}

}  // namespace builder::composer
