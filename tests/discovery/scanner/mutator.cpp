#include "tests/discovery/scanner/mutator.h"

#include <algorithm>
#include <cstddef>
#include <iterator>

namespace discovery {

namespace {

/// What is spliced in. Each is legal in some place, and most are not in most.
constexpr std::string_view k_pieces[] = {
    "/* ` ' \" gql`c` */",
    "// it's ` gql`c`\n",
    "/* GraphQL */ ",
    "/** a\n */",
    "<!-- ",
    "-->",
    "gql`m`",
    "gql`m ${n}`",
    "gql(`m`)",
    "gql<T>`m`",
    "gql<T>(`m`, [n])",
    "`m ${`n`} o`",
    "`#graphql\n m`",
    "const m = gql`n`;\n",
    "export const m = 'n';\n",
    "export default gql`m`;\n",
    "let m = n / 2 / o;\n",
    "import m from 'n';\n",
    "import { gql as m } from 'n';\n",
    "export { m } from 'n';\n",
    "export * from 'm';\n",
    "m = gql`n`;\n",
    "m.n = 'o';\n",
    "var gql = m;\n",
    "function m(gql) { return gql`n` }\n",
    "const m = (gql) => gql`n`;\n",
    "class M { static n = gql`o`; p() {} }\n",
    "if (m) /`/.test(n);\n",
    "type M = `n`;\n",
    "enum M { n = 'o' }\n",
    "namespace M { const n = gql`o` }\n",
    "declare const m: any;\n",
    "interface M { n: O }\n",
    "@m() ",
    " / 2 ",
    " /`/ ",
    "/[`/]/g",
    "++",
    "--",
    " + ",
    " < ",
    " > ",
    " >> ",
    " <T>",
    "!",
    "?.",
    " ?? ",
    "**",
    " in ",
    " instanceof ",
    " as M",
    " satisfies N",
    " typeof ",
    " await ",
    " yield ",
    " new ",
    " async ",
    " of ",
    "return ",
    " case m: ",
    " extends ",
    " => ",
    " = ",
    "...",
    ",",
    ";",
    ":",
    "?",
    ".",
    "#m",
    "@",
    "\\",
    "\n",
    "\r\n",
    " ",
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    "`",
    "${",
    "'",
    "\"",
    "/",
    "<",
    ">",
    "=",
    "$",
    "&",
    "|",
    "~",
    "0",
    "1.",
    ".5",
    "{m}",
    "{`m`}",
    "{gql`m`}",
    "{/* ` */}",
    "<m/>",
    "<m n=\"`\">",
    "</m>",
    "<></>",
    "<M<N> o={gql`p`} />",
    " m=\"'\"",
    " m={gql`n`}",
    "'m'",
    "\"it's\"",
    "(m)",
    "(m) => ",
    "[m, gql`n`]",
    "{ m: gql`n` }",
    "() => { gql`m` }",
    "\xC2\xA0",
    "\xC3\xA4",
    "\xE2\x80\xA8",
    "\xF0\x9F\x98\x80",
    "m\n",
    "\n(gql`m`)",
    "\n[m]",
    "\n`m`",
    "\n/m/g",
    "async <T>(m) => gql`n`",
    ": M",
    ": (n: O) => P",
    ": { m: N }",
    "<T,>(m: T) => n",
    "function",
    "class",
    "static ",
    "import(`m`)",
    "require('m')",
    "module.exports = { m };\n",
    "label: ",
    "else ",
    "do ",
    "export ",
    "default ",
    "(gql)`m`",
    "(m)",
    "gql?.`m`",
    "?.`m`",
    "gql!`m`",
    "gql<{ m: N }>`o`",
    "gql<`m` | (n)>`o`",
    "m < (n) > `o`",
    "m < n[0] > `o`",
    "await (gql)`m`",
    "yield (gql)`m`",
    "await `m`",
    "import.meta",
    "new.target",
    "super",
    "this",
    "declare ",
    "abstract ",
    "public ",
    "accessor ",
    "override ",
    "readonly ",
    "private static ",
    "const ",
    "let ",
    "let\n",
    "using m = n;\n",
    "await using m = n;\n",
    "<const T>",
    "<in out T>",
    "@m ",
    "@(gql`m`) ",
    " as m.n.o<P>",
    " as const",
    "'m' as n.o.p",
    " is M",
    "asserts m",
    "keyof typeof ",
    "type M = N\n",
    "let m: N\n",
    " extends M ? N : O",
    " ? m : n",
    "if (m) (gql)`n`;\n",
    "!(gql)`m`",
    "enum M { N = gql`o` }\n",
    "declare global { }\n",
    "declare module 'm' { }\n",
    "export =",
    "export as namespace M;\n",
    "export type * as m from 'n';\n",
    "import m = require('n');\n",
    "import type M from 'n';\n",
    "import m, * as n from 'o';\n",
    "export { default as m } from 'n';\n",
    "with { type: 'json' }",
    "/* GraphQL */ `m`",
    "f(/* GraphQL */ `m`, n)",
    "get ",
    "set ",
    "#m in n",
    "m?.[n]",
    "m?.(gql`n`)",
    "case ",
    "break\n",
    "throw ",
    "try { gql`m` } catch (gql) {}\n",
    "for (const m of gql`n`) {}\n",
    "switch (m) { case gql`n`: }\n",
};

/// Whether a character begins at `at`, so that text can be cut there.
bool is_boundary(std::string_view text, std::size_t at) {
  return at >= text.size() || (static_cast<unsigned char>(text[at]) & 0xC0U) != 0x80;
}

}  // namespace

/// Anywhere, or where code is likely to go on: behind a space, a bracket or a sign.
std::size_t Mutator::place(std::string_view text) {
  std::size_t at = below(text.size() + 1);
  if (below(3) != 0) {
    const std::size_t next = text.find_first_of(" \n(){}[];,.=:>`'\"", at);
    at = next == std::string_view::npos ? at : next + below(2);
  }
  while (!is_boundary(text, at)) {
    ++at;
  }
  return at;
}

std::string Mutator::piece() {
  if (below(6) != 0 || donors_.empty()) {
    return std::string(k_pieces[below(std::size(k_pieces))]);
  }
  const std::string& donor = donors_[below(donors_.size())];
  const std::size_t begin = place(donor);
  std::size_t end = std::min(donor.size(), begin + below(80));
  while (!is_boundary(donor, end)) {
    ++end;
  }
  return donor.substr(begin, end - begin);
}

std::string Mutator::mutate(std::string_view source) {
  std::string text(source);
  for (std::size_t changes = 1 + below(4); changes > 0; --changes) {
    const std::size_t begin = place(text);
    std::size_t end = begin;
    if (below(3) == 0) {
      end = std::min(text.size(), begin + 1 + below(below(4) == 0 ? 60 : 3));
      while (!is_boundary(text, end)) {
        ++end;
      }
    }
    const bool is_cut = end > begin && below(2) == 0;
    text.replace(begin, end - begin, is_cut ? std::string() : piece());
  }
  return text;
}

}  // namespace discovery
