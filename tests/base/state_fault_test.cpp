#include <functional>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "base/state_folder.h"
#include "tests/base/state_kit.h"
#include "tests/support/faulty_file_system.h"
#include "tests/support/memory_file_system.h"
#include "tests/support/printers.h"

// What becomes of a saved state when the process dies, the disk fails or is full, or another
// process is in the way.
using base::ErrorCode;
using base::StateStore;
using support::FaultyFileSystem;
using support::MemoryFileSystem;
using test_kit::change_state;
using test_kit::fault_of;
using test_kit::k_facts;
using test_kit::k_state_folder;
using test_kit::k_stats;
using test_kit::open_state;
using test_kit::read_state;
using test_kit::sound_content;
using test_kit::StateContent;
using test_kit::StateReading;

namespace {

// Each step is one process, which opens the state, brings it to a content, and commits it so.
struct Step {
  StateContent content;
  bool is_compacting = false;
};

const std::string k_large(1'050'000, 'x');

// Creates a snapshot, begins a log, goes on with it, outgrows it, begins another, folds it, begins
// one more.
const std::vector<Step> k_steps = {
    {{{"0/a", "1"}, {"1/a", "facts"}}},
    {{{"0/a", "2"}, {"1/a", "facts"}}},
    {{{"0/a", "2"}, {"0/b", "3"}}},
    {{{"0/a", "2"}, {"0/b", "3"}, {"1/b", k_large}}},
    {{{"0/a", "4"}}},
    {{{"0/a", "4"}, {"0/c", "5"}}, true},
};

// What the disk may hold, from before the first step that may have been lost, up to the last one
// tried.
using Possible = std::vector<StateContent>;

base::Status run_step(base::FileSystem& files, const Step& step) {
  StateStore store = open_state(files);
  const StateReading reading = read_state(store);
  if (reading.is_damaged) {
    store.start_over();
  }
  change_state(store, reading.is_damaged ? StateContent() : reading.content, step.content);
  return step.is_compacting ? store.compact() : store.commit();
}

Possible run_steps(base::FileSystem& files) {
  Possible possible = {{}};
  for (const Step& step : k_steps) {
    const base::Status status = run_step(files, step);
    if (status) {
      possible.clear();
    }
    possible.push_back(step.content);
  }
  return possible;
}

std::size_t try_every_call(FaultyFileSystem::Fault fault) {
  for (std::size_t good_calls = 0;; ++good_calls) {
    MemoryFileSystem files;
    FaultyFileSystem faulty(files, good_calls, fault);
    const Possible possible = run_steps(faulty);

    const StateReading reading = read_state(files);
    const std::string problem = fault_of(reading, possible);
    CHECK_MESSAGE(problem.empty(), "call " << good_calls << ": " << problem);
    CHECK_FALSE(reading.is_damaged);
    CHECK(open_state(files).warning().empty());
    if (fault == FaultyFileSystem::Fault::forever) {
      // A process that died takes nothing with it.
      CHECK(reading.is_cold == (reading.content.empty() && possible[0].empty()));
    }
    // Whatever is left does not hinder the next.
    for (const Step& step : {k_steps[2], k_steps[0]}) {
      CHECK(run_step(files, step));
      CHECK(sound_content(files) == step.content);
    }
    CHECK(run_step(files, k_steps.back()));
    CHECK(files.files_below(k_state_folder).size() == 3);
    if (!faulty.has_failed()) {
      return good_calls;
    }
  }
}

}  // namespace

TEST_SUITE("base/state_fault") {
  TEST_CASE("a process may die at any call: the state is as before its commit or as after") {
    CHECK(try_every_call(FaultyFileSystem::Fault::forever) > 60);
  }

  TEST_CASE("any call may fail: the state is right, and the next commit mends it") {
    CHECK(try_every_call(FaultyFileSystem::Fault::once) > 60);
  }

  TEST_CASE("a disk may be full at any byte, and have room again") {
    const StateContent before = {{"0/a", "1"}, {"1/a", std::string(100, 'x')}};
    for (const bool is_compacting : {false, true}) {
      for (std::uint64_t room = 0; room < 1200; room += 7) {
        MemoryFileSystem files;
        StateStore store = open_state(files);
        change_state(store, {}, before);
        REQUIRE(store.commit());
        std::uint64_t used = 0;
        for (const auto& [path, content] : files.files_below("/")) {
          used += content.size();
        }
        StateContent after = before;
        after["0/b"] = std::string(50, 'b');
        change_state(store, before, after);
        files.set_capacity_bytes(used + room);

        const base::Status status = is_compacting ? store.compact() : store.commit();
        const StateContent expected = status ? after : before;
        CHECK(sound_content(files) == expected);
        CHECK(read_state(store).content == after);
        files.set_capacity_bytes(1'000'000);
        CHECK(store.commit());
        CHECK(sound_content(files) == after);
        CHECK(files.files_below(k_state_folder).size() <= 4);
      }
    }
  }

  TEST_CASE("the first commit of all may find the disk full") {
    MemoryFileSystem files;
    files.set_capacity_bytes(100);
    StateStore store = open_state(files);
    store.put(k_stats, "a", "1");

    const base::Status status = store.commit();

    CHECK(status.error().code == ErrorCode::io);
    CHECK(status.error().message.ends_with("No space left on device"));
    CHECK(sound_content(files).empty());
    CHECK_FALSE(files.content(base::state_temporary_path(k_state_folder)).has_value());
  }

  TEST_CASE("of two processes the one that commits last has its view saved") {
    struct Order {
      const char* name;
      std::function<void(StateStore& first, StateStore& second)> run;
      StateContent expected;
    };
    const auto commit = [](StateStore& store, const char* key) {
      store.put(k_stats, key, "1");
      CHECK(store.commit());
    };
    const Order orders[] = {
        {"one after the other",
         [&](StateStore& first, StateStore& second) {
           commit(first, "a");
           commit(second, "b");
         },
         {{"0/b", "1"}, {"0/old", "1"}}},
        {"in turns",
         [&](StateStore& first, StateStore& second) {
           commit(first, "a");
           commit(second, "b");
           commit(first, "c");
         },
         {{"0/a", "1"}, {"0/c", "1"}, {"0/old", "1"}}},
        {"the second replaces the snapshot",
         [&](StateStore& first, StateStore& second) {
           commit(second, "b");
           CHECK(second.compact());
           commit(first, "a");
         },
         {{"0/a", "1"}, {"0/old", "1"}}},
        {"the second starts over",
         [&](StateStore& first, StateStore& second) {
           second.start_over();
           commit(second, "b");
           commit(first, "a");
           commit(first, "c");
         },
         {{"0/a", "1"}, {"0/c", "1"}, {"0/old", "1"}}},
    };
    for (const Order& row : orders) {
      SUBCASE(row.name) {
        MemoryFileSystem files;
        {
          StateStore store = open_state(files);
          commit(store, "old");
        }
        StateStore first = open_state(files);
        StateStore second = open_state(files);

        row.run(first, second);

        CHECK(sound_content(files) == row.expected);
      }
    }
  }

  TEST_CASE("a state of equal generation and equal size is still another one") {
    MemoryFileSystem files;
    StateStore first = open_state(files);
    first.put(k_stats, "a", "1");
    REQUIRE(first.commit());
    first.put(k_stats, "a", "2");
    REQUIRE(first.commit());
    const StateStore::Size size = first.size();

    files.erase(k_state_folder);
    StateStore second = open_state(files);
    second.put(k_stats, "b", "1");
    REQUIRE(second.commit());
    second.put(k_stats, "b", "2");
    REQUIRE(second.commit());
    REQUIRE(second.size() == size);
    first.put(k_stats, "c", "3");
    CHECK(first.commit());

    CHECK(sound_content(files) == StateContent{{"0/a", "2"}, {"0/c", "3"}});
  }

  TEST_CASE("a log that grew and shrank to the same size is still another one") {
    MemoryFileSystem files;
    StateStore first = open_state(files);
    first.put(k_stats, "a", "1");
    REQUIRE(first.commit());
    const std::string log = base::state_log_path(k_state_folder);
    StateStore second = open_state(files);
    first.put(k_stats, "a", "2");
    REQUIRE(first.commit());
    const StateStore::Size size = first.size();
    files.erase(log);
    second.put(k_stats, "b", "2");
    REQUIRE(second.commit());
    REQUIRE(second.size() == size);

    first.put(k_stats, "c", "3");
    CHECK(first.commit());

    CHECK(sound_content(files) == StateContent{{"0/a", "2"}, {"0/c", "3"}});
  }

  TEST_CASE("a reader keeps what it opened while another process replaces it") {
    MemoryFileSystem files;
    StateStore writer = open_state(files);
    writer.put(k_stats, "a", "old");
    writer.put(k_facts, "a", "old facts");
    REQUIRE(writer.commit());
    const StateStore reader = open_state(files);

    writer.put(k_stats, "a", "new");
    writer.erase(k_facts, "a");
    REQUIRE(writer.compact());

    CHECK(read_state(reader).content == StateContent{{"0/a", "old"}, {"1/a", "old facts"}});
  }

  TEST_CASE("whoever finds the folder locked does not save, and may try again") {
    MemoryFileSystem files;
    files.put_directory(k_state_folder);
    StateStore store = open_state(files);
    store.put(k_stats, "a", "1");
    auto lock = files.lock_directory(k_state_folder);

    CHECK(store.commit().error().code == ErrorCode::locked);
    CHECK(sound_content(files).empty());
    lock->reset();
    CHECK(store.commit());

    CHECK(sound_content(files) == StateContent{{"0/a", "1"}});
  }

  TEST_CASE("a folder that is deleted under a running process is made again, whole") {
    MemoryFileSystem files;
    StateStore store = open_state(files);
    store.put(k_stats, "a", "1");
    REQUIRE(store.commit());
    files.erase("/p/.cache");

    store.put(k_stats, "b", "2");
    CHECK(store.commit());

    CHECK(sound_content(files) == StateContent{{"0/a", "1"}, {"0/b", "2"}});
  }

  TEST_CASE("a log left over by a process that died before it could delete it is replaced") {
    MemoryFileSystem files;
    StateStore store = open_state(files);
    store.put(k_stats, "a", "1");
    REQUIRE(store.commit());
    store.put(k_stats, "a", "2");
    REQUIRE(store.commit());
    const std::string log = *files.content(base::state_log_path(k_state_folder));
    REQUIRE(store.compact());
    files.put(base::state_log_path(k_state_folder), log);

    StateStore next = open_state(files);
    CHECK(read_state(next).content == StateContent{{"0/a", "2"}});
    next.put(k_stats, "b", "3");
    CHECK(next.commit());

    CHECK(next.size().generation == 2);
    CHECK(sound_content(files) == StateContent{{"0/a", "2"}, {"0/b", "3"}});
  }
}
