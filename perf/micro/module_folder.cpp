#include "perf/micro/module_folder.h"

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <system_error>

#include "base/real_file_system.h"
#include "perf/micro/inputs.h"

namespace micro {

ModuleFolder::ModuleFolder() {
  std::error_code error;
  path_ = (std::filesystem::temp_directory_path(error) / "perf-micro-XXXXXX").string();
  if (mkdtemp(path_.data()) == nullptr) {
    std::fprintf(stderr, "perf_micro: cannot make %s\n", path_.c_str());
    std::exit(3);
  }
  base::RealFileSystem files;
  for (const Module& module : inputs().modules) {
    const std::string path = path_ + "/" + module.path;
    const std::size_t slash = path.rfind('/');
    if (!files.create_directories(path.substr(0, slash)) || !files.write_file(path, module.text)) {
      std::fprintf(stderr, "perf_micro: cannot write %s\n", path.c_str());
      std::exit(3);
    }
    modules_.push_back(path);
  }
}

ModuleFolder::~ModuleFolder() {
  std::error_code error;
  std::filesystem::remove_all(path_, error);
}

}  // namespace micro
