#include "artifact/output_folder.h"

#include <algorithm>
#include <atomic>
#include <mutex>
#include <optional>
#include <string_view>
#include <tuple>

#include "artifact/output_journal.h"
#include "base/source_path.h"
#include "base/trace.h"

namespace artifact {
namespace {

// Beside the output, so that a rename stays within one file system; with a leading dot, so that
// globs and watchers leave it alone. There is one writer, so the name needs no process id, and the
// next run knows what to look for.
std::string temporary_path(const std::string& path) {
  const std::size_t name = path.rfind('/') + 1;
  return path.substr(0, name) + "." + path.substr(name) + ".tmp";
}

/// For fewer files, waking other threads takes longer than they spare.
constexpr std::size_t k_least_shared_files = 64;

bool is_longer(const std::string& left, const std::string& right) {
  return left.size() > right.size();
}

/// A rename moves the time of change and nothing else.
bool is_same_but_for_rename(const base::FileStamp& before, const base::FileStamp& after) {
  return std::tie(before.size_bytes, before.modified_ns, before.inode, before.device) ==
         std::tie(after.size_bytes, after.modified_ns, after.inode, after.device);
}

}  // namespace

base::Result<OutputFolder> OutputFolder::open(base::FileSystem& files,
                                              const std::string& absolute_path,
                                              GitIgnore git_ignore,
                                              base::ThreadPool* pool) {
  TRY(files.create_directories(absolute_path));
  OutputPlanInput input;
  TRY_ASSIGN(input.folder, files.real_path(absolute_path));
  input.git_ignore = git_ignore;
  OutputFolder folder(files, pool, std::move(input));
  TRY_ASSIGN(folder.lock_, files.lock_directory(folder.input_.folder));
  TRY_ASSIGN(const auto entries, files.list(folder.input_.folder));
  folder.input_.is_new_folder = entries.empty();
  return folder;
}

void OutputFolder::claim(const BelievedFiles& written) {
  for (const auto& [path, file] : written) {
    const auto status = files_->status(absolute(path));
    // One that hides the outputs says whose the whole folder is.
    if (status && status->stamp == file.stamp && path != k_ignore_name) {
      input_.known.push_back(path);
    }
  }
}

base::Result<OutputChanges> OutputFolder::write(const std::vector<Output>& wanted) {
  const base::Traced span("write");
  TRY_ASSIGN(const OutputPlan plan, plan_outputs(*files_, input_, wanted, believed_));
  return carry_out(plan, false);
}

base::Result<OutputChanges> OutputFolder::patch(const std::vector<Output>& wanted,
                                                const std::vector<std::string>& unwanted,
                                                bool is_last) {
  const base::Traced span("write");
  TRY_ASSIGN(const OutputPlan plan, plan_patch(*files_, input_, wanted, unwanted, believed_));
  return carry_out(plan, !is_last);
}

std::vector<std::string> OutputFolder::find_touched() const {
  std::vector<std::string> touched;
  for (const auto& [path, believed] : believed_) {
    if (is_touched(path)) {
      touched.push_back(path);
    }
  }
  std::sort(touched.begin(), touched.end());
  return touched;
}

bool OutputFolder::is_touched(const std::string& path) const {
  const auto believed = believed_.find(path);
  if (believed == believed_.end()) {
    return false;
  }
  const auto status = files_->status(absolute(path));
  return !status || status->stamp != believed->second.stamp;
}

bool OutputFolder::is_rewritten(const std::string& path) {
  const auto believed = believed_.find(path);
  if (believed == believed_.end()) {
    return false;
  }
  const BelievedFile known = believed->second;
  std::string bytes;
  const auto status = files_->read(absolute(path), bytes, known.stamp.size_bytes);
  if (!status || status->stamp != known.stamp || base::fingerprint_of(bytes) != known.hash) {
    believed_.set(path, {{}, known.hash});
    return true;
  }
  return false;
}

base::Result<OutputChanges> OutputFolder::carry_out(const OutputPlan& plan, bool keeps_journal) {
  OutputChanges changes = plan.changes();
  if (plan.is_done() && (keeps_journal || !has_open_journal_)) {
    return changes;
  }
  Preparation preparation;
  base::Status prepared = announce(plan);
  if (prepared) {
    remove_leftovers(plan);
    prepared = write_temporaries(plan, preparation);
  }
  if (!prepared) {
    take_back(plan, preparation);
    return tl::make_unexpected(std::move(prepared).error());
  }
  // From here on the old outputs are being replaced.
  input_.is_new_folder = false;
  TRY(move_into_place(plan, preparation));
  TRY(clean_up(plan, keeps_journal));
  return changes;
}

base::Status OutputFolder::announce(const OutputPlan& plan) {
  std::vector<std::string> paths;
  for (const Output* output : plan.writes) {
    paths.push_back(output->path);
  }
  paths.insert(paths.end(), plan.removals.begin(), plan.removals.end());
  if (paths.empty()) {
    return {};
  }
  std::string text = journal_text(paths);
  if (plan.has_journal || has_open_journal_) {
    // Its last line may have been cut short.
    text.insert(text.begin(), '\n');
  }
  return files_->append(absolute(std::string(k_journal_name)), text);
}

void OutputFolder::remove_leftovers(const OutputPlan& plan) {
  for (const std::string& path : plan.interrupted) {
    // One that stays does no harm: nobody reads it, and its name will be written over.
    static_cast<void>(files_->remove_file(absolute(temporary_path(path))));
  }
}

base::Status OutputFolder::make_folder_of(const Output& output, Preparation& preparation) {
  const std::string_view folder = base::parent_path(output.path);
  if (folder.empty() || preparation.known_folders.contains(folder)) {
    return {};
  }
  preparation.known_folders.emplace(folder);
  const std::string path = absolute(std::string(folder));
  // In a folder that was empty, none is there that we did not make.
  if (!input_.is_new_folder && files_->status(path)) {
    return {};
  }
  preparation.new_folders.emplace_back(folder);
  return files_->create_directories(path);
}

base::Status OutputFolder::write_temporaries(const OutputPlan& plan, Preparation& preparation) {
  for (const Output* output : plan.writes) {
    TRY(make_folder_of(*output, preparation));
  }
  preparation.temporaries = plan.writes.size();
  preparation.written.resize(plan.writes.size());
  return for_each_file(plan.writes.size(), [&](std::size_t index) -> base::Status {
    TRY_ASSIGN(preparation.written[index], write_temporary(*plan.writes[index]));
    return {};
  });
}

// On all threads where there are many. After a failure no other file is begun; of several failures
// the first one in the order of the files is told.
base::Status OutputFolder::for_each_file(
    std::size_t count, const std::function<base::Status(std::size_t)>& body) const {
  if (pool_ == nullptr || count < k_least_shared_files) {
    for (std::size_t index = 0; index < count; ++index) {
      TRY(body(index));
    }
    return {};
  }
  std::atomic<bool> has_failed = false;
  std::mutex mutex;
  std::size_t first_failed = count;
  base::Status outcome;
  pool_->parallel_for(count, [&](std::size_t index, unsigned) {
    if (has_failed) {
      return;
    }
    base::Status done = body(index);
    if (!done) {
      has_failed = true;
      const std::lock_guard lock(mutex);
      if (index < first_failed) {
        first_failed = index;
        outcome = std::move(done);
      }
    }
  });
  return outcome;
}

base::Result<BelievedFile> OutputFolder::write_temporary(const Output& output) const {
  const std::string temporary = absolute(temporary_path(output.path));
  if (output.spliced != nullptr) {
    const base::Fingerprint& known = believed_.find(output.path)->second.hash;
    TRY_ASSIGN(const SplicedFile spliced,
               write_spliced(*files_, *output.spliced, absolute(output.path), known, temporary));
    return BelievedFile{spliced.stamp, spliced.hash};
  }
  TRY_ASSIGN(const base::FileStatus written, files_->write_file(temporary, output.bytes));
  return BelievedFile{written.stamp, base::fingerprint_of(output.bytes)};
}

// After a failure, which is what the caller reports: what fails here as well stays for the next run
// to find in the journal.
void OutputFolder::take_back(const OutputPlan& plan, const Preparation& preparation) {
  bool is_clean = true;
  for (std::size_t i = 0; i < preparation.temporaries; ++i) {
    is_clean &= files_->remove_file(absolute(temporary_path(plan.writes[i]->path))).has_value();
  }
  is_clean &= remove_empty_folders(preparation.new_folders);
  if (is_clean && !plan.has_journal && !has_open_journal_) {
    static_cast<void>(files_->remove_file(absolute(std::string(k_journal_name))));
  }
  if (input_.is_new_folder) {
    static_cast<void>(files_->remove_directory_if_empty(input_.folder));
  }
}

// One role after the other: whoever sees a manifest finds the modules that it lists.
base::Status OutputFolder::move_into_place(const OutputPlan& plan, const Preparation& preparation) {
  const std::span<const Output* const> writes(plan.writes);
  const std::span<const BelievedFile> written(preparation.written);
  for (std::size_t begin = 0; begin < writes.size();) {
    std::size_t end = begin;
    while (end < writes.size() && writes[end]->role == writes[begin]->role) {
      ++end;
    }
    TRY(move_into_place(writes.subspan(begin, end - begin), written.subspan(begin, end - begin)));
    begin = end;
  }
  return {};
}

base::Status OutputFolder::move_into_place(std::span<const Output* const> outputs,
                                           std::span<const BelievedFile> written) {
  std::vector<std::optional<BelievedFile>> placed(outputs.size());
  base::Status moved = for_each_file(outputs.size(), [&](std::size_t index) -> base::Status {
    TRY_ASSIGN(placed[index], move_into_place(*outputs[index], written[index]));
    return {};
  });
  for (std::size_t i = 0; i < outputs.size(); ++i) {
    // Who has applied a delta may delete it: nobody expects it to stay.
    if (placed[i] && outputs[i]->role != OutputRole::delta) {
      believed_.set(outputs[i]->path, *placed[i]);
    }
  }
  return moved;
}

base::Result<BelievedFile> OutputFolder::move_into_place(const Output& output,
                                                         const BelievedFile& written) const {
  const std::string path = absolute(output.path);
  TRY(files_->rename(absolute(temporary_path(output.path)), path));
  // The rename changed ctime: the stamp that counts is the one after it, unless somebody was there
  // since we wrote. Then it is one that nothing on disk has any more.
  const auto placed = files_->status(path);
  const bool is_ours = placed && is_same_but_for_rename(written.stamp, placed->stamp);
  return BelievedFile{is_ours ? placed->stamp : written.stamp, written.hash};
}

base::Status OutputFolder::clean_up(const OutputPlan& plan, bool keeps_journal) {
  for (const std::string& path : plan.removals) {
    TRY(files_->remove_file(absolute(path)));
    believed_.erase(path);
  }
  // Not of the removals alone: a killed run may have got as far as the files.
  std::vector<std::string> folders;
  for (const std::vector<std::string>* paths : {&plan.stale, &plan.interrupted}) {
    for (const std::string& path : *paths) {
      folders.emplace_back(base::parent_path(path));
    }
  }
  // An empty folder that could not be removed is no reason to fail, but one to try again.
  const bool is_clean = remove_empty_folders(std::move(folders));
  has_open_journal_ = keeps_journal || !is_clean;
  if (!has_open_journal_) {
    TRY(files_->remove_file(absolute(std::string(k_journal_name))));
  }
  return {};
}

// With those above them that become empty, up to the output folder, which stays. Says whether all
// that are empty could be removed.
bool OutputFolder::remove_empty_folders(std::vector<std::string> folders) {
  std::sort(folders.begin(), folders.end());
  folders.erase(std::unique(folders.begin(), folders.end()), folders.end());
  // Deeper ones first.
  std::stable_sort(folders.begin(), folders.end(), is_longer);
  bool could_remove = true;
  for (std::string& folder : folders) {
    bool is_gone = true;
    while (is_gone && !folder.empty()) {
      const auto outcome = files_->remove_directory_if_empty(absolute(folder));
      could_remove &= outcome.has_value();
      is_gone = outcome.value_or(false);
      folder = base::parent_path(folder);
    }
  }
  return could_remove;
}

base::Result<OutputChanges> compare_outputs(base::FileSystem& files,
                                            const std::string& absolute_path,
                                            const std::vector<Output>& wanted) {
  OutputPlanInput input;
  input.folder = files.real_path(absolute_path).value_or(absolute_path);
  input.scope = PlanScope::pure_outputs;
  BelievedFiles believed;
  TRY_ASSIGN(const OutputPlan plan, plan_outputs(files, input, wanted, believed));
  return plan.changes();
}

}  // namespace artifact
