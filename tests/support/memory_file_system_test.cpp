#include "tests/support/memory_file_system.h"

#include <algorithm>
#include <filesystem>
#include <string>
#include <vector>

#include <unistd.h>

#include <doctest/doctest.h>

#include "base/real_file_system.h"

using base::ErrorCode;
using support::MemoryFileSystem;
using support::Operation;

namespace {

// What a call came to, as text: so that the two file systems can be compared line by line.
template <typename T>
std::string outcome(const base::Result<T>& result) {
  return result ? "ok" : "error " + std::to_string(static_cast<int>(result.error().code));
}

std::string names_in(base::FileSystem& files, const std::string& path) {
  auto entries = files.list(path);
  if (!entries) {
    return outcome(entries);
  }
  std::sort(entries->begin(), entries->end(), [](const auto& left, const auto& right) {
    return left.name < right.name;
  });
  std::string text;
  for (const base::DirectoryEntry& entry : *entries) {
    text += entry.name + ":" + std::to_string(static_cast<int>(entry.kind)) + " ";
  }
  return text;
}

std::string content_of(base::FileSystem& files, const std::string& path, std::uint64_t limit) {
  std::string content;
  const auto status = files.read(path, content, limit);
  return status ? content + " " + std::to_string(status->stamp.size_bytes) : outcome(status);
}

// What was opened stays readable when it is gone; nothing is read behind its end.
std::string open_content_of(base::FileSystem& files, const std::string& path) {
  const auto file = files.open_file(path);
  if (!file) {
    return outcome(file);
  }
  std::string content((*file)->size_bytes(), '?');
  CHECK(files.rename(path, path + ".moved").has_value());
  CHECK((*file)->read_at(0, content).has_value());
  CHECK(files.rename(path + ".moved", path).has_value());
  std::string beyond(content.size(), '?');
  return content + " " + outcome((*file)->read_at(1, beyond));
}

// One story, told to any file system that holds: a/link -> ../b, a/up -> loop2, a/loop2 -> up,
// a/gone -> nowhere.
std::vector<std::string> story(base::FileSystem& files, const std::string& root) {
  std::vector<std::string> lines;
  lines.push_back(outcome(files.create_directories(root + "/b/c/d")));
  lines.push_back(outcome(files.create_directories(root + "/b/c/d")));
  lines.push_back(outcome(files.write_atomically(root + "/b/c/one.txt", "one")));
  lines.push_back(outcome(files.write_atomically(root + "/a/link/two.txt", "two")));
  lines.push_back(outcome(files.write_atomically(root + "/missing/x.txt", "")));
  lines.push_back(outcome(files.write_atomically(root + "/b/c", "a directory is in the way")));
  lines.push_back(outcome(files.append(root + "/b/log", "1")));
  lines.push_back(outcome(files.append(root + "/b/log", "2")));
  lines.push_back(outcome(files.append(root + "/missing/log", "2")));
  lines.push_back(outcome(files.append(root + "/a/gone", "through a dangling link")));
  lines.push_back(outcome(files.create_directories(root + "/b/log/x")));
  lines.push_back(outcome(files.create_private_directory(root + "/private/x")));
  lines.push_back(outcome(files.create_private_directory(root + "/b")));
  lines.push_back(outcome(files.create_private_directory(root + "/b/log")));
  for (const char* path : {"/private", "/private/x", "/b"}) {
    lines.push_back(std::to_string(files.status(root + path)->mode));
  }
  for (const char* path : {"/b", "/b/log", "/a/link", "/a/gone", "/missing"}) {
    lines.push_back(outcome(files.sync(root + path)));
    lines.push_back(open_content_of(files, root + path));
    lines.push_back(files.disk_time(root + path).device ? "marked" : "unmarked");
  }
  lines.push_back(files.disk_time(root + "/b/marker").device ? "marked" : "unmarked");
  lines.push_back(files.disk_time(root + "/missing/marker").device ? "marked" : "unmarked");
  lines.push_back(content_of(files, root + "/b/marker", 0));
  lines.push_back(outcome(files.write_file(root + "/b/new.tmp", "3")));
  lines.push_back(outcome(files.write_file(root + "/b/new.tmp", "33")));
  lines.push_back(outcome(files.write_file(root + "/missing/new.tmp", "")));
  lines.push_back(outcome(files.write_file(root + "/b/c", "")));
  lines.push_back(outcome(files.write_file(root + "/a/gone", "through a dangling link")));
  lines.push_back(outcome(files.rename(root + "/b/new.tmp", root + "/missing/x")));
  lines.push_back(outcome(files.rename(root + "/b/new.tmp", root + "/b/c")));
  lines.push_back(outcome(files.rename(root + "/b/new.tmp", root + "/b/three.txt")));
  lines.push_back(outcome(files.rename(root + "/b/new.tmp", root + "/b/three.txt")));
  lines.push_back(content_of(files, root + "/b/three.txt", 3));
  {
    const auto lock = files.lock_directory(root + "/b");
    lines.push_back(outcome(lock));
    lines.push_back(outcome(files.lock_directory(root + "/b")));
    lines.push_back(outcome(files.lock_directory(root + "/b/c")));
  }
  lines.push_back(outcome(files.lock_directory(root + "/b")));
  lines.push_back(outcome(files.lock_directory(root + "/b/log")));
  lines.push_back(outcome(files.lock_directory(root + "/missing")));
  lines.push_back(names_in(files, root + "/b"));
  lines.push_back(names_in(files, root + "/a"));
  lines.push_back(names_in(files, root + "/a/link/c"));
  lines.push_back(names_in(files, root + "/b/log"));
  for (const char* path : {"/b/log", "/b/two.txt", "/b", "/a/gone", "/a/up", "/b/log/x", "/no"}) {
    lines.push_back(std::string(path) + " " + content_of(files, root + path, 3));
    lines.push_back(outcome(files.status(root + path)));
    lines.push_back(files.link_target(root + path).value_or("no link"));
    const auto real = files.real_path(root + path);
    lines.push_back(real ? real->substr(root.size()) : outcome(real));
  }
  lines.push_back(files.link_target(root + "/a/link").value_or("no link"));
  lines.push_back(content_of(files, root + "/b/two.txt", 2));
  lines.push_back(*files.real_path(root + "/a/link/c/../two.txt"));
  lines.push_back(outcome(files.remove_file(root + "/b/log")));
  lines.push_back(outcome(files.remove_file(root + "/b/log")));
  lines.push_back(outcome(files.remove_file(root + "/b/c")));
  const auto full = files.remove_directory_if_empty(root + "/b/c");
  lines.push_back(full && !*full ? "full" : "?");
  const auto empty = files.remove_directory_if_empty(root + "/b/c/d");
  lines.push_back(empty && *empty ? "gone" : "?");
  lines.push_back(names_in(files, root + "/b/c"));
  const std::size_t begin = root.size();
  for (std::string& line : lines) {
    if (line.starts_with(root)) {
      line.erase(0, begin);
    }
  }
  return lines;
}

}  // namespace

TEST_SUITE("support/memory_file_system") {
  TEST_CASE("it behaves as the machine's own disk") {
    const std::string root = std::filesystem::canonical(std::filesystem::temp_directory_path()) /
                             ("memory_file_system_test." + std::to_string(::getpid()));
    std::filesystem::create_directories(root + "/a");
    MemoryFileSystem memory;
    memory.put_directory("/project/a");
    const std::vector<std::pair<std::string, std::string>> links = {
        {"/a/link", "../b"}, {"/a/up", "loop2"}, {"/a/loop2", "up"}, {"/a/gone", "nowhere"}};
    for (const auto& [path, target] : links) {
      std::filesystem::create_symlink(target, root + path);
      memory.put_symlink("/project" + path, target);
    }
    base::RealFileSystem real;

    const std::vector<std::string> expected = story(real, root);
    const std::vector<std::string> actual = story(memory, "/project");
    std::filesystem::remove_all(root);

    REQUIRE(actual.size() == expected.size());
    for (std::size_t i = 0; i < actual.size(); ++i) {
      CAPTURE(i);
      CHECK(actual[i] == expected[i]);
    }
  }

  TEST_CASE("stamps move only with the clock, and say what happened to a file") {
    MemoryFileSystem files;
    files.put("/p/a.ts", "1");
    const base::FileStamp first = files.status("/p/a.ts")->stamp;

    files.put("/p/a.ts", "2");
    CHECK(files.status("/p/a.ts")->stamp == first);

    files.tick(5);
    files.put("/p/a.ts", "3");
    const base::FileStamp second = files.status("/p/a.ts")->stamp;
    CHECK(second.modified_ns == first.modified_ns + 5);
    CHECK(second.inode == first.inode);

    files.put_by_rename("/p/a.ts", "4");
    CHECK(files.status("/p/a.ts")->stamp.inode != first.inode);

    files.tick(5);
    files.set_modified_ns("/p/a.ts", 7);
    CHECK(files.status("/p/a.ts")->stamp.modified_ns == 7);
    CHECK(files.status("/p/a.ts")->stamp.changed_ns == first.changed_ns + 10);
  }

  TEST_CASE("modes are obeyed") {
    MemoryFileSystem files;
    files.put("/p/secret/a.ts", "1");
    files.put("/p/b.ts", "1");
    files.set_mode("/p/b.ts", 0200);
    files.set_mode("/p/secret", 0);
    std::string content;

    CHECK(files.read("/p/b.ts", content, 10).error().code == ErrorCode::io);
    CHECK(files.list("/p/secret").error().code == ErrorCode::io);
    CHECK(files.status("/p/secret/a.ts").error().message ==
          "cannot look at /p/secret/a.ts: Permission denied");
    CHECK(files.write_atomically("/p/secret/b.ts", "").error().code == ErrorCode::io);
    files.set_mode("/p", 0555);
    CHECK(files.remove_file("/p/b.ts").error().code == ErrorCode::io);
    CHECK(files.create_directories("/p/new").error().code == ErrorCode::io);
  }

  TEST_CASE("a full disk and injected failures make calls fail") {
    MemoryFileSystem files;
    files.put("/p/a.ts", "12345");
    files.set_capacity_bytes(8);
    files.fail(Operation::read, "/p/a.ts", {ErrorCode::io, "cannot read /p/a.ts: bad luck"}, 1);
    std::string content;

    CHECK(files.read("/p/a.ts", content, 10).error().message == "cannot read /p/a.ts: bad luck");
    CHECK(files.read("/p/a.ts", content, 10).has_value());
    CHECK(files.write_atomically("/p/b.ts", "1234").error().code == ErrorCode::io);
    CHECK(files.write_atomically("/p/b.ts", "123").has_value());
    CHECK(files.content("/p/b.ts") == "123");
    CHECK(files.append("/p/b.ts", "4").error().code == ErrorCode::io);
  }

  TEST_CASE("the log tells every call, and shuffling changes the order of a directory") {
    MemoryFileSystem files;
    for (int i = 0; i < 20; ++i) {
      files.put("/p/" + std::to_string(i) + ".ts", "");
    }
    const auto sorted = files.list("/p");
    files.shuffle(1);
    const auto shuffled = files.list("/p");
    static_cast<void>(files.status("/p/none"));

    CHECK(sorted->front().name == "0.ts");
    CHECK(std::equal(sorted->begin(), sorted->end(), shuffled->begin(), [](auto& l, auto& r) {
            return l.name == r.name;
          }) == false);
    CHECK(files.log() == std::vector<support::Access>{{Operation::list, "/p"},
                                                      {Operation::list, "/p"},
                                                      {Operation::status, "/p/none"}});
    CHECK(files.count(Operation::list) == 2);
  }

  TEST_CASE("the test's hand moves and erases whole trees") {
    MemoryFileSystem files;
    files.put("/p/old/a/b.ts", "b");
    files.put("/p/keep.ts", "k");

    files.move("/p/old", "/q/new");
    CHECK(files.files_below("/") ==
          std::map<std::string, std::string>{{"/p/keep.ts", "k"}, {"/q/new/a/b.ts", "b"}});

    files.erase("/q/new");
    CHECK(files.files_below("/q").empty());
  }
}
