#include "base/state_store.h"

#include <string>
#include <thread>
#include <vector>

#include <doctest/doctest.h>

#include "base/state_folder.h"
#include "tests/base/state_kit.h"
#include "tests/support/memory_file_system.h"
#include "tests/support/printers.h"

using base::ErrorCode;
using base::StateIdentity;
using base::StateStore;
using support::MemoryFileSystem;
using support::Operation;
using test_kit::change_state;
using test_kit::k_facts;
using test_kit::k_last_table;
using test_kit::k_state_folder;
using test_kit::k_state_identity;
using test_kit::k_stats;
using test_kit::open_state;
using test_kit::read_state;
using test_kit::sound_content;
using test_kit::StateContent;

namespace {

std::uint64_t bytes_on_disk(const MemoryFileSystem& files) {
  std::uint64_t bytes = 0;
  for (const auto& [path, content] : files.files_below(k_state_folder)) {
    bytes += content.size();
  }
  return bytes;
}

struct IdentityCase {
  const char* name;
  StateIdentity reader;
  /// Behind "the saved state in … is not used, this build starts from scratch: ".
  const char* reason;
};

const IdentityCase k_identity_cases[] = {
    {"another build of the program", {1, "build 2", "project"}, nullptr},
    {"an older format", {2, "build 2", "project"}, "an older version of builder wrote it"},
    {"a newer format", {0, "build 0", "project"}, "a newer version of builder wrote it"},
    {"another owner", {1, "build 1", "other"}, "it belongs to another project"},
    {"another owner and build", {1, "build 2", "other"}, "it belongs to another project"},
};

struct BrokenCase {
  const char* name;
  void (*break_it)(MemoryFileSystem& files, const std::string& snapshot);
  const char* reason;
};

const BrokenCase k_broken_cases[] = {
    {"empty",
     [](MemoryFileSystem& files, const std::string& path) { files.put(path, ""); },
     "it is no saved state"},
    {"some other file",
     [](MemoryFileSystem& files, const std::string& path) { files.put(path, "# my notes\n"); },
     "it is no saved state"},
    {"a container of the future",
     [](MemoryFileSystem& files, const std::string& path) {
       std::string bytes = *files.content(path);
       bytes[16] = 2;
       files.put(path, bytes);
     },
     "a newer version of builder wrote it"},
    {"a bit of the header",
     [](MemoryFileSystem& files, const std::string& path) {
       std::string bytes = *files.content(path);
       bytes[40] = static_cast<char>(bytes[40] ^ 1);
       files.put(path, bytes);
     },
     "it is damaged"},
    {"cut short",
     [](MemoryFileSystem& files, const std::string& path) {
       const std::string bytes = *files.content(path);
       files.put(path, bytes.substr(0, bytes.size() - 1));
     },
     "it has not the size that it should have"},
    {"longer than it was",
     [](MemoryFileSystem& files, const std::string& path) {
       files.put(path, *files.content(path) + " ");
     },
     "it has not the size that it should have"},
    {"a symlink",
     [](MemoryFileSystem& files, const std::string& path) {
       files.move(path, "/p/elsewhere");
       files.put_symlink(path, "/p/elsewhere");
     },
     "/p/.cache/builder/state.snapshot is not a regular file"},
    {"without permission",
     [](MemoryFileSystem& files, const std::string& path) { files.set_mode(path, 0); },
     "cannot read /p/.cache/builder/state.snapshot: Permission denied"},
    {"a folder of another user",
     [](MemoryFileSystem& files, const std::string&) {
       files.set_trusted_owner(k_state_folder, false);
     },
     "/p/.cache/builder belongs to another user"},
    {"a folder that everybody may write into",
     [](MemoryFileSystem& files, const std::string&) { files.set_mode(k_state_folder, 0777); },
     "every user may write into /p/.cache/builder"},
};

std::string warning_for(const std::string& reason) {
  return "the saved state in /p/.cache/builder is not used, this build starts from scratch: " +
         reason;
}

void commit(base::FileSystem& files, const StateContent& content) {
  StateStore store = open_state(files);
  change_state(store, read_state(store).content, content);
  REQUIRE(store.commit());
}

const StateContent k_content = {{"0/a", "1"}, {"0/b", "2"}, {"1/a", std::string(1000, 'x')}};

}  // namespace

TEST_SUITE("base/state_store") {
  TEST_CASE("there is nothing at first, and no reason to say so") {
    MemoryFileSystem files;
    const StateStore store = open_state(files);

    CHECK(store.is_cold());
    CHECK(store.warning().empty());
    CHECK(read_state(store).content.empty());
    CHECK(files.files_below("/").empty());
  }

  TEST_CASE("what was committed is found by the next run, through snapshot and log") {
    MemoryFileSystem files;
    StateStore first = open_state(files);
    first.put(k_stats, "b", "2");
    first.put(k_stats, "a", "1");
    first.put(k_facts, "a", "");
    first.put(k_last_table, "", "an empty key");
    CHECK(first.commit());
    first.put(k_stats, "c", "3");
    first.erase(k_stats, "a");
    first.put(k_facts, "a", "new");
    CHECK(first.commit());

    const StateContent expected = {
        {"0/b", "2"}, {"0/c", "3"}, {"1/a", "new"}, {"15/", "an empty key"}};
    CHECK(sound_content(files) == expected);
    CHECK(read_state(first).content == expected);
    CHECK(first.size().log_bytes > 0);
  }

  TEST_CASE("changes are seen before they are committed") {
    MemoryFileSystem files;
    commit(files, k_content);
    StateStore store = open_state(files);

    store.put(k_stats, "a", "changed");
    store.put(k_stats, "aa", "new");
    store.erase(k_stats, "b");
    store.erase(k_facts, "a");
    store.put(k_facts, "a", "again");

    CHECK(read_state(store).content ==
          StateContent{{"0/a", "changed"}, {"0/aa", "new"}, {"1/a", "again"}});
    CHECK(store.size_of(k_stats) == StateStore::TableSize{2, 1 + 7 + 2 + 3});
    CHECK(sound_content(files) == k_content);
  }

  TEST_CASE("a key put in any order is found") {
    MemoryFileSystem files;
    StateStore store = open_state(files);
    StateContent expected;
    for (const char* key : {"m", "z", "a", "n", "b", "m", "z"}) {
      store.put(k_stats, key, key);
      expected["0/" + std::string(key)] = key;
    }
    CHECK(store.commit());

    CHECK(sound_content(files) == expected);
  }

  TEST_CASE("without a change nothing is touched") {
    MemoryFileSystem files;
    commit(files, k_content);
    StateStore store = open_state(files);
    change_state(store, {}, k_content);
    store.erase(k_stats, "not there");
    const auto before = files.files_below("/");
    files.clear_log();

    for (int i = 0; i < 1000; ++i) {
      CHECK(store.commit());
    }

    CHECK_FALSE(store.has_changes());
    CHECK(files.log().empty());
    CHECK(files.files_below("/") == before);
    StateStore cold = StateStore::open(files, "/p/other", k_state_identity);
    CHECK(cold.commit());
    CHECK(cold.compact());
    CHECK(files.files_below("/") == before);
  }

  TEST_CASE("opening reads a header, and a table's values only when they are asked for") {
    MemoryFileSystem files;
    commit(files, k_content);
    files.clear_log();

    const StateStore store = open_state(files);
    CHECK(files.count(Operation::read_at) == 2);
    REQUIRE(store.for_each_key(k_stats, [](auto) {}));
    CHECK(files.count(Operation::read_at) == 3);
    REQUIRE(store.for_each(k_stats, [](auto, auto) {}));
    CHECK(files.count(Operation::read_at) == 4);
    CHECK(store.find(k_facts, "a").has_value());
    CHECK(files.count(Operation::read_at) == 6);
  }

  TEST_CASE("equal content gives equal bytes, whatever led to it") {
    MemoryFileSystem one;
    MemoryFileSystem two;
    commit(one, k_content);
    StateStore store = open_state(two);
    store.put(k_facts, "a", std::string(1000, 'x'));
    store.put(k_stats, "b", "old");
    store.put(k_stats, "gone", "");
    store.put(k_stats, "b", "2");
    store.erase(k_stats, "gone");
    store.put(k_stats, "a", "1");
    REQUIRE(store.commit());

    CHECK(one.files_below("/") == two.files_below("/"));
  }

  TEST_CASE("a thousand small changes take no more room than a few") {
    MemoryFileSystem files;
    commit(files, k_content);
    StateStore store = open_state(files);
    std::uint64_t largest = 0;
    std::string value(5'000, 'v');
    for (int i = 0; i < 1000; ++i) {
      value[0] = static_cast<char>(i);
      value[1] = static_cast<char>(i / 256);
      store.put(k_facts, "edited", value);
      REQUIRE(store.commit());
      largest = std::max(largest, bytes_on_disk(files));
    }

    CHECK(largest < 300'000);
    CHECK(store.size().generation > 2);
    CHECK(files.count(Operation::sync) < 50);
    StateContent expected = k_content;
    expected["1/edited"] = value;
    CHECK(sound_content(files) == expected);
  }

  TEST_CASE("a log may grow to a fifth of a large snapshot") {
    MemoryFileSystem files;
    commit(files, {{"1/large", std::string(8'000'000, 'x')}});
    StateStore store = open_state(files);
    store.put(k_facts, "b", std::string(1'500'000, 'y'));
    REQUIRE(store.commit());
    CHECK(store.size().generation == 1);

    store.put(k_facts, "c", std::string(1'500'000, 'z'));
    REQUIRE(store.commit());

    CHECK(store.size().generation == 2);
    CHECK(store.size().log_bytes == 0);
    CHECK(sound_content(files).size() == 3);
  }

  TEST_CASE("a snapshot is on the medium before it gets its name, and so is the name afterwards") {
    MemoryFileSystem files;
    commit(files, k_content);
    files.clear_log();
    StateStore store = open_state(files);
    store.put(k_stats, "a", "new");
    REQUIRE(store.compact());

    std::vector<std::string> writes;
    for (const support::Access& access : files.log()) {
      if (access.operation == Operation::append || access.operation == Operation::sync ||
          access.operation == Operation::rename) {
        writes.push_back(std::string(to_text(access.operation)) + " " +
                         access.path.substr(k_state_folder.size()));
      }
    }
    const std::string temporary =
        base::state_temporary_path(k_state_folder).substr(k_state_folder.size());
    CHECK(writes ==
          std::vector<std::string>{
              "append " + temporary, "sync " + temporary, "rename /state.snapshot", "sync "});
  }

  TEST_CASE("compacting folds the log into the snapshot, once") {
    MemoryFileSystem files;
    commit(files, {{"0/a", "1"}});
    commit(files, k_content);
    StateStore store = open_state(files);
    REQUIRE(store.size().log_bytes > 0);

    CHECK(store.compact());
    const auto folded = files.files_below("/");
    CHECK(store.compact());

    CHECK(files.files_below("/") == folded);
    CHECK(store.size() == StateStore::Size{store.size().snapshot_bytes, 0, 2});
    CHECK(sound_content(files) == k_content);
    CHECK(read_state(store).content == k_content);
  }

  TEST_CASE("a state of somebody else is not used, and is replaced by the next commit") {
    for (const IdentityCase& row : k_identity_cases) {
      SUBCASE(row.name) {
        MemoryFileSystem files;
        commit(files, k_content);

        StateStore store = StateStore::open(files, k_state_folder, row.reader);
        CHECK(store.is_cold());
        CHECK(store.warning() == (row.reason == nullptr ? "" : warning_for(row.reason)));
        CHECK(read_state(store).content.empty());
        CHECK(files.count(Operation::rename) == 1);
        store.put(k_stats, "mine", "1");
        CHECK(store.commit());

        const StateStore next = StateStore::open(files, k_state_folder, row.reader);
        CHECK(next.warning().empty());
        CHECK(read_state(next).content == StateContent{{"0/mine", "1"}});
      }
    }
  }

  TEST_CASE("a state that cannot be used gives one reason") {
    for (const BrokenCase& row : k_broken_cases) {
      SUBCASE(row.name) {
        MemoryFileSystem files;
        commit(files, k_content);
        row.break_it(files, base::state_snapshot_path(k_state_folder));

        const StateStore store = open_state(files);

        CHECK(store.is_cold());
        CHECK(store.warning() == warning_for(row.reason));
        CHECK(read_state(store).content.empty());
      }
    }
  }

  TEST_CASE("a folder that cannot be trusted is not written into") {
    MemoryFileSystem files;
    files.put_directory(k_state_folder);
    files.set_mode(k_state_folder, 0777);
    StateStore store = open_state(files);
    store.put(k_stats, "a", "1");

    const base::Status status = store.commit();

    CHECK(status.error().message == "every user may write into " + k_state_folder);
    CHECK(files.files_below("/").empty());
  }

  TEST_CASE("a read-only folder is read, and a commit fails and loses nothing") {
    MemoryFileSystem files;
    commit(files, k_content);
    files.set_mode(k_state_folder, 0555);
    files.set_mode(base::state_snapshot_path(k_state_folder), 0444);
    StateStore store = open_state(files);
    CHECK(read_state(store).content == k_content);
    store.put(k_stats, "a", "new");

    CHECK(store.commit().error().code == ErrorCode::io);

    CHECK(store.find(k_stats, "a") == "new");
    CHECK(sound_content(files) == k_content);
    files.set_mode(k_state_folder, 0755);
    CHECK(store.commit());
    CHECK(sound_content(files).at("0/a") == "new");
  }

  TEST_CASE("a log that is a symlink counts for nothing, and what it leads to is left alone") {
    MemoryFileSystem files;
    commit(files, k_content);
    commit(files, {});
    const std::string log = base::state_log_path(k_state_folder);
    files.move(log, "/p/elsewhere");
    files.put_symlink(log, "/p/elsewhere");
    const auto elsewhere = files.content("/p/elsewhere");

    CHECK(sound_content(files) == k_content);
    commit(files, {{"0/z", "1"}});

    CHECK(files.content("/p/elsewhere") == elsewhere);
    CHECK(sound_content(files) == StateContent{{"0/z", "1"}});
  }

  TEST_CASE("starting over forgets all, and the next commit writes what was put since") {
    MemoryFileSystem files;
    commit(files, k_content);
    StateStore store = open_state(files);
    store.put(k_stats, "pending", "1");

    store.start_over();
    CHECK(store.is_cold());
    CHECK_FALSE(store.has_changes());
    CHECK(read_state(store).content.empty());
    CHECK(store.commit());
    CHECK(sound_content(files) == k_content);
    store.put(k_stats, "b", "2");
    CHECK(store.commit());

    CHECK(sound_content(files) == StateContent{{"0/b", "2"}});
  }

  TEST_CASE("values are read by many threads at once") {
    MemoryFileSystem files;
    StateContent content;
    for (int i = 0; i < 200; ++i) {
      content["1/" + std::to_string(i)] = std::string(100, static_cast<char>(i));
    }
    commit(files, content);
    const StateStore store = open_state(files);
    std::vector<int> right(4, 0);

    std::vector<std::thread> threads;
    for (std::size_t worker = 0; worker < right.size(); ++worker) {
      threads.emplace_back([&, worker] {
        for (const auto& [name, value] : content) {
          right[worker] += store.find(k_facts, name.substr(2)) == value ? 1 : 0;
        }
      });
    }
    for (std::thread& thread : threads) {
      thread.join();
    }

    CHECK(right == std::vector<int>(4, 200));
  }
}
