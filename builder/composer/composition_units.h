#pragma once

#include <vector>

#include "base/thread_pool.h"
#include "builder/template_unit.h"

namespace builder::composer {

/// Adds a unit for each composition of the included files to the templates of `collected`, and
/// takes out the templates that are parts of compositions. The units stay in the order of places.
void add_compositions(const BuildInput& input, CollectedTemplates& collected);

/// Evaluates the compositions among the units, which get their texts; those are parsed as any
/// other. What is wrong with a composition is told once, where it is: who expands one that cannot
/// be evaluated is broken without an error of its own.
void evaluate_units(CollectedTemplates& collected, base::ThreadPool& pool);

}  // namespace builder::composer
