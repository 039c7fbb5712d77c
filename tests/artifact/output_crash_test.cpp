#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "tests/artifact/outputs.h"
#include "tests/support/faulty_file_system.h"
#include "tests/support/printers.h"

using artifact::Output;
using support::clean_tree;
using support::FaultyFileSystem;
using support::k_small_project_folder;
using support::MemoryFileSystem;
using support::outputs_of;
using support::tree_of;
using support::write_small_project;

namespace {

struct Project {
  const char* name;
  std::map<std::string, std::string> modules;
};

// Modules that come, go, change and stay, and folders that come and go with them.
const std::vector<Project> k_projects = {
    {"none", {}},
    {"first", {{"src/a.ts", "a"}, {"src/deep/er/b.ts", "b"}}},
    {"second", {{"src/a.ts", "a, but longer"}, {"src/new/d.ts", "d"}}},
};

struct Story {
  std::string name;
  const Project& before;
  const Project& during;
  const Project& after;
};

std::vector<Story> all_stories() {
  std::vector<Story> stories;
  for (const Project& before : k_projects) {
    for (const Project& during : k_projects) {
      for (const Project& after : k_projects) {
        std::string name = before.name;
        name.append(", ").append(during.name).append(" interrupted, ").append(after.name);
        stories.push_back({std::move(name), before, during, after});
      }
    }
  }
  return stories;
}

// Brings the disk to `before`, begins to write `during` and stops at every call in turn, then
// writes `after`. Says how many ways there were to stop.
std::size_t try_every_stop(const Story& story, FaultyFileSystem::Fault fault) {
  const auto& [name, before, during, after] = story;
  const std::vector<Output> wanted = outputs_of(after.modules, after.name);
  const auto expected = clean_tree(wanted);
  for (std::size_t good_calls = 0;; ++good_calls) {
    MemoryFileSystem files;
    files.put_directory("/p");
    REQUIRE(write_small_project(files, outputs_of(before.modules, before.name)));
    FaultyFileSystem faulty(files, good_calls, fault);
    const auto interrupted = write_small_project(faulty, outputs_of(during.modules, during.name));
    if (!faulty.has_failed()) {
      return good_calls;
    }

    const auto mended = write_small_project(files, wanted);

    CAPTURE(good_calls);
    REQUIRE_MESSAGE(mended, (mended ? "" : mended.error().message));
    // A report that alone differs is not written, so it may be that of the interrupted run.
    auto actual = tree_of(files, k_small_project_folder);
    actual["report.json"] = expected.at("report.json");
    REQUIRE(actual == expected);
  }
}

}  // namespace

TEST_SUITE("artifact/output_crash") {
  TEST_CASE("wherever a run is stopped, the next one ends as on a clean disk") {
    for (const Story& story : all_stories()) {
      SUBCASE(story.name.c_str()) {
        CHECK(try_every_stop(story, FaultyFileSystem::Fault::forever) > 10);
        CHECK(try_every_stop(story, FaultyFileSystem::Fault::once) > 10);
      }
    }
  }

  TEST_CASE("a failure before the first move leaves everything as it was") {
    const std::vector<Output> before = outputs_of(k_projects[1].modules);
    const std::vector<Output> after = outputs_of(k_projects[2].modules);
    MemoryFileSystem probe;
    probe.put_directory("/p");
    REQUIRE(write_small_project(probe, before));
    probe.clear_log();
    REQUIRE(write_small_project(probe, after));
    std::size_t first_move = 0;
    const auto log = probe.log();
    while (log[first_move].operation != support::Operation::rename) {
      ++first_move;
    }

    for (std::size_t good_calls = 0; good_calls < first_move; ++good_calls) {
      MemoryFileSystem files;
      files.put_directory("/p");
      REQUIRE(write_small_project(files, before));
      const auto expected = tree_of(files, k_small_project_folder);
      FaultyFileSystem faulty(files, good_calls, FaultyFileSystem::Fault::once);

      const auto failed = write_small_project(faulty, after);

      CAPTURE(good_calls);
      CAPTURE(log[good_calls].path);
      // Some failures cost nothing: an unreadable own file is written over.
      const bool is_untouched = tree_of(files, k_small_project_folder) == expected;
      CHECK((failed.has_value() || is_untouched));
    }
  }
}
