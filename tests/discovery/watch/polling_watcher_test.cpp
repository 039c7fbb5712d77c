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
    disk.put("/root/src/a.ts", "1");
    disk.put("/root/src/in/b.ts", "1");
    disk.put("/shared/c.ts", "1");
    disk.put_symlink("/root/src/link.ts", "/shared/c.ts");
    disk.tick(10'000'000'000);
    watcher_.enter({{"/root"}, {}});
    for (const char* folder : {"/root/src", "/root/src/in"}) {
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
         [](MemoryFileSystem& disk) { disk.put("/root/src/a.ts", "2"); },
         {"/root/src/a.ts"}},
        {"an edit with an old date",
         [](MemoryFileSystem& disk) {
           disk.put_by_rename("/root/src/a.ts", "2");
           disk.set_modified_ns("/root/src/a.ts", 1);
         },
         {"/root/src/a.ts"}},
        {"other rights",
         [](MemoryFileSystem& disk) { disk.set_mode("/root/src/a.ts", 0); },
         {"/root/src/a.ts"}},
        {"a new file",
         [](MemoryFileSystem& disk) { disk.put("/root/src/n.ts", ""); },
         {"/root/src/n.ts"}},
        {"a file less",
         [](MemoryFileSystem& disk) { disk.erase("/root/src/a.ts"); },
         {"/root/src/a.ts"}},
        {"an edit behind a symlink",
         [](MemoryFileSystem& disk) { disk.put("/shared/c.ts", "2"); },
         {"/root/src/link.ts"}},
        {"a new folder",
         [](MemoryFileSystem& disk) { disk.put("/root/src/n/m/x.ts", ""); },
         {"/root/src/n", "/root/src/n/m", "/root/src/n/m/x.ts"}},
        {"a folder less",
         [](MemoryFileSystem& disk) { disk.erase("/root/src/in"); },
         {"/root/src/in"}},
        {"a folder where a file was",
         [](MemoryFileSystem& disk) {
           disk.erase("/root/src/a.ts");
           disk.put("/root/src/a.ts/x.ts", "");
         },
         {"/root/src/a.ts", "/root/src/a.ts/x.ts"}},
        {"a folder that cannot be listed any more",
         [](MemoryFileSystem& disk) { disk.set_mode("/root/src/in", 0); },
         {"/root/src/in", "/root/src/in/b.ts"}},
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
    polled.disk.put("/root/src/a.ts", "2");
    CHECK(polled.told() == Names{"/root/src/a.ts"});
    polled.disk.put("/root/src/a.ts", "3");

    CHECK(polled.told() == Names{"/root/src/a.ts"});

    polled.disk.tick(10'000'000'000);
    CHECK(polled.told() == Names{"/root/src/a.ts"});
    CHECK(polled.told() == Names{});
  }

  TEST_CASE("new folders are watched like those that were asked for") {
    Polled polled;
    polled.disk.put("/root/src/n/x.ts", "1");
    polled.told();
    polled.disk.tick(10'000'000'000);
    polled.told();

    polled.disk.put("/root/src/n/y.ts", "1");

    CHECK(polled.told() == Names{"/root/src/n/y.ts"});
  }

  TEST_CASE("it looks when it is due, and whenever it must be right") {
    Polled polled;
    CHECK(polled->due_in_ns() == 0);
    CHECK(polled.told(Watcher::Look::cheap).empty());
    polled.disk.tick();
    polled.disk.put("/root/src/a.ts", "2");

    CHECK(polled->due_in_ns() == PollingWatcher::k_shortest_interval_ns);
    CHECK(polled.told(Watcher::Look::cheap).empty());
    polled.clock.now += PollingWatcher::k_shortest_interval_ns;
    CHECK(polled.told(Watcher::Look::cheap) == Names{"/root/src/a.ts"});
    polled.disk.tick(10'000'000'000);
    polled.told(Watcher::Look::thorough);
    polled.disk.put("/root/src/a.ts", "3");
    CHECK(polled.told(Watcher::Look::thorough) == Names{"/root/src/a.ts"});
  }

  TEST_CASE("a folder that is not there cannot be watched") {
    Polled polled;

    CHECK(polled->add("/root/none").error().code == base::ErrorCode::not_found);
    CHECK(polled->add("/root/src/a.ts").error().code == base::ErrorCode::not_found);
  }
}
