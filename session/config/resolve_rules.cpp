#include "session/config/resolve_rules.h"

#include <algorithm>
#include <string_view>
#include <vector>

#include "base/suggestion.h"
#include "session/config/keys.h"

namespace session::config {
namespace {

void check_rule(const Text& rule, Problems& problems) {
  const auto fixed = fixed_rules();
  if (std::find(fixed.begin(), fixed.end(), rule.value) != fixed.end()) {
    problems.add_error(rule.span,
                       k_value_code,
                       in_quotes(rule.value) +
                           " is a rule of the GraphQL specification. It always applies and cannot "
                           "be configured.");
    return;
  }
  std::vector<std::string_view> known;
  for (const RuleSpec& spec : rule_specs()) {
    known.push_back(spec.name);
  }
  if (std::find(known.begin(), known.end(), rule.value) == known.end()) {
    problems.add_error(rule.span,
                       k_value_code,
                       "Unknown rule " + in_quotes(rule.value) + "." +
                           base::did_you_mean(base::suggestions_for(rule.value, known)));
  }
}

}  // namespace

RuleLevels resolve_rules(const TextMap& rules, Problems& problems) {
  RuleLevels levels;
  for (const auto& [rule, level] : rules) {
    check_rule(rule, problems);
    if (level.value == "off" || level.value == "warn" || level.value == "error") {
      levels[rule.value] = level.value == "off"    ? RuleLevel::off
                           : level.value == "warn" ? RuleLevel::warn
                                                   : RuleLevel::error;
    } else {
      problems.add_error(
          level.span,
          k_value_code,
          "A rule's level is \"off\", \"warn\" or \"error\", not " + in_quotes(level.value) + ".");
    }
  }
  return levels;
}

}  // namespace session::config
