#include "base/state_folder.h"

#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "base/scan_start.h"
#include "tests/base/state_kit.h"
#include "tests/support/memory_file_system.h"
#include "tests/support/printers.h"

using base::ClearedState;
using base::ErrorCode;
using base::StateStore;
using support::MemoryFileSystem;
using test_kit::k_state_folder;
using test_kit::k_stats;
using test_kit::open_state;

namespace {

std::vector<std::string> names_in(const MemoryFileSystem& files, const std::string& folder) {
  std::vector<std::string> names;
  for (const auto& [path, content] : files.files_below(folder)) {
    names.push_back(path.substr(folder.size() + 1));
  }
  return names;
}

// A snapshot, a log, the labels, and the marker.
void fill_folder(MemoryFileSystem& files) {
  StateStore store = open_state(files);
  for (const char* key : {"a", "b"}) {
    store.put(k_stats, key, "1");
    REQUIRE(store.commit());
  }
  base::ScanStart::take(files, base::state_marker_path(k_state_folder));
}

}  // namespace

TEST_SUITE("base/state_folder") {
  TEST_CASE("a new folder is for its user alone, hidden from git and from backups") {
    MemoryFileSystem files;

    CHECK(base::prepare_state_folder(files, k_state_folder));

    CHECK(files.status(k_state_folder)->mode == 0700);
    CHECK(files.content(k_state_folder + "/.gitignore") == "*\n");
    CHECK(files.content(k_state_folder + "/CACHEDIR.TAG")
              ->starts_with("Signature: 8a477f597d28d172789f06886806bc55\n"));
    CHECK(names_in(files, k_state_folder) ==
          std::vector<std::string>{".gitignore", "CACHEDIR.TAG"});
  }

  TEST_CASE("a folder with files of others gets none that would hide them") {
    MemoryFileSystem files;
    files.put(k_state_folder + "/notes.txt", "mine");
    StateStore store = open_state(files);
    store.put(k_stats, "a", "1");

    CHECK(store.commit());

    CHECK(names_in(files, k_state_folder) ==
          std::vector<std::string>{"notes.txt", "state.snapshot"});
  }

  TEST_CASE("labels that were changed are left as they are") {
    MemoryFileSystem files;
    files.put(k_state_folder + "/.gitignore", "!state.snapshot\n");

    CHECK(base::prepare_state_folder(files, k_state_folder));

    CHECK(files.content(k_state_folder + "/.gitignore") == "!state.snapshot\n");
  }

  TEST_CASE("whose folder it is decides whether it is used") {
    MemoryFileSystem files;
    files.put(k_state_folder + "/inside", "");

    CHECK(base::check_state_folder(files, k_state_folder));
    CHECK(base::check_state_folder(files, "/none").error().code == ErrorCode::not_found);
    CHECK(base::check_state_folder(files, k_state_folder + "/inside").error().code ==
          ErrorCode::io);
    files.set_mode(k_state_folder, 0775);
    CHECK(base::check_state_folder(files, k_state_folder));
    files.set_mode(k_state_folder, 0757);
    CHECK(base::check_state_folder(files, k_state_folder).error().code == ErrorCode::io);
    files.set_mode(k_state_folder, 0700);
    files.set_trusted_owner(k_state_folder, false);
    CHECK(base::check_state_folder(files, k_state_folder).error().code == ErrorCode::io);
  }

  TEST_CASE("clearing removes everything that is ours, and the folder") {
    MemoryFileSystem files;
    fill_folder(files);
    files.put(k_state_folder + "/.state.snapshot.4711.tmp", "cut any");
    std::uint64_t bytes = 0;
    const auto before = files.files_below(k_state_folder);
    for (const auto& [path, content] : before) {
      bytes += content.size();
    }

    const auto cleared = base::clear_state_folder(files, k_state_folder);

    CHECK(before.size() == 6);
    CHECK(*cleared == ClearedState{6, bytes, true});
    CHECK_FALSE(files.status(k_state_folder).has_value());
    CHECK(*base::clear_state_folder(files, k_state_folder) == ClearedState{});
  }

  TEST_CASE("clearing leaves what is not ours by name and content") {
    MemoryFileSystem files;
    const std::vector<std::string> foreign = {
        ".gitignore", ".hidden.tmp", ".scan-start", "CACHEDIR.TAG", "notes.txt", "state.log"};
    for (const std::string& name : foreign) {
      files.put(k_state_folder + "/" + name, "not ours");
    }
    files.put("/p/elsewhere", "not ours");
    files.put_symlink(k_state_folder + "/state.snapshot", "/p/elsewhere");

    const auto cleared = base::clear_state_folder(files, k_state_folder);

    CHECK(*cleared == ClearedState{});
    CHECK(names_in(files, k_state_folder) == foreign);
    CHECK(files.content(k_state_folder + "/state.snapshot") == "not ours");
  }

  TEST_CASE("sweeping removes what killed processes left, and nothing else") {
    MemoryFileSystem files;
    fill_folder(files);
    const auto before = files.files_below("/");
    files.put(k_state_folder + "/.state.snapshot.4711.tmp", "half");

    CHECK(*base::sweep_state_folder(files, k_state_folder) == ClearedState{1, 4, false});

    CHECK(files.files_below("/") == before);
    CHECK(*base::sweep_state_folder(files, k_state_folder) == ClearedState{});
    CHECK(*base::sweep_state_folder(files, "/none") == ClearedState{});
  }

  TEST_CASE("nothing is cleared while another process writes") {
    MemoryFileSystem files;
    fill_folder(files);
    const auto before = files.files_below("/");
    const auto lock = files.lock_directory(k_state_folder);

    CHECK(base::clear_state_folder(files, k_state_folder).error().code == ErrorCode::locked);
    CHECK(files.files_below("/") == before);
  }

  TEST_CASE("a new snapshot takes along what killed processes left") {
    MemoryFileSystem files;
    fill_folder(files);
    const auto before = names_in(files, k_state_folder);
    files.put(k_state_folder + "/.state.snapshot.4711.tmp", "half");
    files.put(k_state_folder + "/.CACHEDIR.TAG.4711.tmp", "");
    files.put(k_state_folder + "/.others.tmp", "not ours");
    StateStore store = open_state(files);

    CHECK(store.compact());

    std::vector<std::string> after = {
        ".gitignore", ".others.tmp", ".scan-start", "CACHEDIR.TAG", "state.snapshot"};
    CHECK(names_in(files, k_state_folder) == after);
  }
}
