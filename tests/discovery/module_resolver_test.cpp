#include "discovery/module_resolver.h"

#include <string>
#include <utility>
#include <vector>

#include <doctest/doctest.h>

#include "tests/support/memory_file_system.h"
#include "tests/support/printers.h"

using discovery::ModuleResolution;
using discovery::ModuleResolver;
using support::MemoryFileSystem;
using support::Operation;

namespace {

using Files = std::vector<std::pair<const char*, const char*>>;

void put_files(MemoryFileSystem& files, const Files& contents) {
  for (const auto& [path, content] : contents) {
    files.put(base::join_path("/p/app", path), content);
  }
}

ModuleResolver resolver_for(MemoryFileSystem& files) {
  return {files, {"/p/app", {}}};
}

std::string to_text(const ModuleResolution& answer) {
  switch (answer.kind) {
    case ModuleResolution::Kind::source:
      return answer.path.text();
    case ModuleResolution::Kind::other_file:
      return "other " + answer.path.text();
    case ModuleResolution::Kind::package:
      return "package " + answer.package;
    case ModuleResolution::Kind::not_found:
      return "nothing";
  }
  return "?";
}

std::string resolve(MemoryFileSystem& files, const char* importer, const char* specifier) {
  ModuleResolver resolver = resolver_for(files);
  return to_text(resolver.resolve(base::SourcePath(importer), specifier));
}

struct ResolverCase {
  const char* name;
  Files files;
  const char* importer;
  /// Specifier and what it means.
  std::vector<std::pair<const char*, const char*>> expected;
};

const ResolverCase k_relative_cases[] = {
    {"extensions are added in TypeScript's order",
     {{"a.ts", ""},
      {"a.tsx", ""},
      {"a.js", ""},
      {"b.tsx", ""},
      {"c.jsx", ""},
      {"d.js", ""},
      {"d.d.ts", ""},
      {"e.d.ts", ""},
      {"f.mts", ""}},
     "x.ts",
     {{"./a", "a.ts"},
      {"./b", "b.tsx"},
      {"./c", "c.jsx"},
      {"./d", "d.js"},
      {"./e", "e.d.ts"},
      {"./f", "nothing"},
      {"./g", "nothing"}}},
    {"an output's extension means its source",
     {{"a.ts", ""},
      {"b.tsx", ""},
      {"c.mts", ""},
      {"d.cts", ""},
      {"e.js", ""},
      {"f.js.ts", ""},
      {"g.ts", ""},
      {"h.d.ts", ""},
      {"i.tsx", ""},
      {"i.ts", ""}},
     "x.ts",
     {{"./a.js", "a.ts"},
      {"./b.js", "b.tsx"},
      {"./b.jsx", "b.tsx"},
      {"./c.mjs", "c.mts"},
      {"./d.cjs", "d.cts"},
      {"./e.js", "e.js"},
      {"./f.js", "f.js.ts"},
      {"./g.ts", "g.ts"},
      {"./h.js", "h.d.ts"},
      {"./i.jsx", "i.tsx"},
      {"./i.js", "i.ts"},
      {"./c", "nothing"}}},
    {"folders mean their index or what their package.json says",
     {{"a/index.ts", ""},
      {"b/index.jsx", ""},
      {"c/package.json", R"({"main":"./main.js"})"},
      {"c/main.ts", ""},
      {"c/index.ts", ""},
      {"d/package.json", R"({"main":"x.js","types":"./t.d.ts"})"},
      {"d/t.ts", ""},
      {"d/x.ts", ""},
      {"e/package.json", R"({"main":"lib"})"},
      {"e/lib/index.ts", ""},
      {"f/package.json", "{broken"},
      {"f/index.ts", ""},
      {"g.ts", ""},
      {"g/index.ts", ""},
      {"h/package.json", R"({"main":"gone.js"})"},
      {"h/index.ts", ""}},
     "x/y.ts",
     {{"../a", "a/index.ts"},
      {"../b", "b/index.jsx"},
      {"../c", "c/main.ts"},
      {"../d", "d/t.ts"},
      {"../e", "e/lib/index.ts"},
      {"../f", "f/index.ts"},
      {"../g", "g.ts"},
      {"../g/", "g/index.ts"},
      {"../h", "h/index.ts"},
      {"..", "nothing"}}},
    {"a dot is the importer's folder, not a file of its name",
     {{"a.ts", ""}, {"a/index.ts", ""}, {"index.ts", ""}},
     "a/x.ts",
     {{".", "a/index.ts"}, {"./", "a/index.ts"}, {"..", "index.ts"}, {"../.", "index.ts"}}},
    {"files that are no modules",
     {{"q.graphql", ""}, {"s.gql", ""}, {"d.json", ""}, {"s.css", ""}, {"i.svg", ""}, {"n", ""}},
     "x.ts",
     {{"./q.graphql", "q.graphql"},
      {"./s.gql", "s.gql"},
      {"./d.json", "other d.json"},
      {"./s.css", "other s.css"},
      {"./i.svg?react", "other i.svg"},
      {"./q.graphql?raw", "q.graphql"},
      {"./n", "nothing"},
      {"./s.scss", "nothing"}}},
    {"a script wins over code in a folder of its name, not beside it",
     {{"a.js", ""}, {"a/index.ts", ""}, {"b.js", ""}, {"b.tsx", ""}, {"c.js", ""}, {"c.d.ts", ""}},
     "x.ts",
     {{"./a", "a.js"}, {"./b", "b.tsx"}, {"./c", "c.js"}}},
    {"files outside the root", {{"../lib/a.ts", ""}}, "src/x.ts", {{"../../lib/a", "../lib/a.ts"}}},
    {"odd specifiers",
     {{"a.ts", ""}},
     "x.ts",
     {{"", "nothing"},
      {"/a", "nothing"},
      {"./a\\b", "nothing"},
      {".//a", "a.ts"},
      {"#a", "nothing"}}},
};

const ResolverCase k_config_cases[] = {
    {"paths: the exact key, then the longest prefix, then every target",
     {{"tsconfig.json", R"({
        // comments and trailing commas are fine
        "compilerOptions": { "paths": {
          "@/*": ["./src/*", "./more/*"], "@/ui/*": ["./ui/*"], "exact": ["./src/exact.ts"],
          "@/ui/x": ["./special"], "*.q": ["./q/*.graphql"], "gone/*": ["./gone/*"],
        }, /* here too */ }, })"},
      {"src/a.ts", ""},
      {"more/b.ts", ""},
      {"ui/c.tsx", ""},
      {"src/ui/d.ts", ""},
      {"src/exact.ts", ""},
      {"special/index.ts", ""},
      {"q/one.graphql", ""}},
     "src/deep/x.ts",
     {{"@/a", "src/a.ts"},
      {"@/b", "more/b.ts"},
      {"@/ui/c", "ui/c.tsx"},
      {"@/ui/d", "nothing"},
      {"exact", "src/exact.ts"},
      {"@/ui/x", "special/index.ts"},
      {"one.q", "q/one.graphql"},
      {"gone/a", "nothing"},
      {"@/generated/gql", "nothing"},
      {"@/a.js", "src/a.ts"}}},
    {"baseUrl serves names that no pattern of paths takes",
     {{"tsconfig.json", R"({"compilerOptions":{"baseUrl":"src","paths":{"lib/*":["lib2/*"]}}})"},
      {"src/a.ts", ""},
      {"src/b/index.ts", ""},
      {"src/lib/c.ts", ""},
      {"src/lib2/d.ts", ""}},
     "test/x.ts",
     {{"a", "src/a.ts"},
      {"b", "src/b/index.ts"},
      {"lib/d", "src/lib2/d.ts"},
      {"lib/c", "nothing"}}},
    {"rootDirs make one folder of many",
     {{"tsconfig.json", R"({"compilerOptions":{"rootDirs":["src","gen"]}})"},
      {"src/a/x.ts", ""},
      {"gen/a/y.ts", ""},
      {"src/a/z.ts", ""},
      {"gen/a/z.ts", ""}},
     "src/a/x.ts",
     {{"./y", "gen/a/y.ts"}, {"./z", "src/a/z.ts"}, {"../a/y", "gen/a/y.ts"}}},
    {"extends: later ones and the file's own win, paths stay relative to where they are written",
     {{"tsconfig.json", R"({"extends":["./config/one","./config/two.json"],
                            "compilerOptions":{"rootDirs":["src"]}})"},
      {"config/one.json", R"({"compilerOptions":{"paths":{"a":["../src/a1"]},"baseUrl":".."}})"},
      {"config/two.json", R"({"extends":"./three","compilerOptions":{}})"},
      {"config/three.json", R"({"compilerOptions":{"paths":{"a":["./src/a2"]}}})"},
      {"src/a1.ts", ""},
      {"src/a2.ts", ""}},
     "src/x.ts",
     {{"a", "src/a2.ts"}, {"src/a1", "src/a1.ts"}}},
    {"extends of packages, by file, by folder, by field and by exports",
     {{"one/tsconfig.json", R"({"extends":"@acme/config/base"})"},
      {"two/tsconfig.json", R"({"extends":"plain"})"},
      {"three/tsconfig.json", R"({"extends":"field"})"},
      {"four/tsconfig.json", R"({"extends":"exported/strict"})"},
      {"node_modules/@acme/config/base.json",
       R"({"compilerOptions":{"paths":{"a":["${configDir}/a1"]}}})"},
      {"node_modules/plain/tsconfig.json",
       R"({"compilerOptions":{"paths":{"a":["${configDir}/a2"]}}})"},
      {"node_modules/field/package.json", R"({"tsconfig":"x.json"})"},
      {"node_modules/field/x.json", R"({"compilerOptions":{"paths":{"a":["${configDir}/a3"]}}})"},
      {"node_modules/exported/package.json", R"({"exports":{"./strict":"./y.json"}})"},
      {"node_modules/exported/y.json",
       R"({"compilerOptions":{"paths":{"a":["${configDir}/a4"]}}})"},
      {"one/a1.ts", ""},
      {"two/a2.ts", ""},
      {"three/a3.ts", ""},
      {"four/a4.ts", ""},
      {"one/x.ts", ""}},
     "one/x.ts",
     {{"a", "one/a1.ts"}}},
    {"the nearest config counts, and jsconfig.json where there is no tsconfig.json",
     {{"tsconfig.json", R"({"compilerOptions":{"paths":{"a":["./one"]}}})"},
      {"sub/jsconfig.json", R"({"compilerOptions":{"paths":{"a":["./two"]}}})"},
      {"one.ts", ""},
      {"sub/two.ts", ""}},
     "sub/deep/x.ts",
     {{"a", "sub/two.ts"}}},
    {"references: the config that covers the importer",
     {{"tsconfig.json",
       R"({"files":[],"references":[{"path":"./tsconfig.node.json"},{"path":"./web"}]})"},
      {"tsconfig.node.json",
       R"({"include":["vite.config.ts"],"compilerOptions":{"paths":{"@/*":["./no/*"]}}})"},
      {"web/tsconfig.json", R"({"include":["../src"],"exclude":["../src/old"],
         "compilerOptions":{"paths":{"@/*":["../src/*"]}}})"},
      {"src/a.ts", ""}},
     "src/[id]/x.ts",
     {{"@/a", "src/a.ts"}}},
    {"an empty config, and one that is no object",
     {{"tsconfig.json", ""}, {"a.ts", ""}},
     "x.ts",
     {{"./a", "a.ts"}}},
};

const ResolverCase k_package_cases[] = {
    {"packages are not entered, found or only listed",
     {{"node_modules/react/index.js", ""},
      {"node_modules/@apollo/client/core/index.js", ""},
      {"package.json", R"({"dependencies":{"listed":"1"},"devDependencies":{"@dev/tool":"1"}})"}},
     "src/x.ts",
     {{"react", "package react"},
      {"react/jsx-runtime", "package react"},
      {"@apollo/client/core", "package @apollo/client"},
      {"@apollo/other", "package @apollo/other"},
      {"listed", "package listed"},
      {"@dev/tool/x", "package @dev/tool"},
      {"unlisted", "package unlisted"},
      {"fs", "package fs"},
      {"fs/promises", "package fs"},
      {"node:fs", "package node:fs"},
      {"https://x.y/z.js", "package https://x.y/z.js"},
      {"virtual:pwa", "package virtual:pwa"}}},
    {"a paths target in node_modules is a package",
     {{"tsconfig.json",
       R"({"compilerOptions":{"paths":{"graphql":["./node_modules/graphql/index.js"]}}})"},
      {"node_modules/graphql/index.js", ""}},
     "x.ts",
     {{"graphql", "package graphql"}}},
    {"members of a workspace by name, without node_modules",
     {{"package.json", R"({"workspaces":["packages/*","!packages/old"]})"},
      {"packages/ui/package.json", R"({"name":"@acme/ui","main":"dist/index.js"})"},
      {"packages/ui/src/index.ts", ""},
      {"packages/ui/src/button.tsx", ""},
      {"packages/old/package.json", R"({"name":"@acme/old"})"},
      {"packages/old/index.ts", ""},
      {"packages/ui/theme.ts", ""}},
     "packages/web/src/x.ts",
     {{"@acme/ui", "packages/ui/src/index.ts"},
      {"@acme/ui/src/button", "packages/ui/src/button.tsx"},
      {"@acme/ui/theme", "packages/ui/theme.ts"},
      {"@acme/old", "package @acme/old"},
      {"@acme/ui/x", "nothing"}}},
    {"members of a pnpm workspace",
     {{"pnpm-workspace.yaml", "packages:\n  - 'libs/**'\n"},
      {"libs/deep/ui/package.json", R"({"name":"ui"})"},
      {"libs/deep/ui/index.ts", ""}},
     "app/x.ts",
     {{"ui", "libs/deep/ui/index.ts"}}},
    {"yarn's form of workspaces",
     {{"package.json", R"({"workspaces":{"packages":["ui"]}})"},
      {"ui/package.json", R"({"name":"ui"})"},
      {"ui/index.ts", ""}},
     "x.ts",
     {{"ui", "ui/index.ts"}}},
    {"exports are the only way in, by condition, pattern and folder",
     {{"package.json", R"({"workspaces":["ui"]})"},
      {"ui/package.json", R"({"name":"ui","main":"./main.js","exports":{
         ".":{"require":"./r.js","import":{"types":"./gone.d.ts","default":"./src/index.js"}},
         "./b/*":"./src/b/*.js", "./b/x/*":null, "./b/y":["./gone.js","./src/y.js"],
         "./f/":"./src/f/", "./q.graphql":"./src/q.graphql"}})"},
      {"ui/src/index.ts", ""},
      {"ui/src/b/one.ts", ""},
      {"ui/src/b/x/two.ts", ""},
      {"ui/src/y.tsx", ""},
      {"ui/src/f/z.ts", ""},
      {"ui/main.ts", ""},
      {"ui/src/q.graphql", ""}},
     "x.ts",
     {{"ui", "ui/src/index.ts"},
      {"ui/b/one", "ui/src/b/one.ts"},
      {"ui/b/x/two", "nothing"},
      {"ui/b/y", "ui/src/y.tsx"},
      {"ui/f/z.js", "ui/src/f/z.ts"},
      {"ui/main", "nothing"},
      {"ui/q.graphql", "ui/src/q.graphql"}}},
    {"an output of a package means its source",
     {{"package.json", R"({"workspaces":["ui","out"]})"},
      {"ui/package.json", R"({"name":"ui","exports":{".":"./dist/index.js"}})"},
      {"ui/dist/index.js", ""},
      {"ui/src/index.ts", ""},
      {"out/package.json", R"({"name":"out","types":"./types/a.d.ts"})"},
      {"out/tsconfig.json", R"({"compilerOptions":{"outDir":"types","rootDir":"code"}})"},
      {"out/code/a.tsx", ""}},
     "x.ts",
     {{"ui", "ui/src/index.ts"}, {"out", "out/code/a.tsx"}}},
    {"a path below the folder of a package.json, where nothing else answers",
     {{"package.json", R"({"dependencies":{"lib":"1"}})"},
      {"shared/q/user.js", ""},
      {"lib/a.ts", ""},
      {"root.ts", ""},
      {"web/package.json", "{}"},
      {"web/shared/b.ts", ""}},
     "web/src/x.ts",
     {{"shared/q/user", "shared/q/user.js"},
      {"shared/b", "web/shared/b.ts"},
      {"lib/a", "package lib"},
      {"root", "package root"},
      {"shared/none", "nothing"}}},
    {"a package's own name and its internal imports",
     {{"package.json", R"({"name":"me","exports":{"./a":"./src/a.js"},
         "dependencies":{"react":"1"},"imports":{"#a":"./src/a.js","#d/*":{"types":"./src/d/*.ts"},"#r":"react","#n":null}})"},
      {"src/a.ts", ""},
      {"src/d/b.ts", ""}},
     "src/x.ts",
     {{"me/a", "src/a.ts"},
      {"me/b", "nothing"},
      {"#a", "src/a.ts"},
      {"#d/b", "src/d/b.ts"},
      {"#r", "package react"},
      {"#n", "nothing"},
      {"#no", "nothing"}}},
};

void check_case(const ResolverCase& row) {
  MemoryFileSystem files;
  put_files(files, row.files);
  for (const auto& entry : row.expected) {
    CAPTURE(entry.first);
    CHECK(resolve(files, row.importer, entry.first) == entry.second);
  }
}

std::vector<std::string> problems_of(const ModuleResolver& resolver) {
  std::vector<std::string> texts;
  for (const base::Diagnostic& problem : resolver.problems()) {
    texts.push_back(problem.range.path.text() + " " + std::to_string(problem.range.span.begin) +
                    "-" + std::to_string(problem.range.span.end) + " " + problem.code);
  }
  return texts;
}

}  // namespace

TEST_SUITE("discovery/module_resolver") {
  TEST_CASE("relative specifiers") {
    for (const ResolverCase& row : k_relative_cases) {
      SUBCASE(row.name) {
        check_case(row);
      }
    }
  }

  TEST_CASE("configs") {
    for (const ResolverCase& row : k_config_cases) {
      SUBCASE(row.name) {
        check_case(row);
      }
    }
  }

  TEST_CASE("packages and workspaces") {
    for (const ResolverCase& row : k_package_cases) {
      SUBCASE(row.name) {
        check_case(row);
      }
    }
  }

  TEST_CASE("extends of packages in all forms") {
    MemoryFileSystem files;
    put_files(files, k_config_cases[4].files);
    CHECK(resolve(files, "two/x.ts", "a") == "two/a2.ts");
    CHECK(resolve(files, "three/x.ts", "a") == "three/a3.ts");
    CHECK(resolve(files, "four/x.ts", "a") == "four/a4.ts");
  }

  TEST_CASE("a package that node_modules links to the project is entered") {
    MemoryFileSystem files;
    put_files(files,
              {{"packages/ui/package.json", R"({"name":"@acme/ui","types":"src/index.ts"})"},
               {"packages/ui/src/index.ts", ""},
               {"node_modules/.pnpm/x@1/node_modules/x/index.js", ""}});
    files.put_symlink("/p/app/node_modules/@acme/ui", "../../packages/ui");
    files.put_symlink("/p/app/node_modules/x", ".pnpm/x@1/node_modules/x");

    CHECK(resolve(files, "src/x.ts", "@acme/ui") == "packages/ui/src/index.ts");
    CHECK(resolve(files, "src/x.ts", "x") == "package x");
  }

  TEST_CASE("a file is named by its real path, or as the scan named it") {
    MemoryFileSystem files;
    put_files(files, {{"real/a.ts", ""}, {"../lib/b.ts", ""}});
    files.put_symlink("/p/app/link", "real");
    files.put_symlink("/p/app/src/lib", "/p/lib");

    CHECK(resolve(files, "src/x.ts", "../link/a") == "real/a.ts");
    CHECK(resolve(files, "src/x.ts", "./lib/b") == "../lib/b.ts");
    ModuleResolver named(files, {"/p/app", {{"/p/lib/b.ts", base::SourcePath("src/lib/b.ts")}}});
    const ModuleResolution& answer = named.resolve(base::SourcePath("src/x.ts"), "./lib/b");
    CHECK(answer.path.text() == "src/lib/b.ts");
    CHECK(answer.absolute_path == "/p/lib/b.ts");
  }

  TEST_CASE("an answer tells what it depends on") {
    MemoryFileSystem files;
    put_files(files,
              {{"tsconfig.json", R"({"extends":"./base.json"})"},
               {"base.json", R"({"compilerOptions":{"paths":{"@/*":["./src/*"]}}})"},
               {"src/a.tsx", ""}});
    ModuleResolver resolver = resolver_for(files);

    const ModuleResolution& answer = resolver.resolve(base::SourcePath("src/x.ts"), "@/a.js");
    CHECK(answer.missing == std::vector<std::string>{"/p/app/src/a.ts"});
    CHECK(answer.config_files ==
          std::vector<std::string>{"/p/app/base.json", "/p/app/tsconfig.json"});
    CHECK(resolver.missing_configs() ==
          std::vector<std::string>{"/p/app/src/jsconfig.json", "/p/app/src/tsconfig.json"});
    CHECK(resolver.resolve(base::SourcePath("src/x.ts"), "./b").missing ==
          std::vector<std::string>{"/p/app/src/b",
                                   "/p/app/src/b.d.ts",
                                   "/p/app/src/b.js",
                                   "/p/app/src/b.jsx",
                                   "/p/app/src/b.ts",
                                   "/p/app/src/b.tsx"});
  }

  TEST_CASE("forgetting makes a changed disk count") {
    MemoryFileSystem files;
    put_files(files, {{"src/b.tsx", ""}, {"src/d/index.ts", ""}});
    ModuleResolver resolver = resolver_for(files);
    const auto resolved = [&](const char* specifier) {
      return to_text(resolver.resolve(base::SourcePath("src/x.ts"), specifier));
    };
    CHECK(resolved("./a") == "nothing");
    CHECK(resolved("./b") == "src/b.tsx");
    CHECK(resolved("./d") == "src/d/index.ts");
    CHECK(resolved("@/b") == "nothing");

    put_files(files, {{"src/a/index.ts", ""}, {"src/b.ts", ""}});
    files.erase("/p/app/src/d");
    CHECK(resolved("./a") == "nothing");
    resolver.forget({"/p/app/src/a/index.ts", "/p/app/src/b.ts", "/p/app/src/d"});
    CHECK(resolved("./a") == "src/a/index.ts");
    CHECK(resolved("./b") == "src/b.ts");
    CHECK(resolved("./d") == "nothing");

    put_files(files, {{"tsconfig.json", R"({"compilerOptions":{"paths":{"@/*":["./src/*"]}}})"}});
    resolver.forget({"/p/app/tsconfig.json"});
    CHECK(resolved("@/b") == "src/b.ts");
  }

  TEST_CASE("broken configs are problems with a place, and resolution goes on") {
    MemoryFileSystem files;
    put_files(
        files,
        {{"tsconfig.json", "{\n  \"compilerOptions\": {]\n}"},
         {"a.ts", ""},
         {"list/tsconfig.json", "[]"},
         {"gone/tsconfig.json", R"({"extends":"./none", "compilerOptions":{"baseUrl":"."}})"},
         {"gone/b.ts", ""},
         {"loop/tsconfig.json", R"({"extends":["./one.json"]})"},
         {"loop/one.json", R"({"extends":"./tsconfig.json","compilerOptions":{"baseUrl":"."}})"},
         {"loop/c.ts", ""},
         {"secret/tsconfig.json", "{}"}});
    files.set_mode("/p/app/secret/tsconfig.json", 0);
    ModuleResolver resolver = resolver_for(files);
    const auto resolved = [&](const char* importer, const char* specifier) {
      return to_text(resolver.resolve(base::SourcePath(importer), specifier));
    };

    CHECK(resolved("x.ts", "./a") == "a.ts");
    CHECK(resolved("list/x.ts", "../a") == "a.ts");
    CHECK(resolved("gone/x.ts", "b") == "gone/b.ts");
    CHECK(resolved("loop/x.ts", "c") == "loop/c.ts");
    CHECK(resolved("secret/x.ts", "../a") == "a.ts");
    CHECK(problems_of(resolver) ==
          std::vector<std::string>{"gone/tsconfig.json 11-19 MissingTsConfig",
                                   "list/tsconfig.json 0-0 InvalidTsConfig",
                                   "loop/one.json 11-28 CircularTsConfig",
                                   "secret/tsconfig.json 0-0 UnreadableTsConfig",
                                   "tsconfig.json 24-25 InvalidTsConfig"});
  }

  TEST_CASE("probing costs one list call per folder") {
    MemoryFileSystem files;
    put_files(files, {{"src/a.ts", ""}, {"src/b/c.ts", ""}, {"node_modules/react/index.js", ""}});
    ModuleResolver resolver = resolver_for(files);
    for (int i = 0; i < 50; ++i) {
      const std::string number = std::to_string(i);
      resolver.resolve(base::SourcePath("src/x.ts"), "./missing" + number);
      resolver.resolve(base::SourcePath("src/b/c.ts"), "../missing" + number);
      resolver.resolve(base::SourcePath("src/x.ts"), "react/" + number);
    }
    // The folders: /, /p, the root, src, src/b and node_modules.
    CHECK(files.count(Operation::list) <= 6);
    CHECK(files.count(Operation::status) == 0);
  }

  TEST_CASE("unlistable folders are asked path by path") {
    MemoryFileSystem files;
    put_files(files, {{"src/a.ts", ""}});
    files.set_mode("/p/app/src", 0311);

    CHECK(resolve(files, "src/x.ts", "./a") == "src/a.ts");
  }

  TEST_CASE("loops of symlinks and of references end") {
    MemoryFileSystem files;
    put_files(files,
              {{"tsconfig.json", R"({"files":[],"references":[{"path":"./one.json"}]})"},
               {"one.json",
                R"({"files":[],"references":[{"path":"./tsconfig.json"},{"path":"./none"}]})"},
               {"package.json", R"({"name":"me","imports":{"#a":"#b","#b":"me"}})"}});
    files.put_symlink("/p/app/loop", "loop");
    files.put_symlink("/p/app/self", ".");

    CHECK(resolve(files, "x.ts", "./loop") == "nothing");
    CHECK(resolve(files, "x.ts", "./self/self/a") == "nothing");
    CHECK(resolve(files, "x.ts", "#a") == "nothing");
  }
}
