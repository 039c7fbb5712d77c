#include <csignal>
#include <filesystem>
#include <fstream>
#include <set>
#include <string>
#include <vector>

#include <sys/wait.h>
#include <unistd.h>

#include <doctest/doctest.h>

#include "base/real_file_system.h"
#include "base/state_folder.h"
#include "base/state_store.h"
#include "tests/base/state_kit.h"
#include "tests/support/printers.h"
#include "tests/support/temporary_folder.h"

// The saved state on the machine's own disk, with processes that are killed and that compete.
using base::RealFileSystem;
using base::StateStore;
using test_kit::k_facts;
using test_kit::k_state_identity;
using test_kit::k_stats;
using test_kit::TemporaryFolder;

namespace {

// Commit after commit, each of which leaves one number in both tables; small values go to the log,
// and now and then a large one makes a new snapshot.
[[noreturn]] void commit_for_ever(const std::string& folder, unsigned first) {
  RealFileSystem files;
  StateStore store = StateStore::open(files, folder, k_state_identity);
  for (unsigned number = first;; ++number) {
    const std::size_t size = number % 16 == 0 ? 600'000 : 100;
    store.put(k_stats, "number", std::to_string(number));
    store.put(k_facts, "number", std::to_string(number));
    store.put(k_facts, "padding", std::string(size, static_cast<char>(number)));
    static_cast<void>(store.commit());
  }
}

pid_t start_committing(const std::string& folder, unsigned first) {
  const pid_t child = ::fork();
  if (child == 0) {
    commit_for_ever(folder, first);
  }
  return child;
}

void kill_and_wait(pid_t child) {
  ::kill(child, SIGKILL);
  int status = 0;
  REQUIRE(::waitpid(child, &status, 0) == child);
  // Not of a crash before.
  CHECK(WTERMSIG(status) == SIGKILL);
}

// Empty, or what is wrong with what is on disk.
std::string fault_of(const std::string& folder) {
  RealFileSystem files;
  const StateStore store = StateStore::open(files, folder, k_state_identity);
  const test_kit::StateReading reading = test_kit::read_state(store);
  if (!store.warning().empty()) {
    return store.warning();
  }
  if (reading.is_damaged) {
    return store.damage();
  }
  if (store.find(k_stats, "number") != store.find(k_facts, "number")) {
    return "half of a commit";
  }
  return reading.contradiction;
}

std::string number_on_disk(const std::string& folder) {
  RealFileSystem files;
  return StateStore::open(files, folder, k_state_identity).find(k_stats, "number").value_or("");
}

}  // namespace

TEST_SUITE("base/state_process") {
  TEST_CASE("killed at any moment, a process leaves a whole state") {
    const TemporaryFolder root;
    const std::string folder = root.path("cache");
    for (unsigned round = 0; round < 25; ++round) {
      const pid_t child = start_committing(folder, round * 1'000'000);
      REQUIRE(child > 0);
      ::usleep(500 + round * 1'300);
      kill_and_wait(child);

      CHECK(fault_of(folder) == "");
    }
    CHECK(std::filesystem::exists(base::state_snapshot_path(folder)));
  }

  TEST_CASE("processes that write and read at once see whole states only") {
    const TemporaryFolder root;
    const std::string folder = root.path("cache");
    std::vector<pid_t> children;
    for (unsigned i = 0; i < 3; ++i) {
      children.push_back(start_committing(folder, i * 1'000'000));
      REQUIRE(children.back() > 0);
    }
    // Until there was something to see, however slow the machine.
    std::set<std::string> seen;
    for (int round = 0; seen.size() < 20 && round < 20'000; ++round) {
      CHECK(fault_of(folder) == "");
      seen.insert(number_on_disk(folder));
      ::usleep(1'000);
    }
    for (const pid_t child : children) {
      kill_and_wait(child);
    }
    CHECK(seen.size() == 20);
    CHECK(fault_of(folder) == "");
  }

  TEST_CASE("a snapshot that another program cuts under its reader is damage, not a signal") {
    const TemporaryFolder root;
    const std::string folder = root.path("cache");
    RealFileSystem files;
    StateStore store = StateStore::open(files, folder, k_state_identity);
    for (int i = 0; i < 1000; ++i) {
      store.put(k_facts, std::to_string(i), std::string(1000, 'x'));
    }
    REQUIRE(store.commit());
    REQUIRE(store.find(k_facts, "7").has_value());

    std::filesystem::resize_file(base::state_snapshot_path(folder), 100);

    CHECK_FALSE(store.find(k_facts, "8").has_value());
    CHECK(store.damage().ends_with("state.snapshot ends too early"));
  }

  TEST_CASE("the folder and its files are for their user alone, and no link is followed") {
    const TemporaryFolder root;
    const std::string folder = root.path("cache");
    RealFileSystem files;
    const auto commit = [&](const std::string& value) {
      StateStore store = StateStore::open(files, folder, k_state_identity);
      store.put(k_stats, "a", value);
      CHECK(store.commit());
    };
    commit("1");
    CHECK(files.status(folder)->mode == 0700);
    std::ofstream(root.path("victim")) << "mine";
    std::filesystem::create_symlink(root.path("victim"), base::state_log_path(folder));
    std::filesystem::create_symlink(root.path("victim"), base::state_temporary_path(folder));

    commit("2");

    std::string victim;
    std::getline(std::ifstream(root.path("victim")), victim);
    CHECK(victim == "mine");
    CHECK(StateStore::open(files, folder, k_state_identity).find(k_stats, "a") == "2");
  }
}
