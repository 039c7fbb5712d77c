#include "discovery/tag_scanner.h"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>
#include <string>
#include <variant>
#include <vector>

#include <doctest/doctest.h>

#include "discovery/language.h"
#include "tests/discovery/scanner/reader_pair.h"

using discovery::FactsTier;
using discovery::Language;
using discovery::ReaderPair;

namespace {

namespace fs = std::filesystem;

const fs::path k_repository = BUILDER_REPOSITORY;

std::string text_of(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

/// One word, as snippets.txt has it.
std::string answer_of(const discovery::PairResult& result) {
  std::string answer = result.doubt.empty() ? "exact" : result.doubt;
  std::replace(answer.begin(), answer.end(), ' ', '-');
  return answer;
}

void check_agreement(const discovery::PairResult& result, const std::string& what) {
  if (result.difference) {
    FAIL_CHECK(what << ": " << result.difference->text);
  }
  if (!result.denied_export.empty()) {
    FAIL_CHECK(what << ": the export filter denies " << result.denied_export);
  }
}

struct Source {
  std::string name;
  std::string text;
  Language language;
};

/// The files that a case or a scenario is made of.
void add_parts(const fs::path& path, std::vector<Source>& sources) {
  std::istringstream lines(text_of(path));
  std::string line;
  bool is_source = false;
  while (std::getline(lines, line)) {
    if (!line.starts_with("=== ")) {
      if (is_source) {
        sources.back().text += line + "\n";
      }
      continue;
    }
    const std::string name = line.substr(line.rfind(' ') + 1);
    const auto language = discovery::language_of(name);
    is_source = language && *language != Language::graphql;
    if (is_source) {
      sources.push_back({path.filename().string() + ": " + name, "", *language});
    }
  }
}

/// All source code that this repository holds.
std::vector<Source> repository_sources() {
  std::vector<Source> sources;
  for (const char* folder : {"fixtures", "tests", "tools", "perf"}) {
    for (const fs::directory_entry& entry :
         fs::recursive_directory_iterator(k_repository / folder)) {
      const std::string path = entry.path().string();
      const auto language = discovery::language_of(path);
      if (path.find("/node_modules/") != std::string::npos || !entry.is_regular_file()) {
        continue;
      }
      if (path.ends_with(".case") || path.ends_with(".scenario")) {
        add_parts(entry.path(), sources);
      } else if (language && *language != Language::graphql) {
        sources.push_back({path, text_of(path), *language});
      }
    }
  }
  return sources;
}

}  // namespace

TEST_SUITE("discovery/tag_scanner") {
  TEST_CASE("code that is hard to read has the parser's facts, or needs the parser") {
    const fs::path path = k_repository / "tests/discovery/scanner/snippets.txt";
    const std::string file = text_of(path);
    const auto snippets = discovery::read_snippets(file);
    CHECK(snippets.size() >= 250);
    ReaderPair readers;
    std::string answers;
    for (const discovery::Snippet& snippet : snippets) {
      const auto typescript = readers.read(snippet.source, Language::typescript);
      const auto tsx = readers.read(snippet.source, Language::tsx);
      check_agreement(typescript, "ts" + snippet.written);
      check_agreement(tsx, "tsx" + snippet.written);
      answers += answer_of(typescript) + " " + answer_of(tsx) + snippet.written + "\n";
    }
    const std::string head = file.substr(0, file.find("\n", file.rfind("\n# ") + 1) + 1);
    if (std::getenv("BUILDER_UPDATE_EXPECTED") != nullptr) {
      std::ofstream(path, std::ios::binary) << head << answers;
    } else {
      CHECK(head + answers == file);
    }
  }

  TEST_CASE("all source code of this repository has the parser's facts") {
    ReaderPair readers;
    const std::vector<Source> sources = repository_sources();
    CHECK(sources.size() >= 500);
    std::size_t doubts = 0;
    for (const Source& source : sources) {
      const auto result = readers.read(source.text, source.language);
      check_agreement(result, source.name);
      doubts += result.doubt.empty() ? 0U : 1U;
    }
    // Broken code and odd bytes, which are cases of their own.
    CHECK(doubts * 20 <= sources.size());
  }

  TEST_CASE("what is exact does not depend on the tier, nor do the facts") {
    discovery::TagScanner scanner;
    const std::string source =
        "import { a as b } from 'm'; export const o = { c: 'd' }; function f() { o.c = gql`e` }";
    const auto facts_of = [&](FactsTier tier) {
      return std::get<discovery::SourceFacts>(scanner.read({source, Language::tsx, tier}));
    };
    const auto documents = facts_of(FactsTier::documents);
    auto bindings = facts_of(FactsTier::bindings);
    CHECK(documents.templates.size() == 1);
    CHECK(documents.constants.empty());
    CHECK(bindings.templates.empty());
    CHECK(bindings.imports == documents.imports);
    CHECK(bindings.exports == documents.exports);
    const auto specifiers = facts_of(FactsTier::specifiers);
    REQUIRE(specifiers.imports.size() == 1);
    CHECK(specifiers.imports[0].names.empty());
    for (const FactsTier tier :
         {FactsTier::specifiers, FactsTier::bindings, FactsTier::documents}) {
      const auto outcome = scanner.read({"import 'm'; f(`a`", Language::tsx, tier});
      REQUIRE(std::holds_alternative<discovery::NeedsParse>(outcome));
      CHECK(std::get<discovery::NeedsParse>(outcome).reason == std::string("unclosed"));
    }
  }

  TEST_CASE("nesting ends in a doubt, however deep") {
    struct Nest {
      std::string start;
      std::string open;
      std::string inside;
      std::string close;
      std::string end;
    };
    const std::vector<Nest> nests = {
        {"x = ", "(", "gql`a`", ")", ""},
        {"x = ", "[", "gql`a`", "]", ""},
        {"x = ", "{a:", "gql`a`", "}", ""},
        {"x = ", "<a>{", "gql`a`", "}</a>", ""},
        {"x = ", "gql`${", "b", "}`", ""},
        {"x = ", "b=>", "gql`a`", "", ""},
        {"x = ", "!", "gql`a`", "", ""},
        {"x = ", "new ", "A(gql`a`)", "", ""},
        {"x = ", "-", "gql`a`", "", ""},
        {"x = ", "<a>", "gql`a`", "", ""},
        {"x = ", "b=", "gql`a`", "", ""},
        {"x = ", "b**", "gql`a`", "", ""},
        {"x = ", "b?c:", "gql`a`", "", ""},
        {"x = ", "b?", "gql`a`", ":c", ""},
        {"x = ", "f(", "gql`a`", ")", ""},
        {"x = ", "f[", "gql`a`", "]", ""},
        {"x = ", "class{static a=", "gql`a`", "}", ""},
        {"x = ", "async()=>{", "gql`a`", "}", ""},
        {"x = ", "b as (", "C", ")", "; gql`a`"},
        {"x = ", "f<", "C", ">", "(gql`a`)"},
        {"", "{", "gql`a`", "}", ""},
        {"", "if(a)", "gql`a`", "", ""},
        {"", "for(;;)", "gql`a`", "", ""},
        {"", "a:", "gql`a`", "", ""},
        {"", "function f(){", "gql`a`", "}", ""},
        {"", "namespace a{", "gql`a`", "}", ""},
        {"const ", "[", "a", "]", " = gql`a`"},
        {"const ", "{a:", "b", "}", " = gql`a`"},
        {"", "[", "a", "]", " = gql`a`"},
        {"function f(", "[", "a", "]", ") { gql`a` }"},
        {"function f(a = ", "(", "gql`a`", ")", ") {}"},
        {"type A = ", "(", "b", ")", "; gql`a`"},
        {"type A = ", "B<", "C", ">", "; gql`a`"},
        {"type A = ", "(b:c)=>", "d", "", "; gql`a`"},
        {"@a(", "(", "gql`a`", ")", ") class B {}"},
    };
    discovery::TagScanner scanner;
    for (const Nest& nest : nests) {
      std::string open;
      std::string close;
      for (int i = 0; i < 2'000; ++i) {
        open += nest.open;
        close += nest.close;
      }
      const std::string source = nest.start + open + nest.inside + close + nest.end;
      const std::string shallow = nest.start + nest.open + nest.inside + nest.close + nest.end;
      for (const Language language : {Language::typescript, Language::tsx}) {
        CAPTURE(shallow);
        CHECK_NOTHROW(scanner.read({source, language, FactsTier::documents}));
        CHECK_NOTHROW(scanner.read({open, language, FactsTier::documents}));
      }
    }
  }
}
