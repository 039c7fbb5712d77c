#pragma once

#include "discovery/composer/expression_reader.h"

namespace discovery::composer {

/// Makes the values opaque that something in the file writes to after they are made: a name that
/// has two values has none that can be known. A single assignment of a member that was not there,
/// as a statement of the module, gives that member its value.
///
/// `facts` holds the values of all names; parameters and what is declared where no definition is
/// are none of them. Writes through another name for an object, and in other files, are not seen.
void hide_overwritten(const SyntaxTree& tree, ExpressionReader& reader, CompositionFacts& facts);

}  // namespace discovery::composer
