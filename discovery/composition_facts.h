#pragma once

#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

#include "base/mapped_text.h"
#include "base/span.h"

namespace discovery {

/// A dotted name as it is written: `gql`, `Apollo.gql`, `Card.fragments.entry`.
struct NameChain {
  std::vector<std::string> names;
  base::Span span;
  /// The function or block that declares the first name; empty if that is the module, or nobody, or
  /// if nobody asked.
  base::Span scope = {};

  bool empty() const { return names.empty(); }
  friend bool operator==(const NameChain&, const NameChain&) = default;
};

/// The expressions of the composer dialect, as far as they can be known without running code. Casts
/// and parentheses are gone.
enum class ExpressionKind : std::uint8_t {
  /// Whatever is not below. `text` names it for people: "`await`", "a loop".
  opaque,
  null_value,
  /// `text` is "true" or "false".
  boolean,
  /// `text` as it is written.
  number,
  /// `text` is the value.
  string,
  /// Children: template_text and expressions, as they follow one another.
  template_literal,
  /// `mapped` is the index in CompositionFacts::texts.
  template_text,
  /// Children: the tag, and a template_literal.
  tagged_template,
  /// `text`.
  name,
  /// `child.text`; `is_optional` for `?.`.
  member,
  /// `first[second]`
  index,
  /// Children: the callee and the arguments.
  call,
  /// A call that may be a definition: `mapped` is its index in CompositionFacts::sites.
  site,
  /// Children: property, computed_property, spread.
  object,
  /// `text: child`
  property,
  /// `[first]: second`
  computed_property,
  /// Children: expressions, spread, hole.
  array,
  spread,
  hole,
  /// An arrow, a function or a method: children are the parameters' patterns, then the body, which
  /// is the expression that it returns.
  function,
  /// Children: property (`text`: pattern), rest.
  object_pattern,
  /// Children: patterns, hole, rest.
  array_pattern,
  /// `first = second`
  default_pattern,
  rest,
  /// Children: condition, and the two values.
  conditional,
  /// `text` is the operator.
  unary,
  binary,
};

using ExpressionIndex = std::uint32_t;
inline constexpr ExpressionIndex k_no_expression = UINT32_MAX;

/// One node; its children are a list through `next`.
struct Expression {
  ExpressionKind kind = ExpressionKind::opaque;
  bool is_optional = false;
  base::Span span;
  ExpressionIndex first = k_no_expression;
  ExpressionIndex next = k_no_expression;
  std::uint32_t mapped = 0;
  std::string text;

  friend bool operator==(const Expression&, const Expression&) = default;
};

/// A call of something imported: a definition of the composer dialect if that turns out to be a
/// composer, and a call like any other if not. Sites may lie within sites.
struct CompositionSite {
  /// Empty where a local name hides what is imported.
  NameChain callee;
  /// The whole call.
  base::Span site;
  /// As in TemplateSite.
  base::Span utf16_site = {};
  ExpressionIndex call = k_no_expression;
  /// What makes the callee more than a chain of names (`gql?.admin`, `gql[label]`); mostly empty.
  std::string oddity;
  /// The names of what is around the call, from the outside in, joined by dots; a dot, a dollar and
  /// a backslash inside of a name have a backslash in front. Empty where nothing has a name.
  std::string path;
  bool is_default_export = false;
  /// As in TemplateSite.
  std::vector<std::string> binding;
  base::Span scope;
  /// `// builder-ignore` stands before it.
  bool is_ignored = false;

  friend bool operator==(const CompositionSite&, const CompositionSite&) = default;
};

/// What a name stands for within a part of the file. Names of variables that may change, of
/// parameters and the like stand for an opaque expression.
struct ValueFact {
  /// `k_default_binding` for `export default <expression>`.
  std::string name;
  /// Declared inside of a function or block; `scope` is that block.
  bool is_local = false;
  base::Span scope;
  ExpressionIndex value = k_no_expression;

  friend bool operator==(const ValueFact&, const ValueFact&) = default;
};

/// What one file says in the composer dialect. Holds every call that may be a definition, whatever
/// the config: builder decides which are.
///
/// Everything is in source order, and refers to nothing but indices within itself.
struct CompositionFacts {
  /// Children come after their parents.
  std::vector<Expression> expressions;
  std::vector<base::MappedText> texts;
  std::vector<CompositionSite> sites;
  std::vector<ValueFact> values;

  bool empty() const { return sites.empty() && values.empty(); }
  friend bool operator==(const CompositionFacts&, const CompositionFacts&) = default;
};

/// The names of `a.b.c` if `index` is a name or members of one with nothing optional in between;
/// else nothing.
NameChain chain_at(const CompositionFacts& facts, ExpressionIndex index);

/// The chains in the expression `root` that begin with no parameter of a function inside of it,
/// each as long as it is written: `LIMITS.page` and not `LIMITS`.
std::vector<NameChain> free_names(const CompositionFacts& facts, ExpressionIndex root);

/// The values of one file by name. Refers to the facts that it was made from.
class ValueIndex {
 public:
  ValueIndex() = default;
  explicit ValueIndex(const CompositionFacts& facts);

  /// What `name` stands for at `offset`, where it is no parameter of a function of the expression
  /// itself: the value of the innermost scope. Null where the file declares no such name.
  const ValueFact* find(const std::string& name, std::uint32_t offset) const;
  /// The same at module level only.
  const ValueFact* find_global(const std::string& name) const;

 private:
  std::unordered_map<std::string, std::vector<const ValueFact*>> by_name_;
};

}  // namespace discovery
