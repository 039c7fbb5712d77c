#include "graphql/schema_members.h"

#include <algorithm>
#include <functional>
#include <utility>

#include "graphql/applied_directives.h"
#include "graphql/builtin_types.h"

namespace graphql {
namespace {

bool contains(std::string_view source, std::string_view text) {
  const std::less_equal<const char*> at_most;
  return at_most(source.data(), text.data()) &&
         at_most(text.data() + text.size(), source.data() + source.size());
}

}  // namespace

SchemaMembers::SchemaMembers(SchemaStorage& storage,
                             SchemaTypeTable& types,
                             DefaultValues& defaults,
                             std::vector<Error>& errors,
                             std::vector<std::string_view> sources)
    : storage_(storage),
      types_(types),
      defaults_(defaults),
      errors_(errors),
      sources_(std::move(sources)) {
  std::sort(sources_.begin(), sources_.end(), [](std::string_view left, std::string_view right) {
    return std::less<const char*>()(left.data(), right.data());
  });
}

void SchemaMembers::fill(SchemaField& field, const FieldDefinition& definition) {
  field.name = definition.name;
  field.type = {types_.refer_to(definition.type->innermost_name()),
                wrappers_of(*definition.type, storage_.arena)};
  field.arguments = arguments_from(definition.arguments);
  field.description = description(definition.description);
  field.deprecation_reason = deprecation_reason(definition.directives);
}

void SchemaMembers::fill(SchemaInputValue& value, const InputValueDefinition& definition) {
  value.name = definition.name;
  value.type = {types_.refer_to(definition.type->innermost_name()),
                wrappers_of(*definition.type, storage_.arena)};
  value.description = description(definition.description);
  value.deprecation_reason = deprecation_reason(definition.directives);
  if (definition.default_value != nullptr) {
    defaults_.add(&value, definition.default_value, source_id_);
  }
}

void SchemaMembers::fill(SchemaEnumValue& value, const EnumValueDefinition& definition) {
  value.name = definition.name;
  value.description = description(definition.description);
  value.deprecation_reason = deprecation_reason(definition.directives);
}

SchemaDirective SchemaMembers::directive_from(const DirectiveDefinition& definition) {
  source_id_ = definition.source_id;
  SchemaDirective directive;
  directive.name = definition.name;
  directive.description = description(definition.description);
  directive.arguments = arguments_from(definition.arguments);
  directive.is_repeatable = definition.is_repeatable;
  directive.is_specified = builtins().find_directive(definition.name) != nullptr;
  std::vector<DirectiveLocation> locations;
  for (const Name& name : definition.locations) {
    if (const auto location = directive_location_from(name.text)) {
      locations.push_back(*location);
      directive.location_bits |= 1U << static_cast<unsigned>(*location);
    }
  }
  directive.locations = storage_.arena.copy_list(locations.data(), locations.size());
  return directive;
}

std::string_view SchemaMembers::specified_by_url(const List<Directive>& directives) {
  return keep(specified_by_url_of(directives, source_id_, errors_));
}

std::string_view SchemaMembers::description(const Value* description) {
  if (description == nullptr) {
    return {};
  }
  return description->text.empty() ? std::string_view("") : keep(description->text);
}

List<SchemaInputValue> SchemaMembers::arguments_from(
    const List<InputValueDefinition>& definitions) {
  SchemaInputValue* const arguments =
      storage_.arena.make_array<SchemaInputValue>(definitions.size());
  for (std::size_t i = 0; i < definitions.size(); ++i) {
    fill(arguments[i], definitions[i]);
  }
  return {arguments, definitions.size()};
}

std::string_view SchemaMembers::deprecation_reason(const List<Directive>& directives) {
  return directives.empty() ? std::string_view()
                            : keep(deprecation_reason_of(directives, source_id_, errors_));
}

std::string_view SchemaMembers::keep(std::string_view text) {
  if (text.empty() || text.data() == k_default_deprecation_reason.data() ||
      contains(last_source_, text)) {
    return text;
  }
  const auto after = std::upper_bound(
      sources_.begin(), sources_.end(), text, [](std::string_view left, std::string_view right) {
        return std::less<const char*>()(left.data(), right.data());
      });
  if (after != sources_.begin() && contains(*(after - 1), text)) {
    last_source_ = *(after - 1);
    return text;
  }
  return storage_.arena.copy_text(text);
}

}  // namespace graphql
