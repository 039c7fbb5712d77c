#include "base/real_file_system.h"

#include <algorithm>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <doctest/doctest.h>

#include "tests/support/printers.h"
#include "tests/support/temporary_folder.h"

using base::ErrorCode;
using base::FileKind;
using base::RealFileSystem;
using test_kit::TemporaryFolder;

namespace {

constexpr std::uint64_t k_limit_bytes = 1'000'000;

void put(const std::string& path, const std::string& content) {
  std::ofstream(path, std::ios::binary) << content;
}

std::string content_of(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

void put_socket(const std::string& path) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  REQUIRE(path.size() < sizeof address.sun_path);
  std::memcpy(address.sun_path, path.c_str(), path.size());
  const int number = ::socket(AF_UNIX, SOCK_STREAM, 0);
  // NOLINTNEXTLINE(*-reinterpret-cast): the interface of bind(2).
  REQUIRE(::bind(number, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0);
  ::close(number);
}

std::vector<std::string> names_in(const std::string& folder) {
  std::vector<std::string> names;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    names.push_back(entry.path().filename());
  }
  std::sort(names.begin(), names.end());
  return names;
}

}  // namespace

TEST_SUITE("base/real_file_system") {
  TEST_CASE("read gives the bytes, the stamp, and zeros behind") {
    const TemporaryFolder folder;
    const std::string path = folder.path("a.ts");
    put(path, std::string("a\0b\r\n", 5));
    RealFileSystem files;
    std::string content(200, 'x');

    const auto status = files.read(path, content, k_limit_bytes);

    REQUIRE(status.has_value());
    CHECK(content == std::string("a\0b\r\n", 5));
    CHECK(content.capacity() >= content.size() + base::FileSystem::k_read_padding);
    const std::string_view padded(content.data(),
                                  content.size() + base::FileSystem::k_read_padding);
    CHECK(padded.find_last_not_of('\0') == 4);
    CHECK(status->kind == FileKind::regular);
    CHECK(status->stamp.size_bytes == 5);
    CHECK(status->stamp == files.status(path)->stamp);
  }

  TEST_CASE("read takes files of any size up to the limit") {
    const TemporaryFolder folder;
    const std::string path = folder.path("a.ts");
    RealFileSystem files;
    std::string content;

    for (const std::size_t size : {0U, 1U, 4'095U, 4'096U, 4'097U, 300'000U}) {
      CAPTURE(size);
      put(path, std::string(size, 'q'));

      CHECK(files.read(path, content, size).has_value());
      CHECK(content == std::string(size, 'q'));
    }
  }

  TEST_CASE("a file whose size the system does not tell is read to its end") {
    RealFileSystem files;
    std::string content;

    const auto status = files.read("/proc/self/status", content, k_limit_bytes);

    REQUIRE(status.has_value());
    CHECK(status->stamp.size_bytes == 0);
    CHECK(content.starts_with("Name:"));
    CHECK(files.read("/proc/self/status", content, 10).error().code == ErrorCode::too_large);
  }

  TEST_CASE("read refuses what it cannot read, and says why") {
    const TemporaryFolder folder;
    put(folder.path("large.ts"), "12345");
    REQUIRE(::mkfifo(folder.path("fifo.ts").c_str(), 0600) == 0);
    put_socket(folder.path("socket.ts"));
    std::filesystem::create_directory(folder.path("folder.ts"));
    std::filesystem::create_symlink("loop.ts", folder.path("loop.ts"));
    std::filesystem::create_symlink("nowhere", folder.path("dangling.ts"));
    RealFileSystem files;
    const auto error_of = [&](const std::string& name, ErrorCode code, const std::string& message) {
      std::string content;
      const base::Error error = files.read(folder.path(name), content, 4).error();
      CAPTURE(name);
      CHECK(error.code == code);
      CHECK(error.message == message);
    };
    const std::string cannot = "cannot read " + folder.path() + "/";

    error_of("large.ts", ErrorCode::too_large, folder.path("large.ts") + " is larger than 4 bytes");
    error_of("fifo.ts", ErrorCode::not_regular, folder.path("fifo.ts") + " is not a regular file");
    error_of(
        "socket.ts", ErrorCode::not_regular, folder.path("socket.ts") + " is not a regular file");
    error_of(
        "folder.ts", ErrorCode::not_regular, folder.path("folder.ts") + " is not a regular file");
    error_of("loop.ts", ErrorCode::io, cannot + "loop.ts: Too many levels of symbolic links");
    error_of(
        "dangling.ts", ErrorCode::not_found, cannot + "dangling.ts: No such file or directory");
    error_of("none.ts", ErrorCode::not_found, cannot + "none.ts: No such file or directory");
    error_of("large.ts/a.ts", ErrorCode::not_found, cannot + "large.ts/a.ts: Not a directory");
  }

  TEST_CASE("a read that the system breaks off is a failure") {
    RealFileSystem files;
    std::string content;

    // Opens for everybody, and cannot be read at its beginning, not even by root.
    const auto status = files.read("/proc/self/mem", content, k_limit_bytes);

    CHECK(status.error().code == ErrorCode::io);
    CHECK(status.error().message == "cannot read /proc/self/mem: Input/output error");
  }

  TEST_CASE("a file without permission is a failure") {
    if (::geteuid() == 0) {
      MESSAGE("skipped: root may read everything");
      return;
    }
    const TemporaryFolder folder;
    put(folder.path("secret.ts"), "a");
    std::filesystem::permissions(folder.path("secret.ts"), std::filesystem::perms::none);
    RealFileSystem files;
    std::string content;

    const auto status = files.read(folder.path("secret.ts"), content, k_limit_bytes);

    CHECK(status.error().code == ErrorCode::io);
    CHECK(status.error().message ==
          "cannot read " + folder.path("secret.ts") + ": Permission denied");
  }

  TEST_CASE("the stamp tells a rewrite of equal length from the file that it replaces") {
    const TemporaryFolder folder;
    const std::string path = folder.path("a.ts");
    RealFileSystem files;
    const auto before = files.write_atomically(path, "one");

    const auto after = files.write_atomically(path, "two");

    REQUIRE(before.has_value());
    REQUIRE(after.has_value());
    CHECK(before->stamp != after->stamp);
    CHECK(after->stamp == files.status(path)->stamp);
  }

  TEST_CASE("list names every entry with its kind") {
    const TemporaryFolder folder;
    put(folder.path("a.ts"), "");
    put(folder.path(".hidden"), "");
    put(folder.path("\xFF.ts"), "");
    std::filesystem::create_directory(folder.path("sub"));
    std::filesystem::create_symlink("sub", folder.path("link"));
    REQUIRE(::mkfifo(folder.path("fifo").c_str(), 0600) == 0);
    RealFileSystem files;

    auto entries = files.list(folder.path());

    REQUIRE(entries.has_value());
    std::vector<std::string> seen;
    for (const base::DirectoryEntry& entry : *entries) {
      seen.push_back(entry.name + " " + std::to_string(static_cast<int>(entry.kind)));
    }
    std::sort(seen.begin(), seen.end());
    CHECK(seen == std::vector<std::string>{
                      ".hidden 0", "a.ts 0", "fifo 3", "link 2", "sub 1", "\xFF.ts 0"});
    CHECK(files.list(folder.path("none")).error().code == ErrorCode::not_found);
  }

  TEST_CASE("real_path sees through symlinks, and fails on a loop of them") {
    const TemporaryFolder folder;
    std::filesystem::create_directory(folder.path("sub"));
    put(folder.path("sub/a.ts"), "");
    std::filesystem::create_symlink("sub", folder.path("link"));
    std::filesystem::create_symlink("two", folder.path("one"));
    std::filesystem::create_symlink("one", folder.path("two"));
    RealFileSystem files;

    CHECK(files.real_path(folder.path("link/../link/a.ts")).value() == folder.path("sub/a.ts"));
    CHECK(files.real_path(folder.path("link/a.ts")).value() == folder.path("sub/a.ts"));
    CHECK(files.real_path(folder.path("link")).value() == folder.path("sub"));
    CHECK(files.real_path(folder.path("sub/a.ts")).value() == folder.path("sub/a.ts"));
    CHECK(files.real_path(folder.path("sub//./a.ts")).value() == folder.path("sub/a.ts"));
    CHECK(files.real_path(folder.path("one")).error().code == ErrorCode::io);
    CHECK(files.real_path(folder.path("none")).error().code == ErrorCode::not_found);
  }

  TEST_CASE("a path with a NUL byte leads nowhere, also where its beginning leads somewhere") {
    const TemporaryFolder folder;
    RealFileSystem files;
    REQUIRE(files.write_file(folder.path("a"), "1"));
    const std::string path = folder.path("a") + std::string("\0b", 2);
    std::string content;

    CHECK(files.status(path).error().code == ErrorCode::not_found);
    CHECK(files.read(path, content, 10).error().code == ErrorCode::not_found);
    CHECK(files.real_path(path).error().code == ErrorCode::not_found);
    CHECK(files.list(folder.path(std::string("\0", 1))).error().code == ErrorCode::not_found);
    CHECK_FALSE(files.write_file(path, "2").has_value());
    CHECK_FALSE(files.rename(path, folder.path("c")).has_value());
    CHECK(files.read(folder.path("a"), content, 10).has_value());
    CHECK(content == "1");
  }

  TEST_CASE("write_atomically replaces the file and leaves nothing beside it") {
    const TemporaryFolder folder;
    put(folder.path("a.mjs"), "old");
    RealFileSystem files;

    const auto status = files.write_atomically(folder.path("a.mjs"), "new text");

    REQUIRE(status.has_value());
    CHECK(status->stamp.size_bytes == 8);
    CHECK(content_of(folder.path("a.mjs")) == "new text");
    CHECK(names_in(folder.path()) == std::vector<std::string>{"a.mjs"});
  }

  TEST_CASE("write_atomically takes the longest name that the file system takes") {
    const TemporaryFolder folder;
    const std::string name(255, 'n');
    RealFileSystem files;

    CHECK(files.write_atomically(folder.path(name), "text").has_value());
    CHECK(names_in(folder.path()) == std::vector<std::string>{name});
  }

  TEST_CASE("write_atomically replaces a symlink, not what it points to") {
    const TemporaryFolder folder;
    put(folder.path("source.ts"), "mine");
    std::filesystem::create_symlink("source.ts", folder.path("a.mjs"));
    RealFileSystem files;

    REQUIRE(files.write_atomically(folder.path("a.mjs"), "new").has_value());

    CHECK(content_of(folder.path("source.ts")) == "mine");
    CHECK(content_of(folder.path("a.mjs")) == "new");
  }

  TEST_CASE("a write that fails keeps the old file and leaves nothing beside it") {
    const TemporaryFolder folder;
    std::filesystem::create_directory(folder.path("taken"));
    put(folder.path("taken/inside"), "kept");
    RealFileSystem files;

    const auto over_a_folder = files.write_atomically(folder.path("taken"), "new");
    const auto without_a_folder = files.write_atomically(folder.path("none/a.mjs"), "new");

    CHECK(over_a_folder.error().code == ErrorCode::io);
    CHECK(over_a_folder.error().message ==
          "cannot write " + folder.path("taken") + ": Is a directory");
    CHECK(without_a_folder.error().code == ErrorCode::not_found);
    CHECK(names_in(folder.path()) == std::vector<std::string>{"taken"});
    CHECK(content_of(folder.path("taken/inside")) == "kept");
  }

  TEST_CASE("a full disk is a failure") {
    RealFileSystem files;

    const base::Status status = files.append("/dev/full", "text");

    CHECK(status.error().code == ErrorCode::io);
    CHECK(status.error().message == "cannot write /dev/full: No space left on device");
  }

  TEST_CASE("append creates a file, then adds to it") {
    const TemporaryFolder folder;
    RealFileSystem files;

    CHECK(files.append(folder.path("journal"), "one\n").has_value());
    CHECK(files.append(folder.path("journal"), "two\n").has_value());

    CHECK(content_of(folder.path("journal")) == "one\ntwo\n");
  }

  TEST_CASE("create_directories makes what is missing and accepts what is there") {
    const TemporaryFolder folder;
    put(folder.path("file"), "");
    RealFileSystem files;

    CHECK(files.create_directories(folder.path("a/b/c")).has_value());
    CHECK(files.create_directories(folder.path("a/b")).has_value());

    CHECK(std::filesystem::is_directory(folder.path("a/b/c")));
    CHECK(files.create_directories(folder.path("file")).error().message ==
          "cannot create " + folder.path("file") + ": File exists");
    CHECK_FALSE(files.create_directories(folder.path("file/below")).has_value());
  }

  TEST_CASE("removing what is not there is fine") {
    const TemporaryFolder folder;
    put(folder.path("a"), "");
    std::filesystem::create_directory(folder.path("empty"));
    RealFileSystem files;

    CHECK(files.remove_file(folder.path("a")).has_value());
    CHECK(files.remove_file(folder.path("a")).has_value());
    CHECK(files.remove_directory_if_empty(folder.path("empty")).value());
    CHECK(files.remove_directory_if_empty(folder.path("empty")).value());
    CHECK(names_in(folder.path()).empty());
  }

  TEST_CASE("a folder that holds something stays, and a folder is no file to remove") {
    const TemporaryFolder folder;
    std::filesystem::create_directory(folder.path("full"));
    put(folder.path("full/a"), "");
    RealFileSystem files;

    CHECK_FALSE(files.remove_directory_if_empty(folder.path("full")).value());
    CHECK(files.remove_file(folder.path("full/a/below")).has_value());
    CHECK(files.remove_file(folder.path("full")).error().code == ErrorCode::io);
    CHECK(names_in(folder.path("full")) == std::vector<std::string>{"a"});
  }

  TEST_CASE("rename moves a file over another one") {
    const TemporaryFolder folder;
    put(folder.path("from"), "new");
    put(folder.path("to"), "old");
    RealFileSystem files;

    CHECK(files.rename(folder.path("from"), folder.path("to")).has_value());

    CHECK(content_of(folder.path("to")) == "new");
    CHECK(names_in(folder.path()) == std::vector<std::string>{"to"});
    CHECK(files.rename(folder.path("from"), folder.path("to")).error().code ==
          ErrorCode::not_found);
  }

  TEST_CASE("a lock on a directory names the process that holds it, and ends with its owner") {
    const TemporaryFolder folder;
    RealFileSystem files;

    auto first = files.lock_directory(folder.path());
    const auto second = files.lock_directory(folder.path());
    first->reset();
    const auto third = files.lock_directory(folder.path());

    CHECK(second.error().code == ErrorCode::locked);
    CHECK(second.error().message ==
          folder.path() + " is in use by process " + std::to_string(::getpid()));
    CHECK(third.has_value());
    CHECK(names_in(folder.path()).empty());
  }

  TEST_CASE("an open file is read to its end and not beyond, even after somebody cut it") {
    const TemporaryFolder folder;
    put(folder.path("state"), "0123456789");
    RealFileSystem files;
    const auto file = files.open_file(folder.path("state"));
    std::string some(4, '?');

    CHECK((*file)->size_bytes() == 10);
    CHECK((*file)->read_at(3, some).has_value());
    CHECK(some == "3456");
    std::filesystem::resize_file(folder.path("state"), 5);
    const base::Status cut = (*file)->read_at(3, some);
    CHECK(cut.error().code == ErrorCode::corrupt);
    CHECK(cut.error().message == folder.path("state") + " ends too early");
  }

  TEST_CASE("nothing but a regular file is opened, and no symlink to one") {
    const TemporaryFolder folder;
    put(folder.path("file"), "");
    std::filesystem::create_symlink("file", folder.path("link"));
    REQUIRE(::mkfifo(folder.path("fifo").c_str(), 0600) == 0);
    RealFileSystem files;

    for (const char* name : {"link", "fifo", "."}) {
      CHECK(files.open_file(folder.path(name)).error().code == ErrorCode::not_regular);
    }
    CHECK(files.open_file(folder.path("none")).error().code == ErrorCode::not_found);
  }

  TEST_CASE("append and the marker of the time do not follow a symlink") {
    const TemporaryFolder folder;
    put(folder.path("file"), "mine");
    std::filesystem::create_symlink("file", folder.path("link"));
    const base::FileStamp before = RealFileSystem().status(folder.path("file"))->stamp;
    RealFileSystem files;

    CHECK_FALSE(files.append(folder.path("link"), "more").has_value());
    CHECK_FALSE(files.disk_time(folder.path("link")).device.has_value());

    CHECK(files.status(folder.path("file"))->stamp == before);
  }

  TEST_CASE("a private directory is for its owner alone, those above it for all") {
    const TemporaryFolder folder;
    RealFileSystem files;

    CHECK(files.create_private_directory(folder.path("above/private")).has_value());

    CHECK(files.status(folder.path("above/private"))->mode == 0700);
    CHECK((files.status(folder.path("above"))->mode & 0055) != 0);
    CHECK(files.status(folder.path("above/private"))->has_trusted_owner);
  }

  TEST_CASE("a file that is written after the marker was touched is not older than its time") {
    const TemporaryFolder folder;
    RealFileSystem files;
    for (int round = 0; round < 100; ++round) {
      const base::DiskTime time = files.disk_time(folder.path("marker"));
      put(folder.path("file"), std::to_string(round));
      const base::FileStamp stamp = files.status(folder.path("file"))->stamp;

      REQUIRE(time.device.has_value());
      CHECK(time.device->device == stamp.device);
      CHECK(time.device->now_ns <= stamp.modified_ns);
      CHECK(time.device->now_ns <= stamp.changed_ns);
    }
  }
}
