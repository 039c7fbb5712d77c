#include "discovery/watch/inotify_watcher.h"

#include <atomic>
#include <cerrno>
#include <filesystem>
#include <fstream>
#include <functional>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include <unistd.h>

#include <doctest/doctest.h>

#include "base/real_file_system.h"
#include "base/source_path.h"
#include "tests/support/printers.h"
#include "tests/support/temporary_folder.h"

using discovery::FileEvent;
using discovery::InotifyWatcher;
using discovery::Watcher;
using discovery::WatchNews;

namespace fs = std::filesystem;

namespace {

#ifdef NDEBUG
constexpr int k_new_folders = 1000;
#else
constexpr int k_new_folders = 150;
#endif

using Names = std::vector<std::string>;

void write(const std::string& path, std::string_view text = "text") {
  std::ofstream(path, std::ios::binary) << text;
}

/// A folder on the real disk whose tree is watched. Events are in the queue when the call that made
/// them returns, so nothing here waits.
class Watched {
 public:
  explicit Watched(InotifyWatcher::Options options = {}) {
    auto opened = InotifyWatcher::open(
        files_,
        [this](const std::string& folder, int error_number) {
          unwatched.push_back(name_of(folder) + " " + (error_number == ENOSPC ? "limit" : "other"));
        },
        options);
    REQUIRE(opened.has_value());
    watcher_ = *std::move(opened);
    fs::create_directories(root());
    watcher_->enter({{root()}, {root() + "/out"}});
    REQUIRE(watcher_->add(root()).has_value());
  }

  std::string root() const { return folder_.path("root"); }
  std::string path(const std::string& name) const { return folder_.path(name); }
  Watcher& operator*() { return *watcher_; }
  Watcher* operator->() { return watcher_.get(); }

  /// Adds a folder as if somebody needed it.
  void make_watched(const std::string& name) {
    fs::create_directories(path(name));
    REQUIRE(watcher_->add(path(name)).has_value());
    take();
  }

  WatchNews take() {
    WatchNews news = watcher_->take(Watcher::Look::cheap);
    lost = lost || news.has_lost_events;
    return news;
  }

  /// What was told, each path once, relative to the folder of the test.
  Names told() {
    std::set<std::string> names;
    for (const FileEvent& event : take().events) {
      names.insert(name_of(event.path));
    }
    CHECK_FALSE(lost);
    return {names.begin(), names.end()};
  }

  Names folders() {
    std::set<std::string> names;
    for (const std::string& folder : watcher_->folders()) {
      names.insert(name_of(folder));
    }
    return {names.begin(), names.end()};
  }

  /// How many watches the kernel has for this process.
  std::size_t kernel_watches() const {
    std::ifstream info("/proc/self/fdinfo/" + std::to_string(watcher_->descriptor()));
    std::size_t count = 0;
    for (std::string line; std::getline(info, line);) {
      count += line.starts_with("inotify wd:") ? 1U : 0U;
    }
    return count;
  }

  Names unwatched;
  bool lost = false;

 private:
  std::string name_of(const std::string& path) const {
    return base::SourcePath::relative_to(folder_.path(), path).text();
  }

  test_kit::TemporaryFolder folder_;
  base::RealFileSystem files_;
  std::unique_ptr<InotifyWatcher> watcher_;
};

}  // namespace

TEST_SUITE("discovery/inotify_watcher") {
  TEST_CASE("however an editor saves, the file's name is told") {
    struct Style {
      const char* name;
      std::function<void(const std::string& file)> save;
    };
    const std::vector<Style> styles = {
        {"in place", [](const std::string& file) { write(file, "new"); }},
        {"through a temporary file",
         [](const std::string& file) {
           write(file + ".tmp");
           fs::rename(file + ".tmp", file);
         }},
        {"with a backup, as vim does",
         [](const std::string& file) {
           fs::rename(file, file + "~");
           write(file, "new");
           fs::remove(file + "~");
         }},
        {"anew",
         [](const std::string& file) {
           fs::remove(file);
           write(file, "new");
         }},
        {"as another name of a file that is there",
         [](const std::string& file) {
           write(file + ".other");
           fs::remove(file);
           fs::create_hard_link(file + ".other", file);
         }},
        {"as a symlink",
         [](const std::string& file) {
           fs::remove(file);
           fs::create_symlink("elsewhere.ts", file);
         }},
        {"by a change of rights",
         [](const std::string& file) { fs::permissions(file, fs::perms::owner_read); }},
        {"not any more", [](const std::string& file) { fs::remove(file); }},
        {"somewhere else", [](const std::string& file) { fs::rename(file, file + ".moved"); }},
    };
    for (const Style& style : styles) {
      CAPTURE(style.name);
      Watched watched;
      const std::string file = watched.root() + "/a.ts";
      write(file);
      watched.take();

      style.save(file);

      const Names told = watched.told();
      CHECK(std::find(told.begin(), told.end(), "root/a.ts") != told.end());
    }
  }

  TEST_CASE("a file that is being written is told when it is closed") {
    Watched watched;
    write(watched.root() + "/a.ts");
    watched.take();
    std::ofstream file(watched.root() + "/a.ts");
    file << "half" << std::flush;
    CHECK(watched.told().empty());

    file.close();

    CHECK(watched.told() == Names{"root/a.ts"});
  }

  TEST_CASE("whatever is put into new folders at once is told") {
    Watched watched;
    std::set<std::string> told;
    const auto collect = [&] {
      for (const FileEvent& event : watched.take().events) {
        told.insert(event.path);
      }
    };
    std::set<std::string> written;
    for (int i = 0; i < k_new_folders; ++i) {
      written.insert(watched.root() + "/" + std::to_string(i) + "/b/c/d.ts");
    }
    std::atomic<bool> is_written = false;
    std::thread writer([&] {
      for (const std::string& file : written) {
        fs::create_directories(fs::path(file).parent_path());
        write(file);
      }
      is_written = true;
    });

    while (!is_written) {
      collect();
      std::this_thread::yield();
    }
    writer.join();
    collect();

    CHECK_FALSE(watched.lost);
    std::vector<std::string> missed;
    for (const std::string& file : written) {
      if (!told.contains(file)) {
        missed.push_back(file);
      }
    }
    CHECK(missed.empty());
  }

  TEST_CASE("a folder that is moved in is told with all that is in it, and watched") {
    Watched watched;
    fs::create_directories(watched.path("elsewhere/b/c"));
    write(watched.path("elsewhere/b/c/d.ts"));

    fs::rename(watched.path("elsewhere"), watched.root() + "/a");

    CHECK(watched.told() == Names{"root/a", "root/a/b", "root/a/b/c", "root/a/b/c/d.ts"});
    write(watched.root() + "/a/b/c/d.ts");
    CHECK(watched.told() == Names{"root/a/b/c/d.ts"});
  }

  TEST_CASE("a folder that was moved out is not heard of under its old name") {
    Watched watched;
    watched.make_watched("root/a/b");

    fs::rename(watched.root() + "/a", watched.path("elsewhere"));
    CHECK(watched.told() == Names{"root/a"});

    write(watched.path("elsewhere/b/x.ts"));
    CHECK(watched.told().empty());
    CHECK(watched.folders() == Names{"root"});
    CHECK(watched.kernel_watches() == 1);
  }

  TEST_CASE("folders that trade their names are told by their new ones") {
    Watched watched;
    watched.make_watched("root/a");
    watched.make_watched("root/b");
    fs::rename(watched.root() + "/a", watched.root() + "/c");
    fs::rename(watched.root() + "/b", watched.root() + "/a");
    fs::rename(watched.root() + "/c", watched.root() + "/b");
    watched.take();

    write(watched.root() + "/a/was_b.ts");
    write(watched.root() + "/b/was_a.ts");

    CHECK(watched.told() == Names{"root/a/was_b.ts", "root/b/was_a.ts"});
    CHECK(watched.kernel_watches() == 3);
  }

  TEST_CASE("a watched folder that is moved away by itself is told") {
    Watched watched;
    watched.make_watched("far/away");

    fs::rename(watched.path("far/away"), watched.path("far/gone"));

    CHECK(watched.told() == Names{"far/away"});
    CHECK(watched.folders() == Names{"root"});
  }

  TEST_CASE("what the kernel had no room for is said to be lost") {
    std::size_t limit = 0;
    std::ifstream("/proc/sys/fs/inotify/max_queued_events") >> limit;
    if (limit == 0 || limit > 50'000) {
      MESSAGE("skipped: the queue is too long to be filled");
      return;
    }
    Watched watched;
    for (std::size_t i = 0; i <= limit / 2; ++i) {
      write(watched.root() + "/" + std::to_string(i));
    }

    CHECK(watched.take().has_lost_events);

    write(watched.root() + "/after.ts");
    const WatchNews news = watched.take();
    CHECK_FALSE(news.has_lost_events);
    CHECK(news.events.size() == 2);
  }

  TEST_CASE("a folder that is deleted and made again can be watched again") {
    Watched watched;
    fs::remove_all(watched.root());
    CHECK(watched.told() == Names{"root"});
    CHECK(watched->add(watched.root()).error().code == base::ErrorCode::not_found);
    fs::create_directories(watched.root());

    CHECK(watched->add(watched.root()).has_value());

    write(watched.root() + "/a.ts");
    CHECK(watched.told() == Names{"root/a.ts"});
  }

  TEST_CASE("a folder with several names is told by each of them") {
    Watched watched;
    fs::create_directories(watched.path("real"));
    fs::create_directory_symlink(watched.path("real"), watched.path("link"));
    REQUIRE(watched->add(watched.path("real")).has_value());
    REQUIRE(watched->add(watched.path("link")).has_value());

    write(watched.path("real/a.ts"));
    CHECK(watched.told() == Names{"link/a.ts", "real/a.ts"});

    watched->remove(watched.path("real"));
    write(watched.path("real/a.ts"));
    CHECK(watched.told() == Names{"link/a.ts"});
  }

  TEST_CASE("a link to another folder is another folder once it is asked for") {
    Watched watched;
    fs::create_directories(watched.path("old"));
    fs::create_directories(watched.path("new"));
    fs::create_directory_symlink("old", watched.path("link"));
    REQUIRE(watched->add(watched.path("link")).has_value());
    fs::remove(watched.path("link"));
    fs::create_directory_symlink("new", watched.path("link"));

    REQUIRE(watched->add(watched.path("link")).has_value());

    write(watched.path("old/a.ts"));
    write(watched.path("new/b.ts"));
    CHECK(watched.told() == Names{"link/b.ts"});
  }

  TEST_CASE("new folders of packages, of git and of builds are told and not entered") {
    Watched watched;
    for (const char* name : {"node_modules", ".git", "out", "src"}) {
      fs::create_directories(watched.path("root/") + name + "/in");
    }

    CHECK(watched.told() ==
          Names{"root/.git", "root/node_modules", "root/out", "root/src", "root/src/in"});
    CHECK(watched.folders() == Names{"root", "root/src", "root/src/in"});
  }

  TEST_CASE("outside of the trees new folders are told and not entered") {
    Watched watched;
    watched.make_watched("far");

    fs::create_directories(watched.path("far/new/in"));

    CHECK(watched.told() == Names{"far/new"});
  }

  TEST_CASE("folders beyond the limit are handed on, those that come later too") {
    Watched watched({2});
    fs::create_directories(watched.root() + "/a/b");
    watched.take();

    CHECK(watched.unwatched == Names{"root/a/b limit"});
    CHECK(watched.folders() == Names{"root", "root/a"});
    fs::remove_all(watched.root() + "/a");
    watched.take();
    fs::create_directories(watched.root() + "/c");
    watched.take();
    CHECK(watched.folders() == Names{"root", "root/c"});
  }

  TEST_CASE("no watch outlives its folder") {
    Watched watched;
    for (int i = 0; i < 100; ++i) {
      const std::string folder = watched.root() + "/" + std::to_string(i % 7);
      fs::create_directories(folder + "/in");
      watched.take();
      if (i % 3 == 0) {
        fs::rename(folder, watched.path("moved") + std::to_string(i));
      } else {
        fs::remove_all(folder);
      }
      watched.take();
    }

    CHECK_FALSE(watched.lost);
    CHECK(watched.folders() == Names{"root"});
    CHECK(watched.kernel_watches() == 1);
  }
}
