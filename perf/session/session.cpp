// Measures a session: how long an edit takes from update() to modules and delta on disk.
//
// perf-session FOLDER [EDITS]: copies nothing and leaves the folder as it was. The folder is a
// project with a builder.config.json; see perf/generate_project.py.

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "base/clock.h"
#include "base/real_file_system.h"
#include "session/builder_session.h"
#include "session/config_loader.h"

namespace {

using session::BuilderSession;
using session::ChangeSet;
using session::SessionBuild;

constexpr std::uint64_t k_limit_bytes = std::uint64_t{1} << 26;

struct Figures {
  std::vector<double> update_us;
  std::vector<double> settle_us;
  std::size_t compiled = 0;
  std::size_t written = 0;
  /// Phase -> times, in microseconds.
  std::map<std::string, std::vector<double>> phases;
};

double percentile(std::vector<double> values, double share) {
  if (values.empty()) {
    return 0;
  }
  std::sort(values.begin(), values.end());
  const auto last = static_cast<double>(values.size() - 1);
  return values[static_cast<std::size_t>(share * last)];
}

void print(const char* name, const Figures& figures) {
  std::printf(
      "%-16s update median %8.0f us  p95 %8.0f us  settle median %8.0f us  compiled %zu  written "
      "%zu\n",
      name,
      percentile(figures.update_us, 0.5),
      percentile(figures.update_us, 0.95),
      percentile(figures.settle_us, 0.5),
      figures.compiled,
      figures.written);
  for (const auto& [phase, times] : figures.phases) {
    std::printf("  %-14s %8.0f us\n", phase.c_str(), percentile(times, 0.5));
  }
}

class Bench {
 public:
  Bench(session::ProjectConfig project, unsigned threads)
      : root_(project.root), session_(std::move(project), {threads}, {files_, clock_}) {}

  bool start() {
    const std::int64_t begin = clock_.now_ns();
    const SessionBuild build = session_.build_initial();
    const std::int64_t built = clock_.now_ns();
    const bool is_settled = session_.settle().has_value();
    std::printf("initial          %8.1f ms, %zu definitions\n",
                static_cast<double>(built - begin) / 1e6,
                build.compiled.size());
    return build.is_committed && is_settled;
  }

  /// Edits `file` back and forth with `edit`, which gives another text.
  Figures run(const std::string& file,
              unsigned edits,
              std::string (*edit)(const std::string&, unsigned)) {
    Figures figures;
    std::string original;
    const std::string path = root_ + "/" + file;
    if (!files_.read(path, original, k_limit_bytes)) {
      return figures;
    }
    for (unsigned i = 0; i <= edits; ++i) {
      const std::string text = i == edits ? original : edit(original, i);
      if (!files_.write_file(path, text)) {
        break;
      }
      ChangeSet changes;
      changes.updated = {file};
      const std::int64_t begin = clock_.now_ns();
      const SessionBuild build = session_.update(changes);
      const std::int64_t built = clock_.now_ns();
      const bool is_settled = session_.settle().has_value();
      const std::int64_t settled = clock_.now_ns();
      if (!build.is_committed || !is_settled) {
        std::printf("a build did not commit\n");
        break;
      }
      figures.update_us.push_back(static_cast<double>(built - begin) / 1e3);
      figures.settle_us.push_back(static_cast<double>(settled - built) / 1e3);
      for (const session::PhaseTime& phase : build.report.phases) {
        figures.phases[phase.name].push_back(static_cast<double>(phase.wall_ns) / 1e3);
      }
      figures.compiled = build.compiled.size();
      figures.written = build.report.written.size();
    }
    return figures;
  }

  /// A file that holds an operation, and the one that holds the fragment with the most users.
  std::pair<std::string, std::string> choose() const {
    std::map<std::string, std::size_t> users;
    std::string leaf;
    for (const auto& [path, file] : session_.project().files()) {
      for (const builder::CompiledDefinition& definition : file.definitions) {
        for (const std::string& used : definition.uses) {
          ++users[used];
        }
        if (leaf.empty() && !definition.is_fragment && !definition.uses.empty()) {
          leaf = path.text();
        }
      }
    }
    const auto most =
        std::max_element(users.begin(), users.end(), [](const auto& a, const auto& b) {
          return a.second < b.second;
        });
    if (most == users.end()) {
      return {leaf, leaf};
    }
    std::printf("most used        %s: %zu direct users\n", most->first.c_str(), most->second);
    return {leaf, most->first.substr(0, most->first.find("::"))};
  }

 private:
  std::string root_;
  base::RealFileSystem files_;
  base::SteadyClock clock_;
  BuilderSession session_;
};

/// Gives the first selection one more field, under an alias of its own.
std::string add_field(const std::string& source, unsigned number) {
  std::string text = source;
  const std::size_t keyword = text.find('`');
  const std::size_t brace = text.find('{', keyword);
  if (brace != std::string::npos) {
    text.insert(brace + 1, " alias" + std::to_string(number) + ": __typename");
  }
  return text;
}

std::string add_comment(const std::string& text, unsigned number) {
  return "// edit " + std::to_string(number) + "\n" + text;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2) {
    std::fprintf(stderr, "perf-session FOLDER [EDITS] [THREADS]\n");
    return 2;
  }
  const unsigned edits = argc > 2 ? static_cast<unsigned>(std::atoi(argv[2])) : 50;
  const unsigned threads = argc > 3 ? static_cast<unsigned>(std::atoi(argv[3])) : 2;
  base::RealFileSystem files;
  session::ConfigRequest request;
  request.working_dir = files.real_path(argv[1]).value_or(argv[1]);
  session::ConfigResult config = session::load_config(files, request);
  if (!config.config) {
    std::fprintf(stderr, "the config of %s cannot be read\n", argv[1]);
    return 2;
  }
  Bench bench(config.config->projects.front(), threads);
  if (!bench.start()) {
    std::fprintf(stderr, "the first build did not commit\n");
    return 1;
  }
  const auto [leaf, shared] = bench.choose();
  print("comment", bench.run(leaf, edits, add_comment));
  print("leaf edit", bench.run(leaf, edits, add_field));
  print("fan-out edit", bench.run(shared, edits, add_field));
  return 0;
}
