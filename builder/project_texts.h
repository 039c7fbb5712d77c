#pragma once

#include <map>
#include <optional>
#include <set>
#include <vector>

#include "artifact/listing.h"
#include "artifact/output.h"
#include "builder/build_input.h"
#include "builder/compiled_file.h"
#include "builder/project_outputs.h"

namespace builder {

/// The outputs that speak of the whole project: positions, manifest and artifact. Knows where in
/// them each file's part is, so that a change of some files costs no look at the others.
class ProjectTexts {
 public:
  /// All of them, made of all compiled files.
  std::vector<artifact::Output> write(const ProjectFiles& files,
                                      const std::vector<SchemaInput>& schemas);

  /// The same once the files of `changed`, some of which may be gone, are others than they were the
  /// last time; spliced. Nothing where they have to be written anew. If they do not get to the
  /// disk, forget() is to be called.
  std::optional<std::vector<artifact::Output>> splice(
      const std::map<base::SourcePath, CompiledFile>& files,
      const std::set<base::SourcePath>& changed,
      const std::vector<SchemaInput>& schemas);

  void forget() { is_known_ = false; }

 private:
  artifact::Listing positions_{artifact::Listing::Order::by_path};
  artifact::Listing manifest_{artifact::Listing::Order::by_path};
  artifact::Listing artifact_{artifact::Listing::Order::by_id};
  bool is_known_ = false;
};

}  // namespace builder
