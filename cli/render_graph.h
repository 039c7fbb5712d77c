#pragma once

#include <string>
#include <vector>

#include "cli/options.h"
#include "session/project_graph.h"

namespace cli {

/// Whole lines. The same graph gives the same bytes.
std::string graph_text(const std::vector<session::GraphNode>& nodes, GraphCommand::Form form);

/// Whole lines, for people.
std::string explanation_text(const session::Explanation& explanation);

/// The event `explain`.
std::string explanation_event(const session::Explanation& explanation);

}  // namespace cli
