#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "base/result.h"

namespace cli {

enum class Format : std::uint8_t { human, json, github };

/// What every command that reports to its user understands.
struct OutputOptions {
  Format format = Format::human;
  /// Nothing but errors.
  bool quiet = false;
  /// More warnings than that are a failure.
  std::optional<std::uint64_t> max_warnings;

  friend bool operator==(const OutputOptions&, const OutputOptions&) = default;
};

/// Where the config is and which part of it is meant.
struct ProjectOptions {
  /// `-C`: the folder to work in; empty: the current one.
  std::string folder;
  /// `--config`
  std::string config;
  /// `-p`; empty: all projects.
  std::string project;
  /// `--entry`, in order.
  std::vector<std::string> entries;

  friend bool operator==(const ProjectOptions&, const ProjectOptions&) = default;
};

/// How much of what earlier builds knew is used.
enum class Reuse : std::uint8_t {
  /// All of it; and what this build knows is kept.
  saved_state,
  /// `--no-cache`: the cache folder is left alone.
  nothing_saved,
  /// `--no-incremental`: everything is read and compiled, as if for the first time.
  nothing,
};

/// `builder`
struct BuildCommand {
  ProjectOptions project;
  OutputOptions output;
  /// `--out`
  std::string out_dir;
  /// Write nothing; differences are a failure.
  bool check = false;
  /// 0: as many as the machine has cores.
  unsigned threads = 0;
  /// `--debug-dir`: where facts, graph and emitted modules are written as JSON; empty: nowhere.
  std::string debug_dir;
  bool stats = false;
  /// `--paranoid`: both readers read everything first, and have to agree.
  bool is_paranoid = false;
  /// `--trace`: where spans are written to; empty: nowhere.
  std::string trace;
  Reuse reuse = Reuse::saved_state;
  /// `--cache-dir`; empty: that of the config.
  std::string cache_dir;
  /// `--show-cache`
  bool shows_cache = false;
  /// `--write-delta`
  bool writes_delta = false;
  /// `--explain`
  bool explains = false;
  /// `--graph-filter`; empty: all.
  std::string filter;
  /// `--watch`: build again whenever something changes, until somebody ends it.
  bool watches = false;
  /// `--stdin`: requests come from standard input, and its end is the end.
  bool reads_input = false;
  /// `--poll`: look at all folders now and then.
  bool polls = false;

  friend bool operator==(const BuildCommand&, const BuildCommand&) = default;
};

/// `builder validate`: the whole project, or the given documents alone.
struct ValidateCommand {
  ProjectOptions project;
  OutputOptions output;
  unsigned threads = 0;
  /// `--schema`, in order; empty: the whole project is validated.
  std::vector<std::string> schemas;
  std::vector<std::string> documents;
  /// Answer JSON lines of standard input.
  bool batch = false;

  friend bool operator==(const ValidateCommand&, const ValidateCommand&) = default;
};

/// `builder init`
struct InitCommand {
  std::string folder;
  /// `--from`: the config to translate; empty: look around.
  std::string from;
  bool force = false;
  bool print_schema = false;

  friend bool operator==(const InitCommand&, const InitCommand&) = default;
};

/// `builder cache`
struct CacheCommand {
  enum class Action : std::uint8_t { info, clear, gc };

  ProjectOptions project;
  OutputOptions output;
  std::string cache_dir;
  Action action = Action::info;

  friend bool operator==(const CacheCommand&, const CacheCommand&) = default;
};

/// `builder graph`
struct GraphCommand {
  enum class Form : std::uint8_t { json, dot, mermaid };

  ProjectOptions project;
  std::string cache_dir;
  unsigned threads = 0;
  Form form = Form::json;
  /// `--graph-filter`; empty: all.
  std::string filter;

  friend bool operator==(const GraphCommand&, const GraphCommand&) = default;
};

/// `builder explain`
struct ExplainCommand {
  ProjectOptions project;
  OutputOptions output;
  std::string cache_dir;
  unsigned threads = 0;
  /// A canonical id, or the end of one.
  std::string id;

  friend bool operator==(const ExplainCommand&, const ExplainCommand&) = default;
};

/// `--help`, `--version`
struct ShowText {
  std::string text;

  friend bool operator==(const ShowText&, const ShowText&) = default;
};

using Command = std::variant<BuildCommand,
                             ValidateCommand,
                             InitCommand,
                             CacheCommand,
                             GraphCommand,
                             ExplainCommand,
                             ShowText>;

/// Reads the arguments behind the program's name. Prints nothing and touches no disk. A mistake is
/// an Error with ErrorCode::invalid_config and a message for people, with a suggestion where an
/// option or a command looks like another one.
base::Result<Command> parse_command_line(const std::vector<std::string>& arguments);

/// Printed by `--version`.
extern const char* const k_version;

}  // namespace cli
