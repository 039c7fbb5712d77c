#include "discovery/glob.h"

#include <chrono>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "discovery/brace_expansion.h"

using discovery::DotNames;
using discovery::GlobList;
using discovery::GlobPurpose;
using discovery::NamePattern;

namespace {

GlobList compiled(const std::vector<std::string>& patterns,
                  GlobPurpose purpose = GlobPurpose::select) {
  auto list = GlobList::compile("/project/app", patterns, purpose);
  REQUIRE(list.has_value());
  return *std::move(list);
}

std::string joined(const std::vector<std::string>& texts) {
  std::string all;
  for (const std::string& text : texts) {
    all += text + " ";
  }
  return all;
}

struct BraceCase {
  const char* pattern;
  const char* expanded;
};

const BraceCase k_brace_cases[] = {
    {"a", "a "},
    {"{a,b}", "a b "},
    {"x{a,b}y", "xay xby "},
    {"{a,b}{1,2}", "a1 a2 b1 b2 "},
    {"a{b,c{d,e}f}g", "abg acdfg acefg "},
    {"*.{ts,tsx}", "*.ts *.tsx "},
    {"a{,.b}", "a a.b "},
    {"{1..3}", "1 2 3 "},
    {"{3..1}", "3 2 1 "},
    {"{01..10..4}", "01 05 09 "},
    {"{-1..1}", "-1 0 1 "},
    {"{a..e..2}", "a c e "},
    {"{a}", "{a} "},
    {"{a,b", "{a,b "},
    {"a}b", "a}b "},
    {"\\{a,b}", "\\{a,b} "},
    {"{a\\,b,c}", "a\\,b c "},
    {"${a,b}", "$a $b "},
    {"{{a,b},c}", "a b c "},
    {"{1..x}", "{1..x} "},
    {"@(a/b|c)/d", "a/b/d c/d "},
    {"@(a|b)", "@(a|b) "},
};

struct NameCase {
  const char* pattern;
  const char* name;
  bool matches;
};

const NameCase k_name_cases[] = {
    {"*", "a.ts", true},
    {"*", ".a", false},
    {".*", ".a", true},
    {"*a", ".a", false},
    {"?a", ".a", false},
    {"[.]a", ".a", false},
    {"*.ts", "a.ts", true},
    {"*.ts", "a.tsx", false},
    {"*.ts", ".ts", false},
    {"a*b*c", "a-b-b-c", true},
    {"a*b*c", "a-b-b-d", false},
    {"a**b", "ab", true},
    {"?", "\xC3\xA9", true},
    {"??", "\xC3\xA9", false},
    {"?", "\xFF", true},
    {"[a-c]x", "bx", true},
    {"[a-c]x", "dx", false},
    {"[!a-c]x", "dx", true},
    {"[^a-c]x", "ax", false},
    {"[]a]", "]", true},
    {"[a-]", "-", true},
    {"[a", "[a", true},
    {"[\xC3\xA0-\xC3\xBC]", "\xC3\xA9", true},
    {"\\*", "*", true},
    {"\\*", "a", false},
    {"A.ts", "a.ts", false},
    {"(a)", "(a)", true},
    {"[[]id]", "[id]", true},
    {"\\[id\\]", "[id]", true},
    {"@(a|b).ts", "b.ts", true},
    {"@(a|b).ts", "c.ts", false},
    {"?(a)b", "b", true},
    {"?(a)b", "ab", true},
    {"?(a)b", "aab", false},
    {"*(a|bc)d", "abcabcd", true},
    {"*(a|bc)d", "d", true},
    {"+(a|bc)d", "d", false},
    {"+(a|bc)d", "bcd", true},
    {"!(a).ts", "b.ts", true},
    {"!(a).ts", "a.ts", false},
    {"!(a).ts", ".ts", false},
    {"!(*.test).ts", "a.test.ts", false},
    {"!(*.test).ts", "a.ts", true},
    {"!(*.test|*.spec).ts", "a.spec.ts", false},
    {"*.!(test).ts", "a.test.ts", false},
    {"*.!(test).ts", "a.b.ts", true},
    {"!(foo)*", "foobar", false},
    {"!(foo)*", "barfoo", true},
    {"!(a)", ".b", false},
    {"@(!(a)b|c)", "xb", true},
    {"@(a|@(b|+(c)))x", "cccx", true},
    {"@(a", "@(a", true},
    {"@()a", "a", true},
    {"+(*)x", "abcx", true},
};

struct PathCase {
  const char* name;
  std::vector<std::string> patterns;
  std::vector<std::string> matching;
  std::vector<std::string> others;
};

const PathCase k_select_cases[] = {
    {"two stars take any number of folders",
     {"src/**/*.ts"},
     {"src/a.ts", "src/b/c/a.ts"},
     {"a.ts", "src/a.tsx", "lib/src/a.ts", "src/.git/a.ts", "src/b/.a.ts"}},
    {"a leading ./ says nothing", {"./src/./*.ts"}, {"src/a.ts"}, {"src/b/a.ts"}},
    {"a name with a dot is taken where it is spelled out",
     {"**/.storybook/**"},
     {".storybook/a.ts", "x/.storybook/b/a.ts"},
     {".storybook/.b/a.ts", "a.ts"}},
    {"node_modules is taken only where it is spelled out",
     {"**/*.ts", "node_modules/@acme/*/src/**/*.ts"},
     {"a.ts", "node_modules/@acme/ui/src/b.ts"},
     {"node_modules/a.ts", "node_modules/@acme/ui/src/node_modules/b.ts", "x/node_modules/a.ts"}},
    {"a star is not node_modules",
     {"*/a.ts", "n*/b.ts"},
     {"x/a.ts"},
     {"node_modules/a.ts", "node_modules/b.ts"}},
    {"a plain name takes the file or the whole folder",
     {"src", "lib/"},
     {"src", "src/a.ts", "src/b/c.ts", "lib/a.ts"},
     {"srcs/a.ts", "a/src/a.ts"}},
    {"two stars at the end need a name", {"*/**"}, {"a/b.ts"}, {"b.ts"}},
    {"a dot is the whole root", {"."}, {"a.ts", "b/a.ts"}, {"../a.ts"}},
    {"two stars at the end take everything", {"src/**"}, {"src/a", "src/b/c"}, {"src/.a", "lib/a"}},
    {"the last pattern that matches decides",
     {"src/**", "!src/gen/**", "src/gen/keep.ts"},
     {"src/a.ts", "src/gen/keep.ts"},
     {"src/gen/a.ts", "src/gen/b/c.ts"}},
    {"a negated plain name refuses its folder",
     {"**/*.ts", "!gen"},
     {"a.ts", "a/gen/b.ts"},
     {"gen/a.ts"}},
    {"a negation takes names with dots", {".a/**", "!**/b.ts"}, {".a/a.ts"}, {".a/b.ts"}},
    {"a leading group is not a negation", {"!(gen)/*.ts"}, {"src/a.ts"}, {"gen/a.ts"}},
    {"files outside the root",
     {"../lib/**/*.ts", "../../x/*.ts"},
     {"../lib/a.ts", "../lib/b/a.ts", "../../x/a.ts"},
     {"lib/a.ts", "../x/a.ts", "../libs/a.ts"}},
    {"two dots and two stars reach back into the root",
     {"../**/*.ts"},
     {"../a.ts", "a.ts", "b/a.ts"},
     {"../../a.ts"}},
    {"two dots inside a pattern", {"src/../lib/*.ts"}, {"lib/a.ts"}, {"src/a.ts"}},
    {"absolute patterns",
     {"/project/app/src/*.ts", "/opt/*.ts"},
     {"src/a.ts", "../../../opt/a.ts"},
     {"a.ts"}},
    {"an include of any folder does not reach outside the root",
     {"**/*.ts"},
     {"a.ts"},
     {"../a.ts"}},
    {"a refusal of any folder does",
     {"../lib/**", "!**/dist/**"},
     {"../lib/a.ts"},
     {"../lib/dist/a.ts", "../lib/b/dist/c/a.ts"}},
    {"braces with slashes", {"{src,lib/{a,b}}/*.ts"}, {"src/x.ts", "lib/b/x.ts"}, {"lib/x.ts"}},
    {"groups with slashes", {"@(src|lib/a)/*.ts"}, {"src/x.ts", "lib/a/x.ts"}, {"lib/x.ts"}},
    {"bytes that are not UTF-8", {"src/*.ts"}, {"src/\xFF\xFE.ts"}, {}},
};

const PathCase k_refuse_cases[] = {
    {"wildcards take every name",
     {"**/dist/**", "**/*.d.ts"},
     {"dist/a.ts", ".x/dist/a.ts", "node_modules/dist/a.ts", "a.d.ts", "x/.d.ts", "../y/dist/a.ts"},
     {"distant/a.ts", "a.ts"}},
    {"what takes a folder takes all in it",
     {"gen", "*.generated", "a/"},
     {"gen/a.ts", "x.generated/a.ts", "a/b/c.ts"},
     {"x/gen/a.ts"}},
    {"a later negation takes back", {"**/gen/**", "!src/gen/**"}, {"gen/a.ts"}, {"src/gen/a.ts"}},
    {"folders above the root are not looked at", {"**/me/**"}, {"me/a.ts"}, {"a.ts", "../b.ts"}},
};

void check_paths(const PathCase& row, GlobPurpose purpose) {
  const GlobList list = compiled(row.patterns, purpose);
  for (const std::string& path : row.matching) {
    CAPTURE(path);
    CHECK(list.matches(base::SourcePath(path)));
  }
  for (const std::string& path : row.others) {
    CAPTURE(path);
    CHECK_FALSE(list.matches(base::SourcePath(path)));
  }
}

bool may_match_below(const GlobList& list, const char* folder) {
  return list.may_match_below(list.at_folder(folder));
}

bool matches_all_below(const GlobList& list, const char* folder) {
  return list.matches_all_below(list.at_folder(folder));
}

}  // namespace

TEST_SUITE("discovery/glob") {
  TEST_CASE("braces are written out as a shell does") {
    for (const BraceCase& row : k_brace_cases) {
      CAPTURE(row.pattern);
      const auto expanded = discovery::expand_braces(row.pattern);
      REQUIRE(expanded.has_value());
      CHECK(joined(*expanded) == row.expanded);
    }
  }

  TEST_CASE("a name pattern takes the names that minimatch takes") {
    for (const NameCase& row : k_name_cases) {
      CAPTURE(row.pattern);
      CAPTURE(row.name);
      const auto pattern = NamePattern::compile(row.pattern);
      REQUIRE(pattern.has_value());
      CHECK(pattern->matches(row.name, DotNames::spelled_out) == row.matches);
    }
  }

  TEST_CASE("a list to select") {
    for (const PathCase& row : k_select_cases) {
      SUBCASE(row.name) {
        check_paths(row, GlobPurpose::select);
      }
    }
  }

  TEST_CASE("a list to refuse") {
    for (const PathCase& row : k_refuse_cases) {
      SUBCASE(row.name) {
        check_paths(row, GlobPurpose::refuse);
      }
    }
  }

  TEST_CASE("a walk starts at the fixed part of each pattern") {
    CHECK(compiled({"src/**/*.ts", "src/a/b.ts", "../lib/*.ts", "!x/**", "/opt/y/**"})
              .start_folders() ==
          std::vector<std::string>{"/opt/y", "/project/app/src", "/project/lib"});
    CHECK(compiled({"{a,b}/c/**"}).start_folders() ==
          std::vector<std::string>{"/project/app/a/c", "/project/app/b/c"});
    CHECK(compiled({"a.ts"}).start_folders() == std::vector<std::string>{"/project/app"});
    CHECK(compiled({}).start_folders().empty());
  }

  TEST_CASE("folders that cannot hold a match are known before they are entered") {
    const GlobList list = compiled({"src/*/x/**/*.ts", "!src/gen/**", "src/gen/x/keep/*.ts"});
    CHECK(may_match_below(list, "/project/app/src"));
    CHECK(may_match_below(list, "/project/app/src/a/x/b"));
    CHECK_FALSE(may_match_below(list, "/project/app/src/a/y"));
    CHECK_FALSE(may_match_below(list, "/project/app/lib"));
    CHECK(may_match_below(list, "/project/app/src/gen/x"));
    CHECK_FALSE(may_match_below(list, "/project/app/src/gen/x/other"));

    const GlobList refused = compiled({"**/dist/**", "gen", "!gen/keep/**"}, GlobPurpose::refuse);
    CHECK(matches_all_below(refused, "/project/app/a/dist"));
    CHECK(matches_all_below(refused, "/project/app/gen/a"));
    CHECK_FALSE(matches_all_below(refused, "/project/app/gen"));
    CHECK_FALSE(matches_all_below(refused, "/project/app/gen/keep"));
    CHECK_FALSE(matches_all_below(refused, "/project/app/a"));
  }

  TEST_CASE("patterns that cannot be meant are refused with a reason") {
    const auto reason = [](const std::string& pattern) {
      const auto list = GlobList::compile("/p", {pattern}, GlobPurpose::select);
      return list ? "accepted" : list.error().message;
    };
    CHECK(reason("") == "bad glob \"\": the pattern is empty");
    CHECK(reason("!") == "bad glob \"!\": the pattern is empty");
    CHECK(reason("*/../a") == "bad glob \"*/../a\": \"..\" stands behind a wildcard");
    CHECK(reason("!(a/b)/c") ==
          "bad glob \"!(a/b)/c\": a group other than \"@(...)\" holds a \"/\"");
    CHECK(reason("{1..2000}").find("stand for more than 1000 patterns") != std::string::npos);
    std::string nested = "x";
    for (int i = 0; i < 30; ++i) {
      nested = "@(" + nested + "|y)";
    }
    CHECK(reason(nested).find("groups are nested too deeply") != std::string::npos);
    std::string doubling;
    for (int i = 0; i < 40; ++i) {
      doubling += "{a,b}";
    }
    CHECK(reason(doubling).find("stand for more than 1000 patterns") != std::string::npos);
  }

  TEST_CASE("hostile patterns take polynomial time") {
    const std::string name(255, 'a');
    const std::vector<std::string> patterns = {
        "*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*b",
        "+(a|aa|aaa|aaaa)b",
        "*(*(*(*(*(*(*(*(*(a)))))))))b",
        "+(+(+(+(*a*|a)+(a))))+(+(a|b))c",
        "!(!(!(!(!(!(*a*a*a*b))))))c",
        "*!(a)*!(a)*!(a)*!(a)*!(a)*!(a)*!(a)*!(a)*!(a)b",
        "@(*|*|*|*|*|*|*|*)@(*|*|*|*|*|*|*|*)@(*|*|*|*)@(*|*|*)b"};
    const auto start = std::chrono::steady_clock::now();
    for (const std::string& text : patterns) {
      CAPTURE(text);
      CHECK_FALSE(NamePattern::compile(text)->matches(name, DotNames::any));
    }
    std::string deep = "/p";
    for (int i = 0; i < 300; ++i) {
      deep += "/a";
    }
    CHECK_FALSE(compiled({"**/a/**/a/**/a/**/a/**/a/**/a/**/b"}).matches(base::SourcePath(deep)));
    // Milliseconds where nothing is wrong, ages where something is.
    CHECK(std::chrono::steady_clock::now() - start < std::chrono::seconds(20));
  }
}
