#include "graphql/sdl_rules.h"

#include <array>
#include <string>
#include <utility>

#include "graphql/builtin_types.h"
#include "graphql/sdl_context.h"
#include "graphql/sdl_directive_rules.h"
#include "graphql/sdl_member_rules.h"

namespace graphql {
namespace {

// Walks all definitions once, in the order of graphql-js's visitor, and asks the rules in theirs.
class Checker {
 public:
  Checker(std::span<const Document* const> documents, const Schema* base, SdlRules rules)
      : documents_(documents),
        context_(documents, base, rules),
        literals_(context_),
        members_(context_) {}

  std::vector<Error> check() {
    for (const Document* document : documents_) {
      for (const Definition* definition : document->definitions) {
        context_.set_source(definition->source_id);
        check(*definition);
        if (context_.is_full()) {
          return context_.take_errors();
        }
      }
    }
    return context_.take_errors();
  }

 private:
  void check(const Definition& definition);
  void check_schema(const SchemaDefinition& definition);
  void check_root_types(const SchemaDefinition& definition);
  void check_type(const TypeDefinition& definition);
  void check_type_name(const TypeDefinition& definition, SdlContext::TypeEntry& entry);
  void check_extension(const TypeDefinition& extension, const SdlContext::TypeEntry& entry);
  void check_directive(const DirectiveDefinition& definition);
  void check_directive_name(const DirectiveDefinition& definition);
  void visit_type_parts(const TypeDefinition& definition);
  void visit_field(const FieldDefinition& field);
  void visit_input_value(const InputValueDefinition& value, DirectiveLocation location);
  void visit_type_names(const List<Name>& names);
  void check_type_name_is_known(const Name& name, bool is_sdl);
  void check_operation(const OperationDefinition& operation);
  void check_fragment(const FragmentDefinition& fragment);
  void check_selection_set(const SelectionSet* selection_set);
  void check_selection(const Selection& selection);

  std::span<const Document* const> documents_;
  const Builtins& builtins_ = builtins();
  SdlContext context_;
  SdlDirectiveRules literals_;
  SdlMemberRules members_;
  std::size_t schema_definition_count_ = 0;
  std::array<std::optional<Location>, 3> root_types_;
  std::vector<SeenDirective> schema_directives_;
  NameIndex directive_names_;
  std::vector<std::pair<const Name*, std::uint32_t>> seen_directive_names_;
};

std::string_view words_of(TypeKind kind) {
  switch (kind) {
    case TypeKind::scalar:
      return "scalar";
    case TypeKind::object:
      return "object";
    case TypeKind::interface:
      return "interface";
    case TypeKind::union_type:
      return "union";
    case TypeKind::enum_type:
      return "enum";
    case TypeKind::input_object:
      return "input object";
  }
  return {};
}

void Checker::check(const Definition& definition) {
  switch (definition.kind) {
    case DefinitionKind::operation:
      check_operation(as_operation(definition));
      break;
    case DefinitionKind::fragment:
      check_fragment(as_fragment(definition));
      break;
    case DefinitionKind::schema:
      check_schema(as_schema(definition));
      break;
    case DefinitionKind::type:
      check_type(as_type(definition));
      break;
    case DefinitionKind::directive:
      check_directive(as_directive(definition));
      break;
  }
}

void Checker::check_schema(const SchemaDefinition& definition) {
  const Schema* const base = context_.base();
  if (!definition.is_extension && context_.is_on(SdlRule::lone_schema_definition)) {
    const bool is_defined =
        base != nullptr && (base->root_type(OperationType::query) != nullptr ||
                            base->root_type(OperationType::mutation) != nullptr ||
                            base->root_type(OperationType::subscription) != nullptr);
    if (is_defined) {
      context_.report(SdlRule::lone_schema_definition,
                      "Cannot define a new schema within a schema extension.",
                      {context_.at(definition.span)});
    } else if (schema_definition_count_++ > 0) {
      context_.report(SdlRule::lone_schema_definition,
                      "Must provide only one schema definition.",
                      {context_.at(definition.span)});
    }
  }
  check_root_types(definition);
  literals_.check_repeated(definition.directives, schema_directives_);
  literals_.check_each(definition.directives, DirectiveLocation::schema);
  for (const RootTypeDefinition& root : definition.root_types) {
    check_type_name_is_known(root.type, true);
  }
}

void Checker::check_root_types(const SchemaDefinition& definition) {
  if (!context_.is_on(SdlRule::unique_operation_types)) {
    return;
  }
  for (const RootTypeDefinition& root : definition.root_types) {
    std::optional<Location>& first = root_types_[static_cast<std::size_t>(root.operation)];
    const std::string operation(to_text(root.operation));
    if (context_.base() != nullptr && context_.base()->root_type(root.operation) != nullptr) {
      context_.report(
          SdlRule::unique_operation_types,
          "Type for " + operation + " already defined in the schema. It cannot be redefined.",
          {context_.at(root.span)});
    } else if (first.has_value()) {
      context_.report(SdlRule::unique_operation_types,
                      "There can be only one " + operation + " type in schema.",
                      {*first, context_.at(root.span)});
    } else {
      first = context_.at(root.span);
    }
  }
}

void Checker::check_type(const TypeDefinition& definition) {
  const std::uint32_t number = context_.type_number(definition.name);
  if (!definition.is_extension) {
    check_type_name(definition, context_.type(number));
  }
  members_.check(definition, number);
  literals_.check_repeated(definition.directives, context_.type(number).seen_directives);
  if (definition.is_extension) {
    check_extension(definition, context_.type(number));
  }
  visit_type_parts(definition);
}

void Checker::check_type_name(const TypeDefinition& definition, SdlContext::TypeEntry& entry) {
  if (!context_.is_on(SdlRule::unique_type_names)) {
    return;
  }
  const std::string name(definition.name.text);
  if (entry.existing != nullptr) {
    context_.report(SdlRule::unique_type_names,
                    "Type \"" + name +
                        "\" already exists in the schema. It cannot also be defined in this type "
                        "definition.",
                    {context_.at(definition.name.span())});
  } else if (entry.first_definition != nullptr) {
    const TypeDefinition& first = *entry.first_definition;
    context_.report(SdlRule::unique_type_names,
                    "There can be only one type named \"" + name + "\".",
                    {{first.source_id, first.name.span()}, context_.at(definition.name.span())});
  } else {
    entry.first_definition = &definition;
  }
}

void Checker::check_extension(const TypeDefinition& extension, const SdlContext::TypeEntry& entry) {
  if (!context_.is_on(SdlRule::possible_type_extensions)) {
    return;
  }
  const std::string name(extension.name.text);
  if (entry.definition == nullptr && entry.existing == nullptr) {
    context_.report(SdlRule::possible_type_extensions,
                    "Cannot extend type \"" + name + "\" because it is not defined." +
                        context_.suggest_type(name, false),
                    {context_.at(extension.name.span())});
    return;
  }
  const TypeKind kind =
      entry.definition != nullptr ? entry.definition->type_kind : entry.existing->kind;
  if (kind == extension.type_kind) {
    return;
  }
  std::vector<Location> places;
  if (entry.definition != nullptr) {
    places.push_back({entry.definition->source_id, entry.definition->span});
  }
  places.push_back(context_.at(extension.span));
  context_.report(
      SdlRule::possible_type_extensions,
      "Cannot extend non-" + std::string(words_of(extension.type_kind)) + " type \"" + name + "\".",
      std::move(places));
}

void Checker::visit_type_parts(const TypeDefinition& definition) {
  visit_type_names(definition.interfaces);
  literals_.check_each(definition.directives, location_of(definition.type_kind));
  for (const FieldDefinition& field : definition.fields) {
    visit_field(field);
  }
  visit_type_names(definition.members);
  for (const EnumValueDefinition& value : definition.values) {
    literals_.check_all(value.directives, DirectiveLocation::enum_value);
  }
  // The reference looks for a definition above the field only, so a field of an extension counts as
  // an argument.
  const DirectiveLocation location = definition.is_extension
                                         ? DirectiveLocation::argument_definition
                                         : DirectiveLocation::input_field_definition;
  for (const InputValueDefinition& field : definition.input_fields) {
    visit_input_value(field, location);
  }
}

void Checker::visit_field(const FieldDefinition& field) {
  literals_.check_repeated(field.directives);
  for (const InputValueDefinition& argument : field.arguments) {
    visit_input_value(argument, DirectiveLocation::argument_definition);
  }
  check_type_name_is_known(field.type->innermost_name(), true);
  literals_.check_each(field.directives, DirectiveLocation::field_definition);
}

void Checker::visit_input_value(const InputValueDefinition& value, DirectiveLocation location) {
  literals_.check_repeated(value.directives);
  check_type_name_is_known(value.type->innermost_name(), true);
  if (value.default_value != nullptr) {
    literals_.check_literal(*value.default_value);
  }
  literals_.check_each(value.directives, location);
}

void Checker::visit_type_names(const List<Name>& names) {
  for (const Name& name : names) {
    check_type_name_is_known(name, true);
  }
}

void Checker::check_type_name_is_known(const Name& name, bool is_sdl) {
  if (!context_.is_on(SdlRule::known_type_names) ||
      (is_sdl && builtins_.find_type(name) != nullptr) || context_.is_known_type(name)) {
    return;
  }
  context_.report(
      SdlRule::known_type_names,
      "Unknown type \"" + std::string(name.text) + "\"." + context_.suggest_type(name.text, is_sdl),
      {context_.at(name.span())});
}

void Checker::check_directive(const DirectiveDefinition& definition) {
  members_.check_arguments("@" + std::string(definition.name.text), definition.arguments);
  check_directive_name(definition);
  literals_.check_repeated(definition.directives,
                           context_.find_directive(definition.name)->seen_directives);
  for (const InputValueDefinition& argument : definition.arguments) {
    visit_input_value(argument, DirectiveLocation::argument_definition);
  }
  literals_.check_each(definition.directives, DirectiveLocation::directive_definition);
}

void Checker::check_directive_name(const DirectiveDefinition& definition) {
  if (!context_.is_on(SdlRule::unique_directive_names)) {
    return;
  }
  const Name& name = definition.name;
  const std::string text(name.text);
  if (context_.base() != nullptr && context_.base()->find_directive(name) != nullptr) {
    context_.report(
        SdlRule::unique_directive_names,
        "Directive \"@" + text + "\" already exists in the schema. It cannot be redefined.",
        {context_.at(name.span())});
    return;
  }
  const std::uint32_t first = directive_names_.find(
      name.hash, [&](std::uint32_t other) { return *seen_directive_names_[other].first == name; });
  if (first == NameIndex::k_none) {
    directive_names_.insert(name.hash, static_cast<std::uint32_t>(seen_directive_names_.size()));
    seen_directive_names_.emplace_back(&name, context_.source_id());
    return;
  }
  const auto& [first_name, source_id] = seen_directive_names_[first];
  context_.report(SdlRule::unique_directive_names,
                  "There can be only one directive named \"@" + text + "\".",
                  {{source_id, first_name->span()}, context_.at(name.span())});
}

void Checker::check_operation(const OperationDefinition& operation) {
  constexpr std::array<DirectiveLocation, 3> k_locations = {
      DirectiveLocation::query, DirectiveLocation::mutation, DirectiveLocation::subscription};
  literals_.check_repeated(operation.directives);
  for (const VariableDefinition& variable : operation.variables) {
    literals_.check_repeated(variable.directives);
    check_type_name_is_known(variable.type->innermost_name(), false);
    if (variable.default_value != nullptr) {
      literals_.check_literal(*variable.default_value);
    }
    literals_.check_each(variable.directives, DirectiveLocation::variable_definition);
  }
  literals_.check_each(operation.directives,
                       k_locations[static_cast<std::size_t>(operation.operation)]);
  check_selection_set(operation.selection_set);
}

void Checker::check_fragment(const FragmentDefinition& fragment) {
  literals_.check_repeated(fragment.directives);
  check_type_name_is_known(fragment.type_condition, false);
  literals_.check_each(fragment.directives, DirectiveLocation::fragment_definition);
  check_selection_set(fragment.selection_set);
}

// As deep as the parser allows.
void Checker::check_selection_set(const SelectionSet* selection_set) {
  if (selection_set != nullptr) {
    for (const Selection* selection : selection_set->selections) {
      check_selection(*selection);
    }
  }
}

void Checker::check_selection(const Selection& selection) {
  literals_.check_repeated(selection.directives);
  if (selection.kind == SelectionKind::fragment_spread) {
    literals_.check_each(selection.directives, DirectiveLocation::fragment_spread);
    return;
  }
  if (selection.kind == SelectionKind::inline_fragment) {
    const InlineFragment& fragment = as_inline_fragment(selection);
    if (!fragment.type_condition.empty()) {
      check_type_name_is_known(fragment.type_condition, false);
    }
    literals_.check_each(fragment.directives, DirectiveLocation::inline_fragment);
    check_selection_set(fragment.selection_set);
    return;
  }
  const Field& field = as_field(selection);
  literals_.check_unique_arguments(field.arguments);
  for (const Argument& argument : field.arguments) {
    literals_.check_literal(argument.value);
  }
  literals_.check_each(field.directives, DirectiveLocation::field);
  check_selection_set(field.selection_set);
}

}  // namespace

std::vector<Error> check_sdl(std::span<const Document* const> documents,
                             const Schema* base,
                             SdlRules rules) {
  return Checker(documents, base, rules).check();
}

}  // namespace graphql
