#include "perf/builder/fixture.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <filesystem>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

#include "base/child_process.h"
#include "base/source_path.h"

namespace perf {
namespace {

using base::ErrorCode;

constexpr std::string_view k_generated = "generated:";
constexpr std::array<std::string_view, 4> k_fixtures = {
    "small-app", "medium-app", "large-app", "tagged-app"};
/// What a build leaves in a project, and what has nothing to do with it.
constexpr std::array<std::string_view, 4> k_left_out = {
    ".builder", ".cache", ".git", ".builder-clean"};
constexpr std::int64_t k_generate_limit_ms = 1'800'000;
constexpr std::uint64_t k_bytes_per_file = 5'000;

template <typename Number>
bool read_number(std::string_view text, Number& number) {
  const char* end = text.data() + text.size();
  const auto [at, error] = std::from_chars(text.data(), end, number);
  return error == std::errc() && at == end;
}

bool set_option(FixtureSpec& spec, std::string_view key, std::string_view value) {
  if (key == "files") {
    return read_number(value, spec.files) && spec.files > 0;
  }
  if (key == "graphql") {
    return read_number(value, spec.graphql_share) && spec.graphql_share > 0 &&
           spec.graphql_share <= 1;
  }
  if (key == "seed") {
    return read_number(value, spec.seed);
  }
  if (key == "bytes") {
    return read_number(value, spec.bytes) && spec.bytes > 0;
  }
  if (key == "schema") {
    return read_number(value, spec.schema_bytes) && spec.schema_bytes > 0;
  }
  return false;
}

/// As short as it can be written and read again.
std::string to_text(double number) {
  std::array<char, 32> buffer{};
  const auto [end, error] = std::to_chars(buffer.data(), buffer.data() + buffer.size(), number);
  return {buffer.data(), end};
}

base::Result<FixtureSpec> parse_generated(std::string_view options) {
  FixtureSpec spec;
  spec.kind = FixtureSpec::Kind::generated;
  while (!options.empty()) {
    const std::size_t comma = std::min(options.find(','), options.size());
    const std::string_view option = options.substr(0, comma);
    const std::size_t equals = std::min(option.find('='), option.size());
    const std::string_view value = option.substr(std::min(equals + 1, option.size()));
    if (!set_option(spec, option.substr(0, equals), value)) {
      return base::fail(ErrorCode::invalid_config,
                        "\"" + std::string(option) +
                            "\" is no option of a generated project; "
                            "generated:files=10000,graphql=0.15,seed=1 also takes bytes=N and "
                            "schema=N");
    }
    options.remove_prefix(std::min(comma + 1, options.size()));
  }
  spec.bytes = spec.bytes == 0 ? spec.files * k_bytes_per_file : spec.bytes;
  spec.name = "generated-" + std::to_string(spec.files) + "-" + to_text(spec.graphql_share) + "-" +
              std::to_string(spec.seed);
  if (spec.bytes != spec.files * k_bytes_per_file ||
      spec.schema_bytes != FixtureSpec().schema_bytes) {
    spec.name += "-" + std::to_string(spec.bytes) + "-" + std::to_string(spec.schema_bytes);
  }
  return spec;
}

/// The last name of a path, with `-` for what file systems and shells might mind.
std::string folder_name(std::string_view path) {
  while (path.size() > 1 && path.ends_with('/')) {
    path.remove_suffix(1);
  }
  std::string name(path.substr(path.rfind('/') + 1));
  name.erase(0, name.find_first_not_of('.'));
  for (char& c : name) {
    const bool is_plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                          (c >= '0' && c <= '9') || c == '_' || c == '-' || c == '.';
    c = is_plain ? c : '-';
  }
  return name.empty() ? "project" : name;
}

base::Result<std::string> generate(base::FileSystem& files,
                                   const FixtureSpec& spec,
                                   const FixtureFolders& folders) {
  TRY(files.create_directories(folders.generated));
  std::string folder = folders.generated + "/" + spec.name;
  base::ChildRequest request;
  request.time_limit_ms = k_generate_limit_ms;
  request.stop = folders.stop;
  request.command = {"python3",
                     folders.repository + "/perf/generate_project.py",
                     folder,
                     "--files",
                     std::to_string(spec.files),
                     "--share",
                     to_text(spec.graphql_share),
                     "--schema-bytes",
                     std::to_string(spec.schema_bytes),
                     "--bytes",
                     std::to_string(spec.bytes),
                     "--seed",
                     std::to_string(spec.seed)};
  TRY_ASSIGN(const base::ChildOutcome outcome, base::run_child(request));
  if (outcome.exit_code != 0) {
    return base::fail(ErrorCode::io, "perf/generate_project.py failed: " + outcome.error_output);
  }
  return folder;
}

}  // namespace

base::Result<FixtureSpec> parse_fixture(const std::string& text) {
  if (text.starts_with(k_generated)) {
    return parse_generated(std::string_view(text).substr(k_generated.size()));
  }
  FixtureSpec spec;
  if (std::find(k_fixtures.begin(), k_fixtures.end(), text) != k_fixtures.end()) {
    spec.name = text;
    return spec;
  }
  if (text.empty()) {
    return base::fail(ErrorCode::invalid_config, "--fixture needs a name or a path");
  }
  spec.kind = FixtureSpec::Kind::folder;
  spec.path = text;
  spec.name = folder_name(text);
  return spec;
}

base::Result<std::string> find_fixture(base::FileSystem& files,
                                       const FixtureSpec& spec,
                                       const FixtureFolders& folders) {
  if (spec.kind == FixtureSpec::Kind::generated) {
    return generate(files, spec, folders);
  }
  const std::string path = spec.kind == FixtureSpec::Kind::fixture
                               ? folders.repository + "/fixtures/" + spec.name
                               : base::join_path(folders.working_dir, spec.path);
  const auto status = files.status(path);
  if (!status || status->kind != base::FileKind::directory) {
    return base::fail(ErrorCode::not_found,
                      "there is no folder " + path +
                          "; fixtures are small-app, medium-app, large-app, tagged-app and "
                          "generated:files=10000,graphql=0.15,seed=1");
  }
  return files.real_path(path);
}

base::Status copy_project(const std::string& from, const std::string& to) {
  namespace fs = std::filesystem;
  try {
    fs::create_directories(to);
    for (fs::recursive_directory_iterator at(from), end; at != end; ++at) {
      const std::string name = at->path().filename().string();
      const fs::path target = to / fs::relative(at->path(), from);
      if (std::find(k_left_out.begin(), k_left_out.end(), name) != k_left_out.end()) {
        at.disable_recursion_pending();
      } else if (name == "node_modules") {
        fs::create_directory_symlink(at->path(), target);
        at.disable_recursion_pending();
      } else if (at->is_symlink()) {
        fs::copy_symlink(at->path(), target);
      } else if (at->is_directory()) {
        fs::create_directory(target);
      } else if (at->is_regular_file()) {
        fs::copy_file(at->path(), target);
      }
    }
  } catch (const std::exception& error) {
    return base::fail(ErrorCode::io, std::string("cannot copy the project: ") + error.what());
  }
  return {};
}

}  // namespace perf
