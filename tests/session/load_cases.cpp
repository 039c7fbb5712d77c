#include "tests/session/load_cases.h"

#include <doctest/doctest.h>

namespace session {

std::string load(const std::vector<File>& files, const ConfigRequest& request) {
  support::MemoryFileSystem disk;
  disk.put_directory(request.working_dir);
  for (const File& file : files) {
    disk.put(file.path, file.content);
  }
  const ConfigResult result = load_config(disk, request);
  return (result.config ? describe(*result.config) : std::string()) + describe(result.problems);
}

void check_cases(const std::vector<LoadCase>& cases) {
  ConfigRequest request;
  request.working_dir = "/app";
  for (const LoadCase& row : cases) {
    SUBCASE(row.name) {
      CHECK(load(row.files, request) == row.expected);
    }
  }
}

}  // namespace session
