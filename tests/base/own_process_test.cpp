#include "base/own_process.h"

#include <filesystem>

#include <doctest/doctest.h>

TEST_SUITE("base/own_process") {
  TEST_CASE("a process knows where it is and what it is") {
    CHECK(base::current_folder() == std::filesystem::canonical(".").string());
    CHECK(std::filesystem::path(base::program_path()).filename() == "test_base");
    CHECK(std::filesystem::path(base::program_path()).is_absolute());
  }
}
