#include "builder/link.h"

#include <algorithm>
#include <map>
#include <string_view>
#include <unordered_map>

#include "base/trace.h"
#include "builder/fragment_cycles.h"
#include "builder/spreads.h"
#include "builder/unique_names.h"

namespace builder {
namespace {

using graph::NodeId;

class Linker {
 public:
  Linker(const BuildInput& input,
         std::vector<TemplateUnit>& units,
         const FragmentTable& fragments,
         std::vector<BuildDefinition>& definitions)
      : input_(input), units_(units), fragments_(fragments), definitions_(definitions) {}

  LinkedDefinitions link() {
    result_.fragments = &fragments_;
    result_.graph = graph::Digraph(definitions_.size());
    has_unknown_spreads_.assign(definitions_.size(), false);
    for (DefinitionIndex i = 0; i < definitions_.size(); ++i) {
      link_definition(i);
    }
    for (std::uint32_t i = 0; i < units_.size(); ++i) {
      check_mixed(i);
    }
    link_expansions();
    check_anonymous();
    find_plain_names();
    check_reached_names();
    check_unique_names(input_, units_, fragments_, definitions_);
    check_fragment_cycles(input_, units_, result_.graph, definitions_);
    return std::move(result_);
  }

 private:
  void link_definition(DefinitionIndex index) {
    BuildDefinition& definition = definitions_[index];
    if (definition.ast == nullptr) {
      return;
    }
    for (const graphql::FragmentSpread* spread : spreads_of(*definition.ast)) {
      if (const auto target = fragments_.find(definition.unit, spread->name.text)) {
        definition.uses.push_back({spread->span, *target});
      } else {
        has_unknown_spreads_[index] = true;
      }
    }
    std::vector<NodeId> targets;
    for (const FragmentUse& use : definition.uses) {
      targets.push_back(NodeId{use.fragment});
    }
    result_.graph.set_dependencies(NodeId{index}, std::move(targets));
  }

  void link_expansions() {
    const bool has_any =
        std::any_of(definitions_.begin(), definitions_.end(), [](const BuildDefinition& one) {
          return !one.expanded.empty();
        });
    if (!has_any) {
      return;
    }
    result_.expansions = graph::Digraph(definitions_.size());
    for (DefinitionIndex i = 0; i < definitions_.size(); ++i) {
      std::vector<NodeId> targets;
      for (const FragmentUse& use : definitions_[i].uses) {
        targets.push_back(NodeId{use.fragment});
      }
      for (const DefinitionIndex expanded : definitions_[i].expanded) {
        targets.push_back(NodeId{expanded});
      }
      result_.expansions->set_dependencies(NodeId{i}, std::move(targets));
    }
  }

  void check_mixed(std::uint32_t index) {
    TemplateUnit& unit = units_[index];
    if (unit.role != TemplateUnit::Role::mixed) {
      return;
    }
    const std::size_t first_error = unit.diagnostics.size();
    for (const graphql::Definition* ast : unit.definitions) {
      if (graphql::is_executable(*ast)) {
        continue;
      }
      base::Diagnostic error;
      error.range = source_range(input_, unit, ast->span);
      error.code = "ExecutableDefinitions";
      error.message =
          ast->kind == graphql::DefinitionKind::schema
              ? "The schema definition is not executable."
              : "The \"" + std::string(ast->name.text) + "\" definition is not executable.";
      unit.diagnostics.push_back(std::move(error));
    }
    for (BuildDefinition& definition : definitions_) {
      if (definition.unit == index) {
        fail(definition, unit.diagnostics[first_error]);
      }
    }
  }

  void check_anonymous() {
    std::vector<std::uint32_t> operation_counts(units_.size(), 0);
    for (const BuildDefinition& definition : definitions_) {
      operation_counts[definition.unit] += definition.is_fragment ? 0 : 1;
    }
    for (BuildDefinition& definition : definitions_) {
      const bool is_anonymous = !definition.is_fragment && definition.name.empty();
      if (!is_anonymous || definition.ast == nullptr || operation_counts[definition.unit] < 2) {
        continue;
      }
      base::Diagnostic error;
      error.range = source_range(input_, units_[definition.unit], definition.ast->span);
      error.code = "LoneAnonymousOperation";
      error.message = "This anonymous operation must be the only defined operation.";
      report(definition, std::move(error));
    }
  }

  void find_plain_names() {
    if (std::none_of(units_.begin(), units_.end(), [](const TemplateUnit& unit) {
          return unit.is_scoped;
        })) {
      return;
    }
    std::unordered_map<std::string_view, std::map<std::string_view, int>> counts;
    for (const BuildDefinition& definition : definitions_) {
      if (definition.is_fragment) {
        ++counts[definition.name][units_[definition.unit].label];
      }
    }
    std::vector<NodeId> others;
    for (DefinitionIndex i = 0; i < definitions_.size(); ++i) {
      const BuildDefinition& user = definitions_[i];
      const std::string& label = units_[user.unit].label;
      const auto is_plain = [&](const FragmentUse& use) {
        const BuildDefinition& fragment = definitions_[use.fragment];
        return units_[fragment.unit].label == label && counts[fragment.name][label] == 1;
      };
      if (has_unknown_spreads_[i] || !std::all_of(user.uses.begin(), user.uses.end(), is_plain)) {
        others.push_back(NodeId{i});
      }
    }
    result_.has_plain_names.assign(definitions_.size(), true);
    for (const NodeId id : result_.graph.affected_by(others)) {
      result_.has_plain_names[graph::index_of(id)] = false;
    }
  }

  // Only where fragments link by arrays can one document reach two fragments of one name.
  void check_reached_names() {
    for (DefinitionIndex i = 0; i < definitions_.size(); ++i) {
      if (!units_[definitions_[i].unit].is_scoped || definitions_[i].uses.empty() ||
          result_.has_plain_names[i]) {
        continue;
      }
      const std::vector<DefinitionIndex> needed = fragments_needed(result_, definitions_, i);
      for (std::size_t n = 1; n < needed.size(); ++n) {
        const BuildDefinition& left = definitions_[needed[n - 1]];
        const BuildDefinition& right = definitions_[needed[n]];
        if (left.name == right.name && left.printed != right.printed) {
          report_reached_twice(i, left, right);
        }
      }
    }
  }

  void report_reached_twice(DefinitionIndex user,
                            const BuildDefinition& left,
                            const BuildDefinition& right) {
    const auto place_of = [this](const BuildDefinition& definition) {
      return source_range(input_, units_[definition.unit], definition.name_span);
    };
    base::Diagnostic error;
    error.range = place_of(definitions_[user]);
    error.code = "UniqueFragmentNames";
    error.message = "There can be only one fragment named \"" + left.name + "\".";
    error.related = {{place_of(left), "one is here"}, {place_of(right), "another is here"}};
    report(definitions_[user], std::move(error));
  }

  const BuildInput& input_;
  std::vector<TemplateUnit>& units_;
  const FragmentTable& fragments_;
  std::vector<BuildDefinition>& definitions_;
  /// By definition.
  std::vector<bool> has_unknown_spreads_;
  LinkedDefinitions result_;
};

}  // namespace

LinkedDefinitions link(const BuildInput& input,
                       std::vector<TemplateUnit>& units,
                       const FragmentTable& fragments,
                       std::vector<BuildDefinition>& definitions) {
  const base::Traced span("link");
  return Linker(input, units, fragments, definitions).link();
}

std::vector<DefinitionIndex> fragments_needed(const LinkedDefinitions& linked,
                                              const std::vector<BuildDefinition>& definitions,
                                              DefinitionIndex definition) {
  std::vector<DefinitionIndex> needed;
  for (const NodeId id : linked.graph.reachable_from(NodeId{definition})) {
    const auto index = static_cast<DefinitionIndex>(id);
    if (index != definition) {
      needed.push_back(index);
    }
  }
  std::sort(needed.begin(), needed.end(), [&](DefinitionIndex left, DefinitionIndex right) {
    return definitions[left].name != definitions[right].name
               ? definitions[left].name < definitions[right].name
               : left < right;
  });
  return needed;
}

}  // namespace builder
