#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "base/state_folder.h"
#include "tests/base/state_kit.h"
#include "tests/support/memory_file_system.h"
#include "tests/support/printers.h"

// What becomes of a saved state whose bytes are not those that were written.
using base::StateStore;
using support::MemoryFileSystem;
using test_kit::change_state;
using test_kit::fault_of;
using test_kit::k_facts;
using test_kit::k_state_folder;
using test_kit::k_stats;
using test_kit::open_state;
using test_kit::read_state;
using test_kit::StateContent;
using test_kit::StateReading;

namespace {

const std::string k_snapshot = base::state_snapshot_path(k_state_folder);
const std::string k_log = base::state_log_path(k_state_folder);

// A snapshot with two tables, and a log of three records that change, add and erase.
const std::vector<StateContent> k_states = {
    {{"0/a", "1"}, {"0/b", "two"}, {"0/stays", "4"}, {"1/a", "facts"}, {"1/stays", "as it is"}},
    {{"0/a", "new"}, {"0/b", "two"}, {"0/stays", "4"}, {"1/a", "other"}, {"1/stays", "as it is"}},
    {{"0/a", "new"}, {"0/c", "3"}, {"0/stays", "4"}, {"1/a", "other"}, {"1/stays", "as it is"}},
    {{"0/a", "1"}, {"0/c", "3"}, {"0/stays", "4"}, {"1/stays", "as it is"}, {"15/z", "last"}},
};

struct Disk {
  std::string snapshot;
  std::string log;
};

Disk healthy_disk() {
  MemoryFileSystem files;
  StateStore store = open_state(files);
  StateContent before;
  for (const StateContent& state : k_states) {
    change_state(store, before, state);
    REQUIRE(store.commit());
    before = state;
  }
  REQUIRE(store.size().generation == 1);
  return {*files.content(k_snapshot), *files.content(k_log)};
}

// Opens and reads what is on `disk`. Says what went wrong.
std::string try_reading(const Disk& disk) {
  MemoryFileSystem files;
  files.put(k_snapshot, disk.snapshot);
  files.put(k_log, disk.log);
  return fault_of(read_state(files), k_states);
}

// Opens what is on `disk`, and goes on from there as a session would. Says what went wrong.
std::string try_disk(const Disk& disk) {
  MemoryFileSystem files;
  files.put(k_snapshot, disk.snapshot);
  files.put(k_log, disk.log);
  StateStore store = open_state(files);
  const StateReading reading = read_state(store);
  std::string fault = fault_of(reading, k_states);
  if (!fault.empty()) {
    return fault;
  }
  if (reading.is_damaged) {
    store.start_over();
  }
  StateContent expected = reading.is_damaged ? StateContent() : reading.content;
  for (const char* key : {"first", "second"}) {
    store.put(k_stats, key, "more");
    expected["0/" + std::string(key)] = "more";
    const base::Status status = store.commit();
    if (!status) {
      return "a commit fails: " + status.error().message;
    }
    const StateReading next = read_state(files);
    if (next.is_damaged || next.content != expected) {
      return "what is committed afterwards is not found";
    }
  }
  return "";
}

// Opens and compacts what is on `disk` without reading it first.
std::string try_compacting(const Disk& disk) {
  MemoryFileSystem files;
  files.put(k_snapshot, disk.snapshot);
  files.put(k_log, disk.log);
  StateStore store = open_state(files);
  const bool was_cold = store.is_cold();
  store.put(k_stats, "more", "1");
  const base::Status status = store.compact();
  const StateReading next = read_state(files);
  if (!status) {
    // It came upon damage: then the next run starts from scratch, in silence.
    return next.is_cold && open_state(files).warning().empty() ? "" : "damage stays on disk";
  }
  std::vector<StateContent> states = was_cold ? std::vector<StateContent>(1) : k_states;
  for (StateContent& state : states) {
    state["0/more"] = "1";
  }
  return next.is_cold || next.is_damaged ? "damage was copied" : fault_of(next, states);
}

void check_disk(const Disk& disk, const std::string& what) {
  const std::string fault = try_disk(disk);
  const std::string compacting_fault = try_compacting(disk);
  if (!fault.empty() || !compacting_fault.empty()) {
    FAIL_CHECK(what << ": " << fault << "; " << compacting_fault);
  }
}

}  // namespace

TEST_SUITE("base/state_damage") {
  TEST_CASE("an undamaged disk gives the last state") {
    const Disk disk = healthy_disk();
    MemoryFileSystem files;
    files.put(k_snapshot, disk.snapshot);
    files.put(k_log, disk.log);

    CHECK(read_state(files).content == k_states.back());
    check_disk(disk, "undamaged");
  }

  TEST_CASE("a log cut at any byte gives the state of its last whole record") {
    const Disk disk = healthy_disk();
    std::size_t last_state = 0;
    std::size_t distinct = 1;
    for (std::size_t size = 0; size <= disk.log.size(); ++size) {
      const Disk cut = {disk.snapshot, disk.log.substr(0, size)};
      check_disk(cut, "log of " + std::to_string(size) + " bytes");
      MemoryFileSystem files;
      files.put(k_snapshot, cut.snapshot);
      files.put(k_log, cut.log);
      const StateContent content = read_state(files).content;
      if (content != k_states[last_state]) {
        ++last_state;
        ++distinct;
        REQUIRE(last_state < k_states.size());
        CHECK(content == k_states[last_state]);
      }
    }
    CHECK(distinct == k_states.size());
  }

  TEST_CASE("a snapshot cut at any byte, or longer than it was, is a cold start") {
    const Disk disk = healthy_disk();
    for (std::size_t size = 0; size < disk.snapshot.size(); ++size) {
      const Disk cut = {disk.snapshot.substr(0, size), disk.log};
      check_disk(cut, "snapshot of " + std::to_string(size) + " bytes");
      MemoryFileSystem files;
      files.put(k_snapshot, cut.snapshot);
      CHECK(open_state(files).is_cold());
      CHECK_FALSE(open_state(files).warning().empty());
    }
    check_disk({disk.snapshot + '\0', disk.log}, "longer snapshot");
    check_disk({disk.snapshot, disk.log + '\0'}, "longer log");
  }

  TEST_CASE("any flipped bit gives a state that was committed, or a cold start") {
    const Disk disk = healthy_disk();
    for (std::size_t bit = 0; bit < 8 * (disk.snapshot.size() + disk.log.size()); ++bit) {
      Disk flipped = disk;
      const std::size_t byte = bit / 8;
      char& changed = byte < disk.snapshot.size() ? flipped.snapshot[byte]
                                                  : flipped.log[byte - disk.snapshot.size()];
      changed = static_cast<char>(changed ^ (1 << bit % 8));
      const std::string fault = try_reading(flipped);
      CHECK_MESSAGE(fault.empty(), "bit " << bit << ": " << fault);
      if (bit % 8 == byte % 8) {
        check_disk(flipped, "bit " + std::to_string(bit));
      }
    }
  }

  TEST_CASE("a bit that flips under an open store is seen when it is read") {
    const Disk disk = healthy_disk();
    for (std::size_t byte = 0; byte < disk.snapshot.size(); ++byte) {
      MemoryFileSystem files;
      files.put(k_snapshot, disk.snapshot);
      files.put(k_log, disk.log);
      StateStore store = open_state(files);
      std::string bytes = disk.snapshot;
      bytes[byte] = static_cast<char>(bytes[byte] ^ 1);
      files.put(k_snapshot, bytes);
      store.put(k_stats, "more", "1");
      REQUIRE(store.commit());

      StateContent expected = k_states.back();
      expected["0/more"] = "1";
      const std::string fault = fault_of(read_state(files), {expected});
      CHECK_MESSAGE(fault.empty(), "byte " << byte << ": " << fault);
    }
  }

  TEST_CASE("nothing is put on top of damage that was seen") {
    const Disk disk = healthy_disk();
    MemoryFileSystem files;
    std::string bytes = disk.snapshot;
    bytes.back() = static_cast<char>(bytes.back() ^ 1);
    files.put(k_snapshot, bytes);
    StateStore store = open_state(files);
    CHECK_FALSE(store.find(k_facts, "stays").has_value());
    REQUIRE(store.damage() == k_snapshot + " holds a damaged value");
    store.put(k_stats, "more", "1");

    const base::Status status = store.commit();

    CHECK(status.error().code == base::ErrorCode::corrupt);
    CHECK(status.error().message == store.damage());
    CHECK(open_state(files).is_cold());
    CHECK(open_state(files).warning().empty());
    store.start_over();
    store.put(k_stats, "again", "1");
    CHECK(store.commit());
    CHECK(read_state(files).content == StateContent{{"0/again", "1"}});
  }

  TEST_CASE("records in another order, twice, or of another snapshot count for nothing") {
    const Disk disk = healthy_disk();
    MemoryFileSystem other;
    StateStore store = open_state(other);
    store.put(k_stats, "a", "of another snapshot");
    REQUIRE(store.commit());
    store.put(k_stats, "b", "in another log");
    REQUIRE(store.commit());
    const std::string foreign = *other.content(k_log);

    check_disk({disk.snapshot, foreign}, "foreign log");
    // 36 bytes of header; what follows are records.
    const std::string header = disk.log.substr(0, 36);
    const std::string records = disk.log.substr(36);
    check_disk({disk.snapshot, header + foreign.substr(36)}, "foreign records");
    check_disk({disk.snapshot, header + records + records}, "records twice");
    check_disk({disk.snapshot, records}, "records without a header");
    for (std::size_t skip = 1; skip < records.size(); ++skip) {
      check_disk({disk.snapshot, header + records.substr(skip)}, "later records only");
    }
  }

  TEST_CASE("a file of zeros, as a loss of power may leave it, is a cold start") {
    const Disk disk = healthy_disk();
    const std::string zeros(disk.snapshot.size(), '\0');
    check_disk({zeros, disk.log}, "snapshot of zeros");
    check_disk({disk.snapshot, std::string(disk.log.size(), '\0')}, "log of zeros");
    for (std::size_t size = 0; size < disk.log.size(); ++size) {
      const std::string log = disk.log.substr(0, size) + std::string(disk.log.size() - size, '\0');
      check_disk({disk.snapshot, log}, "log that ends in zeros");
    }
    for (std::size_t size = 0; size < disk.snapshot.size(); size += 3) {
      check_disk({disk.snapshot.substr(0, size) + zeros.substr(size), disk.log},
                 "snapshot that ends in zeros");
    }
  }
}
