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

  Target find_target(const TemplateUnit& unit,
                     const discovery::NameChain& chain,
                     base::Span use) const;
  std::optional<std::uint32_t> find_local(const TemplateUnit& unit,
                                          const std::string& name,
                                          base::Span use) const;
  Target find_binding(const discovery::ResolvedName& name) const;
  std::string replace(const TemplateUnit& unit,
                      const discovery::Substitution& substitution,
                      Outcome& outcome) const;
  void resolve_fragments(const TemplateUnit& unit, Outcome& outcome) const;
  void report(const TemplateUnit& unit,
              base::Span place,
              const std::string& reason,
              Outcome& outcome) const;

  const discovery::TemplateSite& site_of(const TemplateUnit& unit) const {
    return input_.sources[unit.source].facts->templates[unit.site];
  }

  const BuildInput& input_;
  const std::vector<TemplateUnit>& units_;
  /// (source, binding joined by dots) -> units, in source order.
  std::map<std::pair<std::uint32_t, std::string>, std::vector<std::uint32_t>> bound_units_;
  /// Source -> unit, of document files.
  std::map<std::uint32_t, std::uint32_t> file_units_;
  std::map<base::SourcePath, std::uint32_t> source_by_path_;
};

}  // namespace builder
