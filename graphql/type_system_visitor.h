#pragma once

#include <string_view>
#include <unordered_map>

#include "graphql/ast.h"
#include "graphql/rule_visitor.h"
#include "graphql/rules.h"
#include "graphql/typed_walk.h"

namespace graphql {

/// Runs the rules over the definitions of types that a document holds where only operations and
/// fragments should be. That they are there is an error, and yet the reference looks at the names
/// of types, at directives and at literals in them.
///
/// For validate.cpp only.
class TypeSystemVisitor {
 public:
  TypeSystemVisitor(RuleContext& context, RuleVisitor& rules, TypedWalk<RuleVisitor>& walk)
      : context_(context), rules_(rules), walk_(walk) {}

  /// Any definition but an operation or a fragment.
  void visit(const Definition& definition);

 private:
  void visit_schema(const SchemaDefinition& schema);
  void visit_type(const TypeDefinition& type);
  void visit_directive(const DirectiveDefinition& directive);
  void visit_field(const FieldDefinition& field);
  void visit_input(const InputValueDefinition& input, DirectiveLocation location);
  void visit_name(const Name& name);
  /// `seen` is of the definition and its extensions together.
  void check_repeated(const List<Directive>& directives, SeenDirectives& seen);

  RuleContext& context_;
  RuleVisitor& rules_;
  TypedWalk<RuleVisitor>& walk_;
  SeenDirectives seen_at_schema_;
  std::unordered_map<std::string_view, SeenDirectives> seen_at_type_;
};

}  // namespace graphql
