#include "discovery/local_facts.h"

#include "discovery/constant_facts.h"
#include "discovery/module_facts.h"

namespace discovery {

void LocalFacts::place(NameChain& chain, NodeId at) {
  if (chain.names.empty()) {
    return;
  }
  chain.scope = scope_of(chain.names.front(), at);
  // A list of what is open instead of recursion: how long chains of aliases are is the input's
  // choice.
  while (!open_.empty()) {
    const Open next = open_.back();
    open_.pop_back();
    // By value: reading another constant may move this one.
    const std::string target = facts_.constants[next.constant].target.names.front();
    const base::Span scope = scope_of(target, next.at);
    facts_.constants[next.constant].target.scope = scope;
  }
}

base::Span LocalFacts::scope_of(const std::string& name, NodeId at) {
  const std::optional<LocalDeclaration> declaration = scopes_.find(name, at);
  if (!declaration) {
    return {};
  }
  if (declaration->constant != k_no_node && known_.insert(declaration->constant).second) {
    read(*declaration);
  }
  return declaration->scope;
}

void LocalFacts::read(const LocalDeclaration& declaration) {
  std::size_t constant = facts_.constants.size();
  read_local_constant(tree_, declaration.constant, facts_);
  for (; constant < facts_.constants.size(); ++constant) {
    facts_.constants[constant].scope = declaration.scope;
    if (!facts_.constants[constant].target.empty()) {
      open_.push_back({constant, declaration.constant});
    }
  }
  read_local_require(tree_, declaration.constant, declaration.scope, facts_);
}

}  // namespace discovery
