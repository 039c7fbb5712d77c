#include "cli/trace_file.h"

#include <algorithm>

#include "base/source_path.h"
#include "base/trace.h"
#include "cli/project_run.h"

namespace cli {

int run_traced(const BuildCommand& command, const CommandContext& context) {
  if (command.trace.empty()) {
    return run_build(command, context);
  }
  base::TraceRecording recording(context.clock);
  const int code = run_build(command, context);
  const std::string folder = base::join_path(context.working_dir, command.project.folder);
  const std::string path = base::join_path(folder, command.trace);
  const auto written = context.files.write_file(path, base::trace_json(recording.take()));
  if (written.has_value()) {
    return code;
  }
  context.err.write("error: cannot write the trace: " + written.error().message + "\n");
  return std::max(code, k_exit_io);
}

}  // namespace cli
