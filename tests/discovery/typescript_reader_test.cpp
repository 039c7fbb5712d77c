#include "discovery/typescript_reader.h"

#include <string>

#include <doctest/doctest.h>

#include "tests/discovery/facts_text.h"

using discovery::Language;
using discovery::read_documents;

namespace {

std::string templates(const std::string& source, Language language = Language::tsx) {
  return template_lines(read_documents(source, language), source);
}

struct Case {
  const char* source;
  const char* expected;
};

}  // namespace

TEST_SUITE("discovery/typescript_reader") {
  TEST_CASE("every form of a template is a site") {
    const Case cases[] = {
        {"const A = gql`{ a }`;", "tag gql \"{ a }\" as A\n"},
        {"const A = Apollo.gql`{ a }`;", "tag Apollo.gql \"{ a }\" as A\n"},
        {"const A = gql(`{ a }`);", "call gql \"{ a }\" as A\n"},
        {"const A = gql<Q>(`{ a }`, [B, C.d]);", "call gql \"{ a }\" [B, C.d] as A\n"},
        {"const A = graphql(/* GraphQL */ `{ a }`, [...B, C,]);",
         "call graphql marked \"{ a }\" [C ?] as A\n"},
        {"const A = gql<Q>`{ a }`;", "tag gql \"{ a }\" as A\n"},
        {"const A = gql<Q, V>`{ a }`;", "tag gql \"{ a }\" as A\n"},
        {"const A = gql<{ a: Map<string, V> }>`{ a }`;", "tag gql \"{ a }\" as A\n"},
        {"const A = /* GraphQL */ `{ a }`;", "comment marked \"{ a }\" as A\n"},
        {"use(/*graphql*/`{ a }`);", "call use marked \"{ a }\"\n"},
        {"use(1, /* GRAPHQL */\n`{ a }`);", "comment marked \"{ a }\"\n"},
        {"type A = /* GraphQL */ `{ a }`;", "comment marked \"{ a }\"\n"},
        {"const A = `#graphql\n{ a }`;", "hash marked \"#graphql\\n{ a }\" as A\n"},
        {"const A = `\n  #GraphQL \n{ a }`;", "hash marked \"\\n  #GraphQL \\n{ a }\" as A\n"},
        // None of these is one.
        {"const A = `{ a }`;", ""},
        {"const A = /* GraphQL */ b + `{ a }`;", ""},
        {"const A = // GraphQL\n`{ a }`;", ""},
        {"const A = /* GraphQL query */ `{ a }`;", ""},
        {"const A = `#graphqls\n{ a }`;", ""},
        {"const A = `# graphql\n{ a }`;", ""},
        {"const A = `#graphql { a }`;", ""},
        {"const A = a().gql`{ a }`;", ""},
        {"const A = gql?.(`{ a }`);", ""},
        {"const A = new Gql(`{ a }`);", ""},
        {"const A = gql(`a` + b);", ""},
        {"// gql`{ a }`\n/* gql`{ b }` */ const s = 'gql`{ c }`', r = /gql`d`/;", ""},
        {"const A = <p>gql`{'a'}`</p>;", ""},
        {"const A = <p>gql<b>`code`</b></p>;", ""},
    };
    for (const Case& c : cases) {
      CAPTURE(c.source);
      CHECK(templates(c.source) == c.expected);
    }
  }
}
