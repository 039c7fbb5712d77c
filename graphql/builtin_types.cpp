#include "graphql/builtin_types.h"

#include <algorithm>
#include <string>

#include "base/check.h"
#include "graphql/parser.h"
#include "graphql/schema_storage.h"

namespace graphql {
namespace {

// Turns the definitions of k_builtin_sdl, which are ours and known to be right, into members.
class BuiltinReader {
 public:
  explicit BuiltinReader(const Document& document) : document_(document) {
    const auto add = [this](const Definition& definition) {
      SchemaType type;
      type.name = definition.name;
      type.id = TypeId{static_cast<std::uint32_t>(result_.types.size())};
      type.kind = as_type(definition).type_kind;
      type.description = text_of(definition.description);
      type.is_specified_scalar = type.kind == TypeKind::scalar;
      type.is_introspection = !type.is_specified_scalar;
      result_.types.push_back(type);
      result_.type_hash_bits |= std::uint64_t{1} << (type.name.hash % 64);
    };
    for (const Definition* definition : document.definitions) {
      if (definition->kind == DefinitionKind::type && definition != document.definitions.back()) {
        add(*definition);
      }
    }
  }

  Builtins read() {
    std::size_t next = 0;
    for (const Definition* definition : document_.definitions) {
      if (definition->kind == DefinitionKind::directive) {
        result_.directives.push_back(directive_from(as_directive(*definition)));
      } else if (next < result_.types.size()) {
        SchemaType& type = result_.types[next++];
        type.fields = fields_from(as_type(*definition).fields);
        type.enum_values = values_from(as_type(*definition).values);
      } else {
        const List<SchemaField> fields = fields_from(as_type(*definition).fields);
        result_.meta_fields = {fields[0], fields[1], fields[2]};
      }
    }
    return std::move(result_);
  }

 private:
  static std::string_view text_of(const Value* description) {
    return description == nullptr ? std::string_view() : description->text;
  }

  TypeRef type_of(const TypeReference& reference) {
    const SchemaType* const type = result_.find_type(reference.innermost_name());
    base::check(type != nullptr, "a built-in type refers to another one");
    return {type == nullptr ? k_no_type : type->id, wrappers_of(reference, result_.arena)};
  }

  List<SchemaInputValue> arguments_from(const List<InputValueDefinition>& definitions) {
    std::vector<SchemaInputValue> arguments;
    for (const InputValueDefinition& definition : definitions) {
      SchemaInputValue argument;
      argument.name = definition.name;
      argument.type = type_of(*definition.type);
      argument.description = text_of(definition.description);
      if (const Value* const value = definition.default_value; value != nullptr) {
        argument.default_value = document_.source.substr(value->span.begin, value->span.size());
      }
      arguments.push_back(argument);
    }
    return result_.arena.copy_list(arguments.data(), arguments.size());
  }

  List<SchemaField> fields_from(const List<FieldDefinition>& definitions) {
    std::vector<SchemaField> fields;
    for (const FieldDefinition& definition : definitions) {
      SchemaField field;
      field.name = definition.name;
      field.type = type_of(*definition.type);
      field.arguments = arguments_from(definition.arguments);
      field.description = text_of(definition.description);
      fields.push_back(field);
    }
    return result_.arena.copy_list(fields.data(), fields.size());
  }

  List<SchemaEnumValue> values_from(const List<EnumValueDefinition>& definitions) {
    std::vector<SchemaEnumValue> values;
    for (const EnumValueDefinition& definition : definitions) {
      SchemaEnumValue value;
      value.name = definition.name;
      value.description = text_of(definition.description);
      values.push_back(value);
    }
    return result_.arena.copy_list(values.data(), values.size());
  }

  SchemaDirective directive_from(const DirectiveDefinition& definition) {
    SchemaDirective directive;
    directive.name = definition.name;
    directive.description = text_of(definition.description);
    directive.arguments = arguments_from(definition.arguments);
    directive.is_specified = true;
    std::vector<DirectiveLocation> locations;
    for (const Name& name : definition.locations) {
      const std::optional<DirectiveLocation> location = directive_location_from(name.text);
      base::check(location.has_value(), "a built-in directive has known locations");
      locations.push_back(*location);
      directive.location_bits |= 1U << static_cast<unsigned>(*location);
    }
    directive.locations = result_.arena.copy_list(locations.data(), locations.size());
    return directive;
  }

  const Document& document_;
  Builtins result_;
};

template <typename Item>
const Item* find(const std::vector<Item>& items, const Name& name) {
  const auto found =
      std::find_if(items.begin(), items.end(), [&](const Item& item) { return item.name == name; });
  return found == items.end() ? nullptr : &*found;
}

}  // namespace

const SchemaType* Builtins::find_type(const Name& name) const {
  return (type_hash_bits >> (name.hash % 64) & 1) == 0 ? nullptr : find(types, name);
}

const SchemaDirective* Builtins::find_directive(const Name& name) const {
  return find(directives, name);
}

const Builtins& builtins() {
  // The tree is kept as well: some of the texts are in its arena.
  static const ParsedDocument parsed = parse_document(k_builtin_sdl);
  static const Builtins result = BuiltinReader(parsed.document).read();
  return result;
}

}  // namespace graphql
