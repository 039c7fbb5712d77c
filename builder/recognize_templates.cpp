#include "builder/recognize_templates.h"

#include <algorithm>
#include <map>

#include "base/check.h"
#include "builder/composer/composition_units.h"

namespace builder {
namespace {

using discovery::ResolvedName;
using discovery::TemplateForm;
using discovery::TemplateSite;

class Recognizer {
 public:
  Recognizer(const BuildInput& input, const TemplateMemory* memory)
      : input_(input), memory_(memory) {}

  CollectedTemplates recognize() {
    for (std::uint32_t source = 0; source < input_.sources.size(); ++source) {
      if (!input_.sources[source].is_included) {
        continue;
      }
      if (memory_ != nullptr && take_known(source)) {
        continue;
      }
      const auto& sites = input_.sources[source].facts->templates;
      for (std::uint32_t site = 0; site < sites.size(); ++site) {
        visit(source, site, sites[site]);
      }
      for (auto& [package, unknown] : unknown_) {
        result_.unknown_tags.push_back(std::move(unknown));
      }
      unknown_.clear();
    }
    return std::move(result_);
  }

 private:
  bool take_known(std::uint32_t source) {
    const TemplateMemory::File* known = memory_->find(input_.sources[source].path);
    if (known == nullptr) {
      return false;
    }
    for (const TemplateMemory::Template& one : *known) {
      TemplateUnit& unit = result_.units.emplace_back();
      unit.source = source;
      unit.site = one.site;
      unit.label = one.label;
      unit.content = one.content;
    }
    return true;
  }

  void visit(std::uint32_t source, std::uint32_t site_index, const TemplateSite& site) {
    if (site.is_ignored) {
      return;
    }
    const TagDecision decision = decide(source, site);
    if (decision.kind == TagDecision::Kind::unknown_package) {
      note_unknown(source, site, decision.package);
    }
    if (!is_tag(decision)) {
      return;
    }
    TemplateUnit unit;
    unit.source = source;
    unit.site = site_index;
    unit.is_scoped = decision.kind == TagDecision::Kind::scoped_tag || site.has_fragment_list;
    if (!choose_schema(input_.sources[source], site, decision.label, unit)) {
      return;
    }
    result_.units.push_back(std::move(unit));
  }

  TagDecision decide(std::uint32_t source, const TemplateSite& site) const {
    if (site.form != TemplateForm::tag && site.form != TemplateForm::call) {
      return {TagDecision::Kind::tag, {}, {}};
    }
    const ResolvedName* resolved =
        input_.names.find(source, name_key(site.tag.names, site.tag.scope));
    // What the caller did not resolve cannot be a tag: see NameTable.
    const TagDecision decision =
        resolved == nullptr ? TagDecision{} : decide_tag(site.tag, *resolved, input_.options.tags);
    // send(/* GraphQL */ `...`): the mark speaks for itself, whoever is called.
    return site.is_marked && !is_tag(decision) ? TagDecision{TagDecision::Kind::tag, {}, {}}
                                               : decision;
  }

  static bool is_tag(const TagDecision& decision) {
    return decision.kind == TagDecision::Kind::tag ||
           decision.kind == TagDecision::Kind::scoped_tag;
  }

  /// False if the template cannot be built and whoever needs it must not be told so: nothing is
  /// built then.
  bool choose_schema(const SourceInput& source,
                     const TemplateSite& site,
                     const std::string& tag_label,
                     TemplateUnit& unit) {
    if (!tag_label.empty()) {
      unit.label = tag_label;
      return true;
    }
    if (source.schema_labels.size() == 1) {
      unit.label = source.schema_labels.front();
      return true;
    }
    base::Diagnostic error;
    error.range = {source.path, site.site};
    if (source.schema_labels.empty()) {
      error.code = "NoSchema";
      error.message =
          "No schema of the config is for this file. Widen the \"include\" of a schema, or give "
          "the tag a schema with \"tags\".";
      unit.role = TemplateUnit::Role::broken;
      unit.error = std::move(error);
      return true;
    }
    error.code = "AmbiguousSchema";
    error.message =
        "Schemas \"" + source.schema_labels[0] + "\" and \"" + source.schema_labels[1] +
        "\" both claim this file. Narrow the \"include\" of one of them, or give the tag "
        "a schema with \"tags\".";
    result_.config_errors.push_back(std::move(error));
    return false;
  }

  void note_unknown(std::uint32_t source, const TemplateSite& site, const std::string& package) {
    UnknownTag& unknown = unknown_[package];
    if (unknown.count++ == 0) {
      unknown.package = package;
      unknown.first = {input_.sources[source].path, site.tag.span};
    }
  }

  const BuildInput& input_;
  const TemplateMemory* memory_;
  CollectedTemplates result_;
  /// Of the source at hand, by package.
  std::map<std::string, UnknownTag> unknown_;
};

}  // namespace

bool is_plain(const TemplateUnit& unit) {
  return unit.role == TemplateUnit::Role::executable && !unit.composition && !unit.is_scoped &&
         unit.fragment_units.empty() && unit.diagnostics.empty();
}

CollectedTemplates recognize_templates(const BuildInput& input, const TemplateMemory* memory) {
  CollectedTemplates collected = Recognizer(input, memory).recognize();
  const bool has_compositions =
      std::any_of(input.sources.begin(), input.sources.end(), [](const SourceInput& source) {
        return !source.facts->compositions.sites.empty();
      });
  if (has_compositions) {
    composer::add_compositions(input, collected);
  }
  return collected;
}

const base::MappedText& TemplateUnit::text() const {
  static const base::MappedText k_none;
  return content == nullptr ? k_none : content->text;
}

std::string joined_by_dots(const std::vector<std::string>& names) {
  std::string text;
  for (const std::string& name : names) {
    if (!text.empty()) {
      text += '.';
    }
    text += name;
  }
  return text;
}

std::string name_key(const std::vector<std::string>& names, base::Span scope) {
  std::string key = joined_by_dots(names);
  if (scope != base::Span{}) {
    // No name of TypeScript begins so.
    key += "@" + std::to_string(scope.begin) + "-" + std::to_string(scope.end);
  }
  return key;
}

std::string composer_name(const std::vector<std::string>& names) {
  return "=" + joined_by_dots(names);
}

base::Span site_of(const BuildInput& input, const TemplateUnit& unit) {
  const discovery::SourceFacts& facts = *input.sources[unit.source].facts;
  return unit.composition ? facts.compositions.sites[unit.site].site
                          : facts.templates[unit.site].site;
}

base::Span utf16_site_of(const BuildInput& input, const TemplateUnit& unit) {
  const discovery::SourceFacts& facts = *input.sources[unit.source].facts;
  return unit.composition ? facts.compositions.sites[unit.site].utf16_site
                          : facts.templates[unit.site].utf16_site;
}

const std::vector<std::string>& binding_of(const BuildInput& input, const TemplateUnit& unit) {
  const discovery::SourceFacts& facts = *input.sources[unit.source].facts;
  return unit.composition ? facts.compositions.sites[unit.site].binding
                          : facts.templates[unit.site].binding;
}

base::SourceRange source_range(const BuildInput& input, const TemplateUnit& unit, base::Span span) {
  if (unit.composition) {
    const composer::ComposedText& text = unit.composition->text;
    if (text.pieces.empty()) {
      return {input.sources[unit.source].path, unit.composition->callee};
    }
    const composer::Place place = text.place_at(span.begin);
    return {input.sources[place.source].path, place.span};
  }
  return {input.sources[unit.source].path, unit.text().to_source(span)};
}

}  // namespace builder
