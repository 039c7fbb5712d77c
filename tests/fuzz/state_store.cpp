// Any bytes on disk are opened as a saved state without a crash and without contradictions, and do
// not keep the next state from being saved.
//
// The first byte of the input tells what the rest is:
//   r  a snapshot of as many bytes as the next two say (lowest first), then a log
//   e  edits of a healthy snapshot and log: two bytes for the place, one to be put there; a place
//      behind the end cuts the log, 0xFFFF the snapshot
//   s  as e, with all checksums made right again: what somebody would do on purpose
#include "base/state_store.h"

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/byte_reader.h"
#include "base/byte_writer.h"
#include "base/check.h"
#include "base/fingerprint.h"
#include "base/state_folder.h"
#include "tests/support/memory_file_system.h"

namespace {

using base::checksum_of;
using base::StateStore;
using base::StateTable;

const std::string k_folder = "/cache";
const base::StateIdentity k_identity{1, "build", "owner"};

struct Disk {
  std::string snapshot;
  std::string log;
};

StateStore open_store(base::FileSystem& files) {
  return StateStore::open(files, k_folder, k_identity);
}

Disk make_healthy_disk() {
  support::MemoryFileSystem files;
  StateStore store = open_store(files);
  for (const char* key : {"", "a", "src/a.ts", "src/b.ts"}) {
    store.put(StateTable{0}, key, "stamp");
    store.put(StateTable{2}, key, std::string(40, 'f'));
  }
  base::check(store.commit().has_value(), "a snapshot is written");
  store.put(StateTable{0}, "src/a.ts", "newer");
  store.erase(StateTable{2}, "src/b.ts");
  base::check(store.commit().has_value(), "a record is written");
  store.put(StateTable{15}, "src/c.ts", "");
  base::check(store.commit().has_value(), "a second record is written");
  return {*files.content(base::state_snapshot_path(k_folder)),
          *files.content(base::state_log_path(k_folder))};
}

Disk edited(Disk disk, base::ByteReader edits) {
  while (edits.size_left() >= 3) {
    std::size_t place = edits.read_u8();
    place += edits.read_u8() * std::size_t{256};
    const char byte = static_cast<char>(edits.read_u8());
    if (place < disk.snapshot.size()) {
      disk.snapshot[place] = byte;
    } else if (place < disk.snapshot.size() + disk.log.size()) {
      disk.log[place - disk.snapshot.size()] = byte;
    } else {
      std::string& cut = place == 0xFFFF ? disk.snapshot : disk.log;
      cut.resize(std::min<std::size_t>(cut.size(), static_cast<unsigned char>(byte)));
    }
  }
  return disk;
}

void put_u64(std::string& bytes, std::size_t place, std::uint64_t value) {
  base::ByteWriter writer;
  writer.write_u64(value);
  bytes.replace(place, writer.size(), writer.bytes());
}

// Seals the header, then the indices as far as the header makes sense, then the header again.
void seal_snapshot(std::string& snapshot) {
  constexpr std::size_t k_checksum_place = 24;
  for (int round = 0; round < 2; ++round) {
    const auto size = base::state_header_size(snapshot.substr(0, base::k_state_prefix_bytes));
    if (!size || *size > snapshot.size()) {
      return;
    }
    const std::string_view header = std::string_view(snapshot).substr(0, *size);
    put_u64(snapshot,
            k_checksum_place,
            checksum_of(header.substr(base::k_state_prefix_bytes),
                        checksum_of(header.substr(0, k_checksum_place))));
    auto found = base::decode_state_header(snapshot.substr(0, *size), snapshot.size());
    if (!found) {
      return;
    }
    std::size_t place = *size;
    for (base::StateSection& section : found->header.sections) {
      section.index_checksum =
          checksum_of(std::string_view(snapshot).substr(place, section.index_bytes()));
      place += section.index_bytes() + section.value_bytes;
    }
    const std::string again = base::encode_state_header(found->header);
    if (again.size() == *size) {
      snapshot.replace(0, again.size(), again);
    }
  }
}

void seal_log(std::string& log, std::uint64_t snapshot_id) {
  base::StateLogEnd end;
  const std::string header = base::encode_state_log_header(snapshot_id, end);
  log.replace(0, std::min(header.size(), log.size()), header);
  std::size_t place = header.size();
  while (log.size() - place > sizeof(std::uint64_t)) {
    const std::string_view rest = std::string_view(log).substr(place);
    const std::uint64_t body_bytes = base::ByteReader(rest).read_u64();
    if (body_bytes > rest.size() - sizeof(std::uint64_t)) {
      return;
    }
    const std::size_t sealed = sizeof(std::uint64_t) + static_cast<std::size_t>(body_bytes);
    end.chain = checksum_of(rest.substr(0, sealed), end.chain);
    place += sealed;
    if (log.size() - place < base::k_state_chain_bytes) {
      return;
    }
    put_u64(log, place, end.chain);
    place += base::k_state_chain_bytes;
  }
}

Disk disk_of(std::string_view input) {
  static const Disk k_healthy = make_healthy_disk();
  base::ByteReader reader(input);
  const std::uint8_t kind = reader.read_u8();
  if (kind == 'e' || kind == 's') {
    Disk disk = edited(k_healthy, reader);
    if (kind == 's') {
      seal_snapshot(disk.snapshot);
      seal_log(
          disk.log,
          base::ByteReader(disk.snapshot.substr(std::min<std::size_t>(24, disk.snapshot.size())))
              .read_u64());
    }
    return disk;
  }
  std::size_t snapshot_bytes = reader.read_u8();
  snapshot_bytes += reader.read_u8() * std::size_t{256};
  snapshot_bytes = std::min(snapshot_bytes, reader.size_left());
  Disk disk;
  disk.snapshot = reader.read_raw(snapshot_bytes);
  disk.log = reader.read_raw(reader.size_left());
  return disk;
}

void walk(const StateStore& store) {
  for (std::uint8_t i = 0; i < base::k_state_table_limit; ++i) {
    std::string last;
    bool is_first = true;
    const base::Status status = store.for_each(StateTable{i}, [&](auto key, auto value) {
      base::check(is_first || last < key, "keys ascend");
      base::check(store.find(StateTable{i}, key) == value, "what is visited is found");
      last = key;
      is_first = false;
    });
    base::check(status || !store.damage().empty(), "what is missing is told");
  }
}

}  // namespace

// NOLINTNEXTLINE(readability-identifier-naming): libFuzzer's name.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  const std::string input(bytes, bytes + size);
  const Disk disk = disk_of(input);
  support::MemoryFileSystem files;
  files.put(base::state_snapshot_path(k_folder), disk.snapshot);
  files.put(base::state_log_path(k_folder), disk.log);
  StateStore store = open_store(files);
  walk(store);
  if (!store.damage().empty()) {
    store.start_over();
  }
  store.put(StateTable{1}, "next", input);
  base::check(store.commit().has_value(), "the next state is saved");
  base::check(open_store(files).find(StateTable{1}, "next") == input, "and found");
  walk(open_store(files));
  return 0;
}
