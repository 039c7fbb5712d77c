#include "discovery/scanner/skeleton_parser.h"

#include <algorithm>

#include "discovery/scanner/context.h"
#include "discovery/scanner/words.h"

namespace discovery::scanner {

SkeletonParser::SkeletonParser(std::string_view text,
                               Language language,
                               const TokenList& tokens,
                               DraftTree& drafts)
    : text_(text), language_(language), list_(tokens), drafts_(drafts) {}

SkeletonParser SkeletonParser::look_from(std::uint32_t token) const {
  SkeletonParser look(text_, language_, list_, drafts_);
  look.places_ = places_;
  look.at_ = token;
  return look;
}

std::optional<SyntaxTree> SkeletonParser::parse(const std::vector<std::uint32_t>& places) {
  places_ = &places;
  drafts_.clear();
  at_ = 0;
  context_ = Context();
  doubt_ = Doubt();
  types_.clear();
  const DraftId root =
      drafts_.add(SyntaxKind::program, {0, static_cast<std::uint32_t>(text_.size())});
  parse_statements(root, static_cast<std::uint32_t>(list_.tokens.size() - 1));
  if (has_failed()) {
    return std::nullopt;
  }
  SyntaxTree tree = drafts_.finish(text_, root, list_.comments);
  if (!holds_candidates(tree)) {
    fail("hidden template");
    return std::nullopt;
  }
  return tree;
}

/// Whether each template that may be a site has its node. Those in types have none.
bool SkeletonParser::holds_candidates(const SyntaxTree& tree) const {
  std::size_t count = 0;
  for (std::uint32_t i = 0; i < tree.size(); ++i) {
    const SyntaxNode& node = tree[NodeId{i}];
    if (node.kind == SyntaxKind::template_string) {
      const auto found = std::lower_bound(list_.candidates.begin(),
                                          list_.candidates.end(),
                                          node.span.begin,
                                          [&](std::uint32_t token, std::uint32_t offset) {
                                            return list_.tokens[token].begin < offset;
                                          });
      count += found != list_.candidates.end() && list_.tokens[*found].begin == node.span.begin;
    }
  }
  return count == list_.candidates.size();
}

bool SkeletonParser::is_in_type(std::uint32_t offset) const {
  return std::any_of(types_.begin(), types_.end(), [&](const base::Span& type) {
    return type.begin <= offset && offset < type.end;
  });
}

bool SkeletonParser::is_name(std::uint32_t ahead) const {
  const Token& token = peek(ahead);
  if (token.kind != TokenKind::word) {
    return false;
  }
  const WordClass kind = classify_word(text_of(token));
  return !is_reserved(kind) && kind != WordClass::value;
}

bool SkeletonParser::accept(TokenKind kind) {
  if (!is(kind)) {
    return false;
  }
  take();
  return true;
}

void SkeletonParser::expect(TokenKind kind) {
  if (!accept(kind)) {
    fail("unexpected token");
  }
}

bool SkeletonParser::accept_word(std::string_view word) {
  if (!is_word(word)) {
    return false;
  }
  take();
  return true;
}

/// Steps over the brackets that open here.
void SkeletonParser::skip_group() {
  if (!has_failed()) {
    at_ = peek().partner;
    take();
  }
}

/// Goes to the end of the file, so that every loop ends.
DraftId SkeletonParser::fail(const char* reason) {
  if (doubt_.reason == nullptr) {
    doubt_ = {reason, peek().begin};
  }
  at_ = static_cast<std::uint32_t>(list_.tokens.size() - 1);
  return k_no_draft;
}

bool SkeletonParser::holds_wanted(std::uint32_t first, std::uint32_t last) const {
  const auto holds = [&](const std::vector<std::uint32_t>& sorted) {
    const auto found = std::lower_bound(sorted.begin(), sorted.end(), first);
    return found != sorted.end() && *found < last;
  };
  return holds(list_.candidates) || holds(*places_);
}

/// Whether what is in the brackets at the token `open` has to be looked at. What `var` declares
/// counts in all of the function that is looked at.
bool SkeletonParser::enters(std::uint32_t open) {
  const std::uint32_t close = list_.tokens[open].partner;
  if (holds_wanted(open, close)) {
    return true;
  }
  if (context_.is_module_level) {
    return false;
  }
  const auto var = std::lower_bound(list_.vars.begin(), list_.vars.end(), open);
  return var != list_.vars.end() && *var < close;
}

bool SkeletonParser::holds_word(std::uint32_t open, std::string_view word) const {
  const Token& token = list_.tokens[open];
  const std::uint32_t end = list_.tokens[token.partner].begin;
  return text_.substr(token.begin, end - token.begin).find(word) != std::string_view::npos;
}

DraftId SkeletonParser::leaf(SyntaxKind kind) {
  const DraftId id = drafts_.add(kind, {peek().begin, peek().end});
  take();
  return id;
}

DraftId SkeletonParser::end_node(DraftId id) {
  drafts_.set_end(id, previous().end);
  return id;
}

DraftId SkeletonParser::wrap(SyntaxKind kind, DraftId inner, SyntaxField field) {
  if (inner == k_no_draft) {
    return k_no_draft;
  }
  const DraftId outer = drafts_.add(kind, drafts_.span(inner));
  drafts_.append(outer, inner, field);
  return outer;
}

}  // namespace discovery::scanner
