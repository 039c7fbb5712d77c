#include "perf/builder/scenario.h"

#include <algorithm>
#include <array>

#include "base/suggestion.h"

namespace perf {
namespace {

using Kind = Scenario::Kind;

constexpr std::array<Scenario, 10> k_scenarios = {{
    {Kind::cold, "cold", "a new process, without outputs and without a saved state", 1},
    {Kind::unchanged, "noop", "a new process, nothing changed", 1},
    {Kind::restart, "restart", "a new process, one definition edited", 1},
    {Kind::session_unchanged, "session-noop", "in a session, nothing changed, all is looked at", 5},
    {Kind::comment_edit, "comment-edit", "in a session, a line of comment above everything", 10},
    {Kind::leaf_edit, "leaf-edit", "in a session, an operation that nothing uses", 10},
    {Kind::fanout_edit, "fanout-edit", "in a session, a definition with many users", 10},
    {Kind::schema_edit, "schema-edit", "in a session, a description in the schema", 2},
    {Kind::add_remove, "add-remove", "in a session, a file is added and removed again", 2},
    {Kind::touch, "touch", "in a session, many files with another time and the same bytes", 2},
}};

}  // namespace

unsigned repetitions_for(double once_ms, unsigned min_ms) {
  constexpr std::array k_steps = {1U, 2U, 5U, 10U, 20U, 50U};
  constexpr unsigned k_many = 5;
  const bool has_many = k_many * once_ms < 10.0 * min_ms;
  for (const unsigned step : k_steps) {
    if (step * once_ms >= min_ms && (step >= k_many || !has_many)) {
      return step;
    }
  }
  return k_steps.back();
}

std::span<const Scenario> all_scenarios() {
  return k_scenarios;
}

const Scenario* find_scenario(std::string_view name) {
  const auto* found = std::find_if(
      k_scenarios.begin(), k_scenarios.end(), [name](const auto& one) { return one.name == name; });
  return found == k_scenarios.end() ? nullptr : found;
}

base::Result<std::vector<Scenario>> parse_scenarios(std::string_view names) {
  std::vector<bool> is_wanted(k_scenarios.size(), false);
  while (true) {
    const std::size_t comma = std::min(names.find(','), names.size());
    const std::string_view name = names.substr(0, comma);
    const Scenario* scenario = find_scenario(name);
    if (scenario == nullptr) {
      std::vector<std::string_view> known;
      known.reserve(k_scenarios.size());
      for (const Scenario& one : k_scenarios) {
        known.push_back(one.name);
      }
      return base::fail(base::ErrorCode::invalid_config,
                        "there is no scenario \"" + std::string(name) + "\"." +
                            base::did_you_mean(base::suggestions_for(name, known)));
    }
    is_wanted[static_cast<std::size_t>(scenario - k_scenarios.data())] = true;
    if (comma == names.size()) {
      break;
    }
    names.remove_prefix(comma + 1);
  }
  std::vector<Scenario> wanted;
  for (std::size_t i = 0; i < k_scenarios.size(); ++i) {
    if (is_wanted[i]) {
      wanted.push_back(k_scenarios[i]);
    }
  }
  return wanted;
}

}  // namespace perf
