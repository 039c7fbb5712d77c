#include "builder/interpolate.h"

#include <algorithm>

#include "builder/declared_names.h"
#include "builder/template_text.h"

namespace builder {
namespace {

using discovery::ConstantFact;
using discovery::ResolvedName;
using discovery::Substitution;

std::string why_unresolved(const ResolvedName& name) {
  const std::string what = "\"" + joined_by_dots(name.path) + "\"";
  switch (name.kind) {
    case ResolvedName::Kind::package:
      return what + " comes from the package \"" + name.specifier + "\", which is not built here.";
    case ResolvedName::Kind::unresolved_module:
      return "The module \"" + name.specifier + "\" cannot be found.";
    case ResolvedName::Kind::missing_export:
      return "The module \"" + name.specifier + "\" does not export " + what + ".";
    case ResolvedName::Kind::unread_module:
      return "The module \"" + name.specifier + "\" cannot be read.";
    case ResolvedName::Kind::ambiguous:
      return what + " is exported more than once by \"" + name.specifier + "\".";
    case ResolvedName::Kind::binding:
    case ResolvedName::Kind::call_result:
    case ResolvedName::Kind::local:
    case ResolvedName::Kind::unbound:
      return {};
  }
  return {};
}

}  // namespace

Interpolator::Interpolator(const BuildInput& input, const std::vector<TemplateUnit>& units)
    : input_(input), units_(units) {
  const bool has_names = std::any_of(units.begin(), units.end(), [this](const TemplateUnit& unit) {
    return !unit.composition && unit.content == nullptr &&
           !(site_of(unit).substitutions.empty() && site_of(unit).fragments.empty());
  });
  if (!has_names) {
    return;
  }
  for (std::uint32_t i = 0; i < units.size(); ++i) {
    if (units[i].composition) {
      continue;
    }
    const discovery::TemplateSite& site = site_of(units[i]);
    units_by_place_.emplace(std::pair{units[i].source, site.site.begin}, i);
    if (site.form == discovery::TemplateForm::file) {
      file_units_.emplace(units[i].source, i);
    }
    if (!site.binding.empty()) {
      bound_units_[{units[i].source, name_key(site.binding, site.scope)}].push_back(i);
    }
  }
  for (std::uint32_t i = 0; i < input.sources.size(); ++i) {
    source_by_path_.emplace(input.sources[i].path, i);
  }
}

Interpolator::Outcome Interpolator::interpolate(const TemplateUnit& unit) const {
  Draft draft{unit, {}, {}, {}};
  const discovery::TemplateSite& site = site_of(unit);
  draft.replacements.reserve(site.substitutions.size());
  for (std::size_t i = 0; i < site.substitutions.size(); ++i) {
    draft.replacements.push_back(replace(draft, i));
  }
  draft.outcome.text = compose_template(site, draft.replacements);
  check_documents(draft);
  resolve_fragments(draft);
  return std::move(draft.outcome);
}

std::string Interpolator::replace(Draft& draft, std::size_t index) const {
  const Substitution& substitution = site_of(draft.unit).substitutions[index];
  if (substitution.kind == Substitution::Kind::literal) {
    return substitution.text;
  }
  const Target target = target_of(draft.unit, substitution);
  if (target.text) {
    return *target.text;
  }
  if (!target.unit) {
    report(draft, substitution.span, target.reason);
    return {};
  }
  if (!check_schema(draft, substitution.span, *target.unit)) {
    return {};
  }
  if (is_behind_spread(site_of(draft.unit), substitution)) {
    return name_of_fragment(draft, substitution, *target.unit);
  }
  // The document itself: its fragments are found by their names, so nothing need stand here.
  draft.documents.push_back(index);
  return {};
}

Interpolator::Target Interpolator::target_of(const TemplateUnit& unit,
                                             const Substitution& substitution) const {
  if (substitution.kind == Substitution::Kind::name) {
    return find_target(unit, substitution.chain);
  }
  // A document in place is one like any other, but for the name that it does not have.
  const auto found = substitution.kind == Substitution::Kind::inline_template
                         ? units_by_place_.find({unit.source, substitution.site.begin})
                         : units_by_place_.end();
  return found == units_by_place_.end() ? Target{} : Target{found->second, {}, {}};
}

std::string Interpolator::name_of_fragment(Draft& draft,
                                           const Substitution& substitution,
                                           std::uint32_t target) const {
  for (const DeclaredName& name : declared_names(site_of(units_[target]).text.text())) {
    if (name.is_fragment) {
      return name.name;
    }
  }
  report(draft, substitution.span, "It is no fragment, so it cannot be spread.");
  return {};
}

// Documents are dropped from the text, which is right between definitions only: inside of one, what
// the author meant would be missing from what is sent.
void Interpolator::check_documents(Draft& draft) const {
  if (draft.documents.empty()) {
    return;
  }
  const discovery::TemplateSite& site = site_of(draft.unit);
  const std::vector<std::uint32_t> all = replacement_offsets(site, draft.replacements);
  std::vector<std::uint32_t> offsets;
  for (const std::size_t document : draft.documents) {
    offsets.push_back(all[document]);
  }
  const std::vector<bool> is_right = may_hold_documents(draft.outcome.text.text(), offsets);
  for (std::size_t i = 0; i < draft.documents.size(); ++i) {
    if (is_right[i]) {
      continue;
    }
    const Substitution& substitution = site.substitutions[draft.documents[i]];
    const std::string written = substitution.chain.empty()
                                    ? "${...}"
                                    : "${" + joined_by_dots(substitution.chain.names) + "}";
    base::Diagnostic error;
    error.range = {input_.sources[draft.unit.source].path, substitution.span};
    error.code = "MisplacedInterpolation";
    error.message = "A document cannot stand inside of a definition. Write \"..." + written +
                    "\" to spread its fragment here, or move \"" + written +
                    "\" behind the definition.";
    draft.outcome.diagnostics.push_back(std::move(error));
  }
}

void Interpolator::resolve_fragments(Draft& draft) const {
  const discovery::TemplateSite& site = site_of(draft.unit);
  for (const discovery::NameChain& chain : site.fragments) {
    const Target target = find_target(draft.unit, chain);
    if (!target.unit) {
      report(draft, chain.span, target.reason);
    } else if (check_schema(draft, chain.span, *target.unit)) {
      draft.outcome.fragment_units.push_back(*target.unit);
    }
  }
  if (draft.unit.is_scoped && !(site.opaque_fragment == base::Span{})) {
    report(draft,
           site.opaque_fragment,
           "A list of fragments is an array of names, written in the call or as a constant of this "
           "file.");
  }
}

// Names link within one schema: by its name, a fragment of another one would be taken for ours.
bool Interpolator::check_schema(Draft& draft, base::Span place, std::uint32_t target) const {
  const std::string& own = draft.unit.label;
  const std::string& other = units_[target].label;
  // A template without a schema has an error of its own.
  if (own == other || own.empty() || other.empty()) {
    return true;
  }
  base::Diagnostic error;
  error.range = {input_.sources[draft.unit.source].path, place};
  error.code = "SchemaMismatch";
  error.message = "This document is written against the schema \"" + other +
                  "\", but the template around it against \"" + own +
                  "\". Use a document of the same schema.";
  const discovery::TemplateSite& site = site_of(units_[target]);
  error.related = {{{input_.sources[units_[target].source].path, site.site}, "it is here"}};
  draft.outcome.diagnostics.push_back(std::move(error));
  return false;
}

Interpolator::Target Interpolator::find_target(const TemplateUnit& unit,
                                               const discovery::NameChain& chain) const {
  const std::string name = name_key(chain.names, chain.scope);
  if (const auto found = find_unit(unit.source, name)) {
    return *found;
  }
  const ResolvedName* resolved = input_.names.find(unit.source, name);
  if (resolved == nullptr) {
    return {};
  }
  if (resolved->kind != ResolvedName::Kind::binding &&
      resolved->kind != ResolvedName::Kind::local) {
    return {{}, {}, why_unresolved(*resolved)};
  }
  return find_binding(*resolved);
}

std::optional<Interpolator::Target> Interpolator::find_unit(std::uint32_t source,
                                                            const std::string& name) const {
  const auto bound = bound_units_.find({source, name});
  if (bound == bound_units_.end()) {
    return std::nullopt;
  }
  if (bound->second.size() > 1 || site_of(units_[bound->second.front()]).is_reassigned) {
    return Target{{}, {}, "It is assigned more than once."};
  }
  return Target{bound->second.front(), {}, {}};
}

Interpolator::Target Interpolator::find_binding(const ResolvedName& name) const {
  const auto source = source_by_path_.find(name.file);
  if (source == source_by_path_.end()) {
    return {};
  }
  const SourceInput& input = input_.sources[source->second];
  if (const auto found = find_unit(source->second, name_key(name.path, name.scope))) {
    return *found;
  }
  // A document file is one document, whatever a loader calls what it makes of it.
  const auto document = file_units_.find(source->second);
  if (document != file_units_.end()) {
    return {document->second, {}, {}};
  }
  for (const ConstantFact& constant : input.facts->constants) {
    if (constant.kind == ConstantFact::Kind::string && constant.path == name.path &&
        constant.scope == name.scope) {
      return {{}, constant.text, {}};
    }
  }
  if (!input.is_included) {
    return {{},
            {},
            "\"" + joined_by_dots(name.path) + "\" is in " + name.file.text() +
                ", which \"include\" in the config does not match."};
  }
  return {};
}

void Interpolator::report(Draft& draft, base::Span place, const std::string& reason) const {
  const base::SourcePath& path = input_.sources[draft.unit.source].path;
  const RuleLevel level = input_.options.rules.level_of("UnresolvedInterpolation", path);
  if (level == RuleLevel::off) {
    return;
  }
  base::Diagnostic diagnostic;
  diagnostic.range = {path, place};
  diagnostic.severity = level == RuleLevel::error ? base::Severity::error : base::Severity::warning;
  diagnostic.code = "UnresolvedInterpolation";
  diagnostic.message =
      "What this stands for cannot be known without running the code." +
      (reason.empty() ? std::string() : " " + reason) +
      " Use a document, a constant that holds the name of a fragment, or a literal string.";
  draft.outcome.diagnostics.push_back(std::move(diagnostic));
}

}  // namespace builder
