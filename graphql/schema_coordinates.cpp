#include "graphql/schema_coordinates.h"

#include <algorithm>
#include <utility>

namespace graphql {
namespace {

constexpr std::string_view k_possible = ":possible";

/// Texts that together say what is there. Names and types have no line breaks.
class Content {
 public:
  Content& add(std::string_view text) {
    text_.append(text).append("\n");
    return *this;
  }
  /// Whatever their order.
  void add_sorted(std::vector<std::string> texts) {
    std::sort(texts.begin(), texts.end());
    for (const std::string& text : texts) {
      add(text);
    }
  }
  base::Fingerprint fingerprint() const { return base::fingerprint_of(text_); }

 private:
  std::string text_;
};

std::string describe(const Schema& schema, const SchemaInputValue& value) {
  return std::string(value.name.text)
      .append(": ")
      .append(schema.to_text(value.type))
      .append(value.has_default() ? " = " : "")
      .append(value.is_deprecated() ? " @deprecated" : "");
}

std::vector<std::string> describe(const Schema& schema, const List<SchemaInputValue>& values) {
  std::vector<std::string> texts;
  texts.reserve(values.size());
  for (const SchemaInputValue& value : values) {
    texts.push_back(describe(schema, value));
  }
  return texts;
}

void add_root_type(Content& content, const Schema& schema, std::string_view operation) {
  for (const OperationType type :
       {OperationType::query, OperationType::mutation, OperationType::subscription}) {
    const SchemaType* root = to_text(type) == operation ? schema.root_type(type) : nullptr;
    if (root != nullptr) {
      content.add("root").add(root->name.text);
    }
  }
}

void add_directive(Content& content, const Schema& schema, std::string_view name) {
  const SchemaDirective* directive = schema.find_directive(name_of(name));
  if (directive != nullptr) {
    content.add(directive->is_repeatable ? "repeatable directive" : "directive")
        .add(std::to_string(directive->location_bits))
        .add(directive->is_deprecated() ? "@deprecated" : "")
        .add_sorted(describe(schema, directive->arguments));
  }
}

void add_possible_types(Content& content, const Schema& schema, const SchemaType& type) {
  std::vector<std::string> names;
  for (const TypeId id : type.possible_types) {
    names.emplace_back(schema.type(id).name.text);
  }
  content.add("possible").add_sorted(std::move(names));
}

void add_type(Content& content, const Schema& schema, const SchemaType& type) {
  content.add("type")
      .add(std::to_string(static_cast<int>(type.kind)))
      .add(type.is_one_of ? "@oneOf" : "");
  std::vector<std::string> required;
  for (const SchemaInputValue& field : type.input_fields) {
    if (field.is_required()) {
      required.push_back(describe(schema, field));
    }
  }
  content.add_sorted(std::move(required));
}

void add_member(Content& content, const Schema& schema, const SchemaType& type, const Name& name) {
  if (const SchemaField* field = schema.find_selectable_field(type, name)) {
    content.add("field")
        .add(schema.to_text(field->type))
        .add(field->is_deprecated() ? "@deprecated" : "")
        .add_sorted(describe(schema, field->arguments));
  } else if (const SchemaInputValue* input = schema.find_input_field(type, name)) {
    content.add("input field").add(describe(schema, *input));
  } else if (const SchemaEnumValue* value = schema.find_enum_value(type, name)) {
    content.add("enum value").add(value->is_deprecated() ? "@deprecated" : "");
  }
}

}  // namespace

void SchemaCoordinates::read_root_type(OperationType operation) {
  reads_.insert({Kind::root_type, to_text(operation), {}});
}

void SchemaCoordinates::read_type(const Name& name) {
  reads_.insert({Kind::type, name.text, {}});
}

void SchemaCoordinates::read_possible_types(const SchemaType& type) {
  reads_.insert({Kind::possible_types, type.name.text, {}});
}

void SchemaCoordinates::read_field(const SchemaType& parent, const Name& name) {
  reads_.insert({Kind::member, parent.name.text, name});
}

void SchemaCoordinates::read_input_field(const SchemaType& parent, const Name& name) {
  reads_.insert({Kind::member, parent.name.text, name});
}

void SchemaCoordinates::read_enum_value(const SchemaType& parent, const Name& name) {
  reads_.insert({Kind::member, parent.name.text, name});
}

void SchemaCoordinates::read_directive(const Name& name) {
  reads_.insert({Kind::directive, name.text, {}});
}

std::size_t SchemaCoordinates::ReadHash::operator()(const Read& read) const {
  const auto owner = std::size_t{name_hash(read.owner)};
  return (owner << 8 ^ std::size_t{read.name.hash} << 32) + static_cast<std::size_t>(read.kind);
}

std::string SchemaCoordinates::text_of(const Read& read) {
  std::string owner(read.owner);
  switch (read.kind) {
    case Kind::root_type:
      return ":" + owner;
    case Kind::possible_types:
      return owner + std::string(k_possible);
    case Kind::member:
      return owner + "." + std::string(read.name.text);
    case Kind::directive:
      return "@" + owner;
    case Kind::type:
      break;
  }
  return owner;
}

std::vector<std::string> SchemaCoordinates::take() {
  std::vector<std::string> texts;
  texts.reserve(reads_.size());
  for (const Read& read : reads_) {
    texts.push_back(text_of(read));
  }
  reads_.clear();
  std::sort(texts.begin(), texts.end());
  return texts;
}

base::Fingerprint coordinate_fingerprint(const Schema& schema, std::string_view coordinate) {
  Content content;
  if (coordinate.starts_with(':')) {
    add_root_type(content, schema, coordinate.substr(1));
    return content.fingerprint();
  }
  if (coordinate.starts_with('@')) {
    add_directive(content, schema, coordinate.substr(1));
    return content.fingerprint();
  }
  const std::size_t end = coordinate.find_first_of(".:");
  const SchemaType* type = schema.find_type(name_of(coordinate.substr(0, end)));
  if (type == nullptr) {
    return content.fingerprint();
  }
  if (end == std::string_view::npos) {
    add_type(content, schema, *type);
  } else if (coordinate[end] == '.') {
    add_member(content, schema, *type, name_of(coordinate.substr(end + 1)));
  } else if (coordinate.substr(end) == k_possible) {
    add_possible_types(content, schema, *type);
  }
  return content.fingerprint();
}

}  // namespace graphql
