#pragma once

#include <string>
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

}  // namespace builder
