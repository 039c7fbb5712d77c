#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "base/thread_pool.h"
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

// So many modules that they are written on all threads.
std::vector<Output> many_outputs(const std::string& text) {
  std::map<std::string, std::string> modules;
  for (int i = 0; i < 50; ++i) {
    modules["src/" + std::to_string(i % 7) + "/" + std::to_string(i) + ".ts"] = text;
  }
  return outputs_of(modules, text);
}

}  // namespace

TEST_SUITE("artifact/output_threads") {
  TEST_CASE("threads write what one thread writes, and in the order of roles") {
    const std::vector<Output> wanted = many_outputs("text");
    base::ThreadPool pool(4);
    MemoryFileSystem files;
    files.put_directory("/p");

    const auto changes = write_small_project(files, wanted, &pool);

    REQUIRE(changes);
    CHECK(changes->written.size() == wanted.size() + 1);
    CHECK(tree_of(files, k_small_project_folder) == clean_tree(wanted));
    std::vector<std::string> last_moves;
    for (const support::Access& access : files.log()) {
      if (access.operation == support::Operation::rename) {
        last_moves.push_back(access.path.substr(k_small_project_folder.size() + 1));
      }
    }
    last_moves.erase(last_moves.begin(), last_moves.end() - 4);
    CHECK(last_moves == std::vector<std::string>{
                            "positions.json", "manifest.json", "artifact.json", "report.json"});
  }

  TEST_CASE("wherever threads are stopped, the next run ends as on a clean disk") {
    base::ThreadPool pool(4);
    for (const std::string before : {"", "before"}) {
      for (const auto fault : {FaultyFileSystem::Fault::once, FaultyFileSystem::Fault::forever}) {
        const auto expected = clean_tree(many_outputs("after"));
        bool has_failed = true;
        for (std::size_t good_calls = 0; has_failed; good_calls += 37) {
          MemoryFileSystem files;
          files.put_directory("/p");
          if (!before.empty()) {
            REQUIRE(write_small_project(files, many_outputs(before), &pool));
          }
          FaultyFileSystem faulty(files, good_calls, fault);
          const auto interrupted = write_small_project(faulty, many_outputs("during"), &pool);
          has_failed = faulty.has_failed();

          CAPTURE(good_calls);
          REQUIRE(write_small_project(files, many_outputs("after"), &pool));
          REQUIRE(tree_of(files, k_small_project_folder) == expected);
        }
      }
    }
  }

  TEST_CASE("a failure on a thread before the first move leaves everything as it was") {
    base::ThreadPool pool(4);
    MemoryFileSystem files;
    files.put_directory("/p");
    REQUIRE(write_small_project(files, many_outputs("before"), &pool));
    const auto expected = tree_of(files, k_small_project_folder);
    files.clear_log();
    REQUIRE(write_small_project(files, many_outputs("during"), &pool));
    std::size_t first_write = 0;
    while (files.log()[first_write].operation != support::Operation::write_file) {
      ++first_write;
    }
    REQUIRE(write_small_project(files, many_outputs("before"), &pool));

    // Of the hundred temporary files, the tenth.
    FaultyFileSystem faulty(files, first_write + 10, FaultyFileSystem::Fault::once);
    const auto failed = write_small_project(faulty, many_outputs("during"), &pool);

    CHECK(!failed);
    CHECK(tree_of(files, k_small_project_folder) == expected);
  }
}
