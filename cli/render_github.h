#pragma once

#include <string>

#include "cli/project_run.h"
#include "session/build_report.h"

namespace cli {

/// A workflow command that GitHub shows beside the line of code:
/// `::error file=src/a.ts,line=5,endLine=5,col=10,endColumn=13,title=Rule::message`.
std::string annotation(const session::LocatedDiagnostic& diagnostic,
                       const std::string& root,
                       const PathDisplay& paths);

/// One without a place.
std::string annotation(const std::string& message);
std::string warning_annotation(const std::string& message);

}  // namespace cli
