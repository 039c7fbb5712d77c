#include "graphql/introspection_writer.h"

#include <string_view>

#include "base/json_text.h"

namespace graphql {
namespace {

// The introspection query asks for the type and nine levels of `ofType`.
constexpr std::size_t k_type_depth = 9;

std::string_view kind_text(TypeKind kind) {
  switch (kind) {
    case TypeKind::scalar:
      return "SCALAR";
    case TypeKind::object:
      return "OBJECT";
    case TypeKind::interface:
      return "INTERFACE";
    case TypeKind::union_type:
      return "UNION";
    case TypeKind::enum_type:
      return "ENUM";
    case TypeKind::input_object:
      return "INPUT_OBJECT";
  }
  return {};
}

// Appends one answer to `out_`. Objects are opened and closed by hand, members by member().
class Writer {
 public:
  explicit Writer(const Schema& schema) : schema_(schema) {}

  std::string write();

 private:
  void member(std::string_view key) {
    if (out_.back() != '{') {
      out_ += ',';
    }
    out_.append("\"").append(key).append("\":");
  }
  void text(std::string_view key, std::string_view value) {
    member(key);
    if (is_given(value)) {
      base::append_json_string(out_, value);
    } else {
      out_ += "null";
    }
  }
  void flag(std::string_view key, bool value) {
    member(key);
    out_ += value ? "true" : "false";
  }
  void null(std::string_view key) {
    member(key);
    out_ += "null";
  }
  template <typename Item, typename WriteItem>
  void list(std::string_view key, const List<Item>& items, WriteItem write_item) {
    member(key);
    out_ += '[';
    for (const Item& item : items) {
      if (&item != items.begin()) {
        out_ += ',';
      }
      write_item(item);
    }
    out_ += ']';
  }

  void root(std::string_view key, OperationType operation);
  void type(const SchemaType& type);
  void directive(const SchemaDirective& directive);
  void field(const SchemaField& field);
  void value(const SchemaInputValue& value);
  void enum_value(const SchemaEnumValue& value);
  void deprecation(std::string_view reason);
  void types(std::string_view key, const List<TypeId>& ids);
  void type_ref(TypeRef ref);

  const Schema& schema_;
  std::string out_;
};

std::string Writer::write() {
  out_ = "{\"__schema\":{";
  text("description", schema_.description());
  root("queryType", OperationType::query);
  root("mutationType", OperationType::mutation);
  root("subscriptionType", OperationType::subscription);
  list("types", schema_.type_order(), [this](TypeId id) { type(schema_.type(id)); });
  list(
      "directives", schema_.directives(), [this](const SchemaDirective& item) { directive(item); });
  out_ += "}}";
  return std::move(out_);
}

void Writer::root(std::string_view key, OperationType operation) {
  const SchemaType* const type = schema_.root_type(operation);
  if (type == nullptr) {
    null(key);
    return;
  }
  member(key);
  out_ += '{';
  text("name", type->name.text);
  text("kind", kind_text(type->kind));
  out_ += '}';
}

void Writer::type(const SchemaType& type) {
  const bool has_fields = type.kind == TypeKind::object || type.kind == TypeKind::interface;
  out_ += '{';
  text("kind", kind_text(type.kind));
  text("name", type.name.text);
  text("description", type.description);
  text("specifiedByURL", type.specified_by_url);
  if (type.kind == TypeKind::input_object) {
    flag("isOneOf", type.is_one_of);
  } else {
    null("isOneOf");
  }
  if (has_fields) {
    list("fields", type.fields, [this](const SchemaField& item) { field(item); });
  } else {
    null("fields");
  }
  if (type.kind == TypeKind::input_object) {
    list("inputFields", type.input_fields, [this](const SchemaInputValue& item) { value(item); });
  } else {
    null("inputFields");
  }
  if (has_fields) {
    types("interfaces", type.interfaces);
  } else {
    null("interfaces");
  }
  if (type.kind == TypeKind::enum_type) {
    list("enumValues", type.enum_values, [this](const SchemaEnumValue& item) { enum_value(item); });
  } else {
    null("enumValues");
  }
  if (type.is_abstract()) {
    // Of a union as written.
    types("possibleTypes", type.kind == TypeKind::union_type ? type.members : type.possible_types);
  } else {
    null("possibleTypes");
  }
  out_ += '}';
}

void Writer::directive(const SchemaDirective& directive) {
  out_ += '{';
  text("name", directive.name.text);
  text("description", directive.description);
  flag("isRepeatable", directive.is_repeatable);
  deprecation(directive.deprecation_reason);
  list("locations", directive.locations, [this](DirectiveLocation location) {
    base::append_json_string(out_, to_text(location));
  });
  list("args", directive.arguments, [this](const SchemaInputValue& item) { value(item); });
  out_ += '}';
}

void Writer::field(const SchemaField& field) {
  out_ += '{';
  text("name", field.name.text);
  text("description", field.description);
  list("args", field.arguments, [this](const SchemaInputValue& item) { value(item); });
  member("type");
  type_ref(field.type);
  deprecation(field.deprecation_reason);
  out_ += '}';
}

void Writer::value(const SchemaInputValue& value) {
  out_ += '{';
  text("name", value.name.text);
  text("description", value.description);
  member("type");
  type_ref(value.type);
  text("defaultValue", value.default_value);
  deprecation(value.deprecation_reason);
  out_ += '}';
}

void Writer::enum_value(const SchemaEnumValue& value) {
  out_ += '{';
  text("name", value.name.text);
  text("description", value.description);
  deprecation(value.deprecation_reason);
  out_ += '}';
}

void Writer::deprecation(std::string_view reason) {
  flag("isDeprecated", is_given(reason));
  text("deprecationReason", reason);
}

void Writer::types(std::string_view key, const List<TypeId>& ids) {
  list(key, ids, [this](TypeId id) { type_ref({id, ""}); });
}

// The outermost level has `kind` before `name`, those below the other way round, as in the query.
void Writer::type_ref(TypeRef ref) {
  const SchemaType& named = schema_.type(ref);
  const std::string_view wrappers = ref.wrappers();
  std::size_t open = 0;
  for (std::size_t level = 0; level <= k_type_depth; ++level) {
    const bool is_wrapper = level < wrappers.size();
    const std::string_view kind = !is_wrapper              ? kind_text(named.kind)
                                  : wrappers[level] == '[' ? std::string_view("LIST")
                                                           : std::string_view("NON_NULL");
    const std::string_view name = is_wrapper ? std::string_view() : named.name.text;
    out_ += '{';
    ++open;
    if (level == 0) {
      text("kind", kind);
      text("name", name);
    } else {
      text("name", name);
      text("kind", kind);
    }
    if (level == k_type_depth) {
      break;
    }
    if (!is_wrapper) {
      null("ofType");
      break;
    }
    member("ofType");
  }
  out_.append(open, '}');
}

}  // namespace

std::string write_introspection_json(const Schema& schema) {
  return Writer(schema).write();
}

}  // namespace graphql
