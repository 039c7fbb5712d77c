#include "cli/options.h"

#include <sstream>
#include <string>
#include <vector>

#include <doctest/doctest.h>

namespace {

std::vector<std::string> split(const std::string& line) {
  std::istringstream stream(line);
  std::vector<std::string> words;
  for (std::string word; stream >> word;) {
    words.push_back(word);
  }
  return words;
}

/// All that differs from the defaults, in a line.
class Describer {
 public:
  std::string operator()(const cli::BuildCommand& build) {
    text_ = "build";
    describe(build.project);
    add("out", build.out_dir);
    add("check", build.check);
    describe(build.output);
    add("threads", build.threads);
    add("debug", build.debug_dir);
    add("stats", build.stats);
    add("trace", build.trace);
    add("no-cache", build.reuse == cli::Reuse::nothing_saved);
    add("anew", build.reuse == cli::Reuse::nothing);
    add("cache", build.cache_dir);
    add("show-cache", build.shows_cache);
    add("delta", build.writes_delta);
    add("explain", build.explains);
    add("filter", build.filter);
    add("watch", build.watches);
    add("stdin", build.reads_input);
    add("poll", build.polls);
    return text_;
  }

  std::string operator()(const cli::GraphCommand& graph) {
    constexpr const char* k_forms[] = {"json", "dot", "mermaid"};
    text_ = std::string("graph ") + k_forms[static_cast<std::size_t>(graph.form)];
    describe(graph.project);
    add("cache", graph.cache_dir);
    add("threads", graph.threads);
    add("filter", graph.filter);
    return text_;
  }

  std::string operator()(const cli::ExplainCommand& explain) {
    text_ = "explain " + explain.id;
    describe(explain.project);
    describe(explain.output);
    add("cache", explain.cache_dir);
    add("threads", explain.threads);
    return text_;
  }

  std::string operator()(const cli::CacheCommand& cache) {
    constexpr const char* k_actions[] = {"info", "clear", "gc"};
    text_ = std::string("cache ") + k_actions[static_cast<std::size_t>(cache.action)];
    describe(cache.project);
    describe(cache.output);
    add("cache", cache.cache_dir);
    return text_;
  }

  std::string operator()(const cli::ValidateCommand& validate) {
    text_ = "validate";
    describe(validate.project);
    describe(validate.output);
    add("threads", validate.threads);
    add("schemas", validate.schemas);
    add("documents", validate.documents);
    add("batch", validate.batch);
    return text_;
  }

  std::string operator()(const cli::InitCommand& init) {
    text_ = "init";
    add("in", init.folder);
    add("from", init.from);
    add("force", init.force);
    add("print-schema", init.print_schema);
    return text_;
  }

  std::string operator()(const cli::ShowText& show) {
    return "text: " + show.text.substr(0, show.text.find('\n'));
  }

 private:
  void describe(const cli::ProjectOptions& project) {
    add("in", project.folder);
    add("config", project.config);
    add("project", project.project);
    add("entries", project.entries);
  }

  void describe(const cli::OutputOptions& output) {
    if (output.format != cli::Format::human) {
      text_ += output.format == cli::Format::json ? " json" : " github";
    }
    add("quiet", output.quiet);
    if (output.max_warnings) {
      text_ += " max-warnings=" + std::to_string(*output.max_warnings);
    }
  }

  void add(const char* name, const std::string& value) {
    if (!value.empty()) {
      text_ += std::string(" ") + name + "=" + value;
    }
  }

  void add(const char* name, const std::vector<std::string>& values) {
    for (const std::string& value : values) {
      add(name, value);
    }
  }

  void add(const char* name, bool value) { text_ += value ? std::string(" ") + name : ""; }

  void add(const char* name, unsigned value) {
    text_ += value == 0 ? "" : std::string(" ") + name + "=" + std::to_string(value);
  }

  std::string text_;
};

std::string parse(const std::string& line) {
  const base::Result<cli::Command> command = cli::parse_command_line(split(line));
  return command.has_value() ? std::visit(Describer(), *command)
                             : "error: " + command.error().message;
}

struct OptionsCase {
  const char* line;
  std::string expected;
};

const OptionsCase k_commands[] = {
    {"", "build"},
    {"-C web --config c.json -p shop --entry a/** --entry b --out gen --check --format json "
     "--threads 2 --max-warnings 0 --quiet --debug-dir d --stats --trace t.json",
     "build in=web config=c.json project=shop entries=a/** entries=b out=gen check json quiet "
     "max-warnings=0 threads=2 debug=d stats trace=t.json"},
    {"--cwd=web -pshop --format=github", "build in=web project=shop github"},
    {"--incremental --cache-dir c --show-cache --write-delta", "build cache=c show-cache delta"},
    {"--no-cache", "build no-cache"},
    {"--no-incremental --show-cache", "build anew show-cache"},
    {"--explain --graph-filter src/** --out part", "build out=part explain filter=src/**"},
    {"--watch", "build watch"},
    {"--watch --poll --quiet --write-delta --no-cache --explain --stats",
     "build quiet stats no-cache delta explain watch poll"},
    {"--watch --stdin --format json", "build json watch stdin"},
    {"graph", "graph json"},
    {"graph --format dot --graph-filter ::A -p shop", "graph dot project=shop filter=::A"},
    {"-C web graph --format=mermaid --threads 1", "graph mermaid in=web threads=1"},
    {"explain a.ts::A --format json --cache-dir c", "explain a.ts::A json cache=c"},
    {"cache", "cache info"},
    {"cache info --format json", "cache info json"},
    {"-C web cache clear -p shop --cache-dir c", "cache clear in=web project=shop cache=c"},
    {"--cache-dir c cache gc --config b.json", "cache gc config=b.json cache=c"},
    {"validate", "validate"},
    {"-p web validate --quiet", "validate project=web quiet"},
    {"validate --schema a --schema b c d", "validate schemas=a schemas=b documents=c documents=d"},
    {"validate --schema a -- -d", "validate schemas=a documents=-d"},
    {"validate --batch", "validate batch"},
    {"init", "init"},
    {"-C x init --from codegen.ts --force", "init in=x from=codegen.ts force"},
    {"init --print-schema", "init print-schema"},
    {"--help",
     "text: Compiles the GraphQL that is written inside TypeScript. Without a command, "
     "builds once."},
    {"validate --help", "text: Checks the whole project, or single documents, and writes nothing."},
    {"init -h", "text: Writes builder.config.json."},
    {"--version", "text: 0.1.0"},
};

const OptionsCase k_mistakes[] = {
    {"--chek", R"(error: unknown option "--chek". Did you mean "--check"?)"},
    {"--chek=1", R"(error: unknown option "--chek". Did you mean "--check"?)"},
    {"--incremental --no-cache", "error: --incremental excludes --no-cache"},
    {"--no-incremental --incremental", "error: --incremental excludes --no-incremental"},
    {"--write-delta --check",
     "error: --write-delta tells what changed since the last build, which --no-incremental, "
     "--check, --debug-dir and --graph-filter do not look at"},
    {"--graph-filter src/**", "error: --graph-filter needs an --out of its own"},
    {"graph --format github", R"(error: --format: "github" is not one of json, dot, mermaid)"},
    {"explain", "error: which definition? builder explain src/user.ts::GetUser"},
    {"explain a b", "error: unexpected argument \"b\"; quote globs, so that the shell leaves them"},
    {"cache purge", R"(error: cache: "purge" is not one of info, clear, gc)"},
    {"cache --stats", R"(error: unknown option "--stats".)"},
    {"-x", R"(error: unknown option "-x".)"},
    {"--watch validate", R"(error: unknown option "--watch". Did you mean "--batch"?)"},
    {"--stdin", "error: --stdin needs --watch"},
    {"--poll", "error: --poll needs --watch"},
    {"--watch --stdin",
     "error: --stdin needs --format json: what it is asked is answered by events"},
    {"--watch --check",
     "error: --check compares once and writes nothing; --watch writes whenever something changes"},
    {"--watch --debug-dir d",
     "error: --debug-dir, --graph-filter and --no-incremental build from nothing, which --watch "
     "does not"},
    {"--watch --graph-filter ::A --out part",
     "error: --debug-dir, --graph-filter and --no-incremental build from nothing, which --watch "
     "does not"},
    {"--watch --no-incremental",
     "error: --debug-dir, --graph-filter and --no-incremental build from nothing, which --watch "
     "does not"},
    {"--watch --paranoid",
     "error: --paranoid compares what a single build reads; run it without --watch"},
    {"--watch --show-cache",
     "error: --show-cache is for a single build; with --watch, ask `builder cache info`"},
    {"--watch --max-warnings 0",
     "error: --max-warnings decides how a build ends, and --watch does not end with a build"},
    {"--watch --format github",
     "error: --format github is for a single build in a workflow, and not for --watch"},
    {"valdate", R"(error: unknown command "valdate". Did you mean "validate"?)"},
    {"build", R"(error: unknown command "build".)"},
    {"init --check", R"(error: unknown option "--check".)"},
    {"--entry src/a.ts src/b.ts",
     "error: unexpected argument \"src/b.ts\"; quote globs, so that the shell leaves them"},
    {"--out", "error: --out needs a value"},
    {"--out a --out b", "error: --out is given more than once"},
    {"--format xml", R"(error: --format: "xml" is not one of human, json, github)"},
    {"--threads many", R"(error: --threads: "many" is not a whole number from 1 to 1024)"},
    {"--threads 0", R"(error: --threads: "0" is not a whole number from 1 to 1024)"},
    {"--max-warnings -1",
     R"(error: --max-warnings: "-1" is not a whole number from 0 to 1000000000)"},
    {"validate a.graphql", "error: documents need a schema: builder validate --schema FILE DOC..."},
    {"validate --schema a",
     "error: --schema needs documents: builder validate --schema FILE DOC..."},
    {"validate --batch --schema a b",
     "error: --batch takes schemas and documents from standard input, not from files"},
};

}  // namespace

TEST_SUITE("cli/options") {
  TEST_CASE("arguments become a command") {
    for (const OptionsCase& row : k_commands) {
      SUBCASE(row.line) {
        CHECK(parse(row.line) == row.expected);
      }
    }
  }

  TEST_CASE("mistakes are told, with a suggestion where there is one") {
    for (const OptionsCase& row : k_mistakes) {
      SUBCASE(row.line) {
        CHECK(parse(row.line) == row.expected);
      }
    }
  }

  TEST_CASE("an empty value is none") {
    for (const char* option : {"--out", "--config", "--entry", "-p", "-C"}) {
      CAPTURE(option);
      const auto command = cli::parse_command_line({option, ""});
      REQUIRE(!command.has_value());
      CHECK(command.error().message.ends_with(" needs a value"));
    }
  }

  TEST_CASE("the help names every option") {
    const base::Result<cli::Command> command = cli::parse_command_line({"--help"});

    const std::string& help = std::get<cli::ShowText>(*command).text;
    for (const char* option :
         {"-C,--cwd",         "--config",       "-p,--project", "--entry",        "--out",
          "--check",          "--format",       "--quiet",      "--max-warnings", "--threads",
          "--debug-dir",      "--paranoid",     "--stats",      "--trace",        "--incremental",
          "--no-incremental", "--no-cache",     "--cache-dir",  "--show-cache",   "--write-delta",
          "--explain",        "--graph-filter", "--version"}) {
      CHECK_MESSAGE(help.find(option) != std::string::npos, option);
    }
  }
}
