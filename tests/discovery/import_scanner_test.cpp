#include "discovery/import_scanner.h"

#include <string>
#include <variant>
#include <vector>

#include <doctest/doctest.h>

#include "discovery/typescript_reader.h"
#include "tests/discovery/facts_text.h"

using discovery::FactsTier;
using discovery::Language;
using discovery::NeedsParse;
using discovery::SourceFacts;

namespace {

/// The specifiers in source order, or "parse: <reason>".
std::string scanned(std::string_view source) {
  const auto outcome = discovery::scan_imports({source, Language::tsx, FactsTier::specifiers});
  if (const auto* doubt = std::get_if<NeedsParse>(&outcome)) {
    return std::string("parse: ") + doubt->reason;
  }
  const auto& facts = std::get<SourceFacts>(outcome);
  return import_lines(facts) + export_lines(facts);
}

struct ImportCase {
  std::string source;
  std::string expected;
};

const std::vector<ImportCase>& exact_cases() {
  static const std::vector<ImportCase> cases = {
      {"", ""},
      {"const a = 1;", ""},
      {"import 'a'; import b from \"c\";\nimport { d as e, type f } from 'g'\nimport * as h from "
       "'i'",
       "a:\nc:\ng:\ni:\n"},
      {"export * from 'a'; export * as b from 'c'; export { d } from 'e'; export type { f } from "
       "'g'",
       "< from a\n< from c\n< from e\n< from g\n"},
      {"import type a from 'b'; import type { c } from 'd'; import type, { e } from 'f'",
       "b:\nd:\nf:\n"},
      {"import from from 'a'; import type from 'b'; import type from from 'c'", "a:\nb:\nc:\n"},
      {"\xEF\xBB\xBF#!/usr/bin/env node\n'use strict'\n/* a */ // b\nimport 'c';;\nfoo()", "c:\n"},
      {"#!/usr/bin/env node\nimport 'c';", "c:\n"},
      {"import { // x\n a /* from 'y' */ } from 'b'", "b:\n"},
      {"import 'a'\nconst b = import('c'), d = import.meta.url", "a:\n"},
      {"import('a').then(b)", ""},
      {"export const a = 1; export default b; export { c }; export type D = 1; export = e", ""},
      {"const a = b.export, c = d.import", ""},
      {"// import the thing, export it\nconst a = 'important exports'", ""},
      {"/* import a from 'b' */ c()", ""},
      {"const a = () => require('b'); c(require('d')); jest.requireActual('e')", ""},
      {"export type * from 'a'; export type * as b from 'c'", "< from a\n< from c\n"},
  };
  return cases;
}

}  // namespace

TEST_SUITE("discovery/import_scanner") {
  TEST_CASE("what stands at the head of a file is read exactly") {
    for (const ImportCase& c : exact_cases()) {
      CAPTURE(c.source);
      CHECK(scanned(c.source) == c.expected);
    }
  }

  TEST_CASE("where an edge may hide, a parser is asked for") {
    for (const std::string& source : std::vector<std::string>{
             "foo(); import 'a'",
             "foo()\nexport * from 'a'",
             "const a = `\nimport b from 'c'\n`",
             "foo() /* import a from 'b' */",
             "<p>import a from 'b'</p>",
             "import a = require('b')",
             "const a = require('b')",
             "const a = (<any>require('b')).c",
             "import a from 'b' with { type: 'json' }",
             "import a from 'b'\nassert()",
             "import a from 'b\\x41'",
             std::string("import a\xC2\xA0") + "from \'b\'",
             "foo();\xC2\xA0import 'b'",
             std::string("import\xC2\xA0") + "a from \'b\'; foo()",
             "import \xC3\xA9 from 'b'",
             "// a\xE2\x80\xA8import 'b'",
             "import 'a' // \xE2\x80\xA9 import 'b'",
             "/* never closed",
             "foo(); import /*" + std::string(9000, ' ') + "*/ foo",
             "foo(); require /*" + std::string(9000, ' ') + "*/ foo; a = require/*" +
                 std::string(9000, ' '),
             "import a from 'b' foo",
             "import 'a'\n(b)",
             "export import a = require('b')",
             "declare module 'a' { import b from 'c' }",
             // A parser mends these.
             "import { a } form 'b'",
             "foo(); import type * as a form 'b'",
             "import { a ? b } from 'c'",
             "foo(); import { a ? b } from 'c'",
             "export { a, b ? c } from 'd'",
             "import a b from 'c'",
             "foo(); import a b from 'c'",
             "import a, from 'b'",
             "import { a } 'b'",
             "import * 'b'",
             "export * a from 'b'",
             "export { a } from b",
             "import { a",
         }) {
      CAPTURE(source);
      CHECK(scanned(source).substr(0, 6) == "parse:");
    }
  }

  TEST_CASE("an exact answer is the parser's answer") {
    discovery::TypeScriptReader parser;
    for (const ImportCase& c : exact_cases()) {
      const auto outcome =
          discovery::scan_imports({c.source, Language::tsx, FactsTier::specifiers});
      CAPTURE(c.source);
      REQUIRE(std::holds_alternative<SourceFacts>(outcome));
      CHECK((std::get<SourceFacts>(outcome) ==
             parser.read({c.source, Language::tsx, FactsTier::specifiers})));
    }
  }

  TEST_CASE("statements put together at random are read as the parser reads them") {
    const char* const pieces[] = {
        "import a from 'a';\n",
        "import {b, type c} from \"b\"\n",
        "export * from 'c'\n",
        "export {d as e} from 'd';\n",
        "import 'e'\n",
        "// import x from 'y'\n",
        "/* export */\n",
        "foo();\n",
        "export const f = 1;\n",
        "export { f };\n",
        "import * as g from 'g';\n",
        "const h = `import x from 'y'`;\n",
        "export default class {}\n",
        "'use strict';\n",
        "import type { i } from 'i'\n",
        "const j = require('j');\n",
        "import('k');\n",
        "export type L = 1\n",
    };
    discovery::TypeScriptReader parser;
    std::uint32_t random = 1;
    int exact = 0;
    for (int round = 0; round < 400; ++round) {
      std::string source;
      for (int i = 0; i < 4; ++i) {
        random = random * 1664525 + 1013904223;
        source += pieces[(random >> 16) % std::size(pieces)];
      }
      const auto outcome = discovery::scan_imports({source, Language::tsx, FactsTier::specifiers});
      if (const auto* facts = std::get_if<SourceFacts>(&outcome)) {
        ++exact;
        CAPTURE(source);
        CHECK((*facts == parser.read({source, Language::tsx, FactsTier::specifiers})));
      }
    }
    CHECK(exact > 50);
  }
}
