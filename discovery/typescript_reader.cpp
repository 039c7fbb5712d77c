#include "discovery/typescript_reader.h"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "discovery/composer/read_compositions.h"
#include "discovery/constant_facts.h"
#include "discovery/grammar_gaps.h"
#include "discovery/module_facts.h"
#include "discovery/reassignments.h"
#include "discovery/template_recovery.h"
#include "discovery/template_sites.h"

namespace discovery {

namespace {

constexpr const char* k_gave_up =
    "The parser gave up on this file: a syntax error keeps it busy beyond its limit.";

SourceFacts unread(FactsTier tier, std::string message) {
  SourceFacts facts;
  facts.tier = tier;
  facts.is_unread = true;
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

ParseInput parse_input(const std::string& text,
                       const ReadRequest& request,
                       const std::vector<std::uint32_t>& places) {
  ParseInput input;
  input.text = text;
  input.source = request.text;
  input.range = {0, static_cast<std::uint32_t>(text.size())};
  input.language = request.language;
  input.depth = request.tier == FactsTier::compositions ? SyntaxDepth::everything
                : request.tier == FactsTier::documents  ? SyntaxDepth::templates
                                                        : SyntaxDepth::module_statements;
  input.limit = parse_limit(text.size());
  input.places = places;
  return input;
}

/// Parses `text`, and again with each `export` on the line of its declaration; `text` is then so.
std::optional<SyntaxTree> parse_exports(SyntaxParser& parser,
                                        const ReadRequest& request,
                                        const std::vector<std::uint32_t>& places,
                                        std::string& text) {
  std::optional<SyntaxTree> tree = parser.parse(parse_input(text, request, places));
  const std::vector<base::Span> gaps = tree ? find_lone_exports(*tree) : std::vector<base::Span>();
  if (gaps.empty()) {
    return tree;
  }
  for (const base::Span& gap : gaps) {
    std::fill(text.begin() + gap.begin, text.begin() + gap.end, ' ');
  }
  return parser.parse(parse_input(text, request, places));
}

/// Parses `text`, and again without type arguments before templates if there are any; `text` is
/// then without them.
std::optional<SyntaxTree> parse(SyntaxParser& parser,
                                const ReadRequest& request,
                                const std::vector<std::uint32_t>& places,
                                std::string& text) {
  std::optional<SyntaxTree> tree = parse_exports(parser, request, places, text);
  if (!tree || request.tier < FactsTier::documents) {
    return tree;
  }
  const std::vector<base::Span> type_arguments = find_type_arguments_before_templates(*tree);
  if (type_arguments.empty()) {
    return tree;
  }
  std::string without = text;
  blank(without, type_arguments);
  std::optional<SyntaxTree> second = parser.parse(parse_input(without, request, places));
  // If that broke the file, what looked like type arguments was none.
  if (second && (!second->has_error() || tree->has_error())) {
    text = std::move(without);
    return second;
  }
  return tree;
}

/// Where `/*` stands without a `*/` behind it, sorted: an open comment, or a part of a string such
/// as a glob. Few files have any.
std::vector<std::uint32_t> unclosed_marks(std::string_view text) {
  std::vector<std::uint32_t> marks;
  const std::size_t close = text.rfind("*/");
  // `/*/` opens and does not close.
  std::size_t at = close == std::string_view::npos || close == 0 ? 0 : close - 1;
  for (at = text.find("/*", at); at != std::string_view::npos; at = text.find("/*", at + 2)) {
    marks.push_back(static_cast<std::uint32_t>(at));
  }
  return marks;
}

/// Whether a comment can begin at `offset`: not inside of strings, templates and their like. A
/// regular expression cannot begin with `/*`, whatever the grammar takes it for.
bool is_code(const SyntaxTree& tree, std::uint32_t offset) {
  for (NodeId at = tree.node_at(offset); at != tree.root(); at = tree[at].parent) {
    switch (tree[at].kind) {
      case SyntaxKind::comment:
      case SyntaxKind::string:
      case SyntaxKind::jsx_text:
      case SyntaxKind::template_string:
      case SyntaxKind::template_type:
        return false;
      case SyntaxKind::regex:
        if (tree[at].span.begin != offset) {
          return false;
        }
        break;
      case SyntaxKind::substitution:
        return true;
      default:
        break;
    }
  }
  return true;
}

/// Where the comment begins that nobody closed, if there is one.
std::optional<std::uint32_t> open_comment(const SyntaxTree& tree,
                                          const std::vector<std::uint32_t>& marks) {
  const auto found = std::find_if(
      marks.begin(), marks.end(), [&](std::uint32_t mark) { return is_code(tree, mark); });
  return found == marks.end() ? std::nullopt : std::optional(*found);
}

}  // namespace

SourceFacts TypeScriptReader::read(const ReadRequest& request) {
  has_error_ = true;
  if (request.text.size() > k_longest_parsed_text) {
    return unread(request.tier, "The file is larger than 16 MiB, the most that is parsed.");
  }
  return read(request, unclosed_marks(request.text));
}

SourceFacts TypeScriptReader::read(const ReadRequest& request,
                                   const std::vector<std::uint32_t>& marks) {
  std::string text = fill_grammar_gaps(request.text);
  const std::optional<SyntaxTree> tree = parse(parser_, request, marks, text);
  if (!tree) {
    return unread(request.tier, k_gave_up);
  }
  if (const std::optional<std::uint32_t> comment = open_comment(*tree, marks)) {
    return read_before_comment(request, *comment);
  }
  has_error_ = tree->has_error();
  SourceFacts facts;
  facts.tier = request.tier;
  read_module_facts(*tree, request.tier, facts);
  if (request.tier != FactsTier::specifiers) {
    read_constant_facts(*tree, facts);
  }
  if (request.tier >= FactsTier::documents) {
    read_template_sites(*tree, facts);
    if (tree->has_error()) {
      recover_templates(*tree, parse_input(text, request, marks), parser_, facts);
    }
  }
  if (request.tier != FactsTier::specifiers) {
    drop_reassigned(*tree, request, text, facts);
  }
  if (request.tier == FactsTier::compositions) {
    composer::read_compositions(*tree, facts);
  }
  return facts;
}

SourceFacts TypeScriptReader::add_compositions(const ReadRequest& request, SourceFacts facts) {
  const ReadRequest deepest{request.text, request.language, FactsTier::compositions};
  std::string text = fill_grammar_gaps(request.text);
  const std::optional<SyntaxTree> tree = parse(parser_, deepest, {}, text);
  if (!tree) {
    return unread(FactsTier::compositions, k_gave_up);
  }
  facts.tier = FactsTier::compositions;
  composer::read_compositions(*tree, facts);
  return facts;
}

// A second parse only where something is written inside of code that the tree does not show.
void TypeScriptReader::drop_reassigned(const SyntaxTree& tree,
                                       const ReadRequest& request,
                                       const std::string& text,
                                       SourceFacts& facts) {
  const std::vector<std::uint32_t> places = find_possible_writes(request.text, facts);
  if (shows_writes(tree, places)) {
    discovery::drop_reassigned(tree, places, facts);
    return;
  }
  const std::optional<SyntaxTree> deeper = parser_.parse(parse_input(text, request, places));
  discovery::drop_reassigned(deeper ? *deeper : tree, places, facts);
}

// The grammar knows no open comment and would take its text for code.
SourceFacts TypeScriptReader::read_before_comment(const ReadRequest& request,
                                                  std::uint32_t comment) {
  SourceFacts facts = read({request.text.substr(0, comment), request.language, request.tier}, {});
  const bool hides_template = request.text.find('`', comment) != std::string_view::npos;
  has_error_ = true;
  if (request.tier >= FactsTier::documents && hides_template) {
    facts.problems.push_back({"UnterminatedComment",
                              "The comment that begins here has no end, and hides what follows.",
                              {comment, comment + 2},
                              true});
  }
  return facts;
}

}  // namespace discovery
