#include "builder/tag_rules.h"

#include <string>
#include <vector>

#include <doctest/doctest.h>

using builder::TagConfig;
using builder::TagDecision;
using discovery::NameChain;
using discovery::ResolvedName;
using Kind = TagDecision::Kind;

namespace {

struct TagCase {
  const char* name;
  std::vector<std::string> written;
  ResolvedName resolved;
  TagDecision decision;
};

ResolvedName package(std::string specifier, std::vector<std::string> path) {
  return {ResolvedName::Kind::package, {}, std::move(specifier), std::move(path)};
}

ResolvedName binding(const char* file, std::vector<std::string> path) {
  return {ResolvedName::Kind::binding, base::SourcePath(file), {}, std::move(path)};
}

ResolvedName unresolved(std::string specifier, std::vector<std::string> path) {
  return {ResolvedName::Kind::unresolved_module, {}, std::move(specifier), std::move(path)};
}

const TagDecision k_tag = {Kind::tag, {}, {}};
const TagDecision k_scoped = {Kind::scoped_tag, {}, {}};
const TagDecision k_no_tag = {};

const TagConfig k_config = {{{"adminGql", "admin"}}, {"@acme/graphql"}, {"magic"}};

const TagCase k_tag_cases[] = {
    {"gql of graphql-tag", {"gql"}, package("graphql-tag", {"gql"}), k_tag},
    {"the default export of graphql-tag under any name",
     {"anything"},
     package("graphql-tag", {"default"}),
     k_tag},
    {"a renamed gql", {"q"}, package("@apollo/client", {"gql"}), k_tag},
    {"an entry point of Apollo Client", {"gql"}, package("@apollo/client/core", {"gql"}), k_tag},
    {"a member of a namespace import",
     {"Apollo", "gql"},
     package("@apollo/client", {"gql"}),
     k_tag},
    {"graphql of react-relay", {"graphql"}, package("react-relay", {"graphql"}), k_tag},
    {"the macro", {"graphql"}, package("babel-plugin-relay/macro", {"default"}), k_tag},
    {"another export of a known package", {"useQuery"}, package("urql", {"useQuery"}), k_no_tag},
    {"the default export of Apollo Client",
     {"x"},
     package("@apollo/client", {"default"}),
     k_no_tag},
    {"graphql of gql.tada links by its array",
     {"graphql"},
     package("gql.tada", {"graphql"}),
     k_scoped},
    {"the result of initGraphQLTada",
     {"g"},
     {ResolvedName::Kind::call_result, {}, "gql.tada", {"initGraphQLTada"}},
     k_scoped},
    {"the result of another call named graphql",
     {"graphql"},
     {ResolvedName::Kind::call_result, base::SourcePath("src/x.ts"), {}, {"make"}},
     k_tag},
    {"the result of another call",
     {"sql"},
     {ResolvedName::Kind::call_result, {}, "x", {"y"}},
     k_no_tag},
    {"gql of a package that is not known",
     {"gql"},
     package("my-lib", {"gql"}),
     {Kind::unknown_package, {}, "my-lib"}},
    {"css of a package", {"css"}, package("styled-components", {"css"}), k_no_tag},
    {"gql of a configured package", {"gql"}, package("@acme/graphql", {"gql"}), k_tag},
    {"a default export of a configured package",
     {"q"},
     package("@acme/graphql", {"default"}),
     k_tag},
    {"gql of a project file", {"gql"}, binding("src/gql.ts", {"gql"}), k_tag},
    {"graphql of a project file under another name",
     {"q"},
     binding("src/gql.ts", {"graphql"}),
     k_tag},
    {"another name of a project file", {"sql"}, binding("src/sql.ts", {"sql"}), k_no_tag},
    {"graphql of a generated module that is not there",
     {"graphql"},
     unresolved("./__generated__", {"graphql"}),
     k_tag},
    {"a known package that cannot be found",
     {"anything"},
     unresolved("graphql-tag", {"default"}),
     k_tag},
    {"a renamed graphql of such a module", {"g"}, unresolved("@/gql", {"graphql"}), k_tag},
    {"another name of such a module", {"t"}, unresolved("@/i18n", {"t"}), k_no_tag},
    {"a global gql", {"gql"}, {}, k_tag},
    {"a member of something unknown", {"this", "gql"}, {}, k_no_tag},
    {"a global of the config", {"magic"}, {}, k_tag},
    {"another global", {"html"}, {}, k_no_tag},
    {"a name with a schema",
     {"adminGql"},
     binding("src/gql.ts", {"adminGql"}),
     {Kind::tag, "admin", {}}},
    {"a renamed name with a schema",
     {"gql"},
     unresolved("@/gql", {"adminGql"}),
     {Kind::tag, "admin", {}}},
    {"a name with a schema that is bound to a known tag",
     {"adminGql"},
     package("graphql-tag", {"default"}),
     {Kind::tag, "admin", {}}},
};

}  // namespace

TEST_SUITE("builder/tag_rules") {
  TEST_CASE("a template is GraphQL by what its tag stands for") {
    for (const TagCase& row : k_tag_cases) {
      SUBCASE(row.name) {
        const TagDecision decision =
            builder::decide_tag(NameChain{row.written, {}}, row.resolved, k_config);

        CHECK(decision.kind == row.decision.kind);
        CHECK(decision.label == row.decision.label);
        CHECK(decision.package == row.decision.package);
      }
    }
  }
}
