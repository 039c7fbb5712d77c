#include "builder/tag_rules.h"

#include <algorithm>
#include <array>

namespace builder {
namespace {

using discovery::ResolvedName;
using Kind = TagDecision::Kind;

struct KnownModule {
  std::string_view specifier;
  /// Whether the default export is the tag.
  bool has_default;
};

// Sorted, for binary search. A specifier ending in "/" stands for all entry points below it.
constexpr std::array k_known_modules = {
    KnownModule{"@apollo/client", false},
    KnownModule{"@apollo/client/", false},
    KnownModule{"@apollo/react-hooks", false},
    KnownModule{"@shopify/hydrogen", false},
    KnownModule{"@urql/core", false},
    KnownModule{"@urql/next", false},
    KnownModule{"@urql/preact", false},
    KnownModule{"@urql/solid", false},
    KnownModule{"@urql/svelte", false},
    KnownModule{"@urql/vue", false},
    KnownModule{"apollo-angular", false},
    KnownModule{"apollo-boost", false},
    KnownModule{"apollo-server", false},
    KnownModule{"apollo-server-azure-functions", false},
    KnownModule{"apollo-server-cloud-functions", false},
    KnownModule{"apollo-server-cloudflare", false},
    KnownModule{"apollo-server-core", false},
    KnownModule{"apollo-server-express", false},
    KnownModule{"apollo-server-fastify", false},
    KnownModule{"apollo-server-hapi", false},
    KnownModule{"apollo-server-koa", false},
    KnownModule{"apollo-server-lambda", false},
    KnownModule{"apollo-server-micro", false},
    KnownModule{"babel-plugin-relay/macro", true},
    KnownModule{"gatsby", false},
    KnownModule{"gatsby-plugin-apollo", false},
    KnownModule{"gql.tada", false},
    KnownModule{"graphql-modules", false},
    KnownModule{"graphql-request", false},
    KnownModule{"graphql-tag", true},
    KnownModule{"graphql-tag.macro", true},
    KnownModule{"graphql.macro", false},
    KnownModule{"mercurius-codegen", false},
    KnownModule{"next-urql", false},
    KnownModule{"react-apollo", false},
    KnownModule{"react-relay", false},
    KnownModule{"react-relay/", false},
    KnownModule{"relay-runtime", false},
    KnownModule{"urql", false},
};

const KnownModule* find_known(std::string_view specifier) {
  const auto less = [](const KnownModule& module, std::string_view name) {
    return module.specifier < name;
  };
  const auto exact =
      std::lower_bound(k_known_modules.begin(), k_known_modules.end(), specifier, less);
  if (exact != k_known_modules.end() && exact->specifier == specifier) {
    return &*exact;
  }
  const auto below = std::find_if(
      k_known_modules.begin(), k_known_modules.end(), [specifier](const KnownModule& module) {
        return module.specifier.ends_with('/') && specifier.starts_with(module.specifier);
      });
  return below == k_known_modules.end() ? nullptr : &*below;
}

bool contains(const std::vector<std::string>& names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

std::string_view last(const std::vector<std::string>& names) {
  return names.empty() ? std::string_view() : std::string_view(names.back());
}

// Whether what the name stands for is a tag by the specifier that it is imported from.
bool is_listed(const ResolvedName& resolved, const TagConfig& config) {
  const std::string_view exported = resolved.path.size() == 1 ? last(resolved.path) : "";
  const bool is_configured = contains(config.modules, resolved.specifier) &&
                             (is_default_tag_name(exported) || exported == "default" ||
                              config.labels.contains(std::string(exported)));
  return is_configured || is_known_tag(resolved.specifier, exported);
}

TagDecision decide_package(std::string_view name,
                           const ResolvedName& resolved,
                           const TagConfig& config) {
  if (is_listed(resolved, config)) {
    const bool is_tada = resolved.specifier == "gql.tada";
    return {is_tada ? Kind::scoped_tag : Kind::tag, {}, {}};
  }
  if (is_default_tag_name(name)) {
    return {Kind::unknown_package, {}, resolved.specifier};
  }
  return {};
}

bool is_tada_factory(const ResolvedName& resolved) {
  return resolved.specifier == "gql.tada" && last(resolved.path) == "initGraphQLTada";
}

// What a call gives is a tag by the name that it gets, unless a package made it that is not known
// for GraphQL: `const graphql = octokit.graphql.defaults()` speaks to the schema of somebody else.
TagDecision decide_call_result(const discovery::NameChain& written, const ResolvedName& resolved) {
  if (is_tada_factory(resolved)) {
    return {Kind::scoped_tag, {}, {}};
  }
  const bool is_named_so = is_default_tag_name(last(written.names));
  if (!is_named_so || (written.scope != base::Span{} && !resolved.is_imported)) {
    return {};
  }
  if (resolved.callee == ResolvedName::Kind::package && find_known(resolved.specifier) == nullptr) {
    return {Kind::unknown_package, {}, resolved.specifier};
  }
  return {Kind::tag, {}, {}};
}

// Whether the name that a value has, here or in the module that declares it, makes it a tag.
bool is_tag_by_name(const discovery::NameChain& written, const ResolvedName& resolved) {
  if (is_default_tag_name(last(resolved.path))) {
    return true;
  }
  // Inside of functions a name may be anything; but imports there are as good as others, and
  // `String.raw` under a tag's name has one use.
  const bool is_raw = resolved.path == std::vector<std::string>{"String", "raw"};
  return is_default_tag_name(last(written.names)) &&
         (written.scope == base::Span{} || resolved.is_imported || is_raw);
}

TagDecision decide_by_binding(const discovery::NameChain& written,
                              const ResolvedName& resolved,
                              const TagConfig& config) {
  const std::string_view name = last(written.names);
  switch (resolved.kind) {
    case ResolvedName::Kind::package:
      return decide_package(name, resolved, config);
    case ResolvedName::Kind::call_result:
      return decide_call_result(written, resolved);
    case ResolvedName::Kind::local:
      return {};
    case ResolvedName::Kind::unbound: {
      // `this.gql`, `options.graphql`: members of things that we do not know are not tags.
      const bool is_global = written.names.size() == 1 &&
                             (is_default_tag_name(name) || contains(config.globals, name));
      return {is_global ? Kind::tag : Kind::not_a_tag, {}, {}};
    }
    case ResolvedName::Kind::unresolved_module:
      // A known package that is not installed and that no package.json lists.
      if (is_listed(resolved, config)) {
        return decide_package(name, resolved, config);
      }
      break;
    case ResolvedName::Kind::binding:
    case ResolvedName::Kind::missing_export:
    case ResolvedName::Kind::unread_module:
    case ResolvedName::Kind::ambiguous:
      break;
  }
  // A module of the project, or a generated one that is not there: the name decides, as it is
  // written here or as the module calls it.
  return {is_tag_by_name(written, resolved) ? Kind::tag : Kind::not_a_tag, {}, {}};
}

}  // namespace

bool is_default_tag_name(std::string_view name) {
  return name == "gql" || name == "graphql";
}

bool is_known_tag(std::string_view specifier, std::string_view exported) {
  const KnownModule* module = find_known(specifier);
  if (module == nullptr) {
    return false;
  }
  return is_default_tag_name(exported) || (exported == "default" && module->has_default);
}

TagDecision decide_tag(const discovery::NameChain& written,
                       const ResolvedName& resolved,
                       const TagConfig& config) {
  TagDecision decision = decide_by_binding(written, resolved, config);
  if (resolved.kind == ResolvedName::Kind::local) {
    // The config's names are not those of parameters and local variables.
    return decision;
  }
  for (const std::string_view name : {last(resolved.path), last(written.names)}) {
    const auto label = config.labels.find(std::string(name));
    if (label == config.labels.end()) {
      continue;
    }
    decision.label = label->second;
    if (decision.kind != Kind::scoped_tag) {
      decision.kind = Kind::tag;
    }
  }
  return decision;
}

}  // namespace builder
