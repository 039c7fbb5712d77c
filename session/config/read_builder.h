#pragma once

#include <span>
#include <string_view>

#include "session/config/node.h"
#include "session/config/problems.h"
#include "session/config/raw.h"

namespace session::config {

/// Reads `builder.config.json`. Unknown keys and values of a wrong kind are errors; reading goes on
/// after each, so that all of them are reported at once.
RawConfig read_builder_config(const Node& root, Problems& problems);

/// Reads the keys of one project from `node` into `project`; those in `also_known` are left alone.
void read_project(const Node& node,
                  std::span<const std::string_view> also_known,
                  RawProject& project,
                  Problems& problems);

/// Reads a text, or a list of texts.
TextList read_text_list(const Node& node, std::string_view key, Problems& problems);

}  // namespace session::config
