#include "cli/options.h"

#include <charconv>
#include <iterator>
#include <map>
#include <string_view>
#include <system_error>
#include <utility>

#include <CLI/CLI.hpp>

#include "base/suggestion.h"

namespace cli {

const char* const k_version = BUILDER_VERSION;

namespace {

using base::ErrorCode;

constexpr std::uint64_t k_max_threads = 1024;
constexpr std::uint64_t k_max_number = 1'000'000'000;
constexpr std::string_view k_command_names[] = {"cache", "explain", "graph", "init", "validate"};

/// Throws what CLI11 expects of a callback.
std::uint64_t read_number(const std::string& option,
                          const std::string& text,
                          std::uint64_t least,
                          std::uint64_t most) {
  std::uint64_t number = 0;
  const char* end = text.data() + text.size();
  const auto [at, error] = std::from_chars(text.data(), end, number);
  if (error != std::errc() || at != end || number < least || number > most) {
    throw CLI::ValidationError(option,
                               "\"" + text + "\" is not a whole number from " +
                                   std::to_string(least) + " to " + std::to_string(most));
  }
  return number;
}

void add_folder(CLI::App& app, std::string& folder) {
  app.add_option("-C,--cwd", folder, "Work as if started in this folder.")->type_name("DIR");
}

void add_config(CLI::App& app, ProjectOptions& project) {
  add_folder(app, project.folder);
  app.add_option("--config", project.config, "The config file, instead of searching for one.")
      ->type_name("FILE");
  app.add_option("-p,--project", project.project, "One project of the config.")->type_name("NAME");
}

void add_project(CLI::App& app, ProjectOptions& project) {
  add_config(app, project);
  app.add_option("--entry", project.entries, "Files to read, instead of `include`; repeatable.")
      ->type_name("GLOB")
      ->allow_extra_args(false);
}

void add_format(CLI::App& app, OutputOptions& output) {
  static const std::map<std::string, Format> formats{
      {"human", Format::human}, {"json", Format::json}, {"github", Format::github}};
  app.add_option_function<std::string>(
         "--format",
         [&output](const std::string& name) {
           const auto format = formats.find(name);
           if (format == formats.end()) {
             throw CLI::ValidationError("--format",
                                        "\"" + name + "\" is not one of human, json, github");
           }
           output.format = format->second;
         },
         "How to report: human, json (an event per line) or github (annotations).")
      ->type_name("NAME");
}

void add_output(CLI::App& app, OutputOptions& output) {
  add_format(app, output);
  app.add_flag("--quiet", output.quiet, "Print nothing but errors.");
  app.add_option_function<std::string>(
         "--max-warnings",
         [&output](const std::string& text) {
           output.max_warnings = read_number("--max-warnings", text, 0, k_max_number);
         },
         "Fail if there are more warnings.")
      ->type_name("N");
}

void add_threads(CLI::App& app, unsigned& threads) {
  app.add_option_function<std::string>(
         "--threads",
         [&threads](const std::string& text) {
           threads = static_cast<unsigned>(read_number("--threads", text, 1, k_max_threads));
         },
         "How many threads to use; the default is one per core.")
      ->type_name("N");
}

void add_cache_dir(CLI::App& app, std::string& cache_dir) {
  app.add_option("--cache-dir", cache_dir, "The folder for the saved state, instead of `cacheDir`.")
      ->type_name("DIR");
}

void add_reuse(CLI::App& app, BuildCommand& build) {
  const auto add = [&](const char* name, Reuse reuse, const char* description) {
    return app.add_flag_callback(
        name, [&build, reuse] { build.reuse = reuse; }, description);
  };
  CLI::Option* incremental =
      add("--incremental", Reuse::saved_state, "Begin where the last build ended; the default.");
  CLI::Option* uncached = add("--no-cache",
                              Reuse::nothing_saved,
                              "Neither use nor keep what builds know in the cache folder.");
  CLI::Option* anew = add(
      "--no-incremental", Reuse::nothing, "Read and compile everything, as if for the first time.");
  incremental->excludes(uncached)->excludes(anew);
  add_cache_dir(app, build.cache_dir);
  app.add_flag(
      "--show-cache", build.shows_cache, "Print what is in the cache folder after the build.");
  app.add_flag("--write-delta",
               build.writes_delta,
               "Write delta.json: what leads from the last build's artifact to this one's.");
}

void add_filter(CLI::App& app, std::string& filter, const char* description) {
  app.add_option("--graph-filter", filter, description)->type_name("PATTERN");
}

void declare(CLI::App& app, BuildCommand& build) {
  add_project(app, build.project);
  app.add_option("--out", build.out_dir, "The folder for outputs, instead of `outDir`.")
      ->type_name("DIR");
  app.add_flag("--check",
               build.check,
               "Write nothing; fail if the outputs on disk are not those of a build.");
  add_output(app, build.output);
  add_threads(app, build.threads);
  app.add_option("--debug-dir", build.debug_dir, "Write facts, graph and modules as JSON there.")
      ->type_name("DIR");
  app.add_flag("--stats", build.stats, "Print how long each phase took, and counters.");
  app.add_flag("--paranoid",
               build.is_paranoid,
               "First read every source file with both readers; stop if they disagree.");
  app.add_option("--trace", build.trace, "Write what the time went into, for Perfetto.")
      ->type_name("FILE");
  app.add_flag("--explain", build.explains, "Say why each definition was compiled.");
  add_reuse(app, build);
  add_filter(app,
             build.filter,
             "Emit only what matches (src/pages/**, ::Get*) and what that needs; with --out.");
  app.add_flag("--watch", build.watches, "Build again whenever something changes, until Ctrl-C.");
  app.add_flag("--stdin",
               build.reads_input,
               "With --watch --format json: answer lines {\"sync\": N} of standard input, and end "
               "with it.");
  app.add_flag("--poll",
               build.polls,
               "With --watch: look for changes now and then, where nothing tells of them.");
  app.set_version_flag("--version", std::string(k_version), "Show the version.");
  app.footer(
      "Commands:\n"
      "  cache                     Show, clear or tidy up what builds keep for the next one.\n"
      "  explain                   Tell what is known of one definition, and why it was compiled.\n"
      "  graph                     Print which definition uses which.\n"
      "  init                      Write builder.config.json for this project.\n"
      "  validate                  Check the project, or single documents; write nothing.\n"
      "`builder COMMAND --help` tells more.");
}

void declare(CLI::App& app, ValidateCommand& validate) {
  add_project(app, validate.project);
  app.add_option("--schema", validate.schemas, "Validate documents against this file; repeatable.")
      ->type_name("FILE")
      ->allow_extra_args(false);
  app.add_flag(
      "--batch", validate.batch, "Answer lines {\"schema\", \"source\"} of standard input.");
  add_output(app, validate.output);
  add_threads(app, validate.threads);
  app.add_option("documents", validate.documents, "Documents to validate, with --schema.")
      ->type_name("DOC");
}

void declare(CLI::App& app, InitCommand& init) {
  add_folder(app, init.folder);
  app.add_option("--from", init.from, "Translate this config; code is run with your Node.")
      ->type_name("FILE");
  app.add_flag("--force", init.force, "Overwrite builder.config.json.");
  app.add_flag("--print-schema", init.print_schema, "Print the JSON schema of the config.");
}

void declare(CLI::App& app, CacheCommand& cache) {
  static const std::map<std::string, CacheCommand::Action> actions{
      {"info", CacheCommand::Action::info},
      {"clear", CacheCommand::Action::clear},
      {"gc", CacheCommand::Action::gc}};
  add_config(app, cache.project);
  add_cache_dir(app, cache.cache_dir);
  add_format(app, cache.output);
  app.add_option_function<std::string>(
         "action",
         [&cache](const std::string& name) {
           const auto action = actions.find(name);
           if (action == actions.end()) {
             throw CLI::ValidationError("cache", "\"" + name + "\" is not one of info, clear, gc");
           }
           cache.action = action->second;
         },
         "info (the default): what is there. clear: delete it. gc: delete what the next build "
         "cannot use, and fold the rest.")
      ->type_name("ACTION");
}

void declare(CLI::App& app, GraphCommand& graph) {
  static const std::map<std::string, GraphCommand::Form> forms{
      {"json", GraphCommand::Form::json},
      {"dot", GraphCommand::Form::dot},
      {"mermaid", GraphCommand::Form::mermaid}};
  add_config(app, graph.project);
  app.add_option_function<std::string>(
         "--format",
         [&graph](const std::string& name) {
           const auto form = forms.find(name);
           if (form == forms.end()) {
             throw CLI::ValidationError("--format",
                                        "\"" + name + "\" is not one of json, dot, mermaid");
           }
           graph.form = form->second;
         },
         "json (the default), dot (Graphviz) or mermaid.")
      ->type_name("NAME");
  add_filter(app, graph.filter, "Only what matches (src/pages/**, ::Get*) and what that needs.");
  add_cache_dir(app, graph.cache_dir);
  add_threads(app, graph.threads);
}

void declare(CLI::App& app, ExplainCommand& explain) {
  add_config(app, explain.project);
  add_format(app, explain.output);
  add_cache_dir(app, explain.cache_dir);
  add_threads(app, explain.threads);
  app.add_option("id", explain.id, "A canonical id, src/user.ts::GetUser, or the end of one.")
      ->type_name("ID");
}

tl::unexpected<base::Error> usage_error(std::string message) {
  return base::fail(ErrorCode::invalid_config, std::move(message));
}

/// What to say of an argument that no option took.
base::Error describe_extra(const CLI::App& app, const std::string& argument) {
  if (!argument.starts_with('-') || argument == "-") {
    return {ErrorCode::invalid_config,
            "unexpected argument \"" + argument + "\"; quote globs, so that the shell leaves them"};
  }
  // `--chek=1`: the name is what was meant.
  const std::string_view name = std::string_view(argument).substr(0, argument.find('='));
  std::string suggestions;
  if (name.starts_with("--")) {
    std::vector<std::string_view> known;
    // Nobody who wrote something else meant `--help`.
    for (const CLI::Option* option :
         app.get_options([&app](const CLI::Option* one) { return one != app.get_help_ptr(); })) {
      known.insert(known.end(), option->get_lnames().begin(), option->get_lnames().end());
    }
    suggestions = base::did_you_mean(base::suggestions_for(name.substr(2), known));
    // The names are quoted: the dashes go behind each opening quote.
    for (std::size_t at = suggestions.find('"'); at != std::string::npos;
         at = suggestions.find('"', suggestions.find('"', at + 1) + 1)) {
      suggestions.insert(at + 1, "--");
    }
  }
  return {ErrorCode::invalid_config, "unknown option \"" + std::string(name) + "\"." + suggestions};
}

/// One command's options, and the value that they fill.
template <typename T>
class Parser {
 public:
  Parser(std::string description, std::string name)
      : app_(std::move(description), std::move(name)) {
    app_.set_help_flag("-h,--help", "Show this text.");
    app_.allow_extras();
    app_.get_formatter()->column_width(28);
    declare(app_, command_);
  }

  CLI::App& app() { return app_; }

  /// CLI11's exceptions end here.
  base::Result<Command> parse(const std::vector<std::string>& arguments) {
    try {
      // CLI11 takes them from the back.
      app_.parse(std::vector<std::string>(arguments.rbegin(), arguments.rend()));
    } catch (const CLI::CallForHelp&) {
      return Command{ShowText{app_.help()}};
    } catch (const CLI::CallForVersion&) {
      return Command{ShowText{std::string(k_version) + "\n"}};
    } catch (const CLI::ArgumentMismatch& error) {
      const std::string_view text = error.what();
      const bool is_repeated = text.find("At Most") != std::string_view::npos;
      return base::fail(ErrorCode::invalid_config,
                        std::string(text.substr(0, text.find(':'))) +
                            (is_repeated ? " is given more than once" : " needs a value"));
    } catch (const CLI::ParseError& error) {
      return base::fail(ErrorCode::invalid_config, error.what());
    }
    // `--out "$OUT"` where nobody set OUT must not mean the default.
    for (const CLI::Option* option : app_.get_options()) {
      const std::vector<std::string>& values = option->results();
      if (std::find(values.begin(), values.end(), "") != values.end()) {
        return usage_error(option->get_name() + " needs a value");
      }
    }
    for (const std::string& extra : app_.remaining()) {
      if (extra != "--") {
        return tl::make_unexpected(describe_extra(app_, extra));
      }
    }
    return Command{std::move(command_)};
  }

 private:
  CLI::App app_;
  T command_;
};

/// Whether `argument` is an option whose value is the next argument; nothing if no option is.
std::optional<bool> takes_next(const CLI::App& app, const std::string& argument) {
  const CLI::Option* option = app.get_option_no_throw(argument);
  if (option == nullptr) {
    return std::nullopt;
  }
  return option->get_items_expected_max() > 0;
}

/// The position of the command's name: the first argument that is neither an option nor an option's
/// value. Options may stand before it: `builder -p web validate`. Without a name, or behind an
/// option that nobody knows: the end.
std::size_t find_command(const std::vector<const CLI::App*>& apps,
                         const std::vector<std::string>& arguments) {
  for (std::size_t at = 0; at < arguments.size(); ++at) {
    const std::string& argument = arguments[at];
    if (argument == "--") {
      break;
    }
    if (!argument.starts_with('-')) {
      return at;
    }
    std::optional<bool> takes;
    for (const CLI::App* app : apps) {
      takes = takes ? takes : takes_next(*app, argument);
    }
    if (!takes && argument.starts_with("--") && argument.find('=') == std::string::npos) {
      break;
    }
    at += takes.value_or(false) ? std::size_t{1} : 0;
  }
  return arguments.size();
}

/// What makes no sense of a build that is done again and again; null if there is nothing.
const char* problem_of_watching(const BuildCommand& build) {
  if (!build.watches) {
    return build.reads_input ? "--stdin needs --watch"
           : build.polls     ? "--poll needs --watch"
                             : nullptr;
  }
  if (build.check) {
    return "--check compares once and writes nothing; --watch writes whenever something changes";
  }
  if (!build.debug_dir.empty() || !build.filter.empty() || build.reuse == Reuse::nothing) {
    return "--debug-dir, --graph-filter and --no-incremental build from nothing, which --watch "
           "does "
           "not";
  }
  if (build.is_paranoid) {
    return "--paranoid compares what a single build reads; run it without --watch";
  }
  if (build.shows_cache) {
    return "--show-cache is for a single build; with --watch, ask `builder cache info`";
  }
  if (build.output.max_warnings) {
    return "--max-warnings decides how a build ends, and --watch does not end with a build";
  }
  if (build.output.format == Format::github) {
    return "--format github is for a single build in a workflow, and not for --watch";
  }
  if (build.reads_input && build.output.format != Format::json) {
    return "--stdin needs --format json: what it is asked is answered by events";
  }
  return nullptr;
}

base::Result<Command> check_build(base::Result<Command> result) {
  if (!result.has_value() || !std::holds_alternative<BuildCommand>(*result)) {
    return result;
  }
  const BuildCommand& build = std::get<BuildCommand>(*result);
  if (const char* problem = problem_of_watching(build)) {
    return usage_error(problem);
  }
  const bool is_anew = build.check || build.reuse == Reuse::nothing || !build.debug_dir.empty() ||
                       !build.filter.empty();
  if (build.writes_delta && is_anew) {
    return usage_error(
        "--write-delta tells what changed since the last build, which --no-incremental, --check, "
        "--debug-dir and --graph-filter do not look at");
  }
  if (!build.filter.empty() && build.out_dir.empty()) {
    return usage_error("--graph-filter needs an --out of its own");
  }
  return result;
}

base::Result<Command> check_explain(base::Result<Command> result) {
  if (result.has_value() && std::holds_alternative<ExplainCommand>(*result) &&
      std::get<ExplainCommand>(*result).id.empty()) {
    return usage_error("which definition? builder explain src/user.ts::GetUser");
  }
  return result;
}

base::Result<Command> check_validate(base::Result<Command> result) {
  if (!result.has_value() || !std::holds_alternative<ValidateCommand>(*result)) {
    return result;
  }
  const ValidateCommand& validate = std::get<ValidateCommand>(*result);
  const bool has_files = !validate.schemas.empty() || !validate.documents.empty();
  if (validate.batch && has_files) {
    return usage_error("--batch takes schemas and documents from standard input, not from files");
  }
  if (!validate.documents.empty() && validate.schemas.empty()) {
    return usage_error("documents need a schema: builder validate --schema FILE DOC...");
  }
  if (!validate.schemas.empty() && validate.documents.empty()) {
    return usage_error("--schema needs documents: builder validate --schema FILE DOC...");
  }
  return result;
}

}  // namespace

base::Result<Command> parse_command_line(const std::vector<std::string>& arguments) {
  Parser<BuildCommand> build(
      "Compiles the GraphQL that is written inside TypeScript. Without a command, builds once.",
      "builder");
  Parser<InitCommand> init("Writes builder.config.json.", "builder init");
  Parser<ValidateCommand> validate(
      "Checks the whole project, or single documents, and writes nothing.", "builder validate");
  Parser<CacheCommand> cache("Shows, clears or tidies up what builds keep for the next one.",
                             "builder cache");
  Parser<GraphCommand> graph("Prints which definition uses which.", "builder graph");
  Parser<ExplainCommand> explain("Tells what is known of one definition, and why it was compiled.",
                                 "builder explain");
  const std::size_t at = find_command(
      {&build.app(), &init.app(), &validate.app(), &cache.app(), &graph.app(), &explain.app()},
      arguments);
  if (at == arguments.size()) {
    return check_build(build.parse(arguments));
  }
  std::vector<std::string> rest = arguments;
  const std::string name = rest[at];
  rest.erase(rest.begin() + static_cast<std::ptrdiff_t>(at));
  if (name == "init") {
    return init.parse(rest);
  }
  if (name == "cache") {
    return cache.parse(rest);
  }
  if (name == "graph") {
    return graph.parse(rest);
  }
  if (name == "explain") {
    return check_explain(explain.parse(rest));
  }
  if (name == "validate") {
    return check_validate(validate.parse(rest));
  }
  if (name.find_first_of("./*") != std::string::npos) {
    return tl::make_unexpected(describe_extra(build.app(), name));
  }
  const std::vector<std::string_view> names(std::begin(k_command_names), std::end(k_command_names));
  return usage_error("unknown command \"" + name + "\"." +
                     base::did_you_mean(base::suggestions_for(name, names)));
}

}  // namespace cli
