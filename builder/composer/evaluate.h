#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "builder/composer/composer_project.h"

namespace builder::composer {

/// What became of one composition.
struct Evaluated {
  struct Problem {
    /// In whose code it is: the composition's own, or that of one that it expands.
    std::uint32_t owner = k_no_composition;
    base::Diagnostic diagnostic;
  };

  CompositionKind kind = CompositionKind::unknown;
  /// Of an operation or a fragment.
  std::string name;
  /// Of a slice: "query", "mutation" or "subscription".
  std::string operation_type;
  /// GraphQL: of a model or a slice as a fragment, which is there to be validated only. Empty for
  /// constants, and if there are problems.
  ComposedText text;
  /// As JSON; empty if there is none.
  std::string metadata;
  std::vector<Problem> problems;
  /// The compositions that it expands, directly or not; sorted, without itself.
  std::vector<std::uint32_t> expanded;
};

/// Evaluates a composition without an error of its own. A pure function of the project; always
/// ends, after a fixed amount of work. Any number of threads.
Evaluated evaluate_composition(const ComposerProject& project, std::uint32_t index);

}  // namespace builder::composer
