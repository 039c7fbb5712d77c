#include "discovery/module_facts.h"

#include <string>

#include <doctest/doctest.h>

#include "discovery/source_reader.h"
#include "tests/discovery/facts_text.h"

using discovery::FactsTier;
using discovery::Language;
using discovery::SourceFacts;

namespace {

SourceFacts read(std::string_view source, FactsTier tier = FactsTier::bindings) {
  return discovery::SourceReader().read({source, Language::typescript, tier});
}

struct FactsCase {
  std::string source;
  std::string expected;
};

}  // namespace

TEST_SUITE("discovery/module_facts") {
  TEST_CASE("imports of every form name what they take and what they call it") {
    const FactsCase cases[] = {
        {"import 'm';", "m:\n"},
        {"import a from 'm';", "m: default>a\n"},
        {"import a, { b, c as d } from \"m\";", "m: default>a b c>d\n"},
        {"import * as a from 'm'; import b, * as c from 'n'", "m: *>a\nn: default>b *>c\n"},
        {"import { default as a, 'b-c' as d } from 'm'", "m: default>a b-c>d\n"},
        {"import type a from 'm'; import type { b } from 'n'", "type m: default>a\ntype n: b\n"},
        {"import { type a, b, type c as d } from 'm'", "m: type a b type c>d\n"},
        {"import { type, type as a, type as as b } from 'm'", "m: type type>a type as>b\n"},
        {"import { /* x */ a, // y\n b as /* z */ c, } from 'm'", "m: a b>c\n"},
        {"import a from 'm' with { type: 'json' }; import b from 'n' assert { type: 'json' }",
         "m: default>a\nn: default>b\n"},
        {"import a = require('m'); import type b = require('n')", "m: *>a\ntype n: *>b\n"},
        {"const a = require('m'), { b, c: d } = require(\"n\"), e = require('o').f;",
         "m: *>a\nn: b c>d\no: f>e\n"},
        {"var a = <any>require( 'm' ) as B; const { c = 1, ...d } = require('n')", "m: *>a\nn:\n"},
        {"export const a = require('m')", "m: *>a\n"},
        {"import a from 'm\\u0041'", "mA: default>a\n"},
        // None of these is an import of the module.
        {"const a = require(b), c = require('m', 'n'), d = f(require('m')); require('m')", ""},
        {"import('m'); import.meta.a; function f() { const a = require('m') }", ""},
        {"declare module 'm' { import a from 'n' }", ""},
        {"import a = b.c", ""},
    };
    for (const FactsCase& c : cases) {
      CAPTURE(c.source);
      CHECK(import_lines(read(c.source)) == c.expected);
    }
  }

  TEST_CASE("exports of every form name what stands behind them") {
    const FactsCase cases[] = {
        {"export const a = 1, b = 2; export let c; export var d", "a<a\nb<b\nc<c\nd<d\n"},
        {"export const { a, b: { c = 1, ...d }, e: f } = g, [h, , i] = j",
         "a<a\nc<c\nd<d\nf<f\nh<h\ni<i\n"},
        {"export function a() {} export async function* b() {} export function a(): void;",
         "a<a\nb<b\na<a\n"},
        {"export function a(b: 1): void; export function a(b: 2): void; export function a() {}",
         "a<a\n"},
        {"export class a {} export abstract class b {}", "a<a\nb<b\n"},
        {"export enum a {} export const enum b {} export declare enum c {}", "a<a\nb<b\nc<c\n"},
        {"export interface a {} export type b = 1", "type a<a\ntype b<b\n"},
        {"export namespace a.b {} export declare const c: d", "a<a\nc<c\n"},
        {"export import a = b.c", "a<a\n"},
        {"export { a, b as c, d as default, e as 'f-g' }", "a<a\nc<b\ndefault<d\nf-g<e\n"},
        {"export { type, type as a, type b, c as type }", "type<type\na<type\ntype b<b\ntype<c\n"},
        {"export type { a }; export type { b } from 'm'", "type a<a\ntype b<b from m\n"},
        {"export { a as b, default } from 'm'", "b<a from m\ndefault<default from m\n"},
        {"export { a } from 'm' with { type: 'json' }", "a<a from m\n"},
        {"export * from 'm'; export * as a from 'n'; export type * from 'o'",
         "*< from m\na<* from n\ntype *< from o\n"},
        {"export default a; const b = 1", "default<a\n"},
        {"export default (a as B)", "default<a\n"},
        {"export default function a() {}", "default<a\n"},
        {"export default class A {}", "default<A\n"},
        {"export default interface A {}", "type default<A\n"},
        {"export default class {}", "default<*default*\n"},
        {"export default () => 1", "default<*default*\n"},
        {"export default a.b", "default<*default*\n"},
        {"export = a", "export=<a\n"},
        {"export as namespace a", ""},
    };
    for (const FactsCase& c : cases) {
      CAPTURE(c.source);
      CHECK(export_lines(read(c.source)) == c.expected);
    }
  }

  TEST_CASE("constants are what never changes at module level") {
    const FactsCase cases[] = {
        {"const a = 'b\\n', c = `d`, e = \"f\" as const", "a = \"b\\n\"\nc = \"d\"\ne = \"f\"\n"},
        {"const a = b, c = d.e['f'], g = (h as I)!", "a = b\nc = d.e.f\ng = h\n"},
        {"const a = b<T>(), c = d.e(1)", "a = b()\nc = d.e()\n"},
        {"const a = { [k]: 'l', ...m, b: 'c', 'd-e': { f: g, h }, i: j() } as const",
         "a.b = \"c\"\na.d-e.f = g\na.d-e.h = h\na.i = j()\n"},
        {"enum A { b = 'c', 'd' = `e`, f, g = 1 }", "A.b = \"c\"\nA.d = \"e\"\n"},
        {"class A { static b = 'c'; static d = { e }; f = 'g' }", "A.b = \"c\"\nA.d.e = e\n"},
        {"A.b = { c, d: 'e' }; A.f = g", "A.b.c = c\nA.b.d = \"e\"\nA.f = g\n"},
        {"const { a, b: c } = D.e", "a = D.e.a\nc = D.e.b\n"},
        {"export const a = 'b'; export default { c: 'd' }", "a = \"b\"\n*default*.c = \"d\"\n"},
        {"import a = b.c; export import d = e.f", "a = b.c\nd = e.f\n"},
        {"export default a.b", "*default* = a.b\n"},
        {"module.exports = { a, b: 'c' }; exports.d = exports.e = 'f'",
         "*default*.a = a\n*default*.b = \"c\"\n*default*.d = \"f\"\n*default*.e = \"f\"\n"},
        {"module.exports = a; exports.default = 'b'", "*default* = a\n*default* = \"b\"\n"},
        {"const a = { b: 'c', d: 'e' }; function f(a) { a.b = 'x' } // a.b = 1",
         "a.b = \"c\"\na.d = \"e\"\n"},
        // None of these.
        {"const a = { b: 'c', ...d }, e = { f: 'g', [h]: 'i' }", ""},
        {"const a = { b: 'c' }; function f() { a.b = 'x' }", ""},
        {"const a = { b: 'c' }; () => { for (a['b'] of d) {} }", ""},
        {"const a = { b: 'c' }; a.b = 'd'", ""},
        {"let a = 'b'; var c = 'd'; e = 'f'", ""},
        {"const a = `b${c}`, d = e + f, g = [h], i = 1, j = () => k, l = require('m')", ""},
        {"const a = gql`b`, c = new D(), e = f?.g, h = this.i, j = '\\1'", ""},
        {"function f() { const a = 'b' }", ""},
    };
    for (const FactsCase& c : cases) {
      CAPTURE(c.source);
      CHECK(constant_lines(read(c.source)) == c.expected);
    }
  }

  TEST_CASE("spans of specifiers are without their quotes") {
    const SourceFacts facts = read("import a from 'bc';\nexport * from \"de\";");
    CHECK((facts.imports.at(0).span == base::Span{15, 17}));
    CHECK((facts.exports.at(0).specifier_span == base::Span{35, 37}));
  }

  TEST_CASE("a tier holds what was asked for and nothing else") {
    const char* source =
        "import { type a } from 'm'; export * as b from 'n'; const c = 'd', e = gql`f`; export { c "
        "}";
    const SourceFacts specifiers = read(source, FactsTier::specifiers);
    CHECK(specifiers.tier == FactsTier::specifiers);
    CHECK(import_lines(specifiers) == "m:\n");
    CHECK(export_lines(specifiers) == "< from n\n");
    CHECK(constant_lines(specifiers) == "");
    const SourceFacts bindings = read(source);
    CHECK(bindings.tier == FactsTier::bindings);
    CHECK(import_lines(bindings) == "m: type a\n");
    CHECK(export_lines(bindings) == "b<* from n\nc<c\n");
    CHECK(constant_lines(bindings) == "c = \"d\"\n");
    CHECK(template_lines(bindings, source) == "");
    SourceFacts documents = read(source, FactsTier::documents);
    CHECK(template_lines(documents, source) == "tag gql \"f\" as e\n");
    documents.templates.clear();
    documents.tier = FactsTier::bindings;
    CHECK((documents == bindings));
  }
}
