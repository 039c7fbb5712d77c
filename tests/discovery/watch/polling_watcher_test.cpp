#include "discovery/watch/polling_watcher.h"

#include <functional>
#include <set>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "base/source_path.h"
#include "tests/support/memory_file_system.h"
#include "tests/support/printers.h"

using discovery::FileEvent;
using discovery::PollingWatcher;
using discovery::Watcher;
using support::MemoryFileSystem;

namespace {

using Names = std::vector<std::string>;

/// Moves when the test says so.
class HandClock final : public base::Clock {
 public:
  std::int64_t now_ns() override { return now; }
  std::int64_t now = 0;
};

class Polled {
 public:
  Polled() : watcher_(disk, clock) {
    disk.put("/disk/src/a.ts", "1");
    disk.put("/disk/src/in/b.ts", "1");
    disk.put("/shared/c.ts", "1");
    disk.put_symlink("/disk/src/link.ts", "/shared/c.ts");
    disk.tick(10'000'000'000);
    watcher_.enter({{"/disk"}, {}});
    for (const char* folder : {"/disk/src", "/disk/src/in"}) {
      REQUIRE(watcher_.add(folder).has_value());
    }
  }

  Names told(Watcher::Look look = Watcher::Look::thorough) {
    std::set<std::string> names;
    for (const FileEvent& event : watcher_.take(look).events) {
      names.insert(event.path);
    }
    return {names.begin(), names.end()};
  }
  PollingWatcher* operator->() { return &watcher_; }

  MemoryFileSystem disk;
  HandClock clock;

 private:
  PollingWatcher watcher_;
};

}  // namespace

TEST_SUITE("discovery/polling_watcher") {
  TEST_CASE("what differs from the last look is told") {
    struct Change {
      const char* name;
      std::function<void(MemoryFileSystem& disk)> make;
      Names told;
    };
    const std::vector<Change> changes = {
        {"nothing", [](MemoryFileSystem&) {}, {}},
        {"an edit",
         [](MemoryFileSystem& disk) { disk.put("/disk/src/a.ts", "2"); },
         {"/disk/src/a.ts"}},
        {"an edit with an old date",
         [](MemoryFileSystem& disk) {
           disk.put_by_rename("/disk/src/a.ts", "2");
           disk.set_modified_ns("/disk/src/a.ts", 1);
         },
         {"/disk/src/a.ts"}},
        {"other rights",
         [](MemoryFileSystem& disk) { disk.set_mode("/disk/src/a.ts", 0); },
         {"/disk/src/a.ts"}},
        {"a new file",
         [](MemoryFileSystem& disk) { disk.put("/disk/src/n.ts", ""); },
         {"/disk/src/n.ts"}},
        {"a file less",
         [](MemoryFileSystem& disk) { disk.erase("/disk/src/a.ts"); },
         {"/disk/src/a.ts"}},
        {"an edit behind a symlink",
         [](MemoryFileSystem& disk) { disk.put("/shared/c.ts", "2"); },
         {"/disk/src/link.ts"}},
        {"a new folder",
         [](MemoryFileSystem& disk) { disk.put("/disk/src/n/m/x.ts", ""); },
         {"/disk/src/n", "/disk/src/n/m", "/disk/src/n/m/x.ts"}},
        {"a folder less",
         [](MemoryFileSystem& disk) { disk.erase("/disk/src/in"); },
         {"/disk/src/in"}},
        {"a folder where a file was",
         [](MemoryFileSystem& disk) {
           disk.erase("/disk/src/a.ts");
           disk.put("/disk/src/a.ts/x.ts", "");
         },
         {"/disk/src/a.ts", "/disk/src/a.ts/x.ts"}},
        {"a folder that cannot be listed any more",
         [](MemoryFileSystem& disk) { disk.set_mode("/disk/src/in", 0); },
         {"/disk/src/in", "/disk/src/in/b.ts"}},
    };
    for (const Change& change : changes) {
      CAPTURE(change.name);
      Polled polled;
      CHECK(polled.told() == Names{});

      polled.disk.tick();
      change.make(polled.disk);

      CHECK(polled.told() == change.told);
    }
  }

  TEST_CASE("a file that was just written is told again, since its stamp may hide another edit") {
    Polled polled;
    polled.disk.put("/disk/src/a.ts", "2");
    CHECK(polled.told() == Names{"/disk/src/a.ts"});
    polled.disk.put("/disk/src/a.ts", "3");

    CHECK(polled.told() == Names{"/disk/src/a.ts"});

    polled.disk.tick(10'000'000'000);
    CHECK(polled.told() == Names{"/disk/src/a.ts"});
    CHECK(polled.told() == Names{});
  }

  TEST_CASE("new folders are watched like those that were asked for") {
    Polled polled;
    polled.disk.put("/disk/src/n/x.ts", "1");
    polled.told();
    polled.disk.tick(10'000'000'000);
    polled.told();

    polled.disk.put("/disk/src/n/y.ts", "1");

    CHECK(polled.told() == Names{"/disk/src/n/y.ts"});
  }

  TEST_CASE("it looks when it is due, and whenever it must be right") {
    Polled polled;
    CHECK(polled->due_in_ns() == 0);
    CHECK(polled.told(Watcher::Look::cheap).empty());
    polled.disk.tick();
    polled.disk.put("/disk/src/a.ts", "2");

    CHECK(polled->due_in_ns() == PollingWatcher::k_shortest_interval_ns);
    CHECK(polled.told(Watcher::Look::cheap).empty());
    polled.clock.now += PollingWatcher::k_shortest_interval_ns;
    CHECK(polled.told(Watcher::Look::cheap) == Names{"/disk/src/a.ts"});
    polled.disk.tick(10'000'000'000);
    polled.told(Watcher::Look::thorough);
    polled.disk.put("/disk/src/a.ts", "3");
    CHECK(polled.told(Watcher::Look::thorough) == Names{"/disk/src/a.ts"});
  }

  TEST_CASE("a folder that is not there cannot be watched") {
    Polled polled;

    CHECK(polled->add("/disk/none").error().code == base::ErrorCode::not_found);
    CHECK(polled->add("/disk/src/a.ts").error().code == base::ErrorCode::not_found);
  }

  TEST_CASE("a folder that is away only while somebody asks for it is told when it is back") {
    Polled polled;
    polled->remove("/disk/src/in");
    polled.disk.erase("/disk/src/in");
    CHECK_FALSE(polled->add("/disk/src/in").has_value());
    polled.disk.put("/disk/src/in/b.ts", "1");

    CHECK(polled.told() == Names{"/disk/src/in", "/disk/src/in/b.ts"});
  }

  TEST_CASE("a folder that is away for one moment of a look is told when it is back") {
    Polled polled;
    polled.disk.fail(support::Operation::status,
                     "/disk/src/in",
                     base::Error{base::ErrorCode::not_found, "away"},
                     1);
    CHECK(polled.told() == Names{"/disk/src/in"});

    CHECK(polled.told() == Names{"/disk/src/in", "/disk/src/in/b.ts"});
    CHECK(polled.told() == Names{});
  }
}
