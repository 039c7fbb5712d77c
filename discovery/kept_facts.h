#pragma once

#include <string_view>

#include "discovery/source_facts.h"

namespace discovery {

/// Notes of every site where it stands in UTF-16 code units, so that nobody needs the text again to
/// tell an editor. `text` holds the file's bytes, well-formed or not.
void note_utf16_sites(std::string_view text, SourceFacts& facts);

/// Gives back the memory that lists and texts have to grow into: facts are kept for as long as
/// their file stays as it is.
void shrink(SourceFacts& facts);

}  // namespace discovery
