#include "cli/watch/watch_command.h"

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "cli/build_command.h"
#include "cli/terminal_progress.h"
#include "cli/watch/watch_input.h"
#include "cli/watch/watch_reporter.h"
#include "discovery/watch/local_watcher.h"
#include "session/watch/watch_loop.h"

namespace cli {
namespace {

session::WatchRequest watch_request(const BuildCommand& command,
                                    const std::string& working_dir,
                                    const CommandContext& context) {
  session::WatchRequest request;
  request.config = config_request(projects_request(command), working_dir);
  request.session.threads = thread_count(command.threads);
  request.session.uses_cache = command.reuse == Reuse::saved_state;
  request.session.writes_delta = command.writes_delta;
  request.program = context.program;
  return request;
}

/// While it lives, a reader who stops reading does not keep the session from ending.
class Ending {
 public:
  Ending(std::vector<std::reference_wrapper<Output>> outputs,
         const std::function<bool()>& is_ending)
      : outputs_(std::move(outputs)) {
    for (Output& output : outputs_) {
      output.give_up_when(is_ending);
    }
  }
  Ending(const Ending&) = delete;
  Ending& operator=(const Ending&) = delete;
  ~Ending() {
    for (Output& output : outputs_) {
      output.give_up_when(nullptr);
    }
  }

 private:
  std::vector<std::reference_wrapper<Output>> outputs_;
};

}  // namespace

int run_watch(const BuildCommand& command, const CommandContext& context) {
  const base::Result<std::string> folder = enter_folder(command.project.folder, context);
  const Dress dress = dress_for(command.output, folder.value_or(context.working_dir), context);
  Reporter complaints(command.output, dress.style, dress.paths, context.out, context.err);
  if (!folder.has_value()) {
    complaints.failure(folder.error());
    return k_exit_usage;
  }
  std::optional<TerminalProgress> progress;
  if (command.output.format == Format::human && !command.output.quiet &&
      context.err.is_terminal()) {
    progress.emplace(context.err, context.clock);
  }
  TerminalProgress* line = progress ? &*progress : nullptr;
  WatchReporter reporter({command.output, command.stats, command.explains},
                         dress.style,
                         dress.paths,
                         context.out,
                         context.err,
                         line);
  WatchInput input({command.reads_input ? context.input : -1, context.out.descriptor()});
  const Ending ending({context.out, context.err}, [&input] { return input.is_ending(); });
  if (const base::Status status = input.status(); !status.has_value()) {
    complaints.failure(status.error());
    return k_exit_io;
  }
  if (context.goes_on) {
    reporter.on_remark(
        {session::WatchRemarkKind::program,
         {},
         context.program + " was replaced by what cannot be started; the one before goes on."});
  }
  discovery::LocalWatcherOptions options;
  options.method = command.polls ? discovery::WatchMethod::polling : discovery::WatchMethod::events;
  const std::unique_ptr<discovery::Watcher> watcher =
      discovery::make_local_watcher(context.files, context.clock, options);
  session::PollWaiter waiter;
  session::WatchLoop loop(watch_request(command, *folder, context),
                          {context.files, context.clock, *watcher, waiter, input, reporter, line});
  switch (loop.run()) {
    case session::WatchEnd::asked:
      break;
    case session::WatchEnd::program_changed:
      return k_run_again;
  }
  return reporter.has_failed_outputs() ? k_exit_io : k_exit_fine;
}

}  // namespace cli
