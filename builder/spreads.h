#pragma once

#include <vector>

#include "graphql/ast.h"

namespace builder {

/// The fragment spreads of an operation or fragment, in source order, those of what it spreads not
/// among them.
std::vector<const graphql::FragmentSpread*> spreads_of(const graphql::Definition& definition);

}  // namespace builder
