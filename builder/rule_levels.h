#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/source_path.h"

namespace builder {

enum class RuleLevel : std::uint8_t { off, warn, error };

/// How much each rule weighs in each file.
///
/// Only the rules of configurable_rules() can be set; the specification's other rules are always
/// errors. Later overrides win over earlier ones and over the project's levels.
struct RuleLevels {
  struct Override {
    /// The sources that it is about, sorted. Globs are the caller's business.
    std::vector<base::SourcePath> paths;
    std::map<std::string, RuleLevel, std::less<>> levels;
  };

  std::map<std::string, RuleLevel, std::less<>> project;
  std::vector<Override> overrides;

  RuleLevel level_of(std::string_view rule, const base::SourcePath& path) const;
};

struct ConfigurableRule {
  std::string_view name;
  RuleLevel default_level;
};

/// The rules that `rules` and `overrides` in the config may name, sorted by name.
const std::vector<ConfigurableRule>& configurable_rules();

}  // namespace builder
