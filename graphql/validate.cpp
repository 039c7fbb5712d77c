#include "graphql/validate.h"

#include "graphql/document_index.h"
#include "graphql/rule_context.h"
#include "graphql/rule_visitor.h"
#include "graphql/type_system_visitor.h"

namespace graphql {
namespace {

using RuleWalk = TypedWalk<RuleVisitor>;

void walk_definition(RuleWalk& walk, const Definition& definition) {
  if (definition.kind == DefinitionKind::operation) {
    walk.walk(as_operation(definition));
  } else if (definition.kind == DefinitionKind::fragment) {
    walk.walk(as_fragment(definition));
  }
}

}  // namespace

std::vector<Error> validate(const Schema& schema,
                            const Document& document,
                            const ValidateOptions& options) {
  const DocumentIndex index(document);
  RuleContext context(schema, index, options);
  context.begin();
  context.document = &index;
  RuleVisitor rules(context);
  RuleWalk walk(schema, context.arena(), options.reads, rules);
  TypeSystemVisitor type_system(context, rules, walk);
  context.scope = &walk.scope();
  if (context.is_on(Rule::executable_definitions)) {
    check_executable_definitions(context);
  }
  for (const Definition* definition : document.definitions) {
    if (context.is_aborted()) {
      break;
    }
    context.source_id = definition->source_id;
    if (is_executable(*definition)) {
      walk_definition(walk, *definition);
    } else {
      type_system.visit(*definition);
    }
  }
  if (context.is_on(Rule::no_unused_fragments) && !context.is_aborted()) {
    check_no_unused_fragments(context);
  }
  return context.take_errors();
}

DefinitionValidator::DefinitionValidator(const Schema& schema,
                                         const FragmentResolver& fragments,
                                         const ValidateOptions& options)
    : context_(std::make_unique<RuleContext>(schema, fragments, options)) {}

DefinitionValidator::~DefinitionValidator() = default;

std::vector<Error> DefinitionValidator::validate(const Definition& definition) {
  context_->begin();
  context_->source_id = definition.source_id;
  RuleVisitor rules(*context_);
  RuleWalk walk(context_->schema(), context_->arena(), context_->options().reads, rules);
  context_->scope = &walk.scope();
  walk_definition(walk, definition);
  context_->scope = nullptr;
  return context_->take_errors();
}

}  // namespace graphql
