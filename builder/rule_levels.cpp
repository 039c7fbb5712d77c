#include "builder/rule_levels.h"

#include <algorithm>

namespace builder {

const std::vector<ConfigurableRule>& configurable_rules() {
  // Code that reads fragments from a cache uses them without a spread, hence NoUnusedFragments is
  // off.
  static const std::vector<ConfigurableRule> rules = {
      {"DuplicateDefinition", RuleLevel::warn},
      {"NoDeprecated", RuleLevel::off},
      {"NoSchemaIntrospection", RuleLevel::off},
      {"NoUnusedFragments", RuleLevel::off},
      {"NoUnusedVariables", RuleLevel::error},
      {"UnknownTag", RuleLevel::warn},
      {"UnresolvedImport", RuleLevel::warn},
      {"UnresolvedInterpolation", RuleLevel::error},
  };
  return rules;
}

RuleLevel RuleLevels::level_of(std::string_view rule, const base::SourcePath& path) const {
  const std::vector<ConfigurableRule>& rules = configurable_rules();
  const auto known =
      std::find_if(rules.begin(), rules.end(), [rule](const ConfigurableRule& entry) {
        return entry.name == rule;
      });
  if (known == rules.end()) {
    return RuleLevel::error;
  }
  for (auto it = overrides.rbegin(); it != overrides.rend(); ++it) {
    const auto level = it->levels.find(rule);
    if (level != it->levels.end() && std::binary_search(it->paths.begin(), it->paths.end(), path)) {
      return level->second;
    }
  }
  const auto level = project.find(rule);
  return level == project.end() ? known->default_level : level->second;
}

}  // namespace builder
