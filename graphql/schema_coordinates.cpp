#include "graphql/schema_coordinates.h"

#include <algorithm>

namespace graphql {
namespace {

constexpr std::string_view k_possible = ":possible";

enum class Kind : std::uint8_t { root_type, type, possible_types, member, directive };

/// A coordinate taken apart.
struct Coordinate {
  Kind kind;
  /// The type around or the type itself, the directive; the operation of a root type.
  Name owner;
  /// Of a member.
  Name member;
};

CoordinateId id_of(const Coordinate& coordinate) {
  constexpr CoordinateId k_apart = 0x9E3779B97F4A7C15ull;
  return (CoordinateId{coordinate.owner.hash} << 32 | coordinate.member.hash) +
         k_apart * (static_cast<CoordinateId>(coordinate.kind) + 1);
}

std::string text_of(const Coordinate& coordinate) {
  const std::string_view owner = coordinate.owner.text;
  std::string text;
  switch (coordinate.kind) {
    case Kind::root_type:
      return text.append(":").append(owner);
    case Kind::possible_types:
      return text.append(owner).append(k_possible);
    case Kind::member:
      return text.append(owner).append(".").append(coordinate.member.text);
    case Kind::directive:
      return text.append("@").append(owner);
    case Kind::type:
      break;
  }
  return text.append(owner);
}

Coordinate coordinate_of(std::string_view text) {
  if (text.starts_with(':')) {
    return {Kind::root_type, name_of(text.substr(1)), {}};
  }
  if (text.starts_with('@')) {
    return {Kind::directive, name_of(text.substr(1)), {}};
  }
  const std::size_t end = text.find_first_of(".:");
  const Name owner = name_of(text.substr(0, end));
  if (end == std::string_view::npos) {
    return {Kind::type, owner, {}};
  }
  return text[end] == '.' ? Coordinate{Kind::member, owner, name_of(text.substr(end + 1))}
                          : Coordinate{Kind::possible_types, owner, {}};
}

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
  void clear() { text_.clear(); }

  friend bool operator==(const Content&, const Content&) = default;

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

void add_directive(Content& content, const Schema& schema, const Name& name) {
  const SchemaDirective* directive = schema.find_directive(name);
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

/// Nothing where the schema has nothing.
void add_content(Content& content, const Schema& schema, const Coordinate& coordinate) {
  if (coordinate.kind == Kind::root_type) {
    add_root_type(content, schema, coordinate.owner.text);
    return;
  }
  if (coordinate.kind == Kind::directive) {
    add_directive(content, schema, coordinate.owner);
    return;
  }
  const SchemaType* type = schema.find_type(coordinate.owner);
  if (type == nullptr) {
    return;
  }
  if (coordinate.kind == Kind::type) {
    add_type(content, schema, *type);
  } else if (coordinate.kind == Kind::member) {
    add_member(content, schema, *type, coordinate.member);
  } else {
    add_possible_types(content, schema, *type);
  }
}

template <typename Members>
void visit_members(const SchemaType& type, const Members& members, const auto& visit) {
  for (const auto& member : members) {
    visit({Kind::member, type.name, member.name});
  }
}

/// All coordinates at which `schema` has something.
void visit_coordinates(const Schema& schema, const auto& visit) {
  for (const OperationType operation :
       {OperationType::query, OperationType::mutation, OperationType::subscription}) {
    visit({Kind::root_type, name_of(to_text(operation)), {}});
  }
  for (const SchemaDirective& directive : schema.directives()) {
    visit({Kind::directive, directive.name, {}});
  }
  for (const SchemaType& type : schema.types()) {
    visit({Kind::type, type.name, {}});
    visit({Kind::possible_types, type.name, {}});
    visit_members(type, type.fields, visit);
    visit_members(type, type.input_fields, visit);
    visit_members(type, type.enum_values, visit);
    for (const std::string_view meta : {"__typename", "__schema", "__type"}) {
      visit({Kind::member, type.name, name_of(meta)});
    }
  }
}

}  // namespace

CoordinateId coordinate_id(std::string_view coordinate) {
  return id_of(coordinate_of(coordinate));
}

void SchemaCoordinates::note(CoordinateId id) {
  if (noted_.empty()) {
    noted_.resize(k_noted);
  }
  Noted& noted = noted_[(id ^ id >> 32) % k_noted];
  if (noted.id == id && noted.round == round_) {
    return;
  }
  noted = {id, round_};
  reads_.push_back(id);
}

void SchemaCoordinates::read_root_type(OperationType operation) {
  note(id_of({Kind::root_type, name_of(to_text(operation)), {}}));
}

void SchemaCoordinates::read_type(const Name& name) {
  note(id_of({Kind::type, name, {}}));
}

void SchemaCoordinates::read_possible_types(const SchemaType& type) {
  note(id_of({Kind::possible_types, type.name, {}}));
}

void SchemaCoordinates::read_field(const SchemaType& parent, const Name& name) {
  note(id_of({Kind::member, parent.name, name}));
}

void SchemaCoordinates::read_input_field(const SchemaType& parent, const Name& name) {
  note(id_of({Kind::member, parent.name, name}));
}

void SchemaCoordinates::read_enum_value(const SchemaType& parent, const Name& name) {
  note(id_of({Kind::member, parent.name, name}));
}

void SchemaCoordinates::read_directive(const Name& name) {
  note(id_of({Kind::directive, name, {}}));
}

std::vector<CoordinateId> SchemaCoordinates::take() {
  std::sort(reads_.begin(), reads_.end());
  const auto end = std::unique(reads_.begin(), reads_.end());
  // No larger than it must be: it is kept.
  std::vector<CoordinateId> ids(reads_.begin(), end);
  reads_.clear();
  ++round_;
  return ids;
}

std::vector<std::string> coordinate_texts(const Schema& schema,
                                          const std::vector<CoordinateId>& ids) {
  std::vector<std::string> texts;
  Content content;
  visit_coordinates(schema, [&](const Coordinate& coordinate) {
    if (!std::binary_search(ids.begin(), ids.end(), id_of(coordinate))) {
      return;
    }
    content.clear();
    add_content(content, schema, coordinate);
    if (content != Content()) {
      texts.push_back(text_of(coordinate));
    }
  });
  std::sort(texts.begin(), texts.end());
  texts.erase(std::unique(texts.begin(), texts.end()), texts.end());
  return texts;
}

std::vector<ChangedCoordinate> changed_coordinates(const Schema& before, const Schema& after) {
  std::vector<ChangedCoordinate> changed;
  Content old_content;
  Content new_content;
  const auto compare = [&](const Coordinate& coordinate) {
    old_content.clear();
    new_content.clear();
    add_content(old_content, before, coordinate);
    add_content(new_content, after, coordinate);
    if (old_content != new_content) {
      changed.push_back({id_of(coordinate), text_of(coordinate)});
    }
  };
  visit_coordinates(before, compare);
  visit_coordinates(after, compare);
  std::sort(changed.begin(), changed.end(), [](const auto& left, const auto& right) {
    return left.text < right.text;
  });
  changed.erase(std::unique(changed.begin(), changed.end()), changed.end());
  return changed;
}

}  // namespace graphql
