// Runs a fuzz target over files instead of over what a fuzzer invents: each whole, and cut off at
// sixteen places, as a file looks while somebody types. So the targets are tests with any compiler.
//
// usage: fuzz_<target> FILE_OR_FOLDER...
#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

// NOLINTNEXTLINE(readability-identifier-naming): libFuzzer's name.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size);

namespace {

std::vector<std::string> files_of(const std::string& argument) {
  if (!std::filesystem::is_directory(argument)) {
    return {argument};
  }
  std::vector<std::string> files;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(argument)) {
    if (entry.is_regular_file()) {
      files.push_back(entry.path());
    }
  }
  std::sort(files.begin(), files.end());
  return files;
}

void run_with_prefixes(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  const std::vector<char> read{std::istreambuf_iterator<char>(file),
                               std::istreambuf_iterator<char>()};
  // A new vector for each cut: the sanitizer sees a read behind its end.
  for (std::size_t sixteenths = 0; sixteenths <= 16; ++sixteenths) {
    const auto end = static_cast<std::ptrdiff_t>(read.size() * sixteenths / 16);
    const std::vector<std::uint8_t> bytes(read.begin(), read.begin() + end);
    LLVMFuzzerTestOneInput(bytes.data(), bytes.size());
  }
}

}  // namespace

int main(int argc, char** argv) {
  std::size_t count = 0;
  for (int i = 1; i < argc; ++i) {
    for (const std::string& path : files_of(argv[i])) {
      run_with_prefixes(path);
      ++count;
    }
  }
  std::printf("%zu files\n", count);
  return count == 0 ? 1 : 0;
}
