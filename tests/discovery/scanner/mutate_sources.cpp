// Changes source files at random and compares the tag scanner with the tree-sitter reader on what
// comes of them.
//
//   mutate_sources [--count N] [--seed N] [--sites FILE] [--sample N] FOLDER...
//
// Ends with counts and reasons; the exit code is 1 where a mutant without syntax errors has
// different facts. `--sites` writes every such mutant, and every Nth other that is exact, for
// TypeScript to judge: node differential/oracle.mjs.

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/utf8.h"
#include "discovery/gate.h"
#include "discovery/language.h"
#include "tests/discovery/scanner/mutator.h"
#include "tests/discovery/scanner/reader_pair.h"
#include "tests/discovery/scanner/sites_json.h"

namespace {

/// Larger files would take the time of many.
constexpr std::size_t k_largest_source = 6000;

struct Options {
  std::size_t count = 2000;
  std::uint64_t seed = 1;
  std::size_t sample = 50;
  std::string sites;
  std::vector<std::string> folders;
};

struct Source {
  std::string path;
  std::string text;
  discovery::Language language;
};

Options parse_arguments(int argc, char** argv) {
  Options options;
  for (int i = 1; i < argc; ++i) {
    const std::string_view name = argv[i];
    const char* const value = i + 1 < argc ? argv[i + 1] : "";
    if (name == "--count") {
      options.count = std::strtoull(value, nullptr, 10);
    } else if (name == "--seed") {
      options.seed = std::strtoull(value, nullptr, 10);
    } else if (name == "--sample") {
      options.sample = std::max<std::size_t>(1, std::strtoull(value, nullptr, 10));
    } else if (name == "--sites") {
      options.sites = value;
    } else {
      options.folders.emplace_back(name);
      continue;
    }
    ++i;
  }
  return options;
}

/// Small files that may hold GraphQL, sorted by path.
std::vector<Source> read_sources(const std::vector<std::string>& folders) {
  namespace fs = std::filesystem;
  const discovery::Gate gate;
  std::vector<Source> sources;
  for (const std::string& folder : folders) {
    for (const fs::directory_entry& entry : fs::recursive_directory_iterator(folder)) {
      const std::string path = entry.path().string();
      const auto language = discovery::language_of(path);
      if (!entry.is_regular_file() || !language || *language == discovery::Language::graphql ||
          entry.file_size() > k_largest_source) {
        continue;
      }
      std::ifstream file(path, std::ios::binary);
      std::string text((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
      const bool is_text =
          base::find_invalid_utf8(text) >= text.size() && text.find('\0') == std::string::npos;
      if (is_text && gate.passes(text)) {
        sources.push_back({path, std::move(text), *language});
      }
    }
  }
  std::sort(sources.begin(), sources.end(), [](const Source& a, const Source& b) {
    return a.path < b.path;
  });
  return sources;
}

struct Counts {
  std::size_t exact = 0;
  std::size_t sound = 0;
  std::size_t different = 0;
  std::size_t templates = 0;
  std::map<std::string, std::size_t> doubts;
};

void print(const Counts& counts, std::size_t mutants, std::size_t sources) {
  std::cout << mutants << " mutants of " << sources << " files: exact " << counts.exact
            << ", of these without syntax errors " << counts.sound << " with " << counts.templates
            << " templates, DIFFERENT " << counts.different << "\nneeds parse:";
  for (const auto& [reason, count] : counts.doubts) {
    std::cout << " " << reason << " " << count << ";";
  }
  std::cout << "\n";
}

}  // namespace

int main(int argc, char** argv) {
  const Options options = parse_arguments(argc, argv);
  const std::vector<Source> sources = read_sources(options.folders);
  if (sources.empty()) {
    std::cerr << "no source files\n";
    return 2;
  }
  std::vector<std::string> donors;
  for (const Source& source : sources) {
    donors.push_back(source.text);
  }
  std::ofstream sites(options.sites.empty() ? "/dev/null" : options.sites);
  discovery::Mutator mutator(options.seed, donors);
  discovery::ReaderPair readers;
  Counts counts;
  for (std::size_t i = 0; i < options.count; ++i) {
    const Source& source = sources[mutator.below(sources.size())];
    const std::string mutant = mutator.mutate(source.text);
    const discovery::PairResult result = readers.read(mutant, source.language);
    if (!result.doubt.empty()) {
      ++counts.doubts[result.doubt];
      continue;
    }
    ++counts.exact;
    counts.sound += result.is_broken ? 0U : 1U;
    counts.templates += result.is_broken ? 0U : result.scanned.templates.size();
    if (result.difference) {
      ++counts.different;
      std::cout << "mutant " << i << " of " << source.path << ":" << result.difference->offset
                << ": " << result.difference->text << "\n";
    }
    if (result.difference || counts.exact % options.sample == 0) {
      const bool is_tsx = source.language == discovery::Language::tsx;
      const std::string name = source.path + "#" + std::to_string(i) + (is_tsx ? ".tsx" : ".ts");
      sites << discovery::sites_json(name, result.scanned, mutant);
    }
  }
  print(counts, options.count, sources.size());
  return counts.different > 0 ? 1 : 0;
}
