// usage: perf_micro [--benchmark_…]
//        perf_micro --write-inputs FOLDER
//
// How fast single functions are; perf/micro.py runs it and judges. The second form writes the
// schema and the documents that the benchmarks use, so that another program can be measured on the
// same.

#include <cstdio>
#include <fstream>
#include <string>
#include <string_view>

#include <malloc.h>
#include <nlohmann/json.hpp>

#include "perf/micro/inputs.h"

namespace {

int write_inputs(const std::string& folder) {
  std::ofstream(folder + "/schema.graphql", std::ios::binary) << micro::inputs().schema_text;
  std::ofstream documents(folder + "/documents.json", std::ios::binary);
  documents << nlohmann::json(micro::inputs().documents).dump() << "\n";
  return documents.good() ? 0 : 3;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc == 3 && std::string_view(argv[1]) == "--write-inputs") {
    return write_inputs(argv[2]);
  }
  // Memory that is freed stays with the program: the system's page faults are not what is measured.
  mallopt(M_TRIM_THRESHOLD, 1 << 30);
  mallopt(M_MMAP_THRESHOLD, 1 << 30);
  benchmark::Initialize(&argc, argv);
  if (benchmark::ReportUnrecognizedArguments(argc, argv)) {
    std::fprintf(stderr, "usage: perf_micro [--benchmark_...] | --write-inputs FOLDER\n");
    return 2;
  }
  benchmark::RunSpecifiedBenchmarks();
  return 0;
}
