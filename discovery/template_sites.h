#pragma once

#include <string_view>

#include "discovery/source_facts.h"
#include "discovery/syntax_tree.h"

namespace discovery {

/// Adds the candidate template sites of a tree that was parsed with SyntaxDepth::templates.
void read_template_sites(const SyntaxTree& tree, SourceFacts& facts);

/// Shopify's rule: `#graphql` in any case is all that stands on the first line of the template's
/// `content` that is not blank.
bool has_hash_line(std::string_view content);

/// Whether a node is a template that stands whole and where the grammar expects it. What does not
/// was torn by a syntax error.
bool is_sound_template(const SyntaxTree& tree, NodeId id);

}  // namespace discovery
