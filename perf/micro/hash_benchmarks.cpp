#include <string>

#include "base/fingerprint.h"
#include "base/real_file_system.h"
#include "base/scan_start.h"
#include "base/sha256.h"
#include "perf/micro/inputs.h"
#include "perf/micro/module_folder.h"

namespace micro {
namespace {

/// XXH3-128 of each file, as the discovery cache takes it.
void fingerprint_modules(benchmark::State& state) {
  for ([[maybe_unused]] auto _ : state) {
    for (const Module& module : inputs().modules) {
      benchmark::DoNotOptimize(base::fingerprint_of(module.text));
    }
  }
  count_bytes(state, inputs().module_bytes());
}

/// SHA-256 of each operation's text: its document id.
void sha256_documents(benchmark::State& state) {
  for ([[maybe_unused]] auto _ : state) {
    for (const std::string& text : inputs().documents) {
      benchmark::DoNotOptimize(base::sha256_hex(text).data());
    }
  }
  count_bytes(state, inputs().document_bytes());
}

/// What a run does per file that did not change.
void stamp_modules(benchmark::State& state) {
  const ModuleFolder folder;
  base::RealFileSystem files;
  const base::ScanStart start = base::ScanStart::take(files, folder.path() + "/marker");
  for ([[maybe_unused]] auto _ : state) {
    for (const std::string& path : folder.modules()) {
      const auto status = files.status(path);
      benchmark::DoNotOptimize(start.is_racy(status->stamp));
    }
  }
  count_items(state, folder.modules().size());
}

/// What a run does first per file that is new.
void read_modules(benchmark::State& state) {
  const ModuleFolder folder;
  base::RealFileSystem files;
  std::string content;
  for ([[maybe_unused]] auto _ : state) {
    for (const std::string& path : folder.modules()) {
      benchmark::DoNotOptimize(files.read(path, content, 1 << 24).has_value());
    }
  }
  count_bytes(state, inputs().module_bytes());
}

BENCHMARK(fingerprint_modules)->Name("hash/fingerprint_modules")->Unit(benchmark::kMicrosecond);
BENCHMARK(sha256_documents)->Name("hash/sha256_documents")->Unit(benchmark::kMicrosecond);
BENCHMARK(stamp_modules)->Name("hash/stamp_modules")->Unit(benchmark::kMicrosecond);
BENCHMARK(read_modules)->Name("hash/read_modules")->Unit(benchmark::kMicrosecond);

}  // namespace
}  // namespace micro
