#pragma once

#include <vector>

#include "graphql/ast.h"
#include "graphql/directive_location.h"
#include "graphql/sdl_context.h"

namespace graphql {

/// The rules about uses of directives and about literals, wherever those stand.
class SdlDirectiveRules {
 public:
  explicit SdlDirectiveRules(SdlContext& context) : context_(context) {}

  /// What the rules say on entering a node that has directives. `seen` are those that stand at the
  /// same thing; its definition and extensions may be in different texts.
  void check_repeated(const List<Directive>& directives, std::vector<SeenDirective>& seen);
  /// The same for a node that shares its directives with no other.
  void check_repeated(const List<Directive>& directives) {
    if (directives.size() > 1) {
      std::vector<SeenDirective> seen;
      check_repeated(directives, seen);
    }
  }
  /// What they say of each directive in turn.
  void check_each(const List<Directive>& directives, DirectiveLocation location) {
    for (const Directive& directive : directives) {
      check(directive, location);
    }
  }
  /// Both, for a node that shares its directives with no other.
  void check_all(const List<Directive>& directives, DirectiveLocation location);
  /// `arguments` of a field or directive.
  void check_unique_arguments(const List<Argument>& arguments);
  void check_literal(const Value& value);

 private:
  void check(const Directive& directive, DirectiveLocation location);
  void check_known_arguments(const Directive& directive, const SdlContext::DirectiveEntry& entry);
  void check_required_arguments(const Directive& directive,
                                const SdlContext::DirectiveEntry& entry);
  void report_missing(const Directive& directive,
                      std::string_view argument,
                      const std::string& type);
  void check_unique_fields(const List<ObjectField>& fields);

  SdlContext& context_;
};

}  // namespace graphql
