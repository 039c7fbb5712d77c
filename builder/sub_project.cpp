#include "builder/sub_project.h"

#include <algorithm>

#include "builder/slots.h"

namespace builder {
namespace {

constexpr const char* k_reach_rule = "NoUnusedFragments";

/// The levels of the files at hand: the whole project's lists may be long.
RuleLevels part_of(const RuleLevels& levels, const std::vector<SourceInput>& sources) {
  RuleLevels part;
  part.project = levels.project;
  for (const RuleLevels::Override& whole : levels.overrides) {
    RuleLevels::Override& entry = part.overrides.emplace_back();
    entry.levels = whole.levels;
    for (const SourceInput& source : sources) {
      if (std::binary_search(whole.paths.begin(), whole.paths.end(), source.path)) {
        entry.paths.push_back(source.path);
      }
    }
  }
  return part;
}

}  // namespace

BuildInput SubProjectMaker::make(const std::set<base::SourcePath>& paths) const {
  BuildInput input;
  for (const base::SourcePath& path : paths) {
    const SourceInput* source = sources_.find(path);
    if (source == nullptr) {
      continue;
    }
    input.sources.push_back(*source);
    input.names.add(sources_.names_of(path));
  }
  input.schemas = schemas_;
  input.options.tags = options_.tags;
  input.options.composer_modules = options_.composer_modules;
  input.options.module_format = options_.module_format;
  input.options.on_error = options_.on_error;
  input.options.rules = part_of(options_.rules, input.sources);
  return input;
}

std::set<base::SourcePath> SubProjectMaker::targets_of(const base::SourcePath& path) const {
  std::set<base::SourcePath> targets;
  for (const auto& [name, resolved] : sources_.names_of(path)) {
    if (resolved.kind == discovery::ResolvedName::Kind::binding && resolved.file != path) {
      targets.insert(resolved.file);
    }
  }
  return targets;
}

std::set<base::SourcePath> SubProjectMaker::with_targets(
    const std::set<base::SourcePath>& paths) const {
  std::set<base::SourcePath> all = paths;
  std::vector<base::SourcePath> queue(paths.begin(), paths.end());
  for (std::size_t next = 0; next < queue.size(); ++next) {
    for (const base::SourcePath& target : targets_of(queue[next])) {
      if (all.insert(target).second) {
        queue.push_back(target);
      }
    }
  }
  return all;
}

void SubProjectMaker::add_targets(const base::SourcePath& path,
                                  std::vector<graph::Slot>& slots) const {
  for (const base::SourcePath& target : evaluates(path) ? with_targets({path}) : targets_of(path)) {
    if (target != path) {
      slots.push_back(interface_slot(target));
    }
  }
  std::sort(slots.begin(), slots.end());
  slots.erase(std::unique(slots.begin(), slots.end()), slots.end());
}

// Evaluating goes through values of one file to those of the next.
bool SubProjectMaker::evaluates(const base::SourcePath& path) const {
  const FileNames& names = sources_.names_of(path);
  const auto first = names.lower_bound(composer_name({}));
  return first != names.end() && first->first.starts_with(composer_name({}));
}

bool SubProjectMaker::options_need_reach() const {
  const auto is_on = [](const auto& levels) {
    const auto level = levels.find(k_reach_rule);
    return level != levels.end() && level->second != RuleLevel::off;
  };
  return is_on(options_.rules.project) ||
         std::any_of(options_.rules.overrides.begin(),
                     options_.rules.overrides.end(),
                     [&](const RuleLevels::Override& entry) { return is_on(entry.levels); });
}

}  // namespace builder
