// Compares the tag scanner with the tree-sitter reader over all source files of folders.
//
//   scan_diff [--sites FILE] [--parsed-sites FILE] [--show N] [--gated] [--only-scanner] FOLDER...
//
// Each distinct file is read once by each. Ends with counts, the reasons for which the scanner
// wants a parser, and the speed of both; the exit code is 1 where a file without syntax errors has
// different facts. `--sites` writes what the scanner found as JSON lines for oracle.mjs, and
// `--parsed-sites` what the tree-sitter reader found.

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <system_error>
#include <variant>
#include <vector>

#include <time.h>

#include "base/fingerprint.h"
#include "base/utf8.h"
#include "discovery/facts_difference.h"
#include "discovery/gate.h"
#include "discovery/language.h"
#include "discovery/tag_scanner.h"
#include "discovery/typescript_reader.h"
#include "tests/discovery/scanner/sites_json.h"

namespace {

using discovery::FactsTier;
using discovery::SourceFacts;

struct Options {
  std::vector<std::string> folders;
  std::string sites;
  std::string parsed_sites;
  std::size_t show = 20;
  bool only_gated = false;
  bool only_scanner = false;
};

/// Of the files whose text may hold documents, and of the others.
struct Counts {
  std::size_t files = 0;
  std::size_t bytes = 0;
  std::size_t exact = 0;
  std::size_t broken = 0;
  std::size_t broken_different = 0;
  std::size_t templates = 0;
  std::size_t module_facts = 0;
  std::size_t different = 0;
  std::map<std::string, std::size_t> reasons;
  double scan_seconds = 0;
  double parse_seconds = 0;
};

/// Seconds of this thread on a processor: other programs do not count.
double now() {
  timespec time{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) / 1e9;
}

class Comparison {
 public:
  explicit Comparison(Options options) : options_(std::move(options)) {
    if (!options_.sites.empty()) {
      sites_.open(options_.sites);
    }
    if (!options_.parsed_sites.empty()) {
      parsed_sites_.open(options_.parsed_sites);
    }
  }

  void add(const std::string& path) {
    const auto language = discovery::language_of(path);
    if (!language || *language == discovery::Language::graphql) {
      return;
    }
    std::ifstream file(path, std::ios::binary);
    const std::string text((std::istreambuf_iterator<char>(file)),
                           std::istreambuf_iterator<char>());
    const bool is_text =
        base::find_invalid_utf8(text) >= text.size() && text.find('\0') == std::string::npos;
    if (!is_text || text.size() > discovery::k_longest_parsed_text ||
        !seen_
             .insert(base::to_hex(base::fingerprint_of(text)) +
                     (*language == discovery::Language::tsx ? "x" : ""))
             .second) {
      return;
    }
    const bool is_gated = gate_.passes(text);
    if (is_gated || !options_.only_gated) {
      compare(path, {text, *language, FactsTier::documents}, is_gated ? gated_ : others_);
    }
  }

  int report() const {
    print("files that the gate lets through", gated_);
    print("other files", others_);
    return gated_.different + others_.different > 0 ? 1 : 0;
  }

 private:
  void compare(const std::string& path, const discovery::ReadRequest& request, Counts& counts) {
    ++counts.files;
    counts.bytes += request.text.size();
    const double start = now();
    const discovery::ReadOutcome outcome = scanner_.read(request);
    const double between = now();
    const SourceFacts parsed = options_.only_scanner ? SourceFacts() : parser_.read(request);
    const double end = now();
    counts.scan_seconds += between - start;
    counts.parse_seconds += end - between;
    counts.broken += parser_.has_error() ? 1U : 0U;
    if (parsed_sites_.is_open()) {
      parsed_sites_ << discovery::sites_json(path, parsed);
    }
    if (const auto* doubt = std::get_if<discovery::NeedsParse>(&outcome)) {
      ++counts.reasons[doubt->reason];
      show(path + ":" + std::to_string(doubt->offset) + ": needs parse: " + doubt->reason, false);
      return;
    }
    ++counts.exact;
    const auto& scanned = std::get<SourceFacts>(outcome);
    counts.templates += scanned.templates.size();
    counts.module_facts +=
        scanned.imports.size() + scanned.exports.size() + scanned.constants.size();
    if (sites_.is_open()) {
      sites_ << discovery::sites_json(path, scanned);
    }
    const auto difference = discovery::find_difference(scanned, parsed);
    if (!difference || options_.only_scanner) {
      return;
    }
    ++(parser_.has_error() ? counts.broken_different : counts.different);
    show(path + ":" + std::to_string(difference->offset) +
             (parser_.has_error() ? ": differs in a broken file: " : ": DIFFERS: ") +
             difference->text,
         !parser_.has_error());
  }

  void show(const std::string& line, bool is_wrong) {
    if (is_wrong || shown_++ < options_.show) {
      std::cout << line << "\n";
    }
  }

  static void print(const char* title, const Counts& counts) {
    const double megabytes = static_cast<double>(counts.bytes) / 1e6;
    std::cout << title << ": " << counts.files << " files, " << megabytes << " MB, exact "
              << counts.exact << ", templates " << counts.templates
              << ", module facts and constants " << counts.module_facts << "\n  DIFFERENT "
              << counts.different << "; broken " << counts.broken << ", different among them "
              << counts.broken_different << "\n  scanner "
              << megabytes / std::max(counts.scan_seconds, 1e-9) << " MB/s, tree-sitter reader "
              << megabytes / std::max(counts.parse_seconds, 1e-9) << " MB/s, ratio "
              << counts.parse_seconds / std::max(counts.scan_seconds, 1e-9) << "\n  needs parse:";
    for (const auto& [reason, count] : counts.reasons) {
      std::cout << " " << reason << " " << count << ";";
    }
    std::cout << "\n";
  }

  Options options_;
  std::set<std::string> seen_;
  discovery::Gate gate_;
  discovery::TagScanner scanner_;
  discovery::TypeScriptReader parser_;
  std::ofstream sites_;
  std::ofstream parsed_sites_;
  Counts gated_;
  Counts others_;
  std::size_t shown_ = 0;
};

void walk(const std::string& folder, Comparison& comparison) {
  namespace fs = std::filesystem;
  std::error_code error;
  if (fs::is_regular_file(folder, error)) {
    comparison.add(folder);
    return;
  }
  std::vector<std::string> paths;
  fs::recursive_directory_iterator entry(
      folder, fs::directory_options::skip_permission_denied, error);
  for (; !error && entry != fs::recursive_directory_iterator(); entry.increment(error)) {
    std::error_code unknown;
    if (entry->path().filename() == ".git") {
      entry.disable_recursion_pending();
    } else if (entry->is_regular_file(unknown) && !entry->is_symlink(unknown)) {
      paths.push_back(entry->path().string());
    }
  }
  std::sort(paths.begin(), paths.end());
  for (const std::string& path : paths) {
    comparison.add(path);
  }
}

}  // namespace

int main(int argc, char** argv) {
  Options options;
  for (int i = 1; i < argc; ++i) {
    const std::string_view argument = argv[i];
    if (argument == "--sites" && i + 1 < argc) {
      options.sites = argv[++i];
    } else if (argument == "--parsed-sites" && i + 1 < argc) {
      options.parsed_sites = argv[++i];
    } else if (argument == "--show" && i + 1 < argc) {
      options.show = static_cast<std::size_t>(std::atoi(argv[++i]));
    } else if (argument == "--gated") {
      options.only_gated = true;
    } else if (argument == "--only-scanner") {
      options.only_scanner = true;
    } else {
      options.folders.emplace_back(argument);
    }
  }
  const std::vector<std::string> folders = options.folders;
  Comparison comparison(std::move(options));
  for (const std::string& folder : folders) {
    walk(folder, comparison);
  }
  return comparison.report();
}
