#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "artifact/output.h"
#include "artifact/output_plan.h"
#include "base/file_system.h"
#include "base/result.h"
#include "base/thread_pool.h"

namespace artifact {

/// The one writer of an output folder.
///
/// Invariant: while it lives, no other process writes there. Not thread-safe.
///
/// A write goes: compare with the disk; announce in the journal what will be touched; write
/// everything to temporary files, so that a full disk leaves the old outputs alone; move them into
/// place in the order of OutputRole; delete what is ours and no longer wanted; delete the journal.
/// Journal and manifest together say at any moment what is ours, so a run that is killed is mended
/// by the next one, to the same bytes as on a clean disk. Nothing is synced to the device: outputs
/// can be made again (decision 0037).
class OutputFolder {
 public:
  /// Takes the folder at `absolute_path`, which is made if it is missing. `files` must outlive the
  /// result, and so must `pool`, on which many files are written at once; null: one by one. Fails
  /// with ErrorCode::locked where another writer is at work.
  static base::Result<OutputFolder> open(base::FileSystem& files,
                                         const std::string& absolute_path,
                                         GitIgnore git_ignore,
                                         base::ThreadPool* pool = nullptr);

  /// These were written there before by whoever has it now. Those that are still as they were left
  /// are ours, whatever became of the manifest; others may be anybody's.
  void claim(const BelievedFiles& written);

  /// Makes the folder hold `wanted`, each path once, and of our own files no other; files of other
  /// people are never deleted. Equal files are not touched. Until the first file is moved into
  /// place, a failure leaves the old outputs as they were.
  base::Result<OutputChanges> write(const std::vector<Output>& wanted);

  /// Makes the folder hold `wanted` and, of what it was believed to hold, nothing of `unwanted`;
  /// all else stays. The cost is that of the files named. Until `is_last`, the journal stays and
  /// says that the manifest does not list all that is ours. Fails with ErrorCode::corrupt, and
  /// nothing is changed, where an output is spliced and its file is not as it was left.
  base::Result<OutputChanges> patch(const std::vector<Output>& wanted,
                                    const std::vector<std::string>& unwanted,
                                    bool is_last);

  /// Of the files that the disk is believed to hold, those that are not as they were left.
  std::vector<std::string> find_touched() const;
  /// Whether that is so of one path; false for a path of which nothing is believed.
  bool is_touched(const std::string& path) const;
  /// The same where somebody else is known to have written to the file. An equal stamp proves
  /// nothing then: another text of the same length may be as old by the disk's clock. What has
  /// other bytes counts as touched from then on.
  bool is_rewritten(const std::string& path);

  /// Without symlinks.
  const std::string& path() const { return input_.folder; }

  /// What the disk is believed to hold; a caller may keep it for the next OutputFolder. A stamp
  /// that is racy (design of the discovery cache) must not be handed in.
  const BelievedFiles& believed() const { return believed_; }
  /// See BelievedFiles::take_changed().
  std::optional<std::set<std::string>> take_changed() { return believed_.take_changed(); }
  void set_believed(BelievedFiles believed) { believed_ = std::move(believed); }

 private:
  /// What was put on disk before the first output was touched.
  struct Preparation {
    std::vector<std::string> new_folders;
    std::set<std::string, std::less<>> known_folders;
    /// How many of the plan's writes have, or may have, a temporary file.
    std::size_t temporaries = 0;
    /// Of those, in the same order: what was written, whatever lies there by now.
    std::vector<BelievedFile> written;
  };

  OutputFolder(base::FileSystem& files, base::ThreadPool* pool, OutputPlanInput input)
      : files_(&files), pool_(pool), input_(std::move(input)) {}

  base::Result<OutputChanges> carry_out(const OutputPlan& plan, bool keeps_journal);
  std::string absolute(const std::string& path) const { return input_.folder + "/" + path; }
  base::Status announce(const OutputPlan& plan);
  void remove_leftovers(const OutputPlan& plan);
  base::Status make_folder_of(const Output& output, Preparation& preparation);
  base::Status write_temporaries(const OutputPlan& plan, Preparation& preparation);
  base::Result<BelievedFile> write_temporary(const Output& output) const;
  void take_back(const OutputPlan& plan, const Preparation& preparation);
  base::Status move_into_place(const OutputPlan& plan, const Preparation& preparation);
  base::Status move_into_place(std::span<const Output* const> outputs,
                               std::span<const BelievedFile> written);
  base::Result<BelievedFile> move_into_place(const Output& output,
                                             const BelievedFile& written) const;
  base::Status for_each_file(std::size_t count,
                             const std::function<base::Status(std::size_t)>& body) const;
  base::Status clean_up(const OutputPlan& plan, bool keeps_journal);
  bool remove_empty_folders(std::vector<std::string> folders);

  base::FileSystem* files_;
  base::ThreadPool* pool_;
  OutputPlanInput input_;
  BelievedFiles believed_;
  /// An earlier patch left its journal for a later one.
  bool has_open_journal_ = false;
  std::unique_ptr<base::DirectoryLock> lock_;
};

/// What write() would do to the pure outputs, without a lock and without a trace.
base::Result<OutputChanges> compare_outputs(base::FileSystem& files,
                                            const std::string& absolute_path,
                                            const std::vector<Output>& wanted);

}  // namespace artifact
