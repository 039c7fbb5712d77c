#pragma once

#include <string>
#include <vector>

namespace micro {

/// A folder on the disk that holds the modules of inputs(); goes with all that is in it.
class ModuleFolder {
 public:
  ModuleFolder();
  ~ModuleFolder();
  ModuleFolder(const ModuleFolder&) = delete;
  ModuleFolder& operator=(const ModuleFolder&) = delete;

  const std::string& path() const { return path_; }
  /// Absolute.
  const std::vector<std::string>& modules() const { return modules_; }

 private:
  std::string path_;
  std::vector<std::string> modules_;
};

}  // namespace micro
