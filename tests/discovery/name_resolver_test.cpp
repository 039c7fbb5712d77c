#include "discovery/name_resolver.h"

#include <map>
#include <string>
#include <utility>
#include <vector>

#include <doctest/doctest.h>

#include "discovery/language.h"
#include "discovery/source_reader.h"
#include "tests/support/memory_file_system.h"
#include "tests/support/printers.h"

using discovery::FactsTier;
using discovery::ModuleResolver;
using discovery::NameChain;
using discovery::NameResolver;
using discovery::NameTrace;
using discovery::ResolvedName;
using discovery::SourceFacts;
using support::MemoryFileSystem;

namespace {

using Sources = std::vector<std::pair<std::string, std::string>>;

/// A small project of which every file is read on demand.
class Project {
 public:
  explicit Project(const Sources& files, FactsTier tier = FactsTier::bindings)
      : modules_(disk_, {"/p", {}}),
        names_(modules_, [this](const base::SourcePath& path) { return facts_of(path); }) {
    disk_.put("/p/node_modules/graphql-tag/package.json", "{}");
    disk_.put("/p/node_modules/react/package.json", "{}");
    disk_.put("/p/node_modules/@apollo/client/package.json", "{}");
    discovery::SourceReader reader;
    for (const auto& [path, text] : files) {
      disk_.put("/p/" + path, text);
      const auto language = discovery::language_of(path);
      if (language) {
        facts_[base::SourcePath(path)] = reader.read({text, *language, tier});
      }
    }
  }
  Project(const Project&) = delete;
  Project& operator=(const Project&) = delete;

  std::string resolve(const std::string& file, const std::string& dotted) {
    return to_text(resolve_name(file, dotted, nullptr));
  }

  ResolvedName resolve_name(const std::string& file, const std::string& dotted, NameTrace* trace) {
    NameChain chain;
    std::size_t begin = 0;
    while (begin <= dotted.size()) {
      const std::size_t dot = std::min(dotted.find('.', begin), dotted.size());
      chain.names.push_back(dotted.substr(begin, dot - begin));
      begin = dot + 1;
    }
    return names_.resolve(base::SourcePath(file), chain, trace);
  }

  ModuleResolver& modules() { return modules_; }
  std::size_t asked = 0;

 private:
  const SourceFacts* facts_of(const base::SourcePath& path) {
    ++asked;
    const auto found = facts_.find(path);
    return found == facts_.end() ? nullptr : &found->second;
  }

  static std::string to_text(const ResolvedName& name) {
    static const char* const k_kinds[] = {"binding",
                                          "call",
                                          "package",
                                          "unresolved",
                                          "missing",
                                          "unread",
                                          "ambiguous",
                                          "local",
                                          "unbound"};
    std::string text = k_kinds[static_cast<std::size_t>(name.kind)];
    for (const std::string& part : {name.file.text(), name.specifier}) {
      text += part.empty() ? "" : " " + part;
    }
    text += " ";
    for (std::size_t i = 0; i < name.path.size(); ++i) {
      text += (i == 0 ? "" : ".") + name.path[i];
    }
    return text;
  }

  MemoryFileSystem disk_;
  ModuleResolver modules_;
  NameResolver names_;
  std::map<base::SourcePath, SourceFacts> facts_;
};

struct NameCase {
  const char* name;
  Sources files;
  /// A name in x.ts, and what it stands for.
  std::vector<std::pair<std::string, std::string>> expected;
};

const NameCase k_name_cases[] = {
    {"names of packages, as the package calls them",
     {{"x.ts",
       "import gql, { other as o, type T } from 'graphql-tag'; import * as A from '@apollo/client';"
       "import * as whole from 'graphql-tag'; const req = require('graphql-tag');"
       "const { gql: r } = require('@apollo/client'); import old = require('graphql-tag');"
       "import type { gql as typed } from '@apollo/client';"}},
     {{"gql", "package graphql-tag default"},
      {"o", "package graphql-tag other"},
      {"A.gql", "package @apollo/client gql"},
      {"gql.experimental", "package graphql-tag default.experimental"},
      {"whole", "package graphql-tag default"},
      {"req", "package graphql-tag default"},
      {"r", "package @apollo/client gql"},
      {"old", "package graphql-tag default"},
      {"typed", "unbound x.ts typed"},
      {"T", "unbound x.ts T"},
      {"global", "unbound x.ts global"},
      {"this.gql", "unbound x.ts this.gql"}}},
    {"modules that are not there, and names that are not in them",
     {{"x.ts",
       "import { gql } from './__generated__/gql'; import { a, b } from './m'; import j from "
       "'./j.json'"},
      {"m.ts", "export const a = 1; export type b = string;"},
      {"j.json", "{}"}},
     {{"gql", "unresolved ./__generated__/gql gql"},
      {"a", "binding m.ts a"},
      {"b", "missing m.ts ./m b"},
      {"j", "missing j.json ./j.json default"}}},
    {"renames at every turn",
     {{"x.ts", "import { c as d } from './one';"},
      {"one.ts", "export { b as c } from './two';"},
      {"two.ts", "import { a as z } from './three'; export { z as b };"},
      {"three.ts", "const inner = gql`{ a }`; export { inner as a };"}},
     {{"d", "binding three.ts inner"}}},
    {"default exports in all forms",
     {{"x.ts",
       "import a from './a'; import b from './b'; import c from './c'; import d from './d';"
       "import e from './e'; import { default as f } from './a'; import g from './g';"},
      {"a.ts", "const q = gql`{ a }`; export default q;"},
      {"b.ts", "export default gql`{ a }`;"},
      {"c.ts", "export default { fragments: { entry: gql`{ a }` } };"},
      {"d.ts", "export { default } from './b';"},
      {"e.ts", "export { q as default } from './q';"},
      {"q.ts", "export const q = gql`{ a }`;"},
      {"g.ts", "export * from './a';"}},
     {{"a", "binding a.ts q"},
      {"b", "binding b.ts *default*"},
      {"c.fragments.entry", "binding c.ts *default*.fragments.entry"},
      {"d", "binding b.ts *default*"},
      {"e", "binding q.ts q"},
      {"f", "binding a.ts q"},
      {"g", "missing g.ts ./g default"}}},
    {"namespaces, and namespaces in namespaces",
     {{"x.ts", "import * as ns from './barrel'; import { inner } from './barrel';"},
      {"barrel.ts",
       "export * as inner from './m'; export * from './m'; import * as own from './m';"
       "export { own };"},
      {"m.ts", "export const a = 'A'; export const o = { p: gql`{ a }` };"}},
     {{"ns.a", "binding m.ts a"},
      {"ns.inner.a", "binding m.ts a"},
      {"ns.own.o.p", "binding m.ts o.p"},
      {"inner.a", "binding m.ts a"},
      {"ns.none", "missing barrel.ts ./barrel none"},
      {"ns.inner.none", "missing m.ts ./barrel none"},
      {"inner", "binding m.ts "},
      {"ns", "binding barrel.ts "}}},
    {"barrels: the own export wins, the same binding twice is one, two bindings are ambiguous",
     {{"x.ts", "import { own, same, two, deep } from './barrel';"},
      {"barrel.ts", "export * from './a'; export * from './b'; export const own = 'mine';"},
      {"a.ts",
       "export const own = 1; export const two = 1; export { same } from './c';"
       "export * from './c';"},
      {"b.ts", "export const own = 2; export const two = 2; export * from './c';"},
      {"c.ts", "export const same = 'same'; export const deep = 'deep'; export default 1;"}},
     {{"own", "binding barrel.ts own"},
      {"same", "binding c.ts same"},
      {"deep", "binding c.ts deep"},
      {"two", "ambiguous barrel.ts ./barrel two"}}},
    {"a barrel may pass on what a package offers",
     {{"x.ts",
       "import { gql, a } from './one'; import { gql as g2 } from './two';"
       "import { gql as g3 } from './three'"},
      {"one.ts", "export * from '@apollo/client'; export * from './m';"},
      {"two.ts", "export * from '@apollo/client'; export * from 'react';"},
      {"three.ts", "export * from './none';"},
      {"m.ts", "export const a = 'a';"}},
     {{"gql", "package @apollo/client gql"},
      {"a", "binding m.ts a"},
      {"g2", "ambiguous two.ts ./two gql"},
      {"g3", "unresolved ./none gql"}}},
    {"cycles of barrels and of aliases end",
     {{"x.ts", "import { a, none } from './one'; const p = q; const q = p; const self = self();"},
      {"one.ts", "export * from './two'; export * from './one';"},
      {"two.ts", "export * from './one'; export * from './three';"},
      {"three.ts",
       "export { b as a } from './three'; export { a as b } from './three';"
       "export * from './four'"},
      {"four.ts", "import { none } from './four'; export { none };"}},
     {{"a", "missing one.ts ./one a"},
      {"none", "missing one.ts ./one none"},
      {"p", "binding x.ts p"},
      {"self", "call x.ts self"}}},
    {"aliases, members and destructuring",
     {{"x.ts",
       "import Apollo, { gql } from '@apollo/client'; import { frags } from './m';"
       "const q = gql; const { gql: g } = Apollo; const o = { tag: q, deep: { f: frags.A } };"
       "const F = frags; const text = 'T'; enum E { One = 'one' }"},
      {"m.ts", "export const frags = { A: gql`{ a }`, B: other };  import { other } from './n';"},
      {"n.ts", "export const other = gql`{ a }`;"}},
     {{"q", "package @apollo/client gql"},
      {"g", "package @apollo/client default.gql"},
      {"o.tag", "package @apollo/client gql"},
      {"o.deep.f", "binding m.ts frags.A"},
      {"F.A", "binding m.ts frags.A"},
      {"F.B", "binding n.ts other"},
      {"text", "binding x.ts text"},
      {"E.One", "binding x.ts E.One"}}},
    {"results of calls",
     {{"x.ts", "import { graphql } from './tada'; import * as t from './tada';"},
      {"tada.ts",
       "import { initGraphQLTada as init } from 'gql.tada';"
       "export const graphql = init<{}>(); const local = make(); export { local };"}},
     {{"graphql", "call gql.tada initGraphQLTada"},
      {"t.graphql", "call gql.tada initGraphQLTada"},
      {"t.local", "call tada.ts make"}}},
    {"type-only exports bind nothing",
     {{"x.ts", "import { a, b } from './one'; import { c } from './two';"},
      {"one.ts", "export type { a } from './m'; export { type b } from './m';"},
      {"two.ts", "export type * from './m';"},
      {"m.ts", "export const a = 'a', b = 'b', c = 'c';"}},
     {{"a", "missing one.ts ./one a"},
      {"b", "missing one.ts ./one b"},
      {"c", "missing two.ts ./two c"}}},
    {"document files are one document whatever a loader calls it",
     {{"x.ts",
       "import Doc, { Other } from './q.graphql'; import * as all from './q.graphql';"
       "import { Again } from './barrel';"},
      {"barrel.ts", "export { Other as Again } from './q.graphql';"},
      {"q.graphql", "query Q { a }"}},
     {{"Doc", "binding q.graphql default"},
      {"Other", "binding q.graphql Other"},
      {"all.X", "binding q.graphql X"},
      {"Again", "binding q.graphql Other"}}},
    {"export assignments",
     {{"x.ts", "import a = require('./m'); import b from './m'; import * as c from './m';"},
      {"m.ts", "const inner = gql`{ a }`; export = inner;"}},
     {{"a", "binding m.ts inner"}, {"b", "binding m.ts inner"}, {"c", "binding m.ts inner"}}},
};

}  // namespace

TEST_SUITE("discovery/name_resolver") {
  TEST_CASE("names are followed to where they are declared") {
    for (const NameCase& row : k_name_cases) {
      SUBCASE(row.name) {
        Project project(row.files);
        for (const auto& entry : row.expected) {
          CAPTURE(entry.first);
          CHECK(project.resolve("x.ts", entry.first) == entry.second);
        }
      }
    }
  }

  TEST_CASE("the tier that a file reached changes nothing") {
    for (const NameCase& row : k_name_cases) {
      SUBCASE(row.name) {
        Project project(row.files, FactsTier::documents);
        for (const auto& entry : row.expected) {
          CAPTURE(entry.first);
          CHECK(project.resolve("x.ts", entry.first) == entry.second);
        }
      }
    }
  }

  TEST_CASE("an answer tells which files and requests it was taken from") {
    Project project({{"x.ts", "import { a } from './one';"},
                     {"one.ts", "export * from './two'; export * from 'react';"},
                     {"two.ts", "export { a } from './three';"},
                     {"three.ts", "export const a = 'a';"},
                     {"other.ts", "export const a = 'a';"}});
    NameTrace trace;
    project.resolve_name("x.ts", "a", &trace);

    NameTrace expected;
    for (const char* file : {"x.ts", "one.ts", "two.ts", "three.ts"}) {
      expected.files.insert(base::SourcePath(file));
    }
    expected.requests = {{base::SourcePath("x.ts"), "./one"},
                         {base::SourcePath("one.ts"), "./two"},
                         {base::SourcePath("one.ts"), "react"},
                         {base::SourcePath("two.ts"), "./three"}};
    CHECK(trace.files == expected.files);
    CHECK(trace.requests == expected.requests);

    NameTrace again;
    project.resolve_name("x.ts", "a", &again);
    CHECK(again == trace);
  }

  TEST_CASE("only the files on the way are read, each once") {
    Project project({{"x.ts", "import { a } from './one';"},
                     {"one.ts", "export { a } from './two'; export * from './never';"},
                     {"two.ts", "export const a = 'a';"},
                     {"never.ts", ""}});
    project.resolve("x.ts", "a");
    project.resolve("x.ts", "a");
    CHECK(project.asked == 3);
  }

  TEST_CASE("long chains and wide webs of barrels end in time") {
    Sources files = {{"x.ts", "import { a, none } from './m0';"}};
    for (int i = 0; i < 150; ++i) {
      files.emplace_back("m" + std::to_string(i) + ".ts",
                         "export * from './m" + std::to_string(i + 1) + "';");
    }
    files.emplace_back("m150.ts", "export const a = 'a';");
    Project chain(files);
    CHECK(chain.resolve("x.ts", "a") == "binding m150.ts a");

    Sources web = {{"x.ts", "import { none } from './m0';"}};
    for (int i = 0; i < 40; ++i) {
      std::string text;
      for (int j = 0; j < 40; ++j) {
        text += "export * from './m" + std::to_string(j) + "';";
      }
      web.emplace_back("m" + std::to_string(i) + ".ts", text);
    }
    Project tangle(web);
    CHECK(tangle.resolve("x.ts", "none") == "missing m0.ts ./m0 none");
  }
}
