#include "discovery/typescript_reader.h"

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "discovery/composer/read_compositions.h"
#include "discovery/constant_facts.h"
#include "discovery/grammar_gaps.h"
#include "discovery/module_facts.h"
#include "discovery/template_recovery.h"
#include "discovery/template_sites.h"

namespace discovery {

namespace {

SourceFacts unread(FactsTier tier, std::string message) {
  SourceFacts facts;
  facts.tier = tier;
  facts.problems.push_back({"ParseLimitExceeded", std::move(message), {0, 0}, true});
  return facts;
}

void blank(std::string& text, const std::vector<base::Span>& spans) {
  for (const base::Span& span : spans) {
    for (std::uint32_t at = span.begin; at < span.end; ++at) {
      text[at] = text[at] == '\n' || text[at] == '\r' ? text[at] : ' ';
    }
  }
}

ParseInput parse_input(const std::string& text, const ReadRequest& request) {
  ParseInput input;
  input.text = text;
  input.source = request.text;
  input.range = {0, static_cast<std::uint32_t>(text.size())};
  input.language = request.language;
  input.depth = request.tier == FactsTier::compositions ? SyntaxDepth::everything
                : request.tier == FactsTier::documents  ? SyntaxDepth::templates
                                                        : SyntaxDepth::module_statements;
  input.limit = parse_limit(text.size());
  return input;
}

/// Parses `text`, and again without type arguments before templates if there are any; `text` is
/// then without them.
std::optional<SyntaxTree> parse(SyntaxParser& parser,
                                const ReadRequest& request,
                                std::string& text) {
  std::optional<SyntaxTree> tree = parser.parse(parse_input(text, request));
  if (!tree || request.tier < FactsTier::documents) {
    return tree;
  }
  const std::vector<base::Span> type_arguments = find_type_arguments_before_templates(*tree);
  if (type_arguments.empty()) {
    return tree;
  }
  std::string without = text;
  blank(without, type_arguments);
  std::optional<SyntaxTree> second = parser.parse(parse_input(without, request));
  // If that broke the file, what looked like type arguments was none.
  if (second && (!second->has_error() || tree->has_error())) {
    text = std::move(without);
    return second;
  }
  return tree;
}

}  // namespace

SourceFacts TypeScriptReader::read(const ReadRequest& request) {
  if (request.text.size() > k_longest_parsed_text) {
    return unread(request.tier, "the file is larger than 16 MiB, the most that is parsed");
  }
  std::string text = fill_grammar_gaps(request.text);
  const std::optional<SyntaxTree> tree = parse(parser_, request, text);
  if (!tree) {
    return unread(request.tier,
                  "the parser gave up on this file: a syntax error keeps it busy beyond its limit");
  }
  SourceFacts facts;
  facts.tier = request.tier;
  read_module_facts(*tree, request.tier, facts);
  if (request.tier != FactsTier::specifiers) {
    read_constant_facts(*tree, facts);
  }
  if (request.tier >= FactsTier::documents) {
    read_template_sites(*tree, facts);
    if (tree->has_error()) {
      recover_templates(*tree, parse_input(text, request), parser_, facts);
    }
  }
  if (request.tier == FactsTier::compositions) {
    composer::read_compositions(*tree, facts);
  }
  return facts;
}

}  // namespace discovery
