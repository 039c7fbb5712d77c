// Measures a session: how long an edit takes from update() called to modules and delta on disk, and
// how long settle() takes after it.
//
// usage: perf_session FOLDER [EDITS] [THREADS] [CASE,CASE,...]
//
// FOLDER is a project with a builder.config.json (perf/generate_project.py); its sources are left
// as they were found, its outputs are those of the sources. Prints JSON; perf/session.py reads it.

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <fstream>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include <fcntl.h>
#include <sys/stat.h>

#include <nlohmann/json.hpp>

#include "base/clock.h"
#include "base/fingerprint.h"
#include "base/real_file_system.h"
#include "session/build_once.h"
#include "session/builder_session.h"
#include "session/config_loader.h"

namespace {

using nlohmann::json;
using session::BuilderSession;
using session::ChangeSet;
using session::SessionBuild;

constexpr std::uint64_t k_limit_bytes = std::uint64_t{1} << 28;
/// What issue 5 asks of an edit with many users.
constexpr std::size_t k_wanted_users = 150;
constexpr std::size_t k_touched_files = 1'000;

/// One figure of `/proc/self/status`, in MB.
double memory_mb(const std::string& name) {
  std::ifstream status("/proc/self/status");
  std::string line;
  while (std::getline(status, line)) {
    if (line.starts_with(name + ":")) {
      return std::strtod(line.c_str() + name.size() + 1, nullptr) / 1024;
    }
  }
  return 0;
}

/// Stamps and contents of the files below a folder that depend on the sources alone.
struct OutputState {
  base::FileStamp stamp;
  base::Fingerprint content;
};
using Outputs = std::map<std::string, OutputState>;

bool is_pure(const std::string& path) {
  return path != "report.json" && path != "delta.json" && path != ".gitignore" &&
         !path.starts_with(".builder");
}

/// Everything of one case.
struct Figures {
  json update_us = json::array();
  json settle_us = json::array();
  std::map<std::string, std::vector<double>> phases;
  std::size_t edits = 0;
  std::size_t compiled = 0;
  std::size_t chunks_changed = 0;
  std::size_t files_written = 0;
  /// Of the modules on disk around the first edit: whose bytes stayed, and of those the ones that
  /// were not touched.
  std::size_t chunks_same = 0;
  std::size_t chunks_kept = 0;
  bool has_failed = false;
};

json to_json(const Figures& figures) {
  json phases = json::object();
  for (const auto& [phase, times] : figures.phases) {
    std::vector<double> sorted = times;
    std::sort(sorted.begin(), sorted.end());
    phases[phase] = sorted[sorted.size() / 2];
  }
  return {{"update_us", figures.update_us},
          {"settle_us", figures.settle_us},
          {"phases_us", phases},
          {"edits", figures.edits},
          {"compiled", figures.compiled},
          {"chunks_changed", figures.chunks_changed},
          {"files_written", figures.files_written},
          {"chunks_same", figures.chunks_same},
          {"chunks_kept", figures.chunks_kept},
          {"failed", figures.has_failed}};
}

/// Gives the first selection one more field, under an alias of its own.
std::string add_field(const std::string& source, unsigned number) {
  std::string text = source;
  const std::size_t quote = text.find('`');
  // A document file has none.
  const std::size_t brace = text.find('{', quote == std::string::npos ? 0 : quote);
  if (brace != std::string::npos) {
    text.insert(brace + 1, " alias" + std::to_string(number) + ": __typename");
  }
  return text;
}

std::string add_comment(const std::string& text, unsigned number) {
  return "// edit " + std::to_string(number) + "\n" + text;
}

std::string change_description(const std::string& source, unsigned number) {
  std::string text = source;
  const std::size_t quotes = text.find("\"\"\"");
  if (quotes != std::string::npos) {
    text.insert(quotes + 3, "Edit " + std::to_string(number) + ". ");
  }
  return text;
}

session::SessionOptions options_with(unsigned threads) {
  session::SessionOptions options;
  options.threads = threads;
  options.writes_delta = true;
  return options;
}

class Bench {
 public:
  Bench(const session::ProjectConfig& project, unsigned edits, unsigned threads)
      : project_(project),
        edits_(edits),
        threads_(threads),
        session_(project, options_with(threads), {files_, clock_}) {}

  bool start(json& result) {
    const std::int64_t begin = clock_.now_ns();
    const SessionBuild build = session_.build_initial();
    const bool is_settled = session_.settle().has_value();
    choose();
    result["initial_ms"] = static_cast<double>(clock_.now_ns() - begin) / 1e6;
    result["definitions"] = build.compiled.size();
    result["files"] = build.report.files_scanned;
    result["fan_out"] = {{"fragment", shared_id_}, {"users", shared_users_}};
    return build.is_committed && is_settled && !leaves_.empty() && !shared_.empty();
  }

  Figures run(const std::string& name) {
    figures_ = {};
    if (name == "comment") {
      edit(leaves_, add_comment);
    } else if (name == "leaf") {
      edit(leaves_, add_field);
    } else if (name == "fan_out") {
      edit({shared_}, add_field);
    } else if (name == "schema") {
      edit(schemas(), change_description);
    } else if (name == "add") {
      add_and_remove(true);
    } else if (name == "remove") {
      add_and_remove(false);
    } else if (name == "touch") {
      touch();
    } else {
      figures_.has_failed = true;
    }
    return std::exchange(figures_, {});
  }

  /// Leaves some edits in place and compares the outputs with those of a build from nothing.
  json check_equality() {
    ChangeSet changes;
    std::map<std::string, std::string> originals;
    const std::size_t count = std::min<std::size_t>(leaves_.size(), 5);
    std::vector<std::string> edited(leaves_.begin(),
                                    leaves_.begin() + static_cast<std::ptrdiff_t>(count));
    edited.push_back(shared_);
    for (const std::string& file : edited) {
      originals.try_emplace(file, read(file));
      static_cast<void>(files_.write_file(absolute(file), add_field(originals[file], 7)));
      changes.updated.push_back(file);
    }
    const bool is_built = session_.update(changes).is_committed && session_.settle().has_value();
    const Outputs mine = outputs_of(project_.out_dir);
    session::ProjectConfig clean = project_;
    clean.out_dir += "-clean";
    const auto built =
        session::build_once(clean, {session::BuildMode::write, threads_, {}, {}}, {files_, clock_});
    const Outputs other = outputs_of(clean.out_dir);
    std::size_t equal = 0;
    for (const auto& [path, state] : other) {
      const auto found = mine.find(path);
      equal += found != mine.end() && found->second.content == state.content ? 1U : 0U;
    }
    for (const auto& [file, text] : originals) {
      static_cast<void>(files_.write_file(absolute(file), text));
    }
    static_cast<void>(session_.update(changes));
    static_cast<void>(session_.settle());
    const bool is_clean = built.outcome == session::BuildResult::Outcome::built;
    return {{"outputs", other.size()},
            {"equal", is_built && is_clean && mine.size() == other.size() ? equal : 0}};
  }

 private:
  std::string absolute(const std::string& file) const { return project_.root + "/" + file; }

  std::string read(const std::string& file) {
    std::string text;
    static_cast<void>(files_.read(absolute(file), text, k_limit_bytes));
    return text;
  }

  std::vector<std::string> schemas() const {
    std::vector<std::string> paths;
    for (const session::SchemaConfig& schema : project_.schemas) {
      paths.insert(paths.end(), schema.files.begin(), schema.files.end());
    }
    return paths;
  }

  /// Edits each of `files` in turn, then writes what was there.
  void edit(const std::vector<std::string>& files,
            std::string (*change)(const std::string&, unsigned)) {
    std::map<std::string, std::string> originals;
    for (unsigned i = 0; i < edits_; ++i) {
      const std::string& file = files[i % files.size()];
      const auto [original, is_new] = originals.try_emplace(file);
      if (is_new) {
        original->second = read(file);
      }
      const Outputs before = i == 0 ? outputs_of(project_.out_dir) : Outputs();
      ChangeSet changes;
      changes.updated = {file};
      static_cast<void>(files_.write_file(absolute(file), change(original->second, i)));
      measure(changes);
      if (i == 0) {
        compare(before, outputs_of(project_.out_dir));
      }
    }
    const Figures measured = std::exchange(figures_, {});
    for (const auto& [file, text] : originals) {
      ChangeSet changes;
      changes.updated = {file};
      static_cast<void>(files_.write_file(absolute(file), text));
      measure(changes);
    }
    figures_ = measured;
  }

  void add_and_remove(bool measures_adding) {
    const std::string file = leaves_.front() + ".added.ts";
    const Figures none;
    Figures measured;
    for (unsigned i = 0; i < edits_; ++i) {
      ChangeSet changes;
      changes.added = {file};
      const std::string text =
          "import { gql } from \"@apollo/client\";\nexport const ADDED = gql`query AddedByPerf { "
          "alias" +
          std::to_string(i) + ": __typename }`;\n";
      static_cast<void>(files_.write_file(absolute(file), text));
      figures_ = measures_adding ? measured : none;
      measure(changes);
      measured = measures_adding ? figures_ : measured;
      static_cast<void>(files_.remove_file(absolute(file)));
      figures_ = measures_adding ? none : measured;
      measure(changes);
      measured = measures_adding ? measured : figures_;
    }
    figures_ = measured;
  }

  /// Says of many files that they changed, which have other times and the same bytes.
  void touch() {
    std::vector<std::string> all;
    collect_sources(project_.root + "/src", all);
    std::sort(all.begin(), all.end());
    const std::size_t count = std::min(all.size(), k_touched_files);
    ChangeSet changes;
    for (std::size_t i = 0; i < count; ++i) {
      changes.updated.push_back(all[i * all.size() / count]);
    }
    for (unsigned i = 0; i < std::min(edits_, 10U); ++i) {
      for (const std::string& path : changes.updated) {
        static_cast<void>(utimensat(AT_FDCWD, path.c_str(), nullptr, 0));
      }
      measure(changes);
    }
  }

  void collect_sources(const std::string& folder, std::vector<std::string>& into) {
    for (const base::DirectoryEntry& entry :
         files_.list(folder).value_or(std::vector<base::DirectoryEntry>())) {
      const std::string path = folder + "/" + entry.name;
      if (entry.kind == base::FileKind::directory) {
        collect_sources(path, into);
      } else {
        into.push_back(path);
      }
    }
  }

  void measure(const ChangeSet& changes) {
    const std::int64_t begin = clock_.now_ns();
    const SessionBuild build = session_.update(changes);
    const std::int64_t built = clock_.now_ns();
    const bool is_settled = session_.settle().has_value();
    const std::int64_t settled = clock_.now_ns();
    figures_.update_us.push_back(static_cast<double>(built - begin) / 1e3);
    figures_.settle_us.push_back(static_cast<double>(settled - built) / 1e3);
    for (const session::PhaseTime& phase : build.report.phases) {
      figures_.phases[phase.name].push_back(static_cast<double>(phase.wall_ns) / 1e3);
    }
    const auto& chunks = build.delta.chunks;
    ++figures_.edits;
    figures_.compiled = build.compiled.size();
    figures_.chunks_changed = chunks.added.size() + chunks.updated.size() + chunks.removed.size();
    figures_.files_written = build.report.written.size();
    figures_.has_failed = figures_.has_failed || !build.is_committed || !is_settled;
  }

  /// Which modules were not touched, of those whose bytes are what they were.
  void compare(const Outputs& before, const Outputs& after) {
    for (const auto& [path, state] : before) {
      const auto found = after.find(path);
      if (path.starts_with("modules/") && found != after.end() &&
          found->second.content == state.content) {
        ++figures_.chunks_same;
        figures_.chunks_kept += found->second.stamp == state.stamp ? 1U : 0U;
      }
    }
  }

  Outputs outputs_of(const std::string& folder) {
    Outputs outputs;
    std::vector<std::string> paths;
    collect_sources(folder, paths);
    std::string text;
    for (const std::string& path : paths) {
      const std::string name = path.substr(folder.size() + 1);
      const auto status = files_.read(path, text, k_limit_bytes);
      if (is_pure(name) && status) {
        outputs.emplace(name, OutputState{status->stamp, base::fingerprint_of(text)});
      }
    }
    return outputs;
  }

  /// Whether it is an operation at whose root another field is no mistake.
  static bool takes_any_field(const builder::CompiledDefinition& definition) {
    return !definition.is_fragment && definition.element &&
           definition.element->prebuild.find("\"operationType\":\"subscription\"") ==
               std::string::npos;
  }

  using Users = std::unordered_map<std::string, std::vector<std::string>>;

  /// Files with an operation that spreads a fragment, from all over the project, and the fragment
  /// whose users, directly or not, come nearest to what is wanted.
  void choose() {
    Users users;
    std::vector<std::string> leaves;
    for (const auto& [path, file] : session_.project().files()) {
      bool is_leaf = false;
      for (const builder::CompiledDefinition& definition : file.definitions) {
        for (const std::string& used : definition.uses) {
          users[used].push_back(definition.id);
        }
        is_leaf = is_leaf || (!definition.uses.empty() && takes_any_field(definition));
      }
      if (is_leaf) {
        leaves.push_back(path.text());
      }
    }
    const std::size_t count = std::min<std::size_t>(edits_, leaves.size());
    for (std::size_t i = 0; i < count; ++i) {
      leaves_.push_back(leaves[i * leaves.size() / count]);
    }
    choose_shared(users);
  }

  void choose_shared(const Users& users) {
    const auto distance = [](std::size_t count) {
      return count > k_wanted_users ? count - k_wanted_users : k_wanted_users - count;
    };
    for (const auto& [fragment, direct] : users) {
      const std::size_t count = count_users(users, fragment);
      const bool is_nearer = distance(count) < distance(shared_users_);
      const bool is_as_near = distance(count) == distance(shared_users_);
      if (shared_id_.empty() || is_nearer || (is_as_near && fragment < shared_id_)) {
        shared_id_ = fragment;
        shared_users_ = count;
      }
    }
    shared_ = shared_id_.substr(0, shared_id_.find("::"));
  }

  static std::size_t count_users(const Users& users, const std::string& fragment) {
    std::set<std::string> seen;
    std::vector<std::string> queue = {fragment};
    for (std::size_t next = 0; next < queue.size(); ++next) {
      const auto found = users.find(queue[next]);
      if (found == users.end()) {
        continue;
      }
      for (const std::string& user : found->second) {
        if (seen.insert(user).second) {
          queue.push_back(user);
        }
      }
    }
    return seen.size();
  }

  session::ProjectConfig project_;
  unsigned edits_;
  unsigned threads_;
  base::RealFileSystem files_;
  base::SteadyClock clock_;
  BuilderSession session_;
  std::vector<std::string> leaves_;
  std::string shared_;
  std::string shared_id_;
  std::size_t shared_users_ = 0;
  Figures figures_;
};

std::vector<std::string> split(const std::string& text) {
  std::vector<std::string> parts;
  for (std::size_t begin = 0; begin <= text.size();) {
    const std::size_t end = std::min(text.find(',', begin), text.size());
    parts.push_back(text.substr(begin, end - begin));
    begin = end + 1;
  }
  return parts;
}

unsigned number_at(const std::vector<std::string>& arguments,
                   std::size_t index,
                   unsigned otherwise) {
  return index < arguments.size() ? static_cast<unsigned>(std::atoi(arguments[index].c_str()))
                                  : otherwise;
}

int measure_project(const std::vector<std::string>& arguments) {
  const unsigned edits = number_at(arguments, 1, 50);
  const unsigned threads = number_at(arguments, 2, 2);
  base::RealFileSystem files;
  session::ConfigRequest request;
  request.working_dir = files.real_path(arguments[0]).value_or(arguments[0]);
  session::ConfigResult config = session::load_config(files, request);
  if (!config.config) {
    std::fprintf(stderr, "the config of %s cannot be read\n", arguments[0].c_str());
    return 2;
  }
  Bench bench(config.config->projects.front(), edits, threads);
  json result;
  if (!bench.start(result)) {
    std::fprintf(stderr, "the first build did not commit, or holds nothing to edit\n");
    return 1;
  }
  const std::string cases =
      arguments.size() > 3 ? arguments[3] : "comment,leaf,fan_out,schema,add,remove,touch";
  for (const std::string& name : split(cases)) {
    result["cases"][name] = to_json(bench.run(name));
  }
  result["memory_mb"] = memory_mb("VmRSS");
  result["peak_memory_mb"] = memory_mb("VmHWM");
  result["equality"] = bench.check_equality();
  std::printf("%s\n", result.dump(1).c_str());
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2) {
    std::fprintf(stderr, "perf_session FOLDER [EDITS] [THREADS] [CASE,CASE,...]\n");
    return 2;
  }
  try {
    return measure_project({argv + 1, argv + argc});
  } catch (const std::exception& error) {
    std::fprintf(stderr, "perf_session: %s\n", error.what());
    return 1;
  }
}
