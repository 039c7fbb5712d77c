#include "builder/module_path.h"

#include <set>

#include <doctest/doctest.h>

using builder::module_specifier;
using builder::ModuleFormat;

namespace {

std::string path_of(std::string_view source) {
  return module_path(base::SourcePath(source), ModuleFormat::esm);
}

struct PathCase {
  const char* name;
  std::string source;
  std::string path;
};

const PathCase k_paths[] = {
    {"an ordinary file", "src/user/queries.ts", "modules/src/user/queries.ts.mjs"},
    {"a file in the root", "a.tsx", "modules/a.tsx.mjs"},
    {"names of frameworks",
     "app/(shop)/[id]/@modal/$x+y.tsx",
     "modules/app/(shop)/[id]/@modal/$x+y.tsx.mjs"},
    {"names that are no ASCII",
     "s r\xC3\xA9/\xF0\x9F\x98\x80 a.ts",
     "modules/s r\xC3\xA9/\xF0\x9F\x98\x80 a.ts.mjs"},
    {"what a specifier would not carry",
     "a#b/c?d%20\\e\n.ts",
     "modules/a~23b/c~3Fd~2520~5Ce~0A.ts.mjs"},
    {"a line separator", "a\xE2\x80\xA8.ts", "modules/a~E2~80~A8.ts.mjs"},
    {"bytes that are no UTF-8", "a\xFF\xC3.ts", "modules/a~FF~C3.ts.mjs"},
    {"a tilde", "~/a~b~2/c~2G.ts", "modules/~/a~b~2/c~2G.ts.mjs"},
    {"a tilde that looks like an escape", "a~23.ts", "modules/a~7E23.ts.mjs"},
    {"a file outside the root", "../../lib/a.ts", "modules/__up__/__up__/lib/a.ts.mjs"},
    {"folders that look like the one for ..",
     "__up__/__up___/a.ts",
     "modules/__up___/__up____/a.ts.mjs"},
    {"folders that are called as outputs",
     "a.ts.mjs/.b.d.mts.tmp/a~2Emjs/c.mjs/d.cts/e.mjs.ts",
     "modules/a.ts~2Emjs/.b.d.mts~2Etmp/a~7E2Emjs/c~2Emjs/d~2Ects/e.mjs.ts.mjs"},
};

struct SpecifierCase {
  const char* name;
  const char* from;
  const char* to;
  const char* specifier;
};

const SpecifierCase k_specifiers[] = {
    {"the same folder", "modules/src/a.ts.mjs", "modules/src/b.ts.mjs", "./b.ts.mjs"},
    {"a folder below", "modules/a.ts.mjs", "modules/src/x/b.ts.mjs", "./src/x/b.ts.mjs"},
    {"the folder above", "modules/src/a.ts.mjs", "modules/b.ts.mjs", "../b.ts.mjs"},
    {"another tree", "modules/src/x/a.ts.mjs", "modules/lib/y/b.ts.mjs", "../../lib/y/b.ts.mjs"},
    {"a folder with a common beginning",
     "modules/src/a.ts.mjs",
     "modules/src2/b.ts.mjs",
     "../src2/b.ts.mjs"},
    {"a folder of the file's name", "modules/b/a.ts.mjs", "modules/b.mjs", "../b.mjs"},
};

}  // namespace

TEST_SUITE("builder/module_path") {
  TEST_CASE("a module stands where its source stands") {
    for (const PathCase& row : k_paths) {
      SUBCASE(row.name) {
        CHECK(path_of(row.source) == row.path);
      }
    }
    CHECK(module_path(base::SourcePath("a.ts"), ModuleFormat::cjs) == "modules/a.ts.cjs");
  }

  TEST_CASE("different sources have different modules") {
    const char* const sources[] = {"a.ts",
                                   "a.tsx",
                                   "a.ts.ts",
                                   "a#.ts",
                                   "a~23.ts",
                                   "a~7E23.ts",
                                   "../a.ts",
                                   "__up__/a.ts",
                                   "__up___/a.ts",
                                   "../__up__/a.ts",
                                   "__up__/__up__/a.ts",
                                   "~/a.ts"};
    std::set<std::string> paths;
    for (const char* source : sources) {
      CAPTURE(source);
      CHECK(paths.insert(path_of(source)).second);
    }
  }

  TEST_CASE("a file name that would grow too long is cut and ends in its hash") {
    const std::string fits(200, 'a');
    CHECK(path_of(fits) == "modules/" + fits + ".mjs");

    std::set<std::string> paths;
    for (const char last : {'x', 'y'}) {
      // At 180 bytes a character of two bytes is cut: it goes as a whole.
      std::string name(179, 'a');
      while (name.size() < 254) {
        name += "\xC3\xA9";
      }
      name += last;
      const std::string path = path_of("src/" + name);
      CHECK(path.size() == std::string("modules/src/").size() + 179 + 1 + 32 + 4);
      CHECK(path.starts_with("modules/src/" + std::string(179, 'a') + "~"));
      paths.insert(path);
    }
    CHECK(paths.size() == 2);
  }

  TEST_CASE("specifiers are relative") {
    for (const SpecifierCase& row : k_specifiers) {
      SUBCASE(row.name) {
        CHECK(module_specifier(row.from, row.to) == row.specifier);
      }
    }
  }
}
