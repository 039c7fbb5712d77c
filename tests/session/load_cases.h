#pragma once

#include <string>
#include <vector>

#include "session/config_loader.h"
#include "tests/session/config_text.h"
#include "tests/support/memory_file_system.h"

namespace session {

inline constexpr const char* k_schema = "type Query { me: String }";

struct File {
  std::string path;
  std::string content;
};

struct LoadCase {
  const char* name;
  std::vector<File> files;
  /// Config and problems, as describe() tells them.
  std::string expected;
};

/// Loads the config from a disk of these files and tells what came of it.
std::string load(const std::vector<File>& files, const ConfigRequest& request);

/// A subcase for each row, loaded from `/app`.
void check_cases(const std::vector<LoadCase>& cases);

}  // namespace session
