#include "discovery/tag_scanner.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "discovery/constant_facts.h"
#include "discovery/module_facts.h"
#include "discovery/reassignments.h"
#include "discovery/scanner/lexer.h"
#include "discovery/scanner/skeleton_parser.h"
#include "discovery/template_sites.h"
#include "discovery/typescript_reader.h"

namespace discovery {

namespace {

SourceFacts facts_of(const SyntaxTree& tree, FactsTier tier) {
  SourceFacts facts;
  facts.tier = tier;
  read_module_facts(tree, tier, facts);
  if (tier >= FactsTier::bindings) {
    read_constant_facts(tree, facts);
  }
  if (tier >= FactsTier::documents) {
    read_template_sites(tree, facts);
  }
  return facts;
}

NeedsParse needs_parse(const scanner::Doubt& doubt) {
  return {doubt.reason, doubt.offset};
}

}  // namespace

ReadOutcome TagScanner::read(const ReadRequest& request) {
  if (request.text.size() > k_longest_parsed_text) {
    return NeedsParse{"length", 0};
  }
  const scanner::Doubt doubt = scanner::Lexer(request.text, request.language, tokens_).run();
  if (doubt.reason != nullptr) {
    return needs_parse(doubt);
  }
  scanner::SkeletonParser parser(request.text, request.language, tokens_, drafts_);
  std::optional<SyntaxTree> tree = parser.parse({});
  if (!tree) {
    return needs_parse(parser.doubt());
  }
  const FactsTier tier = std::min(request.tier, FactsTier::documents);
  // Always with the templates, whose names are where writes matter: so that the answer is the same
  // for all tiers.
  SourceFacts documents = facts_of(*tree, FactsTier::documents);
  const auto writes = [&](const SourceFacts& facts) {
    return possible_writes({request.text, facts});
  };
  const auto offsets_of = [&](std::vector<std::uint32_t> tokens) {
    for (std::uint32_t& token : tokens) {
      token = tokens_.tokens[token].begin;
    }
    return tokens;
  };
  const std::vector<std::uint32_t> places = writes(documents);
  std::optional<SyntaxTree> deeper;
  if (!shows_writes(*tree, offsets_of(places))) {
    deeper = parser.parse(places);
    if (!deeper) {
      return needs_parse(parser.doubt());
    }
    for (const std::uint32_t offset : offsets_of(places)) {
      if (!shows_writes(*deeper, {offset}) && !parser.is_in_type(offset)) {
        return NeedsParse{"write", offset};
      }
    }
  }
  const SyntaxTree& shown = deeper ? *deeper : *tree;
  // Where there is no template, the tier of documents adds nothing to that of bindings.
  if (tier == FactsTier::documents ||
      (tier == FactsTier::bindings && documents.templates.empty())) {
    documents.tier = tier;
    drop_reassigned(shown, offsets_of(places), documents);
    return documents;
  }
  SourceFacts facts = facts_of(*tree, tier);
  if (tier == FactsTier::bindings) {
    drop_reassigned(shown, offsets_of(writes(facts)), facts);
  }
  return facts;
}

/// The words of the code that may begin what is written to. Names in strings, comments and JSX
/// write to nothing.
std::vector<std::uint32_t> TagScanner::possible_writes(const PossibleWrites& writes) const {
  std::vector<std::uint32_t> found;
  if (!writes.has_names()) {
    return found;
  }
  for (std::size_t i = 0; i < tokens_.tokens.size(); ++i) {
    const scanner::Token& token = tokens_.tokens[i];
    if (token.kind == scanner::TokenKind::word && writes.begins_at(token.begin, token.end)) {
      found.push_back(static_cast<std::uint32_t>(i));
    }
  }
  return found;
}

}  // namespace discovery
