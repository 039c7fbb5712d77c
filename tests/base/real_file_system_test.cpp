#include "base/real_file_system.h"

#include <filesystem>
#include <string>

#include <unistd.h>

#include <doctest/doctest.h>

TEST_SUITE("base/real_file_system") {
  TEST_CASE("a lock on a directory names the process that holds it, and ends with its owner") {
    const std::string folder = std::filesystem::canonical(std::filesystem::temp_directory_path()) /
                               ("real_file_system_test." + std::to_string(::getpid()));
    std::filesystem::create_directory(folder);
    base::RealFileSystem files;

    auto first = files.lock_directory(folder);
    const auto second = files.lock_directory(folder);
    first->reset();
    const auto third = files.lock_directory(folder);
    const bool is_empty = std::filesystem::is_empty(folder);
    std::filesystem::remove_all(folder);

    CHECK(second.error().code == base::ErrorCode::locked);
    CHECK(second.error().message == folder + " is in use by process " + std::to_string(::getpid()));
    CHECK(third.has_value());
    CHECK(is_empty);
  }
}
