#include "builder/unique_names.h"

#include <algorithm>
#include <cstddef>
#include <string>

namespace builder {
namespace {

/// A name that is used a thousand times has a million pairs; nobody reads more than a few.
constexpr std::size_t k_most_places = 8;

std::string conflict_message(const BuildDefinition& definition) {
  const std::string kind = definition.is_fragment ? "fragment" : "operation";
  return "There can be only one " + kind + " named \"" + definition.name + "\".";
}

std::string copy_message(const BuildDefinition& definition) {
  const std::string kind = definition.is_fragment ? "Fragment" : "Operation";
  return kind + " \"" + definition.name + "\" is defined more than once, with equal text.";
}

}  // namespace

void check_unique_names(const BuildInput& input,
                        const std::vector<TemplateUnit>& units,
                        const FragmentTable& fragments,
                        std::vector<BuildDefinition>& definitions) {
  const auto place_of = [&](DefinitionIndex index) {
    return source_range(input, units[definitions[index].unit], definitions[index].name_span);
  };
  for (const std::vector<DefinitionIndex>& group : fragments.shared_names()) {
    const bool is_copy = std::all_of(group.begin(), group.end(), [&](DefinitionIndex index) {
      return definitions[index].printed == definitions[group.front()].printed;
    });
    for (const DefinitionIndex index : group) {
      BuildDefinition& definition = definitions[index];
      const RuleLevel level =
          is_copy ? input.options.rules.level_of("DuplicateDefinition", place_of(index).path)
                  : RuleLevel::error;
      base::Diagnostic diagnostic;
      diagnostic.range = place_of(index);
      diagnostic.severity =
          level == RuleLevel::error ? base::Severity::error : base::Severity::warning;
      diagnostic.code = is_copy                  ? "DuplicateDefinition"
                        : definition.is_fragment ? "UniqueFragmentNames"
                                                 : "UniqueOperationNames";
      diagnostic.message = is_copy ? copy_message(definition) : conflict_message(definition);
      for (const DefinitionIndex other : group) {
        if (other != index && diagnostic.related.size() < k_most_places) {
          diagnostic.related.push_back({place_of(other), "also defined here"});
        }
      }
      if (const std::size_t more = group.size() - 1 - diagnostic.related.size(); more > 0) {
        diagnostic.related.back().message +=
            ", and at " + std::to_string(more) + (more == 1 ? " more place" : " more places");
      }
      // The first of several copies is the one to keep; the others are worth a word.
      if (level != RuleLevel::off && (!is_copy || index != group.front())) {
        report(definition, std::move(diagnostic));
      } else if (level == RuleLevel::error) {
        fail(definition, diagnostic);
      }
    }
  }
}

}  // namespace builder
