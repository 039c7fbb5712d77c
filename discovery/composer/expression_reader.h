#pragma once

#include <cstdint>
#include <map>
#include <string>

#include "discovery/composer/syntax_errors.h"
#include "discovery/composition_facts.h"
#include "discovery/syntax_tree.h"

namespace discovery::composer {

/// Turns syntax into the neutral expression form. Never fails: what the form has no word for
/// becomes an opaque expression that says what it is.
class ExpressionReader {
 public:
  /// Both must outlive the reader, which appends to `facts`.
  ExpressionReader(const SyntaxTree& tree, CompositionFacts& facts)
      : tree_(tree), facts_(facts), broken_(broken_expressions(tree)) {}

  /// From now on a call with this span is read as the site of that index.
  void add_site(base::Span span, std::uint32_t site) { sites_.emplace(span, site); }

  /// The expression at `id`, with all that is in it.
  ExpressionIndex read(NodeId id);

  /// The call at `id`, be it a site or not.
  ExpressionIndex read_call(NodeId id);

  /// The function, method or function declaration at `id`.
  ExpressionIndex read_function(NodeId id);

  /// The static members of the class at `id`, as an object.
  ExpressionIndex read_class(NodeId id);

  /// The members of the enum at `id`, as an object.
  ExpressionIndex read_enum(NodeId id);

  ExpressionIndex opaque(base::Span span, std::string text);

 private:
  class Children;

  ExpressionIndex add(ExpressionKind kind, base::Span span, std::string text = {});
  ExpressionIndex read_node(NodeId id);
  ExpressionIndex read_named(NodeId id);
  ExpressionIndex read_member(NodeId id);
  ExpressionIndex read_index(NodeId id);
  ExpressionIndex read_template(NodeId id);
  void add_template_text(base::Span raw, Children& children);
  ExpressionIndex read_object(NodeId id);
  ExpressionIndex read_object_member(NodeId id);
  ExpressionIndex read_keyed(NodeId key,
                             ExpressionKind kind_of_value,
                             NodeId value,
                             base::Span span);
  ExpressionIndex read_array(NodeId id);
  /// What stands between the commas of `id`, holes too.
  ExpressionIndex read_elements(NodeId id,
                                ExpressionKind kind,
                                ExpressionIndex (ExpressionReader::*read_one)(NodeId));
  ExpressionIndex read_unary(NodeId id);
  ExpressionIndex read_binary(NodeId id);
  ExpressionIndex read_logical(NodeId id);
  ExpressionIndex read_conditional(NodeId id);
  ExpressionIndex read_method(NodeId id);
  ExpressionIndex read_pattern(NodeId id);
  ExpressionIndex read_object_pattern(NodeId id);
  ExpressionIndex read_array_pattern(NodeId id);
  ExpressionIndex read_body(NodeId body);

  const SyntaxTree& tree_;
  CompositionFacts& facts_;
  const std::map<NodeId, base::Span> broken_;
  std::map<base::Span, std::uint32_t> sites_;
  /// How many expressions around the present one are being read.
  unsigned depth_ = 0;
};

}  // namespace discovery::composer
