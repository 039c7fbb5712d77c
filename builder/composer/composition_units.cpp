#include "builder/composer/composition_units.h"

#include <algorithm>
#include <iterator>
#include <map>

#include "builder/composer/evaluate.h"

namespace builder::composer {

namespace {

using Role = TemplateUnit::Role;

TemplateUnit make_unit(const BuildInput& input,
                       const ComposerProject& project,
                       std::uint32_t index) {
  const Composition& composition = project.compositions()[index];
  const discovery::CompositionSite& site =
      input.sources[composition.source].facts->compositions.sites[composition.site];
  TemplateUnit unit;
  unit.source = composition.source;
  unit.site = composition.site;
  unit.label = composition.label;
  unit.composition.emplace();
  unit.composition->index = index;
  unit.composition->callee = site.callee.span;
  if (composition.error) {
    unit.role = Role::broken;
    unit.error = *composition.error;
    unit.diagnostics = {unit.error};
  }
  return unit;
}

class UnitEvaluator {
 public:
  explicit UnitEvaluator(CollectedTemplates& collected)
      : project_(*collected.composer), units_(collected.units) {
    for (std::uint32_t i = 0; i < units_.size(); ++i) {
      if (units_[i].composition) {
        unit_of_.emplace(units_[i].composition->index, i);
        own_.push_back(i);
      }
    }
  }

  void evaluate(base::ThreadPool& pool) {
    std::vector<Evaluated> results(own_.size());
    pool.parallel_for(own_.size(), [&](std::size_t i, unsigned) {
      const TemplateUnit& unit = units_[own_[i]];
      if (unit.role != Role::broken) {
        results[i] = evaluate_composition(project_, unit.composition->index);
      }
    });
    // First everybody's own errors, as others are told apart by them.
    for (std::size_t i = 0; i < own_.size(); ++i) {
      take_own(units_[own_[i]], results[i]);
    }
    for (std::size_t i = 0; i < own_.size(); ++i) {
      take_foreign(units_[own_[i]], results[i]);
    }
  }

 private:
  void take_own(TemplateUnit& unit, Evaluated& result) {
    CompositionUnit& composition = *unit.composition;
    composition.kind = result.kind;
    composition.name = std::move(result.name);
    composition.operation_type = std::move(result.operation_type);
    composition.metadata = std::move(result.metadata);
    composition.text = std::move(result.text);
    auto content = std::make_shared<UnitText>();
    content->text.append_replaced(composition.text.text, composition.callee);
    unit.content = std::move(content);
    for (const std::uint32_t expanded : result.expanded) {
      const auto other = unit_of_.find(expanded);
      if (other != unit_of_.end()) {
        composition.expanded.push_back(other->second);
      }
    }
    std::sort(composition.expanded.begin(), composition.expanded.end());
    for (const Evaluated::Problem& problem : result.problems) {
      if (problem.owner == composition.index) {
        report(unit, problem.diagnostic);
      }
    }
  }

  void take_foreign(TemplateUnit& unit, const Evaluated& result) {
    for (const Evaluated::Problem& problem : result.problems) {
      if (problem.owner == unit.composition->index) {
        continue;
      }
      if (!is_told_by_owner(problem.owner)) {
        report(unit, problem.diagnostic);
      }
      unit.role = Role::broken;
    }
    if (unit.composition->kind == CompositionKind::define) {
      unit.role = Role::empty;
    }
  }

  /// Constants are no definitions, so that nobody can be blocked by them.
  bool is_told_by_owner(std::uint32_t owner) const {
    const auto found = unit_of_.find(owner);
    if (found == unit_of_.end()) {
      return false;
    }
    const TemplateUnit& unit = units_[found->second];
    return unit.composition->kind != CompositionKind::define && !unit.error.code.empty();
  }

  static void report(TemplateUnit& unit, const base::Diagnostic& diagnostic) {
    if (unit.error.code.empty()) {
      unit.error = diagnostic;
    }
    unit.role = Role::broken;
    unit.diagnostics.push_back(diagnostic);
  }

  const ComposerProject& project_;
  std::vector<TemplateUnit>& units_;
  /// Units that are compositions.
  std::vector<std::uint32_t> own_;
  /// By composition.
  std::map<std::uint32_t, std::uint32_t> unit_of_;
};

}  // namespace

void add_compositions(const BuildInput& input, CollectedTemplates& collected) {
  auto project = std::make_shared<const ComposerProject>(input);
  collected.composer = project;
  std::vector<TemplateUnit> added;
  const auto& compositions = project->compositions();
  for (std::uint32_t i = 0; i < compositions.size(); ++i) {
    const SourceInput& source = input.sources[compositions[i].source];
    const auto& site = source.facts->compositions.sites[compositions[i].site];
    if (source.is_included && !site.is_ignored) {
      added.push_back(make_unit(input, *project, i));
    }
  }
  if (compositions.empty()) {
    return;
  }
  const auto is_part = [&](const TemplateUnit& unit) {
    const base::Span span = site_of(input, unit);
    return std::any_of(compositions.begin(), compositions.end(), [&](const Composition& one) {
      const base::Span outer = input.sources[one.source].facts->compositions.sites[one.site].site;
      return one.source == unit.source && outer.begin <= span.begin && span.end <= outer.end;
    });
  };
  std::vector<TemplateUnit>& units = collected.units;
  units.erase(std::remove_if(units.begin(), units.end(), is_part), units.end());
  std::move(added.begin(), added.end(), std::back_inserter(units));
  std::stable_sort(
      units.begin(), units.end(), [&](const TemplateUnit& left, const TemplateUnit& right) {
        return std::pair(left.source, site_of(input, left).begin) <
               std::pair(right.source, site_of(input, right).begin);
      });
}

void evaluate_units(CollectedTemplates& collected, base::ThreadPool& pool) {
  if (collected.composer != nullptr) {
    UnitEvaluator(collected).evaluate(pool);
  }
}

}  // namespace builder::composer
