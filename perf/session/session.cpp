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

  /// Edits each of `files` in turn, `edits` times in all, with `edit`, which gives another text;
  /// then writes what was there.
  Figures run(const std::vector<std::string>& files,
              unsigned edits,
              std::string (*edit)(const std::string&, unsigned)) {
    Figures figures;
    std::map<std::string, std::string> originals;
    for (unsigned i = 0; i < edits && !files.empty(); ++i) {
      const std::string& file = files[i % files.size()];
      const auto [original, is_new] = originals.try_emplace(file);
      if (is_new && !files_.read(root_ + "/" + file, original->second, k_limit_bytes)) {
        break;
      }
      if (!measure(file, edit(original->second, i), figures)) {
        std::printf("a build did not commit\n");
        break;
      }
    }
    Figures ignored;
    for (const auto& [file, text] : originals) {
      measure(file, text, ignored);
    }
    return figures;
  }

  /// Files with an operation that spreads a fragment, from all over the project, and the one that
  /// holds the fragment with the most users.
  std::pair<std::vector<std::string>, std::string> choose(unsigned wanted) const {
    std::map<std::string, std::size_t> users;
    std::vector<std::string> leaves;
    for (const auto& [path, file] : session_.project().files()) {
      bool is_leaf = false;
      for (const builder::CompiledDefinition& definition : file.definitions) {
        for (const std::string& used : definition.uses) {
          ++users[used];
        }
        is_leaf = is_leaf || (!definition.is_fragment && !definition.uses.empty());
      }
      if (is_leaf) {
        leaves.push_back(path.text());
      }
    }
    std::vector<std::string> chosen;
    for (std::size_t i = 0; i < wanted && i < leaves.size(); ++i) {
      chosen.push_back(leaves[i * leaves.size() / std::min<std::size_t>(wanted, leaves.size())]);
    }
    const auto most =
        std::max_element(users.begin(), users.end(), [](const auto& a, const auto& b) {
          return a.second < b.second;
        });
    if (most == users.end()) {
      return {chosen, {}};
    }
    std::printf("most used        %s: %zu direct users\n", most->first.c_str(), most->second);
    return {chosen, most->first.substr(0, most->first.find("::"))};
  }

 private:
  /// Writes the file, and updates.
  bool measure(const std::string& file, const std::string& text, Figures& figures) {
    if (!files_.write_file(root_ + "/" + file, text)) {
      return false;
    }
    ChangeSet changes;
    changes.updated = {file};
    const std::int64_t begin = clock_.now_ns();
    const SessionBuild build = session_.update(changes);
    const std::int64_t built = clock_.now_ns();
    const bool is_settled = session_.settle().has_value();
    const std::int64_t settled = clock_.now_ns();
    figures.update_us.push_back(static_cast<double>(built - begin) / 1e3);
    figures.settle_us.push_back(static_cast<double>(settled - built) / 1e3);
    for (const session::PhaseTime& phase : build.report.phases) {
      figures.phases[phase.name].push_back(static_cast<double>(phase.wall_ns) / 1e3);
    }
    figures.compiled = build.compiled.size();
    figures.written = build.report.written.size();
    return build.is_committed && is_settled;
  }

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
  const auto [leaves, shared] = bench.choose(edits);
  print("comment", bench.run(leaves, edits, add_comment));
  print("leaf edit", bench.run(leaves, edits, add_field));
  print("fan-out edit", bench.run({shared}, edits, add_field));
  return 0;
}
