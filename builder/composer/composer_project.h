#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "builder/build_input.h"
#include "builder/composer/composition.h"
#include "discovery/composition_facts.h"

namespace builder::composer {

/// Whether a composer comes from the module that an import calls `specifier`.
bool is_composer_module(std::string_view specifier, const std::vector<std::string>& modules);

/// Whether a name that stands for `resolved` is the composer of a schema (`gql.default`), or that
/// of which the schemas are members (`gql`).
bool is_composer(const discovery::ResolvedName& resolved, const std::vector<std::string>& modules);

/// One call of a composer.
struct Composition {
  /// Index in BuildInput::sources, and in the sites of its facts.
  std::uint32_t source = 0;
  std::uint32_t site = 0;
  std::string label;
  /// Null where the config has no such schema.
  const graphql::Schema* schema = nullptr;
  /// What is wrong with the call itself.
  std::optional<base::Diagnostic> error;
};

/// The compositions of a build, and the values of its files. Reads what it was made from; any
/// number of threads may ask.
class ComposerProject {
 public:
  explicit ComposerProject(const BuildInput& input);

  const BuildInput& input() const { return input_; }
  /// In the order of sources, then of places; those of files that are not included too.
  const std::vector<Composition>& compositions() const { return compositions_; }

  std::optional<std::uint32_t> find(std::uint32_t source, std::uint32_t site) const;
  std::optional<std::uint32_t> find_source(const base::SourcePath& path) const;
  const discovery::CompositionFacts& facts(std::uint32_t source) const {
    return input_.sources[source].facts->compositions;
  }
  const discovery::ValueIndex& values(std::uint32_t source) const;
  /// The function that a composition hands to the composer.
  discovery::ExpressionIndex function_of(const Composition& composition) const;

 private:
  void recognize(std::uint32_t source);
  void add(std::uint32_t source, std::uint32_t site, const discovery::ResolvedName& resolved);
  void choose_schema(Composition& composition);

  const BuildInput& input_;
  std::vector<Composition> compositions_;
  std::map<std::pair<std::uint32_t, std::uint32_t>, std::uint32_t> by_site_;
  std::map<std::uint32_t, discovery::ValueIndex> values_;
};

}  // namespace builder::composer
