#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "base/file_system.h"
#include "base/state_format.h"

namespace base {

/// The keys of one table of a snapshot, and where their values are.
///
/// Sound whatever the file held: made only of bytes in which keys ascend and every place lies
/// within the table.
class StateIndex {
 public:
  /// Nothing if `bytes` is not the index that `section` tells of.
  static std::optional<StateIndex> of(std::string bytes, const StateSection& section);

  std::size_t size() const { return size_; }
  std::string_view key(std::size_t entry) const;
  /// Relative to the first value of the table.
  std::uint64_t value_begin(std::size_t entry) const;
  std::uint64_t value_bytes(std::size_t entry) const;
  std::uint64_t value_checksum(std::size_t entry) const;

  /// The entry of `key`, or nothing.
  std::optional<std::size_t> find(std::string_view key) const;
  /// The first entry whose key is not before `key`; size() if there is none.
  std::size_t lower_bound(std::string_view key) const;

 private:
  StateIndex(std::string bytes, std::size_t size) : bytes_(std::move(bytes)), size_(size) {}

  std::uint64_t number(std::size_t entry, std::size_t offset) const;
  std::uint64_t key_end(std::size_t entry) const { return number(entry, 0); }
  std::uint64_t value_end(std::size_t entry) const { return number(entry, 8); }

  std::string bytes_;
  std::size_t size_ = 0;
};

/// A snapshot on disk, open for reading. Only the header is read at first; an index is read and
/// verified when its table is first asked for, a value each time.
///
/// The file is never mapped: a file that another program cuts short, or a disk that fails, must be
/// an error here and not a signal (decision 0091). Every function may be called from any thread.
class StateSnapshot {
 public:
  /// The Error's message is a reason that stands by itself, as "it is damaged"; its code is
  /// ErrorCode::not_found where there is no such file.
  static Result<std::unique_ptr<StateSnapshot>> open(FileSystem& files, const std::string& path);

  const StateHeader& header() const { return found_.header; }
  std::uint64_t id() const { return found_.id; }
  std::uint64_t size_bytes() const { return file_->size_bytes(); }

  /// Null where the index is damaged or cannot be read.
  const StateIndex* index(StateTable table) const;

  /// The value of an entry of the table's index; nothing where it is damaged or cannot be read.
  std::optional<std::string> value(StateTable table, std::size_t entry) const;

  /// Why something could not be given since the snapshot was opened, with its path; empty if all
  /// was well.
  std::string damage() const;

 private:
  friend class StateValueReader;

  struct Table {
    std::once_flag is_read;
    std::optional<StateIndex> index;
  };

  StateSnapshot(std::unique_ptr<OpenFile> file, std::string path, FoundStateHeader found);

  std::optional<StateIndex> read_index(StateTable table) const;
  bool read(std::uint64_t offset, std::span<char> into) const;
  void report(const std::string& damage) const;

  std::unique_ptr<OpenFile> file_;
  std::string path_;
  FoundStateHeader found_;
  std::array<std::uint64_t, k_state_table_limit> section_offsets_{};
  mutable std::array<Table, k_state_table_limit> tables_;
  mutable std::mutex mutex_;
  mutable std::string damage_;
};

/// Reads many values of one table, in ascending order of entries, with few calls of the system.
/// For one thread.
class StateValueReader {
 public:
  /// Both must outlive the reader; `index` is that of the table.
  StateValueReader(const StateSnapshot& snapshot, StateTable table, const StateIndex& index);

  /// Verified; good until the next call. Nothing where it is damaged or cannot be read.
  std::optional<std::string_view> value(std::size_t entry);

 private:
  bool fill(std::uint64_t begin, std::uint64_t size_bytes);

  const StateSnapshot& snapshot_;
  const StateIndex& index_;
  /// In the file.
  std::uint64_t values_begin_;
  std::uint64_t values_bytes_;
  std::string buffer_;
  /// What `buffer_` holds, relative to the first value.
  std::uint64_t buffer_begin_ = 0;
};

}  // namespace base
