#include "base/state_store.h"

#include <map>
#include <string>

#include <doctest/doctest.h>

#include "tests/support/memory_file_system.h"
#include "tests/support/printers.h"

using base::StateIdentity;
using base::StateStore;
using base::StateTable;
using support::MemoryFileSystem;

namespace {

constexpr StateTable k_stats{0};
constexpr StateTable k_facts{3};
const std::string k_folder = "/p/.cache/builder";
const StateIdentity k_identity{1, "build 1", "project /p"};

StateStore opened(base::FileSystem& files) {
  return StateStore::open(files, k_folder, k_identity);
}

std::map<std::string, std::string> content_of(const StateStore& store, StateTable table) {
  std::map<std::string, std::string> content;
  std::string last;
  const base::Status status = store.for_each(table, [&](auto key, auto value) {
    CHECK((content.empty() || last < key));
    last = key;
    content.emplace(key, value);
  });
  CHECK(status.has_value());
  for (const auto& [key, value] : content) {
    CHECK(store.find(table, key) == value);
  }
  return content;
}

using Content = std::map<std::string, std::string>;

}  // namespace

TEST_SUITE("base/state_store") {
  TEST_CASE("there is nothing at first, and no reason to say so") {
    MemoryFileSystem files;
    const StateStore store = opened(files);

    CHECK(store.is_cold());
    CHECK(store.warning().empty());
    CHECK(content_of(store, k_stats).empty());
    CHECK_FALSE(store.find(k_stats, "a").has_value());
    CHECK(files.files_below("/").empty());
  }

  TEST_CASE("what was committed is found by the next run, through snapshot and log") {
    MemoryFileSystem files;
    StateStore first = opened(files);
    first.put(k_stats, "b", "2");
    first.put(k_stats, "a", "1");
    first.put(k_facts, "a", "");
    CHECK(first.commit().has_value());
    first.put(k_stats, "c", "3");
    first.erase(k_stats, "a");
    first.put(k_facts, "a", "new");
    CHECK(first.commit().has_value());

    const StateStore second = opened(files);

    CHECK_FALSE(second.is_cold());
    CHECK(second.warning().empty());
    CHECK(content_of(second, k_stats) == Content{{"b", "2"}, {"c", "3"}});
    CHECK(content_of(second, k_facts) == Content{{"a", "new"}});
    CHECK(content_of(first, k_stats) == content_of(second, k_stats));
    CHECK(second.damage().empty());
  }
}
