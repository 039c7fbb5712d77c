#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "artifact/output.h"
#include "base/file_system.h"
#include "base/result.h"

namespace artifact {

/// The file in the output folder that hides it from git.
inline constexpr std::string_view k_ignore_name = ".gitignore";

/// What must be done to a folder so that it holds the wanted outputs, and of our own files no
/// other.
struct OutputPlan {
  /// In the order in which they are moved into place. Views of the wanted outputs and of
  /// `ignore_file`.
  std::vector<const Output*> writes;
  /// Of `writes`, if it is to be written.
  std::unique_ptr<const Output> ignore_file;
  /// Ours and no longer wanted, sorted. Some may be gone already.
  std::vector<std::string> stale;
  /// Of `stale`: what is there to be removed.
  std::vector<std::string> removals;
  /// What a killed run was about to do, sorted: its temporary files may be lying about.
  std::vector<std::string> interrupted;
  bool has_journal = false;
  std::uint64_t unchanged = 0;

  /// Nothing to do at all.
  bool is_done() const { return writes.empty() && removals.empty() && !has_journal; }
  OutputChanges changes() const;
};

/// The part of a plan that is asked for.
enum class PlanScope : std::uint8_t {
  /// To be carried out.
  everything,
  /// To be told: pure outputs only, foreign files are differences like others.
  pure_outputs,
};

struct OutputPlanInput {
  /// Absolute, without symlinks; need not exist.
  std::string folder;
  GitIgnore git_ignore = GitIgnore::hide_all;
  PlanScope scope = PlanScope::everything;
  /// The folder was missing or empty when it was opened.
  bool is_new_folder = false;
  /// Outputs that whoever asks wrote there: ours, whatever became of the manifest.
  std::vector<std::string> known;
};

/// The same of a part of the outputs, for one who has planned all of them before: what `believed`
/// holds is ours, and of that only `unwanted` is to go. Asks for nothing but the paths named.
base::Result<OutputPlan> plan_patch(base::FileSystem& files,
                                    const OutputPlanInput& input,
                                    const std::vector<Output>& wanted,
                                    const std::vector<std::string>& unwanted,
                                    BelievedFiles& believed);

/// Compares `wanted` with the disk. `wanted` must outlive the plan and must not name a path twice.
/// `believed` spares reading and gains what was found equal.
///
/// Fails where a wanted path cannot be had: a directory or a device is there, or, in a folder that
/// is not ours alone, a file that we did not write (decision 0036).
base::Result<OutputPlan> plan_outputs(base::FileSystem& files,
                                      const OutputPlanInput& input,
                                      const std::vector<Output>& wanted,
                                      BelievedFiles& believed);

}  // namespace artifact
