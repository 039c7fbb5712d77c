#pragma once

#include <string>
#include <utility>
#include <vector>

#include "cli/project_run.h"
#include "session/build_report.h"

// Diagnostics and builds that the tests of all renderers show.
namespace samples {

inline session::LocatedPlace place_in(const std::string& path,
                                      base::Position start,
                                      base::Position end,
                                      std::vector<session::FrameLine> lines) {
  session::LocatedPlace place;
  place.path = base::SourcePath(path);
  place.start = start;
  place.end = end;
  place.lines = std::move(lines);
  return place;
}

inline session::LocatedDiagnostic wrong_field() {
  session::LocatedDiagnostic diagnostic;
  diagnostic.code = "FieldsOnCorrectType";
  diagnostic.message = R"(Cannot query field "nam" on type "User". Did you mean "name"?)";
  diagnostic.place = place_in("src/wrong.ts",
                              {10, 10},
                              {10, 13},
                              {{8, "export const A = gql`", 1},
                               {9, "  query Wrong {", 1},
                               {10, "    me { nam }", 1},
                               {11, "  }", 1}});
  return diagnostic;
}

inline session::LocatedDiagnostic duplicate() {
  session::LocatedDiagnostic diagnostic;
  diagnostic.severity = base::Severity::warning;
  diagnostic.code = "DuplicateDefinition";
  diagnostic.message = "There are two fragments named \"F\".\nBoth are the same.";
  diagnostic.place = place_in("a,b:c.ts", {1, 1}, {2, 2}, {{1, "fragment F", 1}, {2, "}", 1}});
  session::LocatedPlace other = place_in("b.ts", {3, 1}, {3, 4}, {{3, "abc", 1}});
  other.message = "first defined here";
  diagnostic.related = {other};
  diagnostic.blocked = 1234;
  return diagnostic;
}

inline session::LocatedDiagnostic without_place() {
  session::LocatedDiagnostic diagnostic;
  diagnostic.code = "Config";
  diagnostic.message = "No config was found:\n100% of it.";
  return diagnostic;
}

inline cli::ProjectRun run_of(session::BuildMode mode, session::BuildResult::Outcome outcome) {
  cli::ProjectRun run;
  run.root = "/repo/app";
  run.out_dir = "/repo/app/.builder";
  run.mode = mode;
  run.result.outcome = outcome;
  run.result.report.operations = 1;
  run.result.report.fragments = 1200;
  run.result.report.files_scanned = 10'000;
  run.result.report.wall_ns = 1'230'000'000;
  return run;
}

}  // namespace samples
