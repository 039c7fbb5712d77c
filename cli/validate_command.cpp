#include <array>
#include <cerrno>
#include <string>

#include <unistd.h>

#include "cli/build_command.h"
#include "cli/commands.h"
#include "session/validate_documents.h"

namespace cli {
namespace {

/// Splits what comes from a descriptor into lines of any length.
class LineReader {
 public:
  explicit LineReader(int descriptor) : descriptor_(descriptor) {}

  /// The next line without its line break; false at the end.
  bool next(std::string& line) {
    line.clear();
    while (true) {
      const std::size_t end = buffer_.find('\n', scanned_);
      if (end != std::string::npos) {
        line.assign(buffer_, begin_, end - begin_);
        begin_ = scanned_ = end + 1;
        return true;
      }
      scanned_ = buffer_.size();
      if (!fill()) {
        line.assign(buffer_, begin_);
        begin_ = buffer_.size();
        return !line.empty();
      }
    }
  }

 private:
  bool fill() {
    buffer_.erase(0, begin_);
    scanned_ -= begin_;
    begin_ = 0;
    std::array<char, 65536> block;
    while (true) {
      const ssize_t count = ::read(descriptor_, block.data(), block.size());
      if (count > 0) {
        buffer_.append(block.data(), static_cast<std::size_t>(count));
        return true;
      }
      if (count == 0 || errno != EINTR) {
        return false;
      }
    }
  }

  int descriptor_;
  std::string buffer_;
  std::size_t begin_ = 0;
  std::size_t scanned_ = 0;
};

int run_batch(const CommandContext& context) {
  session::BatchValidator validator;
  LineReader lines(context.input);
  std::string line;
  while (!context.out.is_closed() && lines.next(line)) {
    if (line.find_first_not_of(" \t\r") != std::string::npos) {
      context.out.write(validator.answer(line) + "\n");
    }
  }
  return k_exit_fine;
}

int run_documents(const ValidateCommand& command, const CommandContext& context) {
  const base::Result<std::string> folder = enter_folder(command.project.folder, context);
  Reporter reporter =
      make_reporter(command.output, folder.has_value() ? *folder : context.working_dir, context);
  if (!folder.has_value()) {
    reporter.failure(folder.error());
    return k_exit_usage;
  }
  base::Result<session::BuildReport> report = session::validate_documents(
      context.files, context.clock, {*folder, command.schemas, command.documents});
  if (!report.has_value()) {
    reporter.failure(report.error());
    return exit_code(report.error());
  }
  ProjectRun run;
  run.root = *folder;
  run.mode = session::BuildMode::validate;
  run.result.outcome = report->error_count > 0 ? session::BuildResult::Outcome::has_errors
                                               : session::BuildResult::Outcome::built;
  run.result.report = *std::move(report);
  reporter.project(run, false);
  return exit_code({run});
}

}  // namespace

int run_validate(const ValidateCommand& command, const CommandContext& context) {
  if (command.batch) {
    return run_batch(context);
  }
  if (!command.schemas.empty()) {
    return run_documents(command, context);
  }
  ProjectsRequest request;
  request.project = command.project;
  request.output = command.output;
  request.mode = session::BuildMode::validate;
  request.threads = command.threads;
  return run_projects(request, context);
}

}  // namespace cli
