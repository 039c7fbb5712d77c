#pragma once

#include <string>
#include <vector>

#include "cli/commands.h"
#include "cli/reporter.h"
#include "session/build_once.h"
#include "session/config_loader.h"

namespace cli {

/// What building and validating a project have in common.
struct ProjectsRequest {
  ProjectOptions project;
  OutputOptions output;
  std::string out_dir;
  session::BuildMode mode = session::BuildMode::write;
  unsigned threads = 0;
  std::string debug_dir;
  bool has_stats = false;
  bool is_paranoid = false;
  Reuse reuse = Reuse::nothing;
  std::string cache_dir;
  bool shows_cache = false;
  bool writes_delta = false;
  bool explains = false;
  std::string filter;
};

unsigned thread_count(unsigned wanted);

/// Loads the config, builds every project that is meant, reports, and returns the exit code.
int run_projects(const ProjectsRequest& request, const CommandContext& context);

/// The folder that `-C` names, without symlinks; fails if there is none.
base::Result<std::string> enter_folder(const std::string& folder, const CommandContext& context);

ProjectsRequest projects_request(const BuildCommand& command);

/// What the command line says of the config.
session::ConfigRequest config_request(const ProjectsRequest& request,
                                      const std::string& working_dir);

session::ConfigResult load_config_for(const ProjectsRequest& request,
                                      const std::string& working_dir,
                                      const CommandContext& context);

/// How output looks: in colour or not, and from where paths are named.
struct Dress {
  TextStyle style;
  PathDisplay paths;
};
Dress dress_for(const OutputOptions& options,
                const std::string& working_dir,
                const CommandContext& context);

Reporter make_reporter(const OutputOptions& options,
                       const std::string& working_dir,
                       const CommandContext& context);

}  // namespace cli
