#include "discovery/scanner/draft_tree.h"

#include <utility>

namespace discovery::scanner {

void DraftTree::append(DraftId parent, DraftId child, SyntaxField field) {
  if (parent == k_no_draft || child == k_no_draft) {
    return;
  }
  get(child).field = field;
  Draft& owner = get(parent);
  if (owner.last_child == k_no_draft) {
    owner.first_child = child;
  } else {
    get(owner.last_child).next_sibling = child;
  }
  owner.last_child = child;
}

SyntaxTree DraftTree::finish(std::string_view text,
                             DraftId root,
                             std::vector<base::Span> comments) const {
  SyntaxTree tree(text, false);
  tree.reserve(drafts_.size());
  struct Level {
    DraftId next;
    NodeId parent;
    NodeId last_child;
  };
  const auto add = [&](DraftId id, NodeId parent, NodeId previous) {
    const Draft& draft = get(id);
    return tree.add({draft.span, parent, k_no_node, k_no_node, draft.kind, draft.field}, previous);
  };
  const NodeId top = add(root, k_no_node, k_no_node);
  std::vector<Level> open{{get(root).first_child, top, k_no_node}};
  while (!open.empty()) {
    Level& level = open.back();
    if (level.next == k_no_draft) {
      open.pop_back();
      continue;
    }
    const DraftId id = level.next;
    level.last_child = add(id, level.parent, level.last_child);
    level.next = get(id).next_sibling;
    if (get(id).first_child != k_no_draft) {
      open.push_back({get(id).first_child, level.last_child, k_no_node});
    }
  }
  tree.set_comments(std::move(comments));
  return tree;
}

}  // namespace discovery::scanner
