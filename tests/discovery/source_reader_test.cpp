#include "discovery/source_reader.h"

#include <string>
#include <string_view>

#include <doctest/doctest.h>

#include "tests/discovery/facts_text.h"

using discovery::FactsTier;
using discovery::Language;
using discovery::read_documents;
using namespace std::string_view_literals;

TEST_SUITE("discovery/source_reader") {
  TEST_CASE("a file that is no text has facts of nothing but that") {
    for (const std::string_view source :
         {"import 'a'; gql`x`\0\xFF"sv, "\xFE\xFFgql`x`"sv, "g\0q\0l\0`\0x\0`\0"sv}) {
      for (const Language language : {Language::typescript, Language::tsx, Language::graphql}) {
        const auto facts = read_documents(source, language);
        CHECK(facts.problems.size() == 1);
        CHECK(facts.problems.at(0).code == "BinaryFile");
        CHECK(facts.problems.at(0).is_error);
        CHECK(facts.templates.empty());
        CHECK(facts.imports.empty());
      }
    }
    const auto wide = read_documents("\xFF\xFEg\0q\0l\0"sv);
    CHECK(wide.problems.at(0).message == "The file is encoded in UTF-16; only UTF-8 is read.");
  }

  TEST_CASE("a NUL byte matters inside of templates only") {
    const std::string_view outside = "const s = '\0', A = gql`x`;"sv;
    CHECK(problem_lines(read_documents(outside)) == "warning NulByte 11-12\n");
    CHECK(template_lines(read_documents(outside), outside) == "tag gql \"x\" as A\n");
    const std::string_view inside = "const A = gql`x\0yz`; // and more"sv;
    CHECK(problem_lines(read_documents(inside)) == "error NulByte 15-16\n");
    CHECK(template_lines(read_documents(inside), inside) == "tag gql \"x?yz\" as A\n");
  }

  TEST_CASE("bytes that are no UTF-8 matter inside of templates only") {
    const std::string outside = "// caf\xE9\nconst A = gql`x`;";
    const auto facts = read_documents(outside);
    CHECK(problem_lines(facts) == "warning InvalidUtf8 6-7\n");
    CHECK(template_lines(facts, outside) == "tag gql \"x\" as A\n");
    const std::string inside = "// caf\xE9\nconst A = gql`x # \xFF\xFE`;";
    CHECK(problem_lines(read_documents(inside)) == "error InvalidUtf8 26-27\n");
    CHECK(template_lines(read_documents(inside), inside) == "tag gql \"x # ??\" as A\n");
    const std::string both = "gql`\xFF\xFE`; gql`ok`; gql`a \xFF`;";
    CHECK(problem_lines(read_documents(both)) ==
          "error InvalidUtf8 4-5\nerror InvalidUtf8 24-25\n");
    CHECK(problem_lines(read_documents("# \xFF\n{ a }", Language::graphql)) ==
          "error InvalidUtf8 2-3\n");
  }

  TEST_CASE("specifiers are read without a parser where that is exact") {
    discovery::SourceReader reader;
    reader.read({"import 'a'; foo()", Language::tsx, FactsTier::specifiers});
    CHECK(reader.parsed_count() == 0);
    auto facts = reader.read({"foo(); import 'a'", Language::tsx, FactsTier::specifiers});
    CHECK(reader.parsed_count() == 0);
    CHECK(import_lines(facts) == "a:\n");
    facts = reader.read({"a++ / 2; import 'a'", Language::tsx, FactsTier::specifiers});
    CHECK(reader.parsed_count() == 1);
    CHECK(reader.doubt_counts() == discovery::SourceReader::DoubtCounts{{"slash", 1}});
    CHECK(import_lines(facts) == "a:\n");
  }

  TEST_CASE("a byte order mark and characters outside of the first plane shift nothing") {
    const std::string source =
        "\xEF\xBB\xBF/* \xF0\x9F\x98\x80 */ const A = gql`{ a # \xF0\x9F\x98\x80\r\n \\u{1F600} b "
        "}`;";
    const auto facts = read_documents(source);
    REQUIRE(facts.templates.size() == 1);
    const auto& site = facts.templates[0];
    CHECK(site.text.text() == "{ a # \xF0\x9F\x98\x80\n \xF0\x9F\x98\x80 b }");
    CHECK(source.substr(site.site.begin, 4) == "gql`");
    const auto at = static_cast<std::uint32_t>(site.text.text().rfind('b'));
    const base::Span b = site.text.to_source({at, at + 1});
    CHECK(b.begin == source.rfind("b }`"));
    const base::Span escape = site.text.to_source({at - 2, at - 1});
    CHECK(source.substr(escape.begin, escape.size()) == "\\u{1F600}");
  }

  TEST_CASE("a text of more than 16 MiB is a problem of its file") {
    const std::string source = "gql`x`" + std::string((std::size_t{16} << 20) - 5, ' ');
    CHECK(problem_lines(read_documents(source)) == "error ParseLimitExceeded 0-0\n");
  }
}
