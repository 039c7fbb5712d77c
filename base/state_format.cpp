#include "base/state_format.h"

#include <limits>

#include "base/byte_reader.h"
#include "base/byte_writer.h"
#include "base/check.h"
#include "base/fingerprint.h"

namespace base {
namespace {

// The line break and the end of file of old systems show a transfer as text.
constexpr std::string_view k_snapshot_magic("builder state\r\n\x1A", 16);
constexpr std::string_view k_log_magic("builder  log\0\r\n\x1A", 16);

// Of the container. What the values look like is StateIdentity::format.
constexpr std::uint32_t k_container_version = 1;

// Magic, version, size of the header; then the checksum, over the header without itself.
constexpr std::size_t k_checksum_offset = 24;
static_assert(k_checksum_offset + sizeof(std::uint64_t) == k_state_prefix_bytes);

constexpr std::uint8_t k_erased_flag = 0x80;

tl::unexpected<Error> damaged(std::string what) {
  return fail(ErrorCode::corrupt, std::move(what));
}

std::uint64_t header_checksum(std::string_view header) {
  const std::uint64_t front = checksum_of(header.substr(0, k_checksum_offset));
  return checksum_of(header.substr(k_state_prefix_bytes), front);
}

// The size of a file with these sections, or nothing if it does not fit 64 bits.
std::optional<std::uint64_t> file_size(std::uint64_t header_bytes, const StateHeader& header) {
  std::uint64_t total = header_bytes;
  const auto add = [&total](std::uint64_t bytes) {
    const bool fits = bytes <= std::numeric_limits<std::uint64_t>::max() - total;
    total += fits ? bytes : 0;
    return fits;
  };
  for (const StateSection& section : header.sections) {
    const bool fits =
        section.entries <= std::numeric_limits<std::uint64_t>::max() / k_state_entry_bytes &&
        add(section.entries * k_state_entry_bytes) && add(section.key_bytes) &&
        add(section.value_bytes);
    if (!fits) {
      return std::nullopt;
    }
  }
  return total;
}

// Where a record's body is broken though its checksum is right, nothing of it is taken.
bool decode_record(std::string_view body, std::vector<StateChange>& changes) {
  const std::size_t before = changes.size();
  ByteReader reader(body);
  while (reader.size_left() > 0) {
    const std::uint8_t kind = reader.read_u8();
    StateChange change;
    change.table = StateTable{static_cast<std::uint8_t>(kind & ~k_erased_flag)};
    change.key = reader.read_text();
    if ((kind & k_erased_flag) == 0) {
      change.value = reader.read_text();
    }
    if (static_cast<std::size_t>(change.table) >= k_state_table_limit) {
      reader.fail();
    }
    changes.push_back(change);
  }
  if (reader.has_failed()) {
    changes.resize(before);
  }
  return !reader.has_failed();
}

}  // namespace

std::size_t number_of(StateTable table) {
  check(static_cast<std::size_t>(table) < k_state_table_limit, "the table's number is in range");
  return static_cast<std::size_t>(table);
}

std::uint64_t StateSection::index_bytes() const {
  return entries * k_state_entry_bytes + key_bytes;
}

std::string encode_state_header(const StateHeader& header) {
  check(header.identity.program.size() <= k_state_text_limit_bytes &&
            header.identity.owner.size() <= k_state_text_limit_bytes,
        "the texts of a state's identity are short");
  ByteWriter rest;
  rest.write_u64(header.generation);
  rest.write_u32(header.identity.format);
  rest.write_text(header.identity.program);
  rest.write_text(header.identity.owner);
  for (std::size_t i = 0; i < k_state_table_limit; ++i) {
    const StateSection& section = header.sections[i];
    if (section.entries > 0) {
      rest.write_u8(static_cast<std::uint8_t>(i));
      rest.write_u64(section.entries);
      rest.write_u64(section.key_bytes);
      rest.write_u64(section.value_bytes);
      rest.write_u64(section.index_checksum);
    }
  }
  ByteWriter front;
  front.write_raw(k_snapshot_magic);
  front.write_u32(k_container_version);
  front.write_u32(static_cast<std::uint32_t>(k_state_prefix_bytes + rest.size()));
  ByteWriter whole;
  whole.write_raw(front.bytes());
  whole.write_u64(checksum_of(rest.bytes(), checksum_of(front.bytes())));
  whole.write_raw(rest.bytes());
  return whole.take();
}

Result<std::uint64_t> state_header_size(std::string_view prefix) {
  ByteReader reader(prefix);
  if (reader.read_raw(k_snapshot_magic.size()) != k_snapshot_magic) {
    return damaged("it is no saved state");
  }
  const std::uint32_t version = reader.read_u32();
  if (version != k_container_version) {
    return damaged(version > k_container_version ? "a newer version of builder wrote it"
                                                 : "an older version of builder wrote it");
  }
  const std::uint32_t size_bytes = reader.read_u32();
  if (size_bytes < k_state_prefix_bytes || size_bytes > k_state_header_limit_bytes) {
    return damaged("it is damaged");
  }
  return size_bytes;
}

Result<FoundStateHeader> decode_state_header(std::string_view bytes, std::uint64_t file_bytes) {
  TRY_ASSIGN(const std::uint64_t size_bytes, state_header_size(bytes));
  if (size_bytes != bytes.size()) {
    return damaged("it is damaged");
  }
  FoundStateHeader found;
  found.size_bytes = size_bytes;
  found.id = ByteReader(bytes.substr(k_checksum_offset)).read_u64();
  if (found.id != header_checksum(bytes)) {
    return damaged("it is damaged");
  }
  ByteReader reader(bytes.substr(k_state_prefix_bytes));
  found.header.generation = reader.read_u64();
  found.header.identity.format = reader.read_u32();
  found.header.identity.program = reader.read_text();
  found.header.identity.owner = reader.read_text();
  while (reader.size_left() > 0) {
    const std::uint8_t table = reader.read_u8();
    if (table >= k_state_table_limit) {
      return damaged("it is damaged");
    }
    StateSection& section = found.header.sections[table];
    section.entries = reader.read_u64();
    section.key_bytes = reader.read_u64();
    section.value_bytes = reader.read_u64();
    section.index_checksum = reader.read_u64();
  }
  if (!reader.is_done()) {
    return damaged("it is damaged");
  }
  if (file_size(size_bytes, found.header) != file_bytes) {
    return damaged("it has not the size that it should have");
  }
  return found;
}

bool is_state_magic(std::string_view begin) {
  return begin.starts_with(k_snapshot_magic) || begin.starts_with(k_log_magic);
}

bool is_state_log_of(std::string_view begin, std::uint64_t snapshot_id) {
  StateLogEnd end;
  return begin.starts_with(encode_state_log_header(snapshot_id, end));
}

std::string encode_state_log_header(std::uint64_t snapshot_id, StateLogEnd& end) {
  ByteWriter writer;
  writer.write_raw(k_log_magic);
  writer.write_u32(k_container_version);
  writer.write_u64(snapshot_id);
  end.chain = checksum_of(writer.bytes());
  writer.write_u64(end.chain);
  end.size_bytes = writer.size();
  return writer.take();
}

std::string encode_state_record(const std::vector<StateChange>& changes, StateLogEnd& end) {
  ByteWriter body;
  for (const StateChange& change : changes) {
    const auto table = static_cast<std::uint8_t>(change.table);
    body.write_u8(change.value ? table : static_cast<std::uint8_t>(table | k_erased_flag));
    body.write_text(change.key);
    if (change.value) {
      body.write_text(*change.value);
    }
  }
  ByteWriter record;
  record.reserve(body.size() + 2 * k_state_chain_bytes);
  record.write_u64(body.size());
  record.write_raw(body.bytes());
  end.chain = checksum_of(record.bytes(), end.chain);
  record.write_u64(end.chain);
  end.size_bytes += record.size();
  return record.take();
}

std::uint64_t decode_state_chain(std::string_view bytes) {
  return ByteReader(bytes).read_u64();
}

FoundStateLog decode_state_log(std::string_view log, std::uint64_t snapshot_id) {
  FoundStateLog found;
  if (!is_state_log_of(log, snapshot_id)) {
    return found;
  }
  ByteReader reader(log.substr(encode_state_log_header(snapshot_id, found.end).size()));
  while (reader.size_left() > 0) {
    const std::string_view record = log.substr(log.size() - reader.size_left());
    const std::uint64_t body_bytes = reader.read_u64();
    // A record changes something, so its body is not empty.
    if (body_bytes == 0 || body_bytes > reader.size_left()) {
      break;
    }
    const std::string_view body = reader.read_raw(static_cast<std::size_t>(body_bytes));
    const std::uint64_t chain = reader.read_u64();
    const std::string_view sealed = record.substr(0, k_state_chain_bytes + body.size());
    if (reader.has_failed() || chain != checksum_of(sealed, found.end.chain) ||
        !decode_record(body, found.changes)) {
      break;
    }
    found.end.chain = chain;
    found.end.size_bytes = log.size() - reader.size_left();
  }
  return found;
}

}  // namespace base
