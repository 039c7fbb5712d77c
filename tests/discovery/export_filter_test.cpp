#include "discovery/export_filter.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include <doctest/doctest.h>

#include "discovery/ascii.h"
#include "discovery/source_facts.h"

TEST_SUITE("discovery/export_filter") {
  using discovery::ExportFilter;

  /// The words of a text that it may export, in their order.
  std::vector<std::string> exported_words(std::string_view text) {
    const ExportFilter filter(text);
    std::vector<std::string> found;
    std::string word;
    for (const char c : std::string(text) + " ") {
      if (discovery::is_ascii_name_byte(c)) {
        word += c;
        continue;
      }
      if (!word.empty() && filter.may_export(word) &&
          std::find(found.begin(), found.end(), word) == found.end()) {
        found.push_back(word);
      }
      word.clear();
    }
    return found;
  }

  TEST_CASE("a text may export the names behind `export`, and none that it only uses") {
    struct Row {
      std::string_view text;
      std::vector<std::string> names;
    };
    const std::vector<Row> rows = {
        {"import { A, B as C } from \"./d\";\nconst e = 1;\nexport const F = f(A, e);", {"F"}},
        {"export const A = gql`fragment B on C { d }\n${E}`;", {"A"}},
        {"export const A = 1, B = 2;", {"A", "B"}},
        {"export const A: T = x\n  , B : T = 2, // c = d\n  // e\n  E = 3;", {"A", "B", "c", "E"}},
        {"export const A = 1, /* c */ B /* d */ = 2, D // e\n = 3;", {"A", "B", "D", "e"}},
        {"export const A = 1, // c\rB = 2;", {"A", "B"}},
        {"export const A = (b: C, d: E) => ({ f: 1, g: 2 });", {"A", "d", "g"}},
        {"export const A = b, c == d, e => f;", {"A"}},
        {"export const A = 1,\f B\v= 2;", {"A", "B"}},
        {"export const A: T, B!: c, D;", {"A", "B", "D"}},
        {"export const A = 1, B", {"A", "B"}},
        {"export const A = [b, { c: d }], e = f;\nuse(a, [b]);\nconst { g } = h;", {"A", "e"}},
        {"export const A = (b, { c, d }) => ({ e: 1 });\nlet [g, h] = i;", {"A"}},
        {"export const A = 1, { B } = c", {"export", "const", "A", "1", "B", "c"}},
        {"export const A = 1, // {\n[B]: c = d", {"export", "const", "A", "1", "B", "c", "d"}},
        {"export const A = 1, { b: { C } } = d", {"export", "const", "A", "1", "b", "C", "d"}},
        {"export const A = 1, { '{': B } = c", {"export", "const", "A", "1", "B", "c"}},
        {"export const A = 1, {...B} /* c */ = d", {"export", "const", "A", "1", "B", "c", "d"}},
        {"export const { A, b: C = d } = e;", {"export", "const", "A", "b", "C", "d", "e"}},
        {"export const /* a */ B = c;", {"export", "const", "a", "B", "c"}},
        {"export const enum A { b }", {"export", "const", "enum", "A", "b"}},
        {"export let A, B; c();", {"export", "let", "A", "B", "c"}},
        {"export declare const A: b", {"export", "declare", "const", "A", "b"}},
        {"export @c class A {}", {"export", "c", "class", "A"}},
        {"export async function A(b) {}\nexport function* B() {}\nexport function *C() {}",
         {"A", "B", "C"}},
        {"export abstract class A extends b {}\nexport class B {}", {"A", "B"}},
        {"export enum A { b }\nexport namespace B { const c = 1; }", {"A", "B"}},
        {"export interface A { b: c }\nexport type B = c;", {"A", "B"}},
        {"export { a, b as C };\nexport type { D } from \"./e\";", {"a", "b", "as", "C", "D"}},
        {"export default class A {}\nexport as namespace B;", {"B"}},
        {"const exported = 1; reexport * 2; my_exports.a = 1;", {}},
        {"export\n{ A\n}", {"A"}},
        {"export", {}},
        {"export {", {}},
        {"", {}}};
    for (const Row& row : rows) {
      CAPTURE(row.text);
      CHECK(exported_words(row.text) == row.names);
      CHECK_FALSE(ExportFilter(row.text).may_export("Absent"));
      CHECK_FALSE(ExportFilter(row.text).may_export(discovery::k_export_assignment));
    }
  }

  TEST_CASE("a text that may pass on what it does not spell may export anything") {
    for (const char* text : {"export * from \"./a\";",
                             "export*from'./a'",
                             "export\t*\tas ns from \"./a\";",
                             "export /* all */ * from \"./a\";",
                             "export // all\n* from \"./a\";",
                             "export = value;",
                             "export=value",
                             "export import a = b.c;",
                             "module.exports = require(\"./a\");",
                             "exports.a = 1;",
                             "__exportStar(require(\"./a\"), exports);",
                             "Object.defineProperty(exports, key, {});",
                             "export v from \"./a\";",
                             "export default from \"./a\";",
                             "export default\nfrom \"./a\";",
                             "export { a as \"Name\" };",
                             "export { a as 'Name' };",
                             "export { /* } */ a as \"Name\" };",
                             "export const \\u0041 = 1;",
                             "export\\u0020",
                             "export\xC2\xA0* from \"./a\";",
                             "\xC2\xA0"
                             "export * from \"./a\";",
                             "// let us export them\n",
                             "const a = 1;\0export * from \"./a\";",
                             "\xFF\xFE"
                             "e\0x\0"}) {
      CAPTURE(text);
      // The last two go on behind a NUL byte.
      const std::string_view whole = std::string_view(text) == "const a = 1;"
                                         ? std::string_view(text, 33)
                                     : text[0] == '\xFF' ? std::string_view(text, 6)
                                                         : std::string_view(text);
      CHECK(ExportFilter(whole).may_export("Absent"));
    }
  }

  TEST_CASE("a name that is no word of ASCII may be exported by any text") {
    const ExportFilter filter("export const a = 1;");
    CHECK(filter.may_export("na\xC3\xAFve"));
    CHECK(filter.may_export("a-b"));
  }
}
