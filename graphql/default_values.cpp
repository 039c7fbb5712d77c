#include "graphql/default_values.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <string_view>
#include <utility>

#include "graphql/block_string.h"
#include "graphql/js_number.h"
#include "graphql/printer.h"

namespace graphql {
namespace {

// Literals are nested at most as deep as the parser allows, and defaults lead on to other defaults.
constexpr std::uint32_t k_max_value_depth = 1500;
// Defaults that use each other twice double in size at every step. No honest schema comes near.
constexpr std::size_t k_max_work = std::size_t{1} << 25;

constexpr std::string_view k_default_code = "DefaultValues";

bool is_integer_text(std::string_view text) {
  if (!text.empty() && text.front() == '-') {
    text.remove_prefix(1);
  }
  const bool has_leading_zero = text.size() > 1 && text.front() == '0';
  return !text.empty() && !has_leading_zero &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

// Texts of numbers come from the lexer, so they are well-formed; too large ones become infinite.
double number_of(std::string_view text) {
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error == std::errc::result_out_of_range) {
    const std::size_t exponent = text.find_first_of("eE");
    const bool is_tiny = exponent != std::string_view::npos && text[exponent + 1] == '-';
    return is_tiny ? 0 : HUGE_VAL;
  }
  return value;
}

bool append_int(std::string& out, const Value& literal) {
  std::int32_t value = 0;
  const char* const end = literal.text.data() + literal.text.size();
  if (literal.kind != ValueKind::int_value ||
      std::from_chars(literal.text.data(), end, value).ec != std::errc()) {
    return false;
  }
  out += std::to_string(value);
  return true;
}

bool append_float(std::string& out, const Value& literal) {
  if (literal.kind != ValueKind::int_value && literal.kind != ValueKind::float_value) {
    return false;
  }
  const double value = number_of(literal.text);
  if (std::isfinite(value)) {
    append_js_number(out, value);
  } else {
    out += literal.text;
  }
  return true;
}

bool append_string(std::string& out, const Value& literal) {
  if (literal.kind != ValueKind::string) {
    return false;
  }
  append_quoted_string(out, literal.text);
  return true;
}

bool append_id(std::string& out, const Value& literal) {
  if (literal.kind == ValueKind::int_value ||
      (literal.kind == ValueKind::string && is_integer_text(literal.text))) {
    out += literal.text;
    return true;
  }
  return append_string(out, literal);
}

// A scalar of the schema's own takes everything.
bool append_untyped(std::string& out, const Value& literal) {
  switch (literal.kind) {
    case ValueKind::int_value:
    case ValueKind::float_value:
      return append_float(out, literal);
    case ValueKind::string:
    case ValueKind::enum_value:
      append_quoted_string(out, literal.text);
      return true;
    default:
      append_printed(out, literal);
      return true;
  }
}

const ObjectField* find_last(const List<ObjectField>& fields, const Name& name) {
  for (std::size_t i = fields.size(); i > 0; --i) {
    if (fields[i - 1].name == name) {
      return &fields[i - 1];
    }
  }
  return nullptr;
}

}  // namespace

DefaultValues::DefaultValues(SchemaStorage& storage, std::vector<Error>& errors)
    : storage_(storage), errors_(errors) {}

void DefaultValues::add(SchemaInputValue* target, const Value* literal, std::uint32_t source_id) {
  by_target_.emplace(target, entries_.size());
  entries_.push_back({target, literal, source_id, State::unresolved});
}

void DefaultValues::resolve_all() {
  for (std::size_t i = 0; i < entries_.size() && !is_stopped_; ++i) {
    if (entries_[i].state == State::unresolved) {
      resolve(i);
    }
  }
}

void DefaultValues::resolve(std::size_t index) {
  Entry& entry = entries_[index];
  const Entry* const outer = std::exchange(current_, &entry);
  entry.state = State::in_progress;
  std::string text;
  const bool is_value = append(text, *entry.literal, entry.target->type);
  // A default that contains itself has been given the written text meanwhile.
  if (is_value && !is_stopped_ && entry.state == State::in_progress) {
    entry.target->default_value = storage_.arena.copy_text(text);
  }
  entry.state = State::resolved;
  current_ = outer;
}

void DefaultValues::keep_as_written(const Entry& entry) {
  entry.target->default_value = storage_.arena.copy_text(print(*entry.literal));
}

void DefaultValues::stop(const Error& error) {
  if (!std::exchange(is_stopped_, true)) {
    errors_.push_back(error);
  }
}

bool DefaultValues::has_room(const std::string& out) {
  if (depth_ > k_max_value_depth || bytes_ + out.size() > k_max_work) {
    stop({k_default_code,
          "Default values that use other default values are too large to be resolved.",
          {{current_->source_id, current_->literal->span}}});
  }
  return !is_stopped_;
}

bool DefaultValues::append(std::string& out, const Value& literal, TypeRef type) {
  if (!has_room(out)) {
    return false;
  }
  if (literal.kind == ValueKind::null) {
    out += "null";
    return !type.is_non_null();
  }
  ++depth_;
  bool is_value = false;
  type = type.nullable();
  const SchemaType& named = storage_.types[static_cast<std::size_t>(type.named())];
  if (type.is_list()) {
    is_value = append_list(out, literal, type.item());
  } else if (named.kind == TypeKind::input_object) {
    is_value = append_object(out, literal, named);
  } else if (named.is_leaf()) {
    is_value = append_leaf(out, literal, named);
  } else {
    stop({k_default_code,
          "Unexpected input type: " + std::string(named.name.text),
          {{current_->source_id, current_->literal->span}}});
  }
  --depth_;
  return is_value;
}

bool DefaultValues::append_list(std::string& out, const Value& literal, TypeRef item_type) {
  out += '[';
  if (literal.kind != ValueKind::list) {
    const bool is_value = append(out, literal, item_type);
    out += ']';
    return is_value;
  }
  for (const Value& item : literal.items) {
    if (&item != literal.items.begin()) {
      out += ", ";
    }
    if (!append(out, item, item_type)) {
      return false;
    }
  }
  out += ']';
  return true;
}

bool DefaultValues::append_object(std::string& out, const Value& literal, const SchemaType& type) {
  if (literal.kind != ValueKind::object) {
    return false;
  }
  bytes_ += type.input_fields.size() * (1 + literal.fields.size());
  out += '{';
  std::size_t count = 0;
  bool has_null = false;
  for (const SchemaInputValue& field : type.input_fields) {
    const std::size_t before = out.size();
    out.append(count == 0 ? "" : ", ").append(field.name.text).append(": ");
    const std::size_t value_begin = out.size();
    bool is_present = true;
    if (!append_field(out, find_last(literal.fields, field.name), field, is_present)) {
      return false;
    }
    if (!is_present) {
      out.resize(before);
      continue;
    }
    ++count;
    has_null = has_null || std::string_view(out).substr(value_begin) == "null";
  }
  out += '}';
  return !type.is_one_of || (count == 1 && !has_null);
}

bool DefaultValues::append_field(std::string& out,
                                 const ObjectField* given,
                                 const SchemaInputValue& field,
                                 bool& is_present) {
  if (given != nullptr) {
    return append(out, given->value, field.type);
  }
  if (const auto found = by_target_.find(&field); found != by_target_.end()) {
    Entry& entry = entries_[found->second];
    if (entry.state == State::in_progress) {
      keep_as_written(entry);
      entry.state = State::resolved;
    } else if (entry.state == State::unresolved) {
      resolve(found->second);
    }
  }
  if (is_stopped_) {
    return false;
  }
  if (field.has_default()) {
    bytes_ += field.default_value.size();
    out += field.default_value;
    return true;
  }
  is_present = false;
  return !field.type.is_non_null();
}

bool DefaultValues::append_leaf(std::string& out, const Value& literal, const SchemaType& type) {
  if (type.kind == TypeKind::enum_type) {
    const auto is_same = [&](const SchemaEnumValue& value) { return value.name == literal.name(); };
    bytes_ += type.enum_values.size();
    if (literal.kind != ValueKind::enum_value ||
        std::none_of(type.enum_values.begin(), type.enum_values.end(), is_same)) {
      return false;
    }
    out += literal.text;
    return true;
  }
  switch (type.id) {
    case k_int_type:
      return append_int(out, literal);
    case k_float_type:
      return append_float(out, literal);
    case k_string_type:
      return append_string(out, literal);
    case k_id_type:
      return append_id(out, literal);
    case k_boolean_type:
      append_printed(out, literal);
      return literal.kind == ValueKind::boolean;
    default:
      return append_untyped(out, literal);
  }
}

}  // namespace graphql
