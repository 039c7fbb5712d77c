#include "base/state_snapshot_writer.h"

#include "base/byte_writer.h"
#include "base/fingerprint.h"

namespace base {
namespace {

constexpr std::size_t k_piece_bytes = 1'048'576;

// The failure of reading `base`; there is one, or we would not ask.
tl::unexpected<Error> damage_of(const StateSnapshot& base) {
  return fail(ErrorCode::corrupt, base.damage());
}

// Puts small writes together.
class PieceWriter {
 public:
  PieceWriter(FileSystem& files, const std::string& path) : files_(files), path_(path) {}

  Status write(std::string_view bytes) {
    if (buffer_.size() + bytes.size() > k_piece_bytes) {
      TRY(flush());
    }
    if (bytes.size() > k_piece_bytes) {
      return files_.append(path_, bytes);
    }
    buffer_ += bytes;
    return {};
  }

  Status flush() {
    if (!buffer_.empty()) {
      TRY(files_.append(path_, buffer_));
      buffer_.clear();
    }
    return {};
  }

 private:
  FileSystem& files_;
  const std::string& path_;
  std::string buffer_;
};

std::string index_bytes_of(const StateIndex* index,
                           const StateOverlay& overlay,
                           StateSection& section) {
  ByteWriter entries;
  std::string keys;
  merge_state(index, overlay, [&](const StateEntry& entry) {
    const bool is_new = entry.value != nullptr;
    keys += entry.key;
    section.value_bytes += is_new ? entry.value->size() : index->value_bytes(entry.entry);
    ++section.entries;
    entries.write_u64(keys.size());
    entries.write_u64(section.value_bytes);
    entries.write_u64(is_new ? checksum_of(*entry.value) : index->value_checksum(entry.entry));
    return true;
  });
  section.key_bytes = keys.size();
  entries.write_raw(keys);
  section.index_checksum = checksum_of(entries.bytes());
  return entries.take();
}

Status write_values(PieceWriter& writer,
                    const StateSnapshot* base,
                    StateTable table,
                    const StateOverlay& overlay) {
  const StateIndex* const index = base == nullptr ? nullptr : base->index(table);
  std::optional<StateValueReader> old_values;
  if (index != nullptr) {
    old_values.emplace(*base, table, *index);
  }
  Status status;
  merge_state(index, overlay, [&](const StateEntry& entry) {
    const auto value = entry.value != nullptr ? std::optional<std::string_view>(*entry.value)
                                              : old_values->value(entry.entry);
    status = value ? writer.write(*value) : Status(damage_of(*base));
    return status.has_value();
  });
  return status;
}

}  // namespace

Status write_state_snapshot(FileSystem& files,
                            const std::string& path,
                            const StateIdentity& identity,
                            const StateSnapshot* base,
                            const StateOverlays& overlays) {
  StateHeader header;
  header.identity = identity;
  header.generation = base == nullptr ? 1 : base->header().generation + 1;
  std::array<std::string, k_state_table_limit> indices;
  for (std::size_t i = 0; i < k_state_table_limit; ++i) {
    const StateTable table{static_cast<std::uint8_t>(i)};
    const StateIndex* const index = base == nullptr ? nullptr : base->index(table);
    if (base != nullptr && index == nullptr) {
      return damage_of(*base);
    }
    indices[i] = index_bytes_of(index, overlays[i], header.sections[i]);
  }
  TRY(files.remove_file(path));
  PieceWriter writer(files, path);
  TRY(writer.write(encode_state_header(header)));
  for (std::size_t i = 0; i < k_state_table_limit; ++i) {
    TRY(writer.write(indices[i]));
    TRY(write_values(writer, base, StateTable{static_cast<std::uint8_t>(i)}, overlays[i]));
  }
  TRY(writer.flush());
  return files.sync(path);
}

}  // namespace base
