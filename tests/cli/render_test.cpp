#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "cli/code_frame.h"
#include "cli/render_github.h"
#include "cli/render_human.h"
#include "tests/cli/samples.h"

using cli::ProjectRun;
using samples::duplicate;
using samples::place_in;
using samples::run_of;
using samples::without_place;
using samples::wrong_field;
using session::BuildMode;
using session::BuildResult;
using session::LocatedDiagnostic;
using session::LocatedPlace;

namespace {

std::string human(const LocatedDiagnostic& diagnostic, const cli::TextStyle& style = {}) {
  return cli::HumanRenderer(style, {"/repo"}).diagnostic(diagnostic, "/repo/app");
}

std::string frame(const std::string& line,
                  std::uint32_t start,
                  std::uint32_t end,
                  std::uint32_t width = 120) {
  cli::TextStyle style;
  style.width = width;
  return cli::render_frame(
      place_in("a.ts", {7, start}, {7, end}, {{7, line, 1}}), style, std::string_view());
}

}  // namespace

TEST_SUITE("cli/render_human") {
  TEST_CASE("a diagnostic is shown with its code") {
    CHECK(human(wrong_field()) ==
          "error: Cannot query field \"nam\" on type \"User\". Did you mean \"name\"? "
          "[FieldsOnCorrectType]\n"
          "  app/src/wrong.ts:10:10\n"
          "     8 | export const A = gql`\n"
          "     9 |   query Wrong {\n"
          "  > 10 |     me { nam }\n"
          "       |          ^^^\n"
          "    11 |   }\n"
          "\n");
  }

  TEST_CASE("related places, what is blocked, and messages of several lines") {
    CHECK(human(duplicate()) ==
          "warning: There are two fragments named \"F\".\n"
          "  Both are the same. [DuplicateDefinition]\n"
          "  app/a,b:c.ts:1:1\n"
          "  > 1 | fragment F\n"
          "      | ^^^^^^^^^^\n"
          "    2 | }\n"
          "  first defined here: app/b.ts:3:1\n"
          "  > 3 | abc\n"
          "      | ^^^\n"
          "  1,234 definitions not built because of this error.\n"
          "\n");
  }

  TEST_CASE("a diagnostic without a place") {
    CHECK(human(without_place()) == "error: No config was found:\n  100% of it. [Config]\n\n");
  }

  TEST_CASE("colour") {
    cli::TextStyle style;
    style.has_color = true;
    LocatedDiagnostic diagnostic = without_place();
    diagnostic.message = "No.";

    CHECK(human(diagnostic, style) ==
          "\x1b[1;31merror\x1b[0m:\x1b[1m No.\x1b[0m \x1b[2m[Config]\x1b[0m\n\n");
  }

  TEST_CASE("the summary of every outcome") {
    const cli::HumanRenderer renderer({}, {"/repo"});
    struct SummaryCase {
      const char* name;
      BuildMode mode;
      BuildResult::Outcome outcome;
      bool has_changes;
      std::string expected;
    };
    using Outcome = BuildResult::Outcome;
    const std::vector<SummaryCase> cases{
        {"built",
         BuildMode::write,
         Outcome::built,
         true,
         "[web] Built 1 operation and 1,200 fragments in 10,000 files: 2 files written, 1 removed; "
         "2 warnings (1.23 s)\n"},
        {"up to date",
         BuildMode::write,
         Outcome::built,
         false,
         "[web] Everything is up to date: 1 operation and 1,200 fragments in 10,000 files; 2 "
         "warnings (1.23 s)\n"},
        {"valid",
         BuildMode::validate,
         Outcome::built,
         false,
         "[web] Valid: 1 operation and 1,200 fragments in 10,000 files; 2 warnings (1.23 s)\n"},
        {"errors",
         BuildMode::write,
         Outcome::has_errors,
         true,
         "[web] Found 1 error, 2 warnings; 5 definitions not built; 2 files written, 1 removed "
         "(1.23 s)\n"},
        {"errors of a validation",
         BuildMode::validate,
         Outcome::has_errors,
         false,
         "[web] Found 1 error, 2 warnings; 5 definitions not built (1.23 s)\n"},
        {"differences",
         BuildMode::check,
         Outcome::differs,
         true,
         "[web] The outputs are not those of a build: 3 differences. Run `builder` and commit them "
         "(1.23 s)\n"},
        {"refused",
         BuildMode::write,
         Outcome::refused,
         false,
         "[web] Nothing was built (1.23 s)\n"},
        {"failed", BuildMode::write, Outcome::failed, false, "[web] The build failed (1.23 s)\n"},
    };
    for (const SummaryCase& row : cases) {
      SUBCASE(row.name) {
        ProjectRun run = run_of(row.mode, row.outcome);
        session::BuildReport& report = run.result.report;
        report.project = "web";
        report.warning_count = 2;
        if (row.outcome == Outcome::has_errors) {
          report.error_count = 1;
          report.definitions_failed = 5;
        }
        if (row.has_changes) {
          report.written = {"a.mjs", "b.mjs"};
          report.removed = {"c.mjs"};
        }

        CHECK(renderer.summary(run) == row.expected);
      }
    }
  }

  TEST_CASE("what a check would change is listed") {
    ProjectRun run = run_of(BuildMode::check, BuildResult::Outcome::differs);
    run.result.report.written = {"a.mjs"};
    run.result.report.removed = {"b.mjs"};

    CHECK(cli::HumanRenderer({}, {"/repo"}).differences(run) ==
          "  would write  app/.builder/a.mjs\n  would remove app/.builder/b.mjs\n");
    run.mode = BuildMode::write;
    CHECK(cli::HumanRenderer({}, {"/repo"}).differences(run).empty());
  }

  TEST_CASE("statistics") {
    session::BuildReport report;
    report.phases = {{"read", 12'345'678}, {"validate", 1000}};
    report.files_scanned = 3;
    report.bytes_read = 1'000'000;
    report.type_system_templates = 1;
    report.cache_misses = 1;
    report.cache_rehashed = 2;
    report.definitions_compiled = 5;

    CHECK(cli::HumanRenderer({}, {"/repo"}).stats(report) ==
          "  read            12,345 us\n"
          "  validate             1 us\n"
          "  files: 3 found, 0 read, 0 parsed; 1,000,000 bytes\n"
          "  cache: 0 hits, 1 miss, 0 skips, 2 rehashed\n"
          "  definitions: 5 compiled; 0 operations, 0 fragments, 0 not built; 1 template of type "
          "definitions\n"
          "  outputs: 0 written, 0 removed, 0 unchanged\n");
  }
}

TEST_SUITE("cli/code_frame") {
  TEST_CASE("the caret stands under what a terminal shows") {
    struct FrameCase {
      const char* name;
      std::string expected;
      std::string actual;
    };
    const std::vector<FrameCase> cases{
        {"tabs", "  > 7 |     a   b\n      |         ^\n", frame("\ta\tb", 4, 5)},
        {"wide characters",
         "  > 7 | \u6f22\u5b57 nam\n      |      ^^^\n",
         frame("\u6f22\u5b57 nam", 4, 7)},
        {"astral characters",
         "  > 7 | \U0001F600 nam\n      |    ^^^\n",
         frame("\U0001F600 nam", 4, 7)},
        {"combining marks", "  > 7 | e\u0301 nam\n      |   ^^^\n", frame("e\u0301 nam", 4, 7)},
        {"an empty range", "  > 7 | ab\n      |  ^\n", frame("ab", 2, 2)},
        {"the end of the line", "  > 7 | ab\n      |   ^\n", frame("ab", 3, 3)},
        {"an empty line", "  > 7 |\n      | ^\n", frame("", 1, 1)},
        {"control characters and marks of direction",
         "  > 7 | a\uFFFD[31m\uFFFDb\n      |       ^\n",
         frame("a\x1b[31m\u202Eb", 7, 8)},
        {"bytes that are not UTF-8",
         "  > 7 | \uFFFDa\n      |  ^\n",
         frame("\xFF"
               "a",
               2,
               3)},
    };
    for (const FrameCase& row : cases) {
      SUBCASE(row.name) {
        CHECK(row.actual == row.expected);
      }
    }
  }

  TEST_CASE("long lines are cut around the caret") {
    const std::string line = std::string(60, 'a') + "nam" + std::string(60, 'b');

    CHECK(frame(line, 61, 64, 48) ==
          "  > 7 | ...aaaaaaaaaanambbbbbbbbbbbbbbbbbbbbb...\n"
          "      |              ^^^\n");
    CHECK(frame(line, 1, 2, 48) ==
          "  > 7 | aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa...\n"
          "      | ^\n");
    CHECK(frame(line, 121, 124, 48) ==
          "  > 7 | ...bbbbbbbbbbbbb\n"
          "      |              ^^^\n");
  }

  TEST_CASE("of a line of minified code only the part around the place is known") {
    cli::TextStyle style;
    style.width = 48;
    const LocatedPlace place =
        place_in("a.js",
                 {2, 5001},
                 {2, 5004},
                 {{1, "short", 1}, {2, std::string(20, 'x') + "nam" + std::string(20, 'y'), 4981}});

    CHECK(cli::render_frame(place, style, {}) ==
          "    1 | ...\n"
          "  > 2 | ...xxxxxxxxxxnamyyyyyyyyyyyyyyyyyyyy\n"
          "      |              ^^^\n");
  }
}

TEST_SUITE("cli/render_github") {
  TEST_CASE("annotations are escaped, and name files as the repository does") {
    const cli::PathDisplay paths{"/repo"};

    CHECK(cli::annotation(wrong_field(), "/repo/app", paths) ==
          "::error file=app/src/wrong.ts,line=10,endLine=10,col=10,endColumn=13,"
          "title=FieldsOnCorrectType::Cannot query field \"nam\" on type \"User\". Did you mean "
          "\"name\"?\n");
    CHECK(cli::annotation(duplicate(), "/repo/app", paths) ==
          "::warning file=app/a%2Cb%3Ac.ts,line=1,endLine=2,title=DuplicateDefinition::There are "
          "two fragments named \"F\".%0ABoth are the same.%0Afirst defined here: app/b.ts:3\n");
    CHECK(cli::annotation(without_place(), "", paths) ==
          "::error title=Config::No config was found:%0A100%25 of it.\n");
    CHECK(cli::annotation("a\nb") == "::error::a%0Ab\n");
  }
}
