#include "graphql/introspection_reader.h"

#include <deque>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <nlohmann/json.hpp>

#include "base/utf8.h"
#include "graphql/builtin_types.h"
#include "graphql/default_values.h"
#include "graphql/error_list.h"
#include "graphql/parser.h"
#include "graphql/schema_type_table.h"
#include "graphql/unique_names.h"

namespace graphql {
namespace {

using Json = nlohmann::json;

// Wrapped types are the only nesting in an answer, and servers are asked for 9 levels of it.
constexpr int k_max_json_depth = 256;

constexpr std::string_view k_introspection_code = "Introspection";

bool is_name(std::string_view text) {
  const auto is_letter = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
  };
  if (text.empty() || !is_letter(text.front())) {
    return false;
  }
  for (const char c : text) {
    if (!is_letter(c) && (c < '0' || c > '9')) {
      return false;
    }
  }
  return true;
}

// A member that is there and not null.
const Json* member(const Json& object, const char* key) {
  if (!object.is_object()) {
    return nullptr;
  }
  const auto found = object.find(key);
  return found == object.end() || found->is_null() ? nullptr : &*found;
}

std::string_view text_of(const Json* value) {
  return value != nullptr && value->is_string()
             ? std::string_view(value->get_ref<const std::string&>())
             : std::string_view();
}

bool flag(const Json& object, const char* key) {
  const Json* const value = member(object, key);
  return value != nullptr && value->is_boolean() && value->get<bool>();
}

std::optional<TypeKind> kind_from(std::string_view text) {
  if (text == "SCALAR") {
    return TypeKind::scalar;
  }
  if (text == "OBJECT") {
    return TypeKind::object;
  }
  if (text == "INTERFACE") {
    return TypeKind::interface;
  }
  if (text == "UNION") {
    return TypeKind::union_type;
  }
  if (text == "ENUM") {
    return TypeKind::enum_type;
  }
  if (text == "INPUT_OBJECT") {
    return TypeKind::input_object;
  }
  return std::nullopt;
}

// The members of an array, each name once: where it stands first, with what stands last under it,
// as in the reference's maps.
std::vector<const Json*> by_name(const Json& items) {
  UniqueNames names;
  std::vector<const Json*> members;
  for (const Json& item : items) {
    const std::uint32_t number = names.add(name_of(text_of(member(item, "name"))));
    if (number == members.size()) {
      members.push_back(&item);
    } else {
      members[number] = &item;
    }
  }
  return members;
}

// Turns one `__schema` object into a schema.
class Reader {
 public:
  explicit Reader(std::uint32_t source_id)
      : source_id_(source_id), types_(*storage_), defaults_(*storage_, default_errors_) {}

  IntrospectionResult read(const Json& schema);

 private:
  struct PendingType {
    TypeId id;
    const Json* json;
  };

  void collect_types(const Json& types);
  void read_type(SchemaType& type, const Json& json);
  void read_directives(const Json& schema);
  SchemaDirective read_directive(const Json& json);
  TypeId read_root(const Json& schema, const char* key);
  List<SchemaField> read_fields(const std::string& owner, const Json& json);
  List<SchemaInputValue> read_values(const std::string& owner, const Json& json, const char* key);
  List<SchemaEnumValue> read_enum_values(const std::string& owner, const Json& json);
  List<TypeId> read_type_list(const std::string& owner,
                              const Json& json,
                              const char* key,
                              TypeKind kind);
  void read_default(SchemaInputValue& value, const std::string& owner, const Json& json);
  TypeRef read_type_ref(const std::string& owner, const Json* json);
  TypeId read_named(const std::string& owner, const Json& json);
  /// The array under `key`, or null and an error.
  const Json* array_of(const std::string& owner, const Json& json, const char* key);
  Name read_name(const std::string& owner, const Json& json);
  std::string_view keep(const Json* value);
  void fail(std::string message) {
    errors_.add(k_introspection_code, std::move(message), {{source_id_, {0, 0}}});
  }

  std::uint32_t source_id_;
  std::unique_ptr<SchemaStorage> storage_ = std::make_unique<SchemaStorage>();
  SchemaTypeTable types_;
  ErrorList errors_;
  std::vector<Error> default_errors_;
  DefaultValues defaults_;
  std::deque<ParsedValue> default_literals_;
  std::vector<PendingType> pending_;
};

IntrospectionResult Reader::read(const Json& schema) {
  storage_->types = builtins().types;
  for (const SchemaType& type : storage_->types) {
    storage_->type_index.insert(type.name.hash, static_cast<std::uint32_t>(type.id));
  }
  storage_->description = keep(member(schema, "description"));
  if (const Json* const types = array_of("the schema", schema, "types")) {
    collect_types(*types);
  }
  std::size_t next = 0;
  for (const TypeId id : types_.listed()) {
    types_.begin(id);
    if (id >= k_first_defined_type) {
      read_type(storage_->types[static_cast<std::size_t>(id)], *pending_[next++].json);
    }
  }
  storage_->roots = {read_root(schema, "queryType"),
                     read_root(schema, "mutationType"),
                     read_root(schema, "subscriptionType")};
  read_directives(schema);
  types_.refer_to(k_schema_type);
  IntrospectionResult result;
  result.is_json = true;
  if (errors_.empty()) {
    defaults_.resolve_all();
    result.errors = std::move(default_errors_);
    result.built.origins.types.resize(storage_->types.size());
    result.built.origins.directives.resize(storage_->directives.size());
    result.built.schema = std::make_shared<const Schema>(std::move(storage_));
  } else {
    result.errors = errors_.take();
  }
  return result;
}

void Reader::collect_types(const Json& types) {
  for (const Json& json : types) {
    const Name name = read_name("a type", json);
    const std::optional<TypeKind> kind = kind_from(text_of(member(json, "kind")));
    if (name.empty()) {
      continue;
    }
    if (!kind.has_value()) {
      fail("Introspection result has no known kind for type \"" + std::string(name.text) + "\".");
      continue;
    }
    const TypeId known = types_.find(name);
    if (known == k_no_type) {
      pending_.push_back({types_.add(name, *kind).id, &json});
    } else if (known < k_first_defined_type) {
      types_.list_builtin(known);
    } else {
      fail("Introspection result has more than one type named \"" + std::string(name.text) + "\".");
    }
  }
}

void Reader::read_type(SchemaType& type, const Json& json) {
  const std::string name(type.name.text);
  type.description = keep(member(json, "description"));
  switch (type.kind) {
    case TypeKind::scalar:
      type.specified_by_url = keep(member(json, "specifiedByURL"));
      break;
    case TypeKind::object:
    case TypeKind::interface:
      // Servers from before 2020 do not know that interfaces may implement interfaces.
      if (type.kind == TypeKind::object || member(json, "interfaces") != nullptr) {
        type.interfaces = read_type_list(name, json, "interfaces", TypeKind::interface);
      }
      type.fields = read_fields(name, json);
      break;
    case TypeKind::union_type:
      type.members = read_type_list(name, json, "possibleTypes", TypeKind::object);
      break;
    case TypeKind::enum_type:
      type.enum_values = read_enum_values(name, json);
      break;
    case TypeKind::input_object:
      type.is_one_of = flag(json, "isOneOf");
      type.input_fields = read_values(name + ".", json, "inputFields");
      break;
  }
}

List<SchemaField> Reader::read_fields(const std::string& owner, const Json& json) {
  const Json* const items = array_of(owner, json, "fields");
  if (items == nullptr) {
    return {};
  }
  const std::vector<const Json*> members = by_name(*items);
  SchemaField* const fields = storage_->arena.make_array<SchemaField>(members.size());
  for (std::size_t i = 0; i < members.size(); ++i) {
    const Json& item = *members[i];
    SchemaField& field = fields[i];
    field.name = read_name("a field of " + owner, item);
    const std::string coordinate = owner + "." + std::string(field.name.text);
    field.description = keep(member(item, "description"));
    field.deprecation_reason = keep(member(item, "deprecationReason"));
    field.type = read_type_ref(coordinate, member(item, "type"));
    field.arguments = read_values(coordinate + " ", item, "args");
    if (field.type.named() != k_no_type && !types_.type(field.type.named()).is_output()) {
      fail("Introspection must provide output type for fields, but received: " +
           types_.to_text(field.type) + ".");
    }
  }
  return {fields, members.size()};
}

List<SchemaInputValue> Reader::read_values(const std::string& owner,
                                           const Json& json,
                                           const char* key) {
  const Json* const items = array_of(owner, json, key);
  if (items == nullptr) {
    return {};
  }
  const std::vector<const Json*> members = by_name(*items);
  SchemaInputValue* const values = storage_->arena.make_array<SchemaInputValue>(members.size());
  for (std::size_t i = 0; i < members.size(); ++i) {
    const Json& item = *members[i];
    SchemaInputValue& value = values[i];
    value.name = read_name("a value of " + owner, item);
    const std::string coordinate = owner + std::string(value.name.text);
    value.description = keep(member(item, "description"));
    value.deprecation_reason = keep(member(item, "deprecationReason"));
    value.type = read_type_ref(coordinate, member(item, "type"));
    if (value.type.named() == k_no_type) {
      continue;
    }
    if (!types_.type(value.type.named()).is_input()) {
      fail("Introspection must provide input type for arguments, but received: " +
           types_.to_text(value.type) + ".");
    } else {
      read_default(value, coordinate, item);
    }
  }
  return {values, members.size()};
}

void Reader::read_default(SchemaInputValue& value, const std::string& owner, const Json& json) {
  const Json* const text = member(json, "defaultValue");
  if (text == nullptr) {
    return;
  }
  // The literal's texts are views of the JSON, which lives until the schema is made.
  ParsedValue& parsed = default_literals_.emplace_back(parse_const_value(text_of(text)));
  if (parsed.value == nullptr) {
    fail("Introspection result has an unreadable default value for " + owner + ". " +
         (parsed.error.has_value() ? parsed.error->message : std::string()));
    return;
  }
  defaults_.add(&value, parsed.value, source_id_);
}

List<SchemaEnumValue> Reader::read_enum_values(const std::string& owner, const Json& json) {
  const Json* const items = array_of(owner, json, "enumValues");
  if (items == nullptr) {
    return {};
  }
  const std::vector<const Json*> members = by_name(*items);
  SchemaEnumValue* const values = storage_->arena.make_array<SchemaEnumValue>(members.size());
  for (std::size_t i = 0; i < members.size(); ++i) {
    const Json& item = *members[i];
    values[i].name = read_name("a value of " + owner, item);
    values[i].description = keep(member(item, "description"));
    values[i].deprecation_reason = keep(member(item, "deprecationReason"));
  }
  return {values, members.size()};
}

List<TypeId> Reader::read_type_list(const std::string& owner,
                                    const Json& json,
                                    const char* key,
                                    TypeKind kind) {
  const Json* const items = array_of(owner, json, key);
  if (items == nullptr) {
    return {};
  }
  std::vector<TypeId> ids;
  for (const Json& item : *items) {
    const TypeId id = read_named(owner, item);
    if (id == k_no_type) {
      continue;
    }
    if (types_.type(id).kind != kind) {
      fail("Expected " + std::string(types_.type(id).name.text) + " to be a GraphQL " +
           (kind == TypeKind::object ? "Object" : "Interface") + " type.");
      continue;
    }
    ids.push_back(id);
  }
  return storage_->arena.copy_list(ids.data(), ids.size());
}

void Reader::read_directives(const Json& schema) {
  const Json* const directives = member(schema, "directives");
  if (directives == nullptr || !directives->is_array()) {
    return;
  }
  for (const Json& json : *directives) {
    storage_->directives.push_back(read_directive(json));
  }
}

SchemaDirective Reader::read_directive(const Json& json) {
  SchemaDirective directive;
  directive.name = read_name("a directive", json);
  const std::string owner = "@" + std::string(directive.name.text);
  directive.description = keep(member(json, "description"));
  directive.deprecation_reason = keep(member(json, "deprecationReason"));
  directive.is_repeatable = flag(json, "isRepeatable");
  directive.is_specified = builtins().find_directive(directive.name) != nullptr;
  directive.arguments = read_values(owner + " ", json, "args");
  std::vector<DirectiveLocation> locations;
  if (const Json* const items = array_of(owner, json, "locations")) {
    for (const Json& item : *items) {
      // A server may know locations that came after this program.
      if (const auto location = directive_location_from(text_of(&item))) {
        locations.push_back(*location);
        directive.location_bits |= 1U << static_cast<unsigned>(*location);
      }
    }
  }
  directive.locations = storage_->arena.copy_list(locations.data(), locations.size());
  return directive;
}

TypeId Reader::read_root(const Json& schema, const char* key) {
  const Json* const json = member(schema, key);
  if (json == nullptr) {
    return k_no_type;
  }
  const TypeId id = read_named("the schema", *json);
  if (id != k_no_type && types_.type(id).kind != TypeKind::object) {
    fail("Expected " + std::string(types_.type(id).name.text) + " to be a GraphQL Object type.");
    return k_no_type;
  }
  return id;
}

TypeRef Reader::read_type_ref(const std::string& owner, const Json* json) {
  std::string wrappers;
  while (json != nullptr) {
    const std::string_view kind = text_of(member(*json, "kind"));
    const bool is_list = kind == "LIST";
    if (!is_list && kind != "NON_NULL") {
      return {read_named(owner, *json), keep_wrappers(wrappers, storage_->arena)};
    }
    if (!is_list && !wrappers.empty() && wrappers.back() == '!') {
      fail("Introspection result wraps a non-null type in a non-null type at " + owner + ".");
      return {};
    }
    wrappers += is_list ? '[' : '!';
    json = member(*json, "ofType");
  }
  fail(wrappers.empty() ? "Introspection result has no type for " + owner + "."
                        : "Decorated type deeper than introspection query.");
  return {};
}

TypeId Reader::read_named(const std::string& owner, const Json& json) {
  const std::string_view name = text_of(member(json, "name"));
  if (name.empty()) {
    fail("Introspection result refers to a type without a name at " + owner + ".");
    return k_no_type;
  }
  const TypeId id = types_.refer_to(name_of(name));
  if (id == k_no_type) {
    fail("Invalid or incomplete schema, unknown type: " + std::string(name) +
         ". Ensure that a full introspection query is used in order to build a client schema.");
  }
  return id;
}

const Json* Reader::array_of(const std::string& owner, const Json& json, const char* key) {
  const Json* const value = member(json, key);
  if (value != nullptr && value->is_array()) {
    return value;
  }
  fail("Introspection result missing " + std::string(key) + ": " + owner + ".");
  return nullptr;
}

Name Reader::read_name(const std::string& owner, const Json& json) {
  const std::string_view text = text_of(member(json, "name"));
  if (!is_name(text)) {
    fail("Introspection result has no valid name for " + owner + ".");
    return {};
  }
  return name_of(storage_->arena.copy_text(text));
}

std::string_view Reader::keep(const Json* value) {
  if (value == nullptr || !value->is_string()) {
    return {};
  }
  const std::string_view text = text_of(value);
  return text.empty() ? std::string_view("") : storage_->arena.copy_text(text);
}

Error json_error(const Json::parse_error& error, std::uint32_t source_id, std::size_t size) {
  const auto byte =
      static_cast<std::uint32_t>(std::min(error.byte == 0 ? std::size_t{0} : error.byte - 1, size));
  // The library's text begins with its own code and place, which we show in our way.
  const std::string_view what = error.what();
  const std::size_t colon = what.find(": ");
  return {k_introspection_code,
          "Introspection result is not JSON: " +
              std::string(colon == std::string_view::npos ? what : what.substr(colon + 2)),
          {{source_id, {byte, byte}}}};
}

}  // namespace

IntrospectionResult read_introspection_json(std::string_view text, std::uint32_t source_id) {
  IntrospectionResult result;
  if (text.starts_with(base::k_byte_order_mark)) {
    // Replaced by spaces of the same size, so that places stay right.
    return read_introspection_json("   " + std::string(text.substr(3)), source_id);
  }
  bool is_too_deep = false;
  Json json;
  try {
    json = Json::parse(text.begin(), text.end(), [&](int depth, Json::parse_event_t, Json&) {
      is_too_deep = is_too_deep || depth > k_max_json_depth;
      return !is_too_deep;
    });
  } catch (const Json::parse_error& error) {
    result.errors.push_back(json_error(error, source_id, text.size()));
    return result;
  } catch (const Json::exception& error) {
    result.errors.push_back({k_introspection_code, error.what(), {{source_id, {0, 0}}}});
    return result;
  }
  const Json* const data = member(json, "data");
  const Json* const schema = member(data == nullptr ? json : *data, "__schema");
  if (is_too_deep || schema == nullptr || !schema->is_object()) {
    result.is_json = true;
    result.errors.push_back(
        {k_introspection_code,
         is_too_deep ? "Introspection result is nested more than " +
                           std::to_string(k_max_json_depth) + " levels deep."
                     : "Invalid or incomplete introspection result: it has no \"__schema\".",
         {{source_id, {0, 0}}}});
    return result;
  }
  return Reader(source_id).read(*schema);
}

}  // namespace graphql
