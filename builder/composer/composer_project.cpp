#include "builder/composer/composer_project.h"

#include <algorithm>

#include "base/check.h"
#include "base/suggestion.h"

namespace builder::composer {

namespace {

using discovery::CompositionFacts;
using discovery::CompositionSite;
using discovery::Expression;
using discovery::ExpressionKind;
using discovery::ResolvedName;

/// `gql` by its own name, or as what the module exports by default.
bool names_composer(const std::string& name) {
  return name == "gql" || name == "default";
}

bool takes_function(const CompositionFacts& facts, const CompositionSite& site) {
  const Expression& call = facts.expressions[site.call];
  if (call.kind != ExpressionKind::call) {
    return false;
  }
  const discovery::ExpressionIndex argument = facts.expressions[call.first].next;
  return argument != discovery::k_no_expression &&
         facts.expressions[argument].kind == ExpressionKind::function;
}

}  // namespace

bool is_composer_module(std::string_view specifier, const std::vector<std::string>& modules) {
  return specifier.ends_with("/graphql-system") ||
         std::find(modules.begin(), modules.end(), specifier) != modules.end();
}

bool is_composer(const ResolvedName& resolved, const std::vector<std::string>& modules) {
  const bool is_from_outside = resolved.kind == ResolvedName::Kind::package ||
                               resolved.kind == ResolvedName::Kind::unresolved_module;
  return is_from_outside && is_composer_module(resolved.specifier, modules) &&
         !resolved.path.empty() && names_composer(resolved.path.front()) &&
         resolved.path.size() <= 2;
}

ComposerProject::ComposerProject(const BuildInput& input) : input_(input) {
  for (std::uint32_t source = 0; source < input.sources.size(); ++source) {
    const CompositionFacts& facts = input.sources[source].facts->compositions;
    if (!facts.empty()) {
      values_.emplace(source, discovery::ValueIndex(facts));
      recognize(source);
    }
  }
}

void ComposerProject::recognize(std::uint32_t source) {
  const std::vector<CompositionSite>& sites = facts(source).sites;
  std::uint32_t end = 0;
  for (std::uint32_t site = 0; site < sites.size(); ++site) {
    // What stands inside of a definition is part of it.
    if (sites[site].callee.empty() || sites[site].site.begin < end) {
      continue;
    }
    const ResolvedName* resolved =
        input_.names.find(source, composer_name(sites[site].callee.names));
    if (resolved == nullptr || !is_composer(*resolved, input_.options.composer_modules)) {
      continue;
    }
    // gql(`...`) is a template under a tag.
    const bool is_known = facts(source).expressions[sites[site].call].kind == ExpressionKind::call;
    if (resolved->path.size() < 2 && sites[site].oddity.empty() && is_known &&
        !takes_function(facts(source), sites[site])) {
      continue;
    }
    add(source, site, *resolved);
    end = sites[site].site.end;
  }
}

void ComposerProject::add(std::uint32_t source,
                          std::uint32_t site_index,
                          const ResolvedName& resolved) {
  const CompositionSite& site = facts(source).sites[site_index];
  by_site_.emplace(std::pair{source, site_index}, static_cast<std::uint32_t>(compositions_.size()));
  Composition& composition = compositions_.emplace_back();
  composition.source = source;
  composition.site = site_index;
  base::Diagnostic error;
  error.range = {input_.sources[source].path, site.callee.span};
  error.code = "InvalidComposition";
  const Expression& call = facts(source).expressions[site.call];
  if (call.kind == ExpressionKind::opaque) {
    error.range.span = call.span;
    error.code = "SyntaxError";
    error.message = "There is a syntax error here.";
  } else if (!site.oddity.empty()) {
    error.message = "A composer cannot be reached by " + site.oddity +
                    ". Write the name of the schema: gql.default(...).";
  } else if (resolved.path.size() < 2) {
    error.message = "Say of which schema the definition is: gql.default(...).";
  } else if (!takes_function(facts(source), site)) {
    error.message =
        "A definition is an arrow function: gql." + resolved.path[1] + "(({ query }) => ...).";
  } else {
    composition.label = resolved.path[1];
    choose_schema(composition);
    return;
  }
  composition.error = std::move(error);
}

void ComposerProject::choose_schema(Composition& composition) {
  std::vector<std::string_view> labels;
  for (const SchemaInput& schema : input_.schemas) {
    if (schema.label == composition.label) {
      composition.schema = schema.schema.get();
      return;
    }
    labels.emplace_back(schema.label);
  }
  const CompositionSite& site = facts(composition.source).sites[composition.site];
  base::Diagnostic error;
  error.range = {input_.sources[composition.source].path, site.callee.span};
  error.code = "UnknownSchema";
  error.message = "The config has no schema \"" + composition.label + "\"." +
                  base::did_you_mean(base::suggestions_for(composition.label, labels));
  composition.error = std::move(error);
}

std::optional<std::uint32_t> ComposerProject::find(std::uint32_t source, std::uint32_t site) const {
  const auto found = by_site_.find({source, site});
  return found == by_site_.end() ? std::nullopt : std::optional(found->second);
}

std::optional<std::uint32_t> ComposerProject::find_source(const base::SourcePath& path) const {
  const auto found = std::lower_bound(
      input_.sources.begin(),
      input_.sources.end(),
      path,
      [](const SourceInput& one, const base::SourcePath& wanted) { return one.path < wanted; });
  if (found == input_.sources.end() || found->path != path) {
    return std::nullopt;
  }
  return static_cast<std::uint32_t>(found - input_.sources.begin());
}

const discovery::ValueIndex& ComposerProject::values(std::uint32_t source) const {
  static const discovery::ValueIndex k_none;
  const auto found = values_.find(source);
  return found == values_.end() ? k_none : found->second;
}

discovery::ExpressionIndex ComposerProject::function_of(const Composition& composition) const {
  const CompositionFacts& all = facts(composition.source);
  const Expression& call = all.expressions[all.sites[composition.site].call];
  base::check(!composition.error, "only sound calls of composers are evaluated");
  return all.expressions[call.first].next;
}

}  // namespace builder::composer
