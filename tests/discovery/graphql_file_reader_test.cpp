#include "discovery/graphql_file_reader.h"

#include <string>

#include <doctest/doctest.h>

#include "tests/discovery/facts_text.h"

using discovery::FactsTier;
using discovery::Language;

TEST_SUITE("discovery/graphql_file_reader") {
  TEST_CASE("a file is one template of its whole text") {
    const std::string source = "query A { a }\r\n";
    const auto facts = discovery::read_documents(source, Language::graphql);
    CHECK(template_lines(facts, source) == "file \"query A { a }\\r\\n\"\n");
    CHECK((facts.templates.at(0).content == base::Span{0, 15}));
  }

  TEST_CASE("a byte order mark is no part of the text, but counts in the file") {
    const auto facts = discovery::read_documents("\xEF\xBB\xBF{ a }", Language::graphql);
    CHECK(facts.templates.at(0).text.text() == "{ a }");
    CHECK((facts.templates.at(0).text.to_source({2, 3}) == base::Span{5, 6}));
    CHECK((facts.templates.at(0).content == base::Span{0, 8}));
  }

  TEST_CASE("comments make imports") {
    const std::string source =
        "#import \"./a.graphql\"\r\n"
        "  # import B, C from './b.graphql'  \n"
        "# import { D } from \"d\"\n"
        "#import * from \"e\"\n"
        "query Q { f } # import \"g\"\n";
    const auto facts = discovery::read_documents(source, Language::graphql);
    CHECK(import_lines(facts) == "./a.graphql:\n./b.graphql: B C\nd: D\ne: *\ng:\n");
    CHECK((facts.imports.at(0).span == base::Span{9, 20}));
    const auto specifiers =
        discovery::SourceReader().read({source, Language::graphql, FactsTier::specifiers});
    CHECK(import_lines(specifiers) == "./a.graphql:\n./b.graphql:\nd:\ne:\ng:\n");
    CHECK(specifiers.templates.empty());
  }

  TEST_CASE("what only looks like an import makes none") {
    for (const std::string source : {
             "# importance \"a\"",
             "# import",
             "# import a",
             "# import \"\"",
             "# import \"a",
             "# import A \"b\"",
             "# import Afrom \"b\"",
             "# import \"a\" and more",
             "# we import \"a\"",
             "\"\"\"\n#import \"a\"\n\\\"\"\"\n#import \"b\"\n\"\"\" type A { a: Int }",
             "query { a(b: \"#import 'c'\") }",
             "query { a(b: \"\\\" #import 'c'\") }",
         }) {
      CAPTURE(source);
      CHECK(import_lines(discovery::read_documents(source, Language::graphql)) == "");
    }
  }
}
