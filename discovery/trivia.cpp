#include "discovery/trivia.h"

#include <algorithm>
#include <cctype>
#include <cstddef>
#include <string_view>

#include "discovery/syntax_names.h"

namespace discovery {

namespace {

constexpr std::string_view k_space = " \t\r\n";
constexpr std::string_view k_ignore = "builder-ignore";

std::string_view trimmed(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(k_space);
  if (begin == std::string_view::npos) {
    return {};
  }
  return text.substr(begin, text.find_last_not_of(k_space) - begin + 1);
}

/// The text of a comment without its marks and the spaces inside of them.
std::string_view comment_text(std::string_view comment) {
  if (comment.substr(0, 2) == "/*") {
    comment = comment.size() >= 4 ? comment.substr(2, comment.size() - 4) : std::string_view();
  } else {
    comment.remove_prefix(std::min<std::size_t>(2, comment.size()));
  }
  return trimmed(comment);
}

bool is_graphql_in_any_case(std::string_view text) {
  constexpr std::string_view k_word = "graphql";
  return std::equal(text.begin(), text.end(), k_word.begin(), k_word.end(), [](char a, char b) {
    return std::tolower(static_cast<unsigned char>(a)) == b;
  });
}

/// `builder-ignore`, alone or before a reason.
bool says_ignore(std::string_view comment) {
  std::string_view text = comment_text(comment);
  // The stars of a documentation comment.
  text.remove_prefix(std::min(text.find_first_not_of("* \t\r\n"), text.size()));
  if (text.substr(0, k_ignore.size()) != k_ignore) {
    return false;
  }
  const std::string_view rest = text.substr(k_ignore.size());
  return rest.empty() || !(std::isalnum(static_cast<unsigned char>(rest[0])) != 0 ||
                           rest[0] == '-' || rest[0] == '_');
}

}  // namespace

Trivia::Trivia(const SyntaxTree& tree) : tree_(tree), comments_(tree.comments()) {
  for (std::uint32_t i = 0; i < tree.size(); ++i) {
    if (tree[NodeId{i}].kind == SyntaxKind::comment) {
      comments_.push_back(tree[NodeId{i}].span);
    }
  }
}

std::size_t Trivia::comments_before(std::uint32_t offset) const {
  const auto next = std::upper_bound(
      comments_.begin(),
      comments_.end(),
      offset,
      [](std::uint32_t value, const base::Span& comment) { return value < comment.end; });
  return static_cast<std::size_t>(next - comments_.begin());
}

bool Trivia::is_blank(std::uint32_t begin, std::uint32_t end) const {
  return trimmed(tree_.text().substr(begin, end - begin)).empty();
}

bool Trivia::has_magic_comment_before(std::uint32_t offset) const {
  const std::size_t count = comments_before(offset);
  if (count == 0 || !is_blank(comments_[count - 1].end, offset)) {
    return false;
  }
  const base::Span comment = comments_[count - 1];
  const std::string_view text = tree_.text().substr(comment.begin, comment.size());
  return text.substr(0, 2) == "/*" && is_graphql_in_any_case(comment_text(text));
}

bool Trivia::shares_line_with_code(base::Span comment) const {
  const std::string_view text = tree_.text();
  std::size_t begin = comment.begin;
  while (begin > 0 && (text[begin - 1] == ' ' || text[begin - 1] == '\t')) {
    --begin;
  }
  const bool begins_line = begin == 0 || text[begin - 1] == '\n' || text[begin - 1] == '\r';
  const std::string_view after = text.substr(comment.end);
  const std::size_t next = after.find_first_not_of(" \t");
  const bool ends_line =
      next == std::string_view::npos || after[next] == '\n' || after[next] == '\r';
  return !begins_line && ends_line;
}

bool Trivia::has_ignore_comment_before(std::uint32_t offset) const {
  for (std::size_t count = comments_before(offset); count > 0; --count) {
    const base::Span comment = comments_[count - 1];
    if (!is_blank(comment.end, offset)) {
      return false;
    }
    if (says_ignore(tree_.text().substr(comment.begin, comment.size()))) {
      return !shares_line_with_code(comment);
    }
    offset = comment.begin;
  }
  return false;
}

bool Trivia::is_ignored(NodeId id, NodeId expression) const {
  if (has_ignore_comment_before(tree_[id].span.begin)) {
    return true;
  }
  std::uint32_t checked = tree_[id].span.begin;
  NodeId at = expression;
  for (std::size_t level = 0; level < k_most_levels; ++level) {
    const std::uint32_t begin = tree_[at].span.begin;
    if (begin != checked && has_ignore_comment_before(begin)) {
      return true;
    }
    checked = begin;
    const NodeId parent = tree_[at].parent;
    if (parent == k_no_node || holds_statements(tree_[parent].kind)) {
      return false;
    }
    at = parent;
  }
  return false;
}

}  // namespace discovery
