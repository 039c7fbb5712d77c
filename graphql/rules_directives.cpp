#include <algorithm>
#include <string>
#include <utility>

#include "graphql/rules.h"

namespace graphql {
namespace {

/// What two rules ask of a directive, whoever defines it.
struct DirectiveTraits {
  bool is_known = false;
  bool is_repeatable = false;
  bool is_allowed_here = false;
};

DirectiveTraits traits_of(const RuleContext& context,
                          const Name& name,
                          DirectiveLocation location) {
  if (const DirectiveDefinition* definition = context.find_directive_in_document(name)) {
    const bool is_allowed = std::any_of(
        definition->locations.begin(), definition->locations.end(), [&](const Name& allowed) {
          return allowed.text == to_text(location);
        });
    return {true, definition->is_repeatable, is_allowed};
  }
  if (const SchemaDirective* directive = context.schema().find_directive(name)) {
    return {true, directive->is_repeatable, directive->allows(location)};
  }
  return {};
}

}  // namespace

void check_known_directive(RuleContext& context,
                           const Directive& directive,
                           DirectiveLocation location) {
  const DirectiveTraits traits = traits_of(context, directive.name, location);
  const std::string name = "\"@" + std::string(directive.name.text) + "\"";
  if (!traits.is_known) {
    context.report(Rule::known_directives, "Unknown directive " + name + ".", directive.span);
  } else if (!traits.is_allowed_here) {
    context.report(
        Rule::known_directives,
        "Directive " + name + " may not be used on " + std::string(to_text(location)) + ".",
        directive.span);
  }
}

void check_unique_directives(RuleContext& context,
                             const List<Directive>& directives,
                             SeenDirectives& seen) {
  for (const Directive& directive : directives) {
    const DirectiveTraits traits = traits_of(context, directive.name, DirectiveLocation::query);
    if (!traits.is_known || traits.is_repeatable) {
      continue;
    }
    const auto [entry, is_first] = seen.try_emplace(directive.name.text, &directive);
    if (!is_first) {
      context.report(Rule::unique_directives_per_location,
                     "The directive \"@" + std::string(directive.name.text) +
                         "\" can only be used once at this location.",
                     {Location{context.source_id, entry->second->span},
                      Location{context.source_id, directive.span}});
    }
  }
}

}  // namespace graphql
