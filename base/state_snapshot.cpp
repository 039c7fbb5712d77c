#include "base/state_snapshot.h"

#include <algorithm>

#include "base/byte_order.h"
#include "base/check.h"
#include "base/fingerprint.h"

namespace base {
namespace {

// Large enough that the calls of the system do not count, small enough for a processor's cache.
constexpr std::uint64_t k_window_bytes = 262'144;

}  // namespace

std::uint64_t StateIndex::number(std::size_t entry, std::size_t offset) const {
  return load_little_endian(bytes_.data() + entry * k_state_entry_bytes + offset);
}

std::string_view StateIndex::key(std::size_t entry) const {
  const std::uint64_t begin = entry == 0 ? 0 : key_end(entry - 1);
  return {bytes_.data() + size_ * k_state_entry_bytes + begin, key_end(entry) - begin};
}

std::uint64_t StateIndex::value_begin(std::size_t entry) const {
  return entry == 0 ? 0 : value_end(entry - 1);
}

std::uint64_t StateIndex::value_bytes(std::size_t entry) const {
  return value_end(entry) - value_begin(entry);
}

std::uint64_t StateIndex::value_checksum(std::size_t entry) const {
  return number(entry, 16);
}

std::optional<StateIndex> StateIndex::of(std::string bytes, const StateSection& section) {
  // Nothing has no checksum.
  const bool is_intact = section.entries == 0 || checksum_of(bytes) == section.index_checksum;
  if (bytes.size() != section.index_bytes() || !is_intact) {
    return std::nullopt;
  }
  StateIndex index(std::move(bytes), static_cast<std::size_t>(section.entries));
  // A checksum is no proof: whoever can write the file can write one.
  std::uint64_t last_key_end = 0;
  std::uint64_t last_value_end = 0;
  for (std::size_t i = 0; i < index.size_; ++i) {
    const std::uint64_t key_end = index.key_end(i);
    const std::uint64_t value_end = index.value_end(i);
    if (key_end < last_key_end || key_end > section.key_bytes || value_end < last_value_end ||
        value_end > section.value_bytes || (i > 0 && index.key(i - 1) >= index.key(i))) {
      return std::nullopt;
    }
    last_key_end = key_end;
    last_value_end = value_end;
  }
  if (last_key_end != section.key_bytes || last_value_end != section.value_bytes) {
    return std::nullopt;
  }
  return index;
}

std::size_t StateIndex::lower_bound(std::string_view key) const {
  std::size_t begin = 0;
  std::size_t end = size_;
  while (begin < end) {
    const std::size_t middle = begin + (end - begin) / 2;
    if (this->key(middle) < key) {
      begin = middle + 1;
    } else {
      end = middle;
    }
  }
  return begin;
}

std::optional<std::size_t> StateIndex::find(std::string_view key) const {
  const std::size_t entry = lower_bound(key);
  if (entry == size_ || this->key(entry) != key) {
    return std::nullopt;
  }
  return entry;
}

StateSnapshot::StateSnapshot(std::unique_ptr<OpenFile> file,
                             std::string path,
                             FoundStateHeader found)
    : file_(std::move(file)), path_(std::move(path)), found_(std::move(found)) {
  std::uint64_t offset = found_.size_bytes;
  for (std::size_t i = 0; i < k_state_table_limit; ++i) {
    section_offsets_[i] = offset;
    offset += found_.header.sections[i].index_bytes() + found_.header.sections[i].value_bytes;
  }
}

Result<std::unique_ptr<StateSnapshot>> StateSnapshot::open(FileSystem& files,
                                                           const std::string& path) {
  TRY_ASSIGN(std::unique_ptr<OpenFile> file, files.open_file(path));
  const std::uint64_t file_bytes = file->size_bytes();
  std::string bytes(std::min(k_state_prefix_bytes, file_bytes), '\0');
  TRY(file->read_at(0, bytes));
  TRY_ASSIGN(const std::uint64_t header_bytes, state_header_size(bytes));
  if (header_bytes > file_bytes) {
    return fail(ErrorCode::corrupt, "it has not the size that it should have");
  }
  bytes.resize(static_cast<std::size_t>(header_bytes));
  TRY(file->read_at(0, bytes));
  TRY_ASSIGN(FoundStateHeader found, decode_state_header(bytes, file_bytes));
  // No std::make_unique: the constructor is private.
  return std::unique_ptr<StateSnapshot>(new StateSnapshot(std::move(file), path, std::move(found)));
}

void StateSnapshot::report(const std::string& damage) const {
  const std::lock_guard lock(mutex_);
  if (damage_.empty()) {
    damage_ = damage;
  }
}

std::string StateSnapshot::damage() const {
  const std::lock_guard lock(mutex_);
  return damage_;
}

bool StateSnapshot::read(std::uint64_t offset, std::span<char> into) const {
  const Status status = file_->read_at(offset, into);
  if (!status) {
    report(status.error().message);
  }
  return status.has_value();
}

std::optional<StateIndex> StateSnapshot::read_index(StateTable table) const {
  const StateSection& section = found_.header.sections[number_of(table)];
  // No more than the file has: the header was compared with its size.
  std::string bytes(static_cast<std::size_t>(section.index_bytes()), '\0');
  if (!read(section_offsets_[number_of(table)], bytes)) {
    return std::nullopt;
  }
  auto index = StateIndex::of(std::move(bytes), section);
  if (!index) {
    report(path_ + " holds a damaged table");
  }
  return index;
}

const StateIndex* StateSnapshot::index(StateTable table) const {
  Table& entry = tables_[number_of(table)];
  std::call_once(entry.is_read, [&] { entry.index = read_index(table); });
  return entry.index ? &*entry.index : nullptr;
}

std::optional<std::string> StateSnapshot::value(StateTable table, std::size_t entry) const {
  const StateIndex* const found = index(table);
  if (found == nullptr) {
    return std::nullopt;
  }
  const StateSection& section = found_.header.sections[number_of(table)];
  const std::uint64_t begin =
      section_offsets_[number_of(table)] + section.index_bytes() + found->value_begin(entry);
  std::string value(static_cast<std::size_t>(found->value_bytes(entry)), '\0');
  if (!read(begin, value)) {
    return std::nullopt;
  }
  if (checksum_of(value) != found->value_checksum(entry)) {
    report(path_ + " holds a damaged value");
    return std::nullopt;
  }
  return value;
}

StateValueReader::StateValueReader(const StateSnapshot& snapshot,
                                   StateTable table,
                                   const StateIndex& index)
    : snapshot_(snapshot), index_(index) {
  const StateSection& section = snapshot.found_.header.sections[number_of(table)];
  values_begin_ = snapshot.section_offsets_[number_of(table)] + section.index_bytes();
  values_bytes_ = section.value_bytes;
}

bool StateValueReader::fill(std::uint64_t begin, std::uint64_t size_bytes) {
  const std::uint64_t wanted = std::max(size_bytes, k_window_bytes);
  buffer_begin_ = begin;
  buffer_.resize(static_cast<std::size_t>(std::min(wanted, values_bytes_ - begin)));
  if (!snapshot_.read(values_begin_ + begin, buffer_)) {
    buffer_.clear();
    return false;
  }
  return true;
}

std::optional<std::string_view> StateValueReader::value(std::size_t entry) {
  const std::uint64_t begin = index_.value_begin(entry);
  const std::uint64_t size_bytes = index_.value_bytes(entry);
  const bool is_buffered = begin >= buffer_begin_ && begin - buffer_begin_ <= buffer_.size() &&
                           size_bytes <= buffer_.size() - (begin - buffer_begin_);
  if (!is_buffered && !fill(begin, size_bytes)) {
    return std::nullopt;
  }
  const auto offset = static_cast<std::size_t>(begin - buffer_begin_);
  const std::string_view value = std::string_view(buffer_).substr(offset, size_bytes);
  if (checksum_of(value) != index_.value_checksum(entry)) {
    snapshot_.report(snapshot_.path_ + " holds a damaged value");
    return std::nullopt;
  }
  return value;
}

}  // namespace base
