#pragma once

#include <string>
#include <string_view>

#include "discovery/source_facts.h"

namespace discovery {

/// A line for differential/oracle.mjs: all of the facts that can be said without the rules of
/// GraphQL tags. With a `text`, that is the file's content; without, it is what stands at `path`.
std::string sites_json(std::string_view path, const SourceFacts& facts, std::string_view text = {});

}  // namespace discovery
