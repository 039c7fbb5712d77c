#pragma once

#include "base/source_path.h"
#include "builder/build_input.h"

namespace builder {

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
