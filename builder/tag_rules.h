#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "discovery/resolved_name.h"
#include "discovery/source_facts.h"

namespace builder {

/// What the config says about tags.
struct TagConfig {
  /// Tag name -> schema label: `{ "graphqlAdmin": "admin" }`. Each name is a tag.
  std::map<std::string, std::string> labels;
  /// Packages and project modules, beside the known packages, whose `gql`, `graphql` and default
  /// export are tags.
  std::vector<std::string> modules;
  /// Names, beside `gql` and `graphql`, that are tags without an import.
  std::vector<std::string> globals;

  friend bool operator==(const TagConfig&, const TagConfig&) = default;
};

/// What a template's callee is.
struct TagDecision {
  enum class Kind {
    /// Its templates are GraphQL; fragments link by global name.
    tag,
    /// As gql.tada has it: fragments link through the array that is the second argument, and only
    /// so.
    scoped_tag,
    /// Named as a tag is, but from a package that we do not know; `package` says which.
    unknown_package,
    not_a_tag,
  };

  Kind kind = Kind::not_a_tag;
  /// Schema label by the tag's name; empty if the config has none for it.
  std::string label;
  std::string package;

  friend bool operator==(const TagDecision&, const TagDecision&) = default;
};

/// `gql` or `graphql`, the names under which a template counts unless proven otherwise.
bool is_default_tag_name(std::string_view name);

/// Whether `exported` of the package `specifier` is a GraphQL tag: graphql-tag, Apollo Client,
/// urql, Relay, Gatsby, gql.tada and their like, with their entry points. The list follows the
/// default modules of graphql-tag-pluck, which the ecosystem's tools share.
bool is_known_tag(std::string_view specifier, std::string_view exported);

/// Decides for a callee that is written `written` and stands for `resolved`.
TagDecision decide_tag(const discovery::NameChain& written,
                       const discovery::ResolvedName& resolved,
                       const TagConfig& config);

}  // namespace builder
