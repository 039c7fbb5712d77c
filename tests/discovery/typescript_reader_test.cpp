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
  std::string source;
  std::string expected;
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
        {"const A = gql<Q<V>>`{ a }`;", "tag gql \"{ a }\" as A\n"},
        {"const A = gql<Q<V<W>>>`{ a }`;", "tag gql \"{ a }\" as A\n"},
        {"const A = gql <Q> `{ a }`;", "tag gql \"{ a }\" as A\n"},
        {"const A = gql/* a */<Q>/* b *//* c */`{ a }`;", "tag gql \"{ a }\" as A\n"},
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
        {"const A = <p>gql <b>`code`</b></p>;", ""},
    };
    for (const Case& c : cases) {
      CAPTURE(c.source);
      CHECK(templates(c.source) == c.expected);
    }
  }

  TEST_CASE("a template is found wherever an expression may stand") {
    const Case cases[] = {
        {"export default gql`x`;", "tag gql \"x\" as *default*\n"},
        {"export = gql`x`;", "tag gql \"x\" as *default*\n"},
        {"namespace N { export const A = gql`x` }",
         "tag gql \"x\" as A in \"{ export const A = gql`x` }\"\n"},
        {"function f() { return gql`x` }", "tag gql \"x\" in \"{ return gql`x` }\"\n"},
        {"const f = (a = gql`x`) => a;", "tag gql \"x\" in \"(a = gql`x`) => a\"\n"},
        {"@Dec({ q: gql`x` }) class A {}", "tag gql \"x\"\n"},
        {"class A { @Dec() static readonly q: T = gql`x` }", "tag gql \"x\" as A.q\n"},
        {"const J = <Query query={gql`x`}>{() => gql`y`}</Query>;",
         "tag gql \"x\"\ntag gql \"y\" in \"() => gql`y`\"\n"},
        {"useQuery<Q>(gql`x`, { a })", "tag gql \"x\"\n"},
        {"const a = b ? gql`x` : gql`y`;", "tag gql \"x\"\ntag gql \"y\"\n"},
        {"gql`a ${gql`b`} c`", "tag gql \"a  c\" ${`@2}\ntag gql \"b\"\n"},
        {"export const A = <T,>(x: T) => gql`x`;", "tag gql \"x\" in \"<T,>(x: T) => gql`x`\"\n"},
        {"if (a) { A.b = gql`x` }", "tag gql \"x\" as A.b\n"},
        {"const A = <p>Fish & Chips</p>, B = gql`x`;", "tag gql \"x\" as B\n"},
        {"export type * from 'm'; export { a } from 'n' with { type: 'json' }; const A = gql`x`;",
         "tag gql \"x\" as A\n"},
        {"const S = styled(Box)<{ a: B }>`c`; const A = gql`x`;", "tag gql \"x\" as A\n"},
        {"// @flow\nimport typeof T from 't';\nconst f = (a: ?string) => {}; const A = gql`x`;",
         "tag gql \"x\" as A\n"},
    };
    for (const Case& c : cases) {
      CAPTURE(c.source);
      CHECK(templates(c.source) == c.expected);
    }
    CHECK(templates("const A = <any>gql`x`;", Language::typescript) == "tag gql \"x\" as A\n");
    CHECK(templates("const A = <T>(x: T) => x, B = gql<T>`x`;", Language::typescript) ==
          "tag gql \"x\" as B\n");
  }

  TEST_CASE("a binding says how the file's code reaches the value") {
    const Case cases[] = {
        {"let A = gql`x`", "tag gql \"x\" as A\n"},
        {"const A: Doc<Q, V> = gql`x` as const;", "tag gql \"x\" as A\n"},
        {"const A = (gql`x` as unknown as B)!;", "tag gql \"x\" as A\n"},
        {"const A = gql`x` satisfies B;", "tag gql \"x\" as A\n"},
        {"const A = gql(`x` as const)", "call gql \"x\" as A\n"},
        {"A = gql`x`", "tag gql \"x\" as A\n"},
        {"A.b['c'] = { d: gql`x` }", "tag gql \"x\" as A.b.c.d\n"},
        {"const A = { b: { 'c-d': gql`x` } as const };", "tag gql \"x\" as A.b.c-d\n"},
        {"const A = { [b]: gql`x` };", "tag gql \"x\"\n"},
        {"const A = [gql`x`];", "tag gql \"x\"\n"},
        {"const A = { b() { return gql`x` } };", "tag gql \"x\" in \"{ return gql`x` }\"\n"},
        {"const A = f(gql`x`);", "tag gql \"x\"\n"},
        {"const { A } = gql`x`;", "tag gql \"x\"\n"},
        {"const A = gql`x`.b;", "tag gql \"x\"\n"},
        {"const A = await gql`x`;", "tag gql \"x\"\n"},
        {"A += gql`x`", "tag gql \"x\"\n"},
        {"this.a = gql`x`", "tag gql \"x\"\n"},
        {"class A { static b = { c: gql`x` }; d = gql`y` }",
         "tag gql \"x\" as A.b.c\ntag gql \"y\"\n"},
        {"const A = class B { static c = gql`x` };", "tag gql \"x\" as A.c\n"},
        {"export default class { static a = gql`x` }", "tag gql \"x\" as *default*.a\n"},
        {"export default class A { static a = gql`x` }", "tag gql \"x\" as A.a\n"},
        {"export default { a: gql`x` }", "tag gql \"x\" as *default*.a\n"},
    };
    for (const Case& c : cases) {
      CAPTURE(c.source);
      CHECK(templates(c.source) == c.expected);
    }
  }

  TEST_CASE("a binding is visible in its block, one with var in its function") {
    CHECK(templates("function f() { if (a) { const A = gql`x` } }") ==
          "tag gql \"x\" as A in \"{ const A = gql`x` }\"\n");
    CHECK(templates("function f() { if (a) { var A = gql`x` } };") ==
          "tag gql \"x\" as A in \"function f() { if (a) { var A = gql`x` } }\"\n");
    CHECK(templates("for (const A = gql`x`;;) {};") ==
          "tag gql \"x\" as A in \"for (const A = gql`x`;;) {}\"\n");
  }

  TEST_CASE("interpolations are names, literals or unknown") {
    const Case cases[] = {
        {"gql`a ${A} b ${B.c['d']}`", "tag gql \"a  b \" ${A@2} ${B.c.d@5}\n"},
        {"gql`${ (A as B)! }`", "tag gql \"\" ${A@0}\n"},
        {"gql`${'a\\n'}${\"b\"}${`c`}`", "tag gql \"\" ${\"a\\n\"@0} ${\"b\"@0} ${\"c\"@0}\n"},
        {"gql`${a()}${b?.c}${d[0]}${e + f}${`${g}`}${this.h}${1}${}`",
         "tag gql \"\" ${?@0} ${?@0} ${?@0} ${?@0} ${?@0} ${?@0} ${?@0} ${?@0}\n"},
        {"gql`${/* c */ A /* d */}`", "tag gql \"\" ${A@0}\n"},
        {"gql`${{ a: '}' }}b`", "tag gql \"b\" ${?@0}\n"},
        // A local of the name is not what the module calls so.
        {"(A) => gql`${A} ${B}`;",
         "tag gql \" \" ${local A@0} ${B@1} in \"(A) => gql`${A} ${B}`\"\n"},
        {"function f({ a: A = 1, ...B }) { gql`${A}${B}` }",
         "tag gql \"\" ${local A@0} ${local B@0} in \"{ gql`${A}${B}` }\"\n"},
        {"{ const A = b(); gql`${A.c}` };",
         "tag gql \"\" ${local A.c@0} in \"{ const A = b(); gql`${A.c}` }\"\n"},
        {"for (const A of b) gql`${A}`\n",
         "tag gql \"\" ${local A@0} in \"for (const A of b) gql`${A}`\"\n"},
        {"{ const A = gql`x`; gql`${A}` };",
         "tag gql \"x\" as A in \"{ const A = gql`x`; gql`${A}` }\"\n"
         "tag gql \"\" ${local A@0} in \"{ const A = gql`x`; gql`${A}` }\"\n"},
    };
    for (const Case& c : cases) {
      CAPTURE(c.source);
      CHECK(templates(c.source) == c.expected);
    }
  }

  TEST_CASE("builder-ignore stands before the statement, the member or the template") {
    for (const std::string source : {
             "// builder-ignore\nconst A = gql`x`;",
             "// builder-ignore: not ours\nexport const A = gql`x`;",
             "/* builder-ignore */ A = gql`x`;",
             "/** builder-ignore */\n// another\nconst A = gql`x`;",
             "const A = /* builder-ignore */ gql`x`;",
             "const A = gql(/* builder-ignore */ `x`);",
             "const A = {\n  // builder-ignore\n  b: gql`x` };",
             "class A {\n  // builder-ignore\n  static b = gql`x` }",
             "function f() {\n  // builder-ignore\n  return gql`x`; }",
         }) {
      CAPTURE(source);
      CHECK(read_documents(source).templates.at(0).is_ignored);
    }
    for (const std::string source : {
             "b(); // builder-ignore\nconst A = gql`x`;",
             "// builder-ignore\nb();\nconst A = gql`x`;",
             "// builder-ignored\nconst A = gql`x`;",
             "// no builder-ignore\nconst A = gql`x`;",
             "// builder-ignore\nfunction f() { b(); return gql`x`; }",
             "const A = gql`x`; // builder-ignore",
         }) {
      CAPTURE(source);
      CHECK_FALSE(read_documents(source).templates.at(0).is_ignored);
    }
  }

  TEST_CASE("a syntax error elsewhere hides no template") {
    const Case cases[] = {
        {"const x = {;\nconst A = gql`x`;", "tag gql \"x\" as A\n"},
        {"const x = \nexport const A = gql`x`;", "tag gql \"x\" as A\n"},
        {"function f( {\n  return <div\n}\nconst A = gql`x`;", "tag gql \"x\" as A\n"},
        {"import { a, from 'x';\nconst A = gql`x`;", "tag gql \"x\" as A\n"},
        {"const C = () => <div><span</div>;\nconst A = gql`x`;", "tag gql \"x\" as A\n"},
        {"const C = <div>;\nconst A = gql`x`;", "tag gql \"x\" as A\n"},
        {"const C = <>;\nconst A = gql(`x`);", "call gql \"x\" as A\n"},
        {"const C = <div><span></div>;\nconst A = gql`x`;", "tag gql \"x\" as A\n"},
        {"const C = <div>{</div>;\nconst A = gql`x`;", "tag gql \"x\" as A\n"},
        {"if (a) { b = <div><p></div>\nconst A = gql`x`;", "tag gql \"x\" as A\n"},
        {"const C = <div>;\nconst A = /* GraphQL */ `x`;", "comment marked \"x\" as A\n"},
        {"const C = <div>;\nconst A = `#graphql\nx`;", "hash marked \"#graphql\\nx\" as A\n"},
        {"const C = <div><p>gql`x` is text</p></div>;\nlet = = 3;", ""},
        {"type B<T = { a: ;\n// builder-ignore\nconst A = gql`x`;", "tag gql \"x\" as A ignored\n"},
        {"const A = gql`x`;\nconst y = (", "tag gql \"x\" as A\n"},
        {"const A = gql`x`; }}}\nconst B = gql`y`;", "tag gql \"x\" as A\ntag gql \"y\" as B\n"},
        {"const a = b.;\nconst A = graphql(/* GraphQL */ `x`, [B]);",
         "call graphql marked \"x\" [B] as A\n"},
    };
    for (const Case& c : cases) {
      CAPTURE(c.source);
      CHECK(templates(c.source) == c.expected);
    }
  }

  TEST_CASE("the exports of a statement that an error hid come back with it") {
    const auto facts =
        read_documents("function f( {\n  return <div\n}\nexport const A = gql`x`;\n");
    CHECK(export_lines(facts) == "A<A\n");
  }

  TEST_CASE("a template without an end is a problem at its beginning") {
    const auto facts =
        read_documents("const A = gql`x`;\nconst B = gql`query {\nexport const c = 1;\n");
    CHECK(template_lines(facts, "") == "tag gql \"x\" as A\n");
    CHECK(problem_lines(facts) == "error UnterminatedTemplate 31-32\n");
    CHECK(problem_lines(read_documents("const A = b`c")) == "error UnterminatedTemplate 11-12\n");
    CHECK(problem_lines(read_documents("const A = gql`${b`;")) ==
          "error UnterminatedTemplate 13-14\n");
  }

  TEST_CASE("half-typed JSX that holds the parser for minutes is a problem of its file") {
    const std::string source = R"(
export function Parts({ parts, onSelect, highlight }: Props) {
  const [open, setOpen] = React.useState(false);
  return (
    <div className="parts">
      {parts.map((part, index) => (
        <span null / 2 + className={part.type} key={index} onClick={() => onSelect(part)}>
          {part.text.split(" ").map((word) => (
            <b className={highlight ? "on" : "off"} style={{ color: word }}>{word}</b>
          ))}
          <a href={part.href} title={part.title}>{part.label}</a>
        </span>
      ))}
      <button type="button" onClick={() => setOpen(!open)}>
        {open ? <i>close</i> : <i>open</i>}
      </button>
    </div>
  );
}
)";
    CHECK(problem_lines(read_documents(source)) == "error ParseLimitExceeded 0-0\n");
    // The parser is fit for the next file.
    CHECK(templates("gql`x`") == "tag gql \"x\"\n");
  }

  TEST_CASE("nesting without end is read, or not, but never too deep for us") {
    const auto repeated = [](const char* text, std::size_t count) {
      std::string all;
      for (std::size_t i = 0; i < count; ++i) {
        all += text;
      }
      return all;
    };
    constexpr std::size_t k_depth = 3000;
    const std::string objects =
        "const A = " + repeated("{ a: ", k_depth) + "gql`x`" + repeated("}", k_depth);
    CHECK(templates(objects) == "tag gql \"x\"\n");
    const std::string parentheses =
        "const A = " + repeated("(", k_depth) + "gql`x`" + repeated(")", k_depth);
    CHECK(templates(parentheses) == "tag gql \"x\" as A\n");
    const auto nested = read_documents(repeated("gql`${", k_depth) + "1" + repeated("}`", k_depth));
    CHECK(nested.templates.size() == k_depth);
  }
}
