#include <string>
#include <string_view>

#include <doctest/doctest.h>

#include "discovery/composition_facts.h"
#include "discovery/source_reader.h"
#include "tests/discovery/facts_text.h"

using discovery::CompositionFacts;
using discovery::CompositionSite;
using discovery::Expression;
using discovery::ExpressionIndex;
using discovery::ExpressionKind;
using discovery::FactsTier;
using discovery::k_no_expression;
using discovery::Language;
using discovery::SourceFacts;
using discovery::ValueFact;

namespace {

SourceFacts read(std::string_view source, Language language = Language::tsx) {
  return discovery::SourceReader().read({source, language, FactsTier::compositions});
}

const char* word_of(ExpressionKind kind) {
  switch (kind) {
    case ExpressionKind::opaque:
      return "opaque";
    case ExpressionKind::null_value:
      return "null";
    case ExpressionKind::boolean:
    case ExpressionKind::number:
    case ExpressionKind::name:
      return "";
    case ExpressionKind::string:
      return "text";
    case ExpressionKind::template_literal:
      return "template";
    case ExpressionKind::template_text:
      return "raw";
    case ExpressionKind::tagged_template:
      return "tagged";
    case ExpressionKind::member:
      return "member";
    case ExpressionKind::index:
      return "index";
    case ExpressionKind::call:
      return "call";
    case ExpressionKind::site:
      return "site";
    case ExpressionKind::object:
      return "object";
    case ExpressionKind::property:
      return "key";
    case ExpressionKind::computed_property:
      return "computed";
    case ExpressionKind::array:
      return "array";
    case ExpressionKind::spread:
      return "spread";
    case ExpressionKind::hole:
      return "hole";
    case ExpressionKind::function:
      return "function";
    case ExpressionKind::object_pattern:
      return "object-pattern";
    case ExpressionKind::array_pattern:
      return "array-pattern";
    case ExpressionKind::default_pattern:
      return "default";
    case ExpressionKind::rest:
      return "rest";
    case ExpressionKind::conditional:
      return "if";
    case ExpressionKind::unary:
      return "unary";
    case ExpressionKind::binary:
      return "binary";
  }
  return "?";
}

/// `(call (member fragment productModel))`
std::string text_of(const CompositionFacts& facts, ExpressionIndex index) {
  const Expression& expression = facts.expressions[index];
  std::string text = word_of(expression.kind);
  if (expression.kind == ExpressionKind::template_text) {
    text += " " + discovery::quoted(facts.texts[expression.mapped].text());
  } else if (expression.kind == ExpressionKind::site) {
    text += " " + std::to_string(expression.mapped);
  } else if (!expression.text.empty()) {
    text += (text.empty() ? "" : " ") + expression.text;
  }
  text += expression.is_optional ? "?" : "";
  for (ExpressionIndex child = expression.first; child != k_no_expression;
       child = facts.expressions[child].next) {
    text += " " + text_of(facts, child);
  }
  return expression.first == k_no_expression ? text : "(" + text + ")";
}

std::string value_lines(std::string_view source) {
  const SourceFacts facts = read(source);
  std::string lines;
  for (const ValueFact& value : facts.compositions.values) {
    lines += std::string(value.is_local ? "local " : "") + value.name + " = " +
             text_of(facts.compositions, value.value) + "\n";
  }
  return lines;
}

std::string site_lines(std::string_view source) {
  const SourceFacts facts = read(source);
  std::string lines;
  for (const CompositionSite& site : facts.compositions.sites) {
    lines += site.path.empty() ? "-" : site.path;
    lines += site.is_default_export ? " default" : "";
    lines += site.oddity.empty() ? "" : " oddity " + site.oddity;
    lines += site.callee.empty() ? " hidden" : "";
    lines += site.is_ignored ? " ignored" : "";
    lines += "\n";
  }
  return lines;
}

struct CompositionCase {
  std::string source;
  std::string expected;
};

}  // namespace

TEST_SUITE("discovery/compositions") {
  TEST_CASE("expressions become their neutral form") {
    const CompositionCase cases[] = {
        {"const a = (-1 as number);", "a = (unary - 1)\n"},
        {"const a = { b: 'x', 'c d': [1,, ...d], 5: true, [e]: null, f, ...g };",
         "a = (object (key b text x) (key c d (array 1 hole (spread d))) (key 5 true) "
         "(computed e null) (key f f) (spread g))\n"},
        {"const a = b?.c['d'][e];", "a = (index (member d (member c? b)) e)\n"},
        {"const a = `x${b}y`;", "a = (template raw \"x\" b raw \"y\")\n"},
        {"const a = q('N')`{ id ...${m} }`();",
         "a = (call (tagged (call q text N) (template raw \"{ id ...\" m raw \" }\")))\n"},
        {"const a = ({ f, $: v = 1, ...rest }, [x], y = 2) => ({ id: f.id() });",
         "a = (function (object-pattern (key f f) (key $ (default v 1)) (rest rest)) "
         "(array-pattern x) (default y 2) (object (key id (call (member id f)))))\n"},
        {"const a = x => { return x };", "a = (function x x)\n"},
        {"const a = () => { log(); return 1 };",
         "a = (function opaque a function with other statements than one `return`)\n"},
        {"const a = b && c || d && e;", "a = (binary || (binary && b c) (binary && d e))\n"},
        {"const a = b || c && d;", "a = (binary || b (binary && c d))\n"},
        {"const a = (b || c) && d ?? e;", "a = (binary ?? (binary && (binary || b c) d) e)\n"},
        {"const a = b ? 1 : c === 2;", "a = (if b 1 (binary === c 2))\n"},
        {"const a = await b, c = new D(), e = /x/, f = async () => 1, g = 1n, h = <p/>;",
         "a = opaque `await`\nc = opaque `new`\ne = opaque a regular expression\n"
         "f = opaque an async or generator function\ng = opaque a bigint\nh = opaque JSX\n"},
        {"let a = 1; const { b, c: d } = e;",
         "a = opaque a variable that may change\nb = (member b e)\nd = (member c e)\n"},
        {"enum A { B = 'b', C = 'c' } class K { static p = 1; q = 2; static m() { return 3 } }",
         "A = (object (key B text b) (key C text c))\n"
         "K = (object (key p 1) (key m (function 3)))\n"},
        {"enum A { B, C = 0x7, D, E = B, F = 'f', G }",
         "A = (object (key B 0) (key C 7) (key D 8) (key E 0) (key F text f) "
         "(key G opaque an enum member behind one whose value is no number))\n"},
        {"const { a: { b }, c: [, d], ...e } = f, [g = 1] = f;",
         "b = (member b (member a f))\nd = (index (member c f) 1)\ne = opaque a part of a pattern\n"
         "g = opaque a part of a pattern that has a default\n"},
        {"const a = { get b() { return 1 }, c: 2 };",
         "a = (object (key b opaque an accessor) (key c 2))\n"},
        {"function f(x: number): number; function f(x: any) { return x }", "f = (function x x)\n"},
        {"const a = f(1, { b: });", "a = (call f 1 (object (key b opaque a syntax error)))\n"},
        {"const a = f(1, (x) => ({ b: x. }), 2);",
         "a = (call f 1 (function x (object (key b opaque a syntax error))) 2)\n"},
        {"const a = f(1, [2;", "a = opaque a syntax error\n"},
        {"function f(x) { return x + 1 } export default { a: 1 };",
         "f = (function x (binary + x 1))\n*default* = (object (key a 1))\n"},
    };
    for (const CompositionCase& c : cases) {
      CAPTURE(c.source);
      CHECK(value_lines(c.source) == c.expected);
    }
  }

  TEST_CASE("what is written to later has no value that is known") {
    const std::string unknown = "opaque a value that something writes to later";
    const CompositionCase cases[] = {
        {"const a = { b: 1, c: 2 }; a.b = 3; x += a.c;",
         "a = (object (key b " + unknown + ") (key c 2))\n"},
        {"const a = { b: { c: 1 } }; a.b.c++; delete a.d;",
         "a = (object (key b (object (key c " + unknown + "))) (key d " + unknown + "))\n"},
        {"const a = [1], b = [1]; const f = () => a.push(2), g = b.map(a);",
         "a = " + unknown +
             "\nb = (array 1)\nf = (function (call (member push a) 2))\n"
             "g = (call (member map b) a)\n"},
        {"const a = { b: 1 }; Object.assign(a, c);", "a = " + unknown + "\n"},
        {"const a = {}; a.b = 1;", "a = (object (key b 1))\n"},
        {"const a = {}; a.b = 1; a.b = 2;", "a = (object (key b " + unknown + "))\n"},
        {"const a = { ...c }; a.b = 1;", "a = (object (spread c) (key b " + unknown + "))\n"},
        {"const a = { b: 1 }; const f = (a) => (a.b = 2);",
         "a = (object (key b 1))\nf = (function a opaque an assignment)\n"},
        {"const a = () => 1; a.title = 'x';", "a = (function 1)\n"},
    };
    for (const CompositionCase& c : cases) {
      CAPTURE(c.source);
      CHECK(value_lines(c.source) == c.expected);
    }
  }

  TEST_CASE("a site is called after what is around it") {
    const std::string import = "import { gql } from 'x/graphql-system';\n";
    const CompositionCase cases[] = {
        {"const a = gql.default(() => 1);", "a\n"},
        {"export default gql.default(() => 1);", "- default\n"},
        {"run(gql.default(() => 1));", "-\n"},
        {"const a = { b: { 'c.d': gql.default(() => 1), $e: gql.default(() => 2) } };",
         "a.b.c\\.d\na.b.\\$e\n"},
        {"const a = [gql.default(() => 1), gql.default(() => 2)];", "a\na\n"},
        {"function f() { const g = () => { const h = gql.default(() => 1); }; }", "f.g.h\n"},
        {"export class K { static p = gql.default(() => 1); m() { return gql.default(() => 2) } }",
         "K.p\nK.m\n"},
        {"Card.parts = gql.default(() => 1);", "Card.parts\n"},
        {"// builder-ignore\nconst a = gql.default(() => 1);", "a ignored\n"},
        {"const a = gql?.default(() => 1), b = gql[x](() => 1);",
         "a oddity an optional call\nb oddity a computed member\n"},
        {"function f(gql) { return gql.default(() => 1); }", "f hidden\n"},
        {"const a = (gql as any).default(() => 1), b = (gql!).default<any>(() => 1);", "a\nb\n"},
        {"const a = hoc(() => gql.default(() => gql.default(() => 1)));", "a\na\n"},
        {"const a = gql`{ id }`;", ""},
    };
    for (const CompositionCase& c : cases) {
      CAPTURE(c.source);
      CHECK(site_lines(import + c.source) == c.expected);
    }
  }

  TEST_CASE("names around a site are known in their scope") {
    const std::string source =
        "import { gql } from 'x/graphql-system';\n"
        "const a = 1;\n"
        "function f(p) {\n"
        "  const a = 2;\n"
        "  return gql.default(() => a + p + b);\n"
        "}\n";
    const SourceFacts facts = read(source);
    const CompositionFacts& compositions = facts.compositions;
    REQUIRE(compositions.sites.size() == 1);
    const CompositionSite& site = compositions.sites[0];
    const discovery::ValueIndex values(compositions);

    std::string free;
    for (const discovery::NameChain& chain : free_names(compositions, site.call)) {
      const ValueFact* value = values.find(chain.names.front(), chain.span.begin);
      free += chain.names.front() + "=" +
              (value == nullptr ? "?" : text_of(compositions, value->value)) + "\n";
    }

    CHECK(free == "gql=?\na=2\np=opaque a parameter of the function around the definition\nb=?\n");
    CHECK(text_of(compositions, values.find_global("a")->value) == "1");
  }

  TEST_CASE("what lies too deep is opaque, and nothing overflows") {
    std::string deep = "const a = ";
    for (int i = 0; i < 20000; ++i) {
      deep += "[";
    }
    std::string wide = "const b = [";
    for (int i = 0; i < 20000; ++i) {
      wide += "1,";
    }
    std::string calls = "import { f } from 'm';\nconst c = ";
    for (int i = 0; i < 3000; ++i) {
      calls += "f(";
    }
    CHECK(read(deep).compositions.values.size() <= 1);
    CHECK(read(wide + "];").compositions.expressions.size() == 20001);
    const SourceFacts facts = read(calls + "1" + std::string(3000, ')'));
    CHECK(facts.compositions.sites.size() <= 3000);
    for (const ValueFact& value : facts.compositions.values) {
      CHECK(!free_names(facts.compositions, value.value).empty());
    }
  }

  TEST_CASE("the other facts are those of the tiers below") {
    const std::string source =
        "import { gql } from 'x/graphql-system';\n"
        "import tag, { type T } from 'graphql-tag';\n"
        "export const A = tag<T>`{ a ${B.c} }`;\n"
        "export class K { static d = tag`{ d }`; m(x = `y`) { const z = tag`{ e ${x} }`; } }\n"
        "export const n = (a: number) => <p title={`t`}>{a < 1 ? tag`{ f }` : null}</p>;\n"
        "export default gql.default(({ query }) => query('N')`{ id }`());\n";
    SourceFacts all = read(source);
    all.compositions = {};
    all.tier = FactsTier::documents;
    CHECK(all == discovery::read_documents(source));
  }
}
