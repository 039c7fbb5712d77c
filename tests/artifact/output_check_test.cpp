#include <doctest/doctest.h>

#include "artifact/output_folder.h"
#include "tests/artifact/outputs.h"
#include "tests/support/printers.h"

using artifact::compare_outputs;
using artifact::GitIgnore;
using artifact::OutputChanges;
using artifact::OutputFolder;
using support::MemoryFileSystem;
using support::outputs_of;
using Paths = std::vector<std::string>;

namespace {

void write(MemoryFileSystem& files, const std::vector<artifact::Output>& wanted) {
  auto folder = OutputFolder::open(files, "/p/gen", GitIgnore::none);
  REQUIRE(folder);
  REQUIRE(folder->write(wanted));
}

}  // namespace

TEST_SUITE("artifact/output_check") {
  TEST_CASE("a check lists what a build would do, and leaves no trace") {
    MemoryFileSystem files;
    files.put_directory("/p");
    write(files, outputs_of({{"a.ts", "1"}, {"b.ts", "1"}, {"c.ts", "1"}}));
    files.put("/p/gen/modules/c.ts.mjs", "edited");
    const auto before = files.files_below("/p");
    files.clear_log();

    const auto changes = compare_outputs(
        files,
        "/p/gen",
        outputs_of({{"a.ts", "1"}, {"c.ts", "1"}, {"d.ts", "1"}}, "another report"));

    CHECK(*changes ==
          OutputChanges{
              {"manifest.json", "modules/c.ts.mjs", "modules/d.ts.d.mts", "modules/d.ts.mjs"},
              {"modules/b.ts.d.mts", "modules/b.ts.mjs"},
              4});
    CHECK(files.files_below("/p") == before);
    CHECK(files.count(support::Operation::lock_directory) == 0);
  }

  TEST_CASE("positions and report, which no input determines, are not compared") {
    MemoryFileSystem files;
    files.put_directory("/p");
    const auto wanted = outputs_of({{"a.ts", "1"}});
    write(files, wanted);
    files.erase("/p/gen/report.json");
    files.put("/p/gen/positions.json", "[]");

    CHECK(compare_outputs(files, "/p/gen", wanted)->empty());
  }

  TEST_CASE("in a folder that is not there everything is missing") {
    MemoryFileSystem files;
    files.put_directory("/p");

    CHECK(compare_outputs(files, "/p/gen", outputs_of({}))->written ==
          Paths{"artifact.json", "manifest.json"});
    CHECK(!files.status("/p/gen"));
  }
}
