#pragma once

#include <map>
#include <string>

#include "base/source_path.h"
#include "builder/build_input.h"
#include "discovery/resolved_name.h"

namespace builder {

/// What the names in the templates of one file stand for, by name as written, joined by dots.
using FileNames = std::map<std::string, discovery::ResolvedName>;

/// The sources of a project, asked for one by one: who compiles a part of a project must not pay
/// for all of it.
class ProjectSources {
 public:
  virtual ~ProjectSources() = default;

  /// Null for a file that is not there or says nothing.
  virtual const SourceInput* find(const base::SourcePath& path) const = 0;

  virtual const FileNames& names_of(const base::SourcePath& path) const = 0;
};

}  // namespace builder
