#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/file_system.h"
#include "base/state_format.h"
#include "base/state_overlay.h"
#include "base/state_snapshot.h"

namespace base {

/// Keeps bytes under keys in a folder, from one run of the program to the next.
///
/// A snapshot holds the tables, a log what was changed since. A commit appends one record to the
/// log or replaces the snapshot, so that a process which is killed at any moment, or a disk that is
/// full, leaves the state as it was before the commit or as it is after it. Whatever else is found
/// on disk, nothing wrong is ever given: at worst the store is empty, "cold". What is in it is a
/// cache: losing it costs time, and nothing that happens to it is a failure of a build.
///
/// A folder holds one state. Any number of processes may read it; who commits takes the folder's
/// lock for that time and never waits for it. If another process committed since open(), the next
/// commit writes a whole snapshot of this store's own view: the last writer wins.
///
/// Tables are apart on disk: asking for one reads nothing of another.
///
/// find(), for_each(), keys() and damage() may be called from any thread while no other function
/// runs; the rest is for one thread.
class StateStore {
 public:
  using Visitor = std::function<void(std::string_view key, std::string_view value)>;

  /// Reads the header and the log, and verifies them. Makes and changes nothing on disk. `files`
  /// must outlive the store.
  static StateStore open(FileSystem& files, std::string folder, StateIdentity identity);

  /// Whether open() found nothing that could be used, and nothing was committed since.
  bool is_cold() const { return snapshot_ == nullptr; }

  /// Why a state that is there is not used: one sentence for people. Empty if there is none yet, or
  /// one of another build of the program: that is no reason to say anything.
  const std::string& warning() const { return warning_; }

  /// The value under `key`. Reads it from disk, unless it is new, and verifies it: a damaged one is
  /// as none, and damage() says so.
  std::optional<std::string> find(StateTable table, std::string_view key) const;

  /// Calls `visitor` with all that is in the table, in the order of keys. The views are good until
  /// it returns, and it must not change the store. On a failure, part of the table was visited:
  /// what was made of it is to be dropped.
  Status for_each(StateTable table, const Visitor& visitor) const;

  /// Only the keys, without reading any value.
  Status for_each_key(StateTable table,
                      const std::function<void(std::string_view key)>& visitor) const;

  /// Why something could not be given since open(); empty if all was well. Who sees a text here
  /// cannot know what is missing: it should start_over() and work as on a cold start.
  std::string damage() const;

  /// Forgets everything, and becomes cold. The disk is left as it is until the next commit.
  void start_over();

  /// Changes are kept in memory until commit(). Putting what is there already changes nothing.
  void put(StateTable table, std::string key, std::string value);
  void erase(StateTable table, std::string_view key);

  bool has_changes() const { return has_changes_; }

  /// Makes all changes since the last commit durable, together or not at all; without changes it
  /// touches nothing. A record in the log survives the death of the process, a snapshot that of the
  /// machine. Fails with ErrorCode::locked while another process commits. After a failure the
  /// changes are still there, and the next commit tries again. After damage it fails with
  /// ErrorCode::corrupt and deletes the snapshot: the next run starts cold, and in silence.
  Status commit();

  /// As commit(), but folds the log into a new snapshot, unless there is none.
  Status compact();

  struct Size {
    std::uint64_t snapshot_bytes = 0;
    std::uint64_t log_bytes = 0;
    /// How many snapshots there were.
    std::uint64_t generation = 0;

    friend bool operator==(const Size&, const Size&) = default;
  };
  /// On disk, as far as this store knows.
  Size size() const;

  struct TableSize {
    std::uint64_t entries = 0;
    /// Of keys and values.
    std::uint64_t bytes = 0;

    friend bool operator==(const TableSize&, const TableSize&) = default;
  };
  /// With the changes that are not committed. Reads the table's index.
  TableSize size_of(StateTable table) const;

 private:
  StateStore(FileSystem& files, std::string folder, StateIdentity identity);

  enum class Write { log_if_short, snapshot };

  Status load();
  void load_log(std::string_view log);
  bool is_snapshot_as_known() const;
  bool is_log_as_known() const;
  std::vector<StateChange> pending_changes() const;
  Status append(const std::string& record, const StateLogEnd& end);
  Status replace_snapshot();
  Status write(Write write);

  const StateIndex* index(StateTable table) const;
  StateOverlay& overlay(StateTable table);
  const StateOverlay& overlay(StateTable table) const;
  Status visit(StateTable table, const std::function<bool(const StateEntry&)>& visitor) const;

  FileSystem* files_;
  std::string folder_;
  StateIdentity identity_;
  std::string warning_;
  /// Null: cold.
  std::unique_ptr<StateSnapshot> snapshot_;
  StateOverlays overlays_;
  StateLogEnd log_end_;
  bool has_changes_ = false;
};

}  // namespace base
