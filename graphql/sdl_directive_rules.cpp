#include "graphql/sdl_directive_rules.h"

#include <algorithm>
#include <string>
#include <utility>

#include "graphql/printer.h"
#include "graphql/unique_names.h"

namespace graphql {
namespace {

std::string quoted(std::string_view text) {
  return "\"" + std::string(text) + "\"";
}

}  // namespace

void SdlDirectiveRules::check_repeated(const List<Directive>& directives,
                                       std::vector<SeenDirective>& seen) {
  if (!context_.is_on(SdlRule::unique_directives_per_location)) {
    return;
  }
  for (const Directive& directive : directives) {
    const SdlContext::DirectiveEntry* const entry = context_.find_directive(directive.name);
    if (entry == nullptr || entry->is_repeatable()) {
      continue;
    }
    const auto first = std::find_if(seen.begin(), seen.end(), [&](const SeenDirective& other) {
      return other.directive->name == directive.name;
    });
    if (first == seen.end()) {
      seen.push_back({&directive, context_.source_id()});
      continue;
    }
    context_.report(SdlRule::unique_directives_per_location,
                    "The directive \"@" + std::string(directive.name.text) +
                        "\" can only be used once at this location.",
                    {{first->source_id, first->directive->span}, context_.at(directive.span)});
  }
}

void SdlDirectiveRules::check(const Directive& directive, DirectiveLocation location) {
  const SdlContext::DirectiveEntry* const entry = context_.find_directive(directive.name);
  const std::string name(directive.name.text);
  if (context_.is_on(SdlRule::known_directives)) {
    if (entry == nullptr) {
      context_.report(SdlRule::known_directives,
                      "Unknown directive \"@" + name + "\".",
                      {context_.at(directive.span)});
    } else if (!entry->allows(location)) {
      context_.report(
          SdlRule::known_directives,
          "Directive \"@" + name + "\" may not be used on " + std::string(to_text(location)) + ".",
          {context_.at(directive.span)});
    }
  }
  if (entry != nullptr) {
    check_known_arguments(directive, *entry);
  }
  check_unique_arguments(directive.arguments);
  for (const Argument& argument : directive.arguments) {
    check_literal(argument.value);
  }
  if (entry != nullptr) {
    check_required_arguments(directive, *entry);
  }
}

void SdlDirectiveRules::check_all(const List<Directive>& directives, DirectiveLocation location) {
  check_repeated(directives);
  check_each(directives, location);
}

void SdlDirectiveRules::check_known_arguments(const Directive& directive,
                                              const SdlContext::DirectiveEntry& entry) {
  if (!context_.is_on(SdlRule::known_argument_names_on_directives)) {
    return;
  }
  if (directive.arguments.empty()) {
    return;
  }
  UniqueNames names;
  if (entry.definition != nullptr) {
    for (const InputValueDefinition& definition : entry.definition->arguments) {
      names.add(definition.name);
    }
  } else {
    for (const SchemaInputValue& definition : entry.existing->arguments) {
      names.add(definition.name);
    }
  }
  std::vector<std::string_view> known;
  for (const Argument& argument : directive.arguments) {
    if (context_.is_full()) {
      return;
    }
    if (names.find(argument.name) == NameIndex::k_none) {
      for (std::uint32_t i = static_cast<std::uint32_t>(known.size()); i < names.size(); ++i) {
        known.push_back(names[i].text);
      }
      context_.report(SdlRule::known_argument_names_on_directives,
                      "Unknown argument " + quoted(argument.name.text) + " on directive \"@" +
                          std::string(directive.name.text) + "\"." +
                          context_.suggest(argument.name.text, known),
                      {context_.at(argument.span())});
    }
  }
}

void SdlDirectiveRules::check_unique_arguments(const List<Argument>& arguments) {
  if (arguments.size() < 2 || !context_.is_on(SdlRule::unique_argument_names)) {
    return;
  }
  std::vector<const Name*> names;
  for (const Argument& argument : arguments) {
    names.push_back(&argument.name);
  }
  for (const std::vector<const Name*>& group : repeated_names(names)) {
    context_.report(SdlRule::unique_argument_names,
                    "There can be only one argument named " + quoted(group.front()->text) + ".",
                    context_.at(group));
  }
}

void SdlDirectiveRules::check_required_arguments(const Directive& directive,
                                                 const SdlContext::DirectiveEntry& entry) {
  if (!context_.is_on(SdlRule::provided_required_arguments_on_directives)) {
    return;
  }
  UniqueNames given;
  for (const Argument& argument : directive.arguments) {
    given.add(argument.name);
  }
  const auto is_given = [&](const Name& name) { return given.find(name) != NameIndex::k_none; };
  if (entry.definition == nullptr) {
    for (const SchemaInputValue& argument : entry.existing->arguments) {
      if (context_.is_full()) {
        return;
      }
      if (argument.is_required() && !is_given(argument.name)) {
        report_missing(directive, argument.name.text, context_.type_text(argument.type));
      }
    }
    return;
  }
  UniqueNames defined;
  for (const InputValueDefinition& argument : entry.definition->arguments) {
    if (context_.is_full()) {
      return;
    }
    // The first of a name counts.
    const std::size_t count = defined.size();
    const bool is_first = defined.add(argument.name) == count;
    if (argument.type->kind == TypeReference::Kind::non_null && argument.default_value == nullptr &&
        !is_given(argument.name) && is_first) {
      report_missing(directive, argument.name.text, print(*argument.type));
    }
  }
}

void SdlDirectiveRules::report_missing(const Directive& directive,
                                       std::string_view argument,
                                       const std::string& type) {
  context_.report(SdlRule::provided_required_arguments_on_directives,
                  "Directive \"@" + std::string(directive.name.text) + "\" argument " +
                      quoted(argument) + " of type " + quoted(type) +
                      " is required, but it was not provided.",
                  {context_.at(directive.span)});
}

void SdlDirectiveRules::check_literal(const Value& value) {
  if (value.kind == ValueKind::list) {
    for (const Value& item : value.items) {
      check_literal(item);
    }
  } else if (value.kind == ValueKind::object) {
    check_unique_fields(value.fields);
  }
}

void SdlDirectiveRules::check_unique_fields(const List<ObjectField>& fields) {
  NameIndex seen;
  for (std::uint32_t i = 0; i < fields.size(); ++i) {
    const Name& name = fields[i].name;
    const std::uint32_t first =
        seen.find(name.hash, [&](std::uint32_t other) { return fields[other].name == name; });
    if (first == NameIndex::k_none) {
      seen.insert(name.hash, i);
    } else if (context_.is_on(SdlRule::unique_input_field_names)) {
      context_.report(SdlRule::unique_input_field_names,
                      "There can be only one input field named " + quoted(name.text) + ".",
                      {context_.at(fields[first].name.span()), context_.at(name.span())});
    }
    check_literal(fields[i].value);
  }
}

}  // namespace graphql
