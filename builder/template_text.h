#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/mapped_text.h"
#include "discovery/source_facts.h"

namespace builder {

/// Whether the substitution stands directly behind `...`, where a document means its fragment's
/// name.
bool is_behind_spread(const discovery::TemplateSite& site,
                      const discovery::Substitution& substitution);

/// The GraphQL text of `site` with `replacements[i]` in place of its i-th substitution. What is
/// replaced maps back to the whole `${...}`.
base::MappedText compose_template(const discovery::TemplateSite& site,
                                  const std::vector<std::string>& replacements);

/// Where in the composed text the i-th replacement begins.
std::vector<std::uint32_t> replacement_offsets(const discovery::TemplateSite& site,
                                               const std::vector<std::string>& replacements);

/// Whether a document could stand at each of `offsets` (ascending) of a GraphQL text: between two
/// definitions, or in a comment, where it does no harm. What follows the first thing that is no
/// token is not judged.
std::vector<bool> may_hold_documents(std::string_view text,
                                     const std::vector<std::uint32_t>& offsets);

}  // namespace builder
