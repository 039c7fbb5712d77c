// Runs the files of tests/cases: each is one small project and what a build of it must say. A new
// behaviour is a new text file, no C++. tests/cases/README.md has the format.
//
// Every case is built three times: as it is, with two threads, and with folders listed in another
// order. All outputs must be equal, byte for byte.

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include "session/build_once.h"
#include "session/config_loader.h"
#include "tests/session/build_text.h"
#include "tests/support/frozen_clock.h"
#include "tests/support/memory_file_system.h"

namespace {

constexpr std::string_view k_root = "/project";

/// One `=== <kind> <name>` block.
struct Block {
  std::string kind;
  std::string name;
  std::string text;
};

struct Case {
  std::string description;
  std::vector<Block> blocks;
};

std::string read_file(const std::filesystem::path& path) {
  std::ifstream stream(path, std::ios::binary);
  std::ostringstream text;
  text << stream.rdbuf();
  return text.str();
}

Case parse_case(const std::string& text) {
  Case parsed;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with("=== ")) {
      const std::size_t space = line.find(' ', 4);
      const std::size_t name = space == std::string::npos ? line.size() : space + 1;
      parsed.blocks.push_back({line.substr(4, space - 4), line.substr(name), {}});
    } else {
      (parsed.blocks.empty() ? parsed.description : parsed.blocks.back().text) += line + "\n";
    }
  }
  return parsed;
}

void replace_all(std::string& text, std::string_view from, std::string_view to) {
  for (std::size_t at = text.find(from); at != std::string::npos;
       at = text.find(from, at + to.size())) {
    text.replace(at, from.size(), to);
  }
}

// `crlf-file` and `bom-file` blocks are written as ordinary text and stored as their names say.
void put_files(support::MemoryFileSystem& files, const Case& one) {
  for (const Block& block : one.blocks) {
    std::string text = block.text;
    if (block.kind == "crlf-file") {
      replace_all(text, "\n", "\r\n");
    } else if (block.kind == "bom-file") {
      text = "\xEF\xBB\xBF" + text;
    } else if (block.kind != "file") {
      continue;
    }
    files.put(std::string(k_root) + "/" + block.name, text);
  }
}

std::string documents_text(const std::string& artifact) {
  std::string text;
  const nlohmann::ordered_json json = nlohmann::ordered_json::parse(artifact);
  for (const auto& [id, element] : json["elements"].items()) {
    const auto& prebuild = element["prebuild"];
    text += "--- " + id + " (" + prebuild["schemaLabel"].get<std::string>() + ")";
    // Models and slices are no documents.
    text += prebuild.contains("document") ? "\n" + prebuild["document"].get<std::string>()
                                          : " " + element["type"].get<std::string>();
    text +=
        prebuild.contains("metadata") ? "\nmetadata " + prebuild["metadata"].dump() + "\n" : "\n";
  }
  return text;
}

struct Built {
  session::BuildResult result;
  std::map<std::string, std::string> outputs;
};

Built build(const Case& one, unsigned threads, std::uint64_t seed) {
  support::MemoryFileSystem files;
  put_files(files, one);
  files.shuffle(seed);
  session::ConfigRequest request;
  request.working_dir = std::string(k_root);
  const session::ConfigResult config = session::load_config(files, request);
  Built built;
  if (!config.config) {
    built.result.outcome = session::BuildResult::Outcome::refused;
    built.result.report.diagnostics = config.problems;
    return built;
  }
  support::FrozenClock clock;
  session::BuildRequest build_request;
  build_request.threads = threads;
  built.result =
      session::build_once(config.config->projects.front(), build_request, {files, clock});
  built.outputs = files.files_below(config.config->projects.front().out_dir);
  // The report holds durations and how many files were read; all else is a function of the sources.
  built.outputs.erase(config.config->projects.front().out_dir + "/report.json");
  return built;
}

std::string actual_text(const Block& block, const Built& built) {
  const std::string out = std::string(k_root) + "/.builder/";
  const auto output = [&](const std::string& path) {
    const auto file = built.outputs.find(out + path);
    return file == built.outputs.end() ? std::string("(no such output)\n") : file->second;
  };
  if (block.name == "outcome") {
    return session::outcome_text(built.result.outcome, built.result.error);
  }
  if (block.name == "diagnostics") {
    return session::diagnostics_text(built.result.report.diagnostics);
  }
  if (block.name == "documents") {
    return built.outputs.contains(out + "artifact.json") ? documents_text(output("artifact.json"))
                                                         : "(no artifact)\n";
  }
  return output(block.name);
}

// With BUILDER_UPDATE_EXPECTED=1 the expectations are rewritten instead of compared.
void update_case(const std::filesystem::path& path, const Case& one, const Built& built) {
  std::ofstream stream(path, std::ios::binary);
  stream << one.description;
  for (const Block& block : one.blocks) {
    stream << "=== " << block.kind << (block.name.empty() ? "" : " ") << block.name << "\n"
           << (block.kind == "expect" ? actual_text(block, built) : block.text);
  }
}

std::vector<std::filesystem::path> case_files() {
  std::vector<std::filesystem::path> paths;
  for (const auto& entry : std::filesystem::directory_iterator(BUILDER_SOURCE_DIR "/tests/cases")) {
    if (entry.path().extension() == ".case") {
      paths.push_back(entry.path());
    }
  }
  std::sort(paths.begin(), paths.end());
  return paths;
}

}  // namespace

TEST_SUITE("session/build_cases") {
  TEST_CASE("a build says what its case expects") {
    const std::vector<std::filesystem::path> paths = case_files();
    REQUIRE(!paths.empty());
    const bool is_update = std::getenv("BUILDER_UPDATE_EXPECTED") != nullptr;
    for (const std::filesystem::path& path : paths) {
      CAPTURE(path.filename().string());
      const Case one = parse_case(read_file(path));
      const Built built = build(one, 1, 0);
      if (is_update) {
        update_case(path, one, built);
        continue;
      }
      std::size_t expectations = 0;
      for (const Block& block : one.blocks) {
        if (block.kind == "expect") {
          ++expectations;
          CAPTURE(block.name);
          CHECK(actual_text(block, built) == block.text);
        }
      }
      CHECK(expectations > 0);
      CHECK(build(one, 2, 0).outputs == built.outputs);
      CHECK(build(one, 1, 7).outputs == built.outputs);
    }
  }
}
