#pragma once

#include <string>

namespace base {

/// The working directory of this process, without symlinks; empty if it is gone.
std::string current_folder();

/// The absolute path of the file that this process was started from; empty if nobody knows.
std::string program_path();

}  // namespace base
