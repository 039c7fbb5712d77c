#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

// The bytes of a saved state: the header of its snapshot, and its log. docs/formats.md draws them.
// Everything here takes apart untrusted bytes; nothing here touches a disk.
namespace base {

/// Number of a table of a StateStore. Whoever keeps the store gives the numbers their meaning.
enum class StateTable : std::uint8_t {};

inline constexpr std::size_t k_state_table_limit = 16;

/// Below k_state_table_limit, or the program ends: a table that cannot be is a bug of ours.
std::size_t number_of(StateTable table);

/// What a saved state must agree on with its reader to be of use.
struct StateIdentity {
  /// Counts the layouts of the values.
  std::uint32_t format = 0;
  /// The build of the program. A state of another build is dropped without a word.
  std::string program;
  /// What the state is about: a project and the options that the values depend on. At most
  /// k_state_text_limit_bytes, as `program`.
  std::string owner;

  friend bool operator==(const StateIdentity&, const StateIdentity&) = default;
};

inline constexpr std::size_t k_state_text_limit_bytes = 4096;

/// One table of a snapshot: its index (an entry of fixed size for each key, then the keys), then
/// its values. Where it begins follows from the sizes of those before it. A table without entries
/// is not in the file.
struct StateSection {
  std::uint64_t entries = 0;
  std::uint64_t key_bytes = 0;
  std::uint64_t value_bytes = 0;
  /// Of the index. The index holds the checksum of each value.
  std::uint64_t index_checksum = 0;

  /// Fits 64 bits for every section that decode_state_header() let through.
  std::uint64_t index_bytes() const;

  friend bool operator==(const StateSection&, const StateSection&) = default;
};

/// The bytes of one entry of an index: end of its key, end of its value, checksum of its value.
inline constexpr std::uint64_t k_state_entry_bytes = 24;

struct StateHeader {
  StateIdentity identity;
  /// How many snapshots there were before, if the writer knew them. For people.
  std::uint64_t generation = 0;
  /// By the number of the table.
  std::array<StateSection, k_state_table_limit> sections;

  friend bool operator==(const StateHeader&, const StateHeader&) = default;
};

/// A header as it was found on disk.
struct FoundStateHeader {
  StateHeader header;
  std::uint64_t size_bytes = 0;
  /// The checksum of the header. Since the header holds the checksums of the indices, and these
  /// those of the values, it stands for the whole content: snapshots of one id are equal.
  std::uint64_t id = 0;
};

/// How many bytes to read to learn the size of the header, and what no header exceeds.
inline constexpr std::uint64_t k_state_prefix_bytes = 32;
inline constexpr std::uint64_t k_state_header_limit_bytes = 65'536;

std::string encode_state_header(const StateHeader& header);

/// The size of the header that `prefix` begins. The Error's message says what is wrong with the
/// file, as "it is damaged".
Result<std::uint64_t> state_header_size(std::string_view prefix);

/// `bytes` is the whole header, `file_bytes` the size of the file, which must be exactly what the
/// header tells.
Result<FoundStateHeader> decode_state_header(std::string_view bytes, std::uint64_t file_bytes);

/// Whether a file that begins so calls itself a snapshot or a log; whether it is a log of this
/// snapshot.
bool is_state_magic(std::string_view begin);
bool is_state_log_of(std::string_view begin, std::uint64_t snapshot_id);

/// One value that was put or erased.
struct StateChange {
  StateTable table{};
  std::string_view key;
  /// Nothing: erased.
  std::optional<std::string_view> value;

  friend bool operator==(const StateChange&, const StateChange&) = default;
};

/// Where a log ends and the next record goes.
///
/// Each record's checksum takes that of the one before it as its seed, and the first that of the
/// header, which names the snapshot. So `chain` stands for the snapshot and all records up to here,
/// in their order.
struct StateLogEnd {
  /// 0: there is no log of this snapshot yet.
  std::uint64_t size_bytes = 0;
  std::uint64_t chain = 0;

  friend bool operator==(const StateLogEnd&, const StateLogEnd&) = default;
};

/// The header of a log that extends the snapshot `snapshot_id`; moves `end` behind it.
std::string encode_state_log_header(std::uint64_t snapshot_id, StateLogEnd& end);

/// One record of all `changes`; moves `end` behind it.
std::string encode_state_record(const std::vector<StateChange>& changes, StateLogEnd& end);

/// The bytes at the end of a log that hold StateLogEnd::chain.
inline constexpr std::uint64_t k_state_chain_bytes = 8;
std::uint64_t decode_state_chain(std::string_view bytes);

struct FoundStateLog {
  /// Of all whole records, in the order in which they were made. Views into the log.
  std::vector<StateChange> changes;
  /// Behind the last whole record.
  StateLogEnd end;
};

/// The records of `log` up to the first that is cut short or damaged: that one and all behind it
/// count for nothing. A log of another snapshot is as none.
FoundStateLog decode_state_log(std::string_view log, std::uint64_t snapshot_id);

}  // namespace base
