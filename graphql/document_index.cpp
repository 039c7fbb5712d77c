#include "graphql/document_index.h"

namespace graphql {

DocumentIndex::DocumentIndex(const Document& document) : document_(document) {
  for (const Definition* definition : document.definitions) {
    switch (definition->kind) {
      case DefinitionKind::operation:
        ++operation_count_;
        break;
      case DefinitionKind::fragment:
        fragments_[definition->name] = definition;
        break;
      case DefinitionKind::directive:
        directives_[definition->name] = definition;
        break;
      case DefinitionKind::type:
        if (!definition->is_extension) {
          types_[definition->name] = definition;
          type_names_.push_back(definition->name.text);
        }
        break;
      case DefinitionKind::schema:
        break;
    }
  }
}

FragmentLookup DocumentIndex::find_fragment(const Name& name) const {
  const auto found = fragments_.find(name);
  if (found == fragments_.end()) {
    return {};
  }
  return {FragmentState::found, &as_fragment(*found->second)};
}

const DirectiveDefinition* DocumentIndex::find_directive(const Name& name) const {
  const auto found = directives_.find(name);
  return found == directives_.end() ? nullptr : &as_directive(*found->second);
}

}  // namespace graphql
