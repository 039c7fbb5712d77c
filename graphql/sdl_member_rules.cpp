#include "graphql/sdl_member_rules.h"

namespace graphql {
namespace {

std::string member_name(const SdlContext::TypeEntry& type, const Name& member) {
  std::string text(type.name.text);
  return text.append(".").append(member.text);
}

bool has_field(const SdlContext& context, const SchemaType* type, const Name& name) {
  return type != nullptr && (context.base()->find_field(*type, name) != nullptr ||
                             context.base()->find_input_field(*type, name) != nullptr);
}

}  // namespace

template <typename Member>
bool SdlMemberRules::are_distinct(const List<Member>& members, std::uint32_t type_number) {
  const SdlContext::TypeEntry& type = context_.type(type_number);
  if (members.size() < 2 && type.node_count == 1) {
    return type.existing == nullptr;
  }
  if (type.node_count > 1 || type.existing != nullptr) {
    return false;
  }
  std::size_t size = 16;
  while (size < members.size() * 2) {
    size *= 2;
  }
  hashes_.assign(size, 0);
  for (const Member& member : members) {
    const std::uint32_t hash = member.name.hash;
    std::size_t at = hash & (size - 1);
    while (hashes_[at] != 0) {
      if (hashes_[at] == hash) {
        return false;
      }
      at = (at + 1) & (size - 1);
    }
    if (hash == 0) {
      return false;
    }
    hashes_[at] = hash;
  }
  return true;
}

void SdlMemberRules::check(const TypeDefinition& definition, std::uint32_t type_number) {
  if (context_.is_on(SdlRule::unique_enum_value_names) &&
      !are_distinct(definition.values, type_number)) {
    for (const EnumValueDefinition& value : definition.values) {
      check_value(value.name, type_number);
    }
  }
  if (context_.is_on(SdlRule::unique_field_definition_names)) {
    if (!are_distinct(definition.fields, type_number)) {
      for (const FieldDefinition& field : definition.fields) {
        check_field(field.name, type_number);
      }
    }
    if (!are_distinct(definition.input_fields, type_number)) {
      for (const InputValueDefinition& field : definition.input_fields) {
        check_field(field.name, type_number);
      }
    }
  }
  for (const FieldDefinition& field : definition.fields) {
    if (field.arguments.size() > 1) {
      check_arguments(member_name(context_.type(type_number), field.name), field.arguments);
    }
  }
}

void SdlMemberRules::check_arguments(const std::string& owner,
                                     const List<InputValueDefinition>& arguments) {
  if (!context_.is_on(SdlRule::unique_argument_definition_names) || arguments.size() < 2) {
    return;
  }
  std::vector<const Name*> names;
  for (const InputValueDefinition& argument : arguments) {
    names.push_back(&argument.name);
  }
  for (const std::vector<const Name*>& group : repeated_names(names)) {
    context_.report(SdlRule::unique_argument_definition_names,
                    "Argument \"" + owner + "(" + std::string(group.front()->text) +
                        ":)\" can only be defined once.",
                    context_.at(group));
  }
}

void SdlMemberRules::check_value(const Name& name, std::uint32_t type_number) {
  if (context_.is_full()) {
    return;
  }
  const SdlContext::TypeEntry& type = context_.type(type_number);
  if (type.existing != nullptr &&
      context_.base()->find_enum_value(*type.existing, name) != nullptr) {
    context_.report(SdlRule::unique_enum_value_names,
                    "Enum value \"" + member_name(type, name) +
                        "\" already exists in the schema. It cannot also be defined in this type "
                        "extension.",
                    {context_.at(name.span())});
  } else if (const Seen* first = find_or_add(values_, name, type_number)) {
    report_repeated(SdlRule::unique_enum_value_names, "Enum value", *first, name);
  }
}

void SdlMemberRules::check_field(const Name& name, std::uint32_t type_number) {
  if (context_.is_full()) {
    return;
  }
  const SdlContext::TypeEntry& type = context_.type(type_number);
  if (has_field(context_, type.existing, name)) {
    context_.report(SdlRule::unique_field_definition_names,
                    "Field \"" + member_name(type, name) +
                        "\" already exists in the schema. It cannot also be defined in this type "
                        "extension.",
                    {context_.at(name.span())});
  } else if (const Seen* first = find_or_add(fields_, name, type_number)) {
    report_repeated(SdlRule::unique_field_definition_names, "Field", *first, name);
  }
}

const SdlMemberRules::Seen* SdlMemberRules::find_or_add(SeenMembers& seen,
                                                        const Name& name,
                                                        std::uint32_t type_number) {
  const std::uint32_t hash = name.hash ^ type_number * 0x9E37'79B1U;
  const std::uint32_t first = seen.index.find(hash, [&](std::uint32_t number) {
    const Seen& other = seen.members[number];
    return other.type_number == type_number && *other.name == name;
  });
  if (first != NameIndex::k_none) {
    return &seen.members[first];
  }
  seen.index.insert(hash, static_cast<std::uint32_t>(seen.members.size()));
  seen.members.push_back({&name, type_number, context_.source_id()});
  return nullptr;
}

void SdlMemberRules::report_repeated(SdlRule rule,
                                     const std::string& what,
                                     const Seen& first,
                                     const Name& name) {
  context_.report(rule,
                  what + " \"" + member_name(context_.type(first.type_number), name) +
                      "\" can only be defined once.",
                  {{first.source_id, first.name->span()}, context_.at(name.span())});
}

}  // namespace graphql
