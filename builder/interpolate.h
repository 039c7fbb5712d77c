#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "builder/template_unit.h"

namespace builder {

/// Finds what `${...}` and the names in fragment arrays stand for, and puts templates together.
///
/// Reads the units' sources and sites only, so it may be asked from many threads at once.
class Interpolator {
 public:
  Interpolator(const BuildInput& input, const std::vector<TemplateUnit>& units);

  struct Outcome {
    base::MappedText text;
    std::vector<std::uint32_t> fragment_units;
    std::vector<base::Diagnostic> diagnostics;
  };
  /// Never fails: what cannot be known is a diagnostic and leaves nothing in its place.
  Outcome interpolate(const TemplateUnit& unit) const;

 private:
  /// What a name in a template stands for; at most one of the two is given.
  struct Target {
    std::optional<std::uint32_t> unit;
    std::optional<std::string> text;
    /// Why there is neither; empty where there is nothing special to say.
    std::string reason;
  };

  /// A text that is being put together.
  struct Draft {
    const TemplateUnit& unit;
    Outcome outcome;
    std::vector<std::string> replacements;
    /// Indices of the substitutions that are documents by themselves, not behind `...`.
    std::vector<std::size_t> documents;
  };

  Target find_target(const TemplateUnit& unit, const discovery::NameChain& chain) const;
  /// The template that bears a name, or why none can be told; nothing if no template does.
  std::optional<Target> find_unit(std::uint32_t source, const std::string& name) const;
  Target find_binding(const discovery::ResolvedName& name) const;
  std::string replace(Draft& draft, std::size_t index) const;
  Target target_of(const TemplateUnit& unit, const discovery::Substitution& substitution) const;
  std::string name_of_fragment(Draft& draft,
                               const discovery::Substitution& substitution,
                               std::uint32_t target) const;
  void check_documents(Draft& draft) const;
  void resolve_fragments(Draft& draft) const;
  bool check_schema(Draft& draft, base::Span place, std::uint32_t target) const;
  void report(Draft& draft, base::Span place, const std::string& reason) const;

  const discovery::TemplateSite& site_of(const TemplateUnit& unit) const {
    return input_.sources[unit.source].facts->templates[unit.site];
  }

  const BuildInput& input_;
  const std::vector<TemplateUnit>& units_;
  /// (source, key of the binding) -> units, in source order.
  std::map<std::pair<std::uint32_t, std::string>, std::vector<std::uint32_t>> bound_units_;
  /// (source, beginning of the site) -> unit.
  std::map<std::pair<std::uint32_t, std::uint32_t>, std::uint32_t> units_by_place_;
  /// Source -> unit, of document files.
  std::map<std::uint32_t, std::uint32_t> file_units_;
  std::map<base::SourcePath, std::uint32_t> source_by_path_;
};

}  // namespace builder
