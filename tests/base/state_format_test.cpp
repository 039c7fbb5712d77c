#include "base/state_format.h"

#include <limits>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "base/byte_writer.h"
#include "base/fingerprint.h"
#include "base/state_folder.h"
#include "base/state_snapshot.h"
#include "tests/base/state_kit.h"
#include "tests/support/memory_file_system.h"
#include "tests/support/printers.h"

// Bytes whose checksums are right but that no writer of ours makes: whoever can write into the
// folder can make them.
using base::ByteWriter;
using base::checksum_of;
using base::ErrorCode;
using base::StateChange;
using base::StateHeader;
using base::StateIndex;
using base::StateLogEnd;
using base::StateSection;
using base::StateTable;
using support::MemoryFileSystem;
using test_kit::k_state_folder;
using test_kit::open_state;
using test_kit::read_state;

namespace {

constexpr std::uint64_t k_largest = std::numeric_limits<std::uint64_t>::max();

struct Entry {
  std::uint64_t key_end;
  std::uint64_t value_end;
};

// The checksum of every value is that of "v".
std::string index_of(const std::vector<Entry>& entries, const std::string& keys) {
  ByteWriter writer;
  for (const Entry& entry : entries) {
    writer.write_u64(entry.key_end);
    writer.write_u64(entry.value_end);
    writer.write_u64(checksum_of("v"));
  }
  writer.write_raw(keys);
  return writer.take();
}

struct IndexCase {
  const char* name;
  std::vector<Entry> entries;
  std::string keys;
  std::uint64_t value_bytes;
  bool is_sound;
};

const IndexCase k_index_cases[] = {
    {"two keys", {{1, 1}, {3, 2}}, "abc", 2, true},
    {"no key", {}, "", 0, true},
    {"an empty key and value", {{0, 0}}, "", 0, true},
    {"a key that ends before it begins", {{2, 1}, {1, 2}}, "ab", 2, false},
    {"a key behind the last", {{k_largest, 1}}, "a", 1, false},
    {"a value that ends before it begins", {{1, 2}, {2, 1}}, "ab", 2, false},
    {"a value behind the last", {{1, k_largest}}, "a", 1, false},
    {"keys that do not ascend", {{1, 1}, {2, 2}}, "ba", 2, false},
    {"a key twice", {{1, 1}, {2, 2}}, "aa", 2, false},
    {"keys that belong to nobody", {{1, 1}}, "ab", 1, false},
    {"values that belong to nobody", {{1, 1}}, "a", 2, false},
    {"values but no key", {}, "", 1, false},
};

struct HeaderCase {
  const char* name;
  StateSection first;
  StateSection second;
};

// All of them add up to the size of the header alone, were it not for the 64 bits.
const HeaderCase k_header_cases[] = {
    {"more entries than 64 bits can count bytes", {k_largest / 24 + 2, 0, 0, 0}, {}},
    {"sizes whose sum is zero again", {1, k_largest - 23, 0, 0}, {}},
    {"sizes of two tables whose sum is zero again", {1, 0, k_largest - 47, 0}, {1, 0, 0, 0}},
    {"a table that is not there", {1, 0, 0, 0}, {}},
};

std::string log_of(const std::string& body, std::uint64_t snapshot_id) {
  StateLogEnd end;
  std::string log = base::encode_state_log_header(snapshot_id, end);
  ByteWriter record;
  record.write_u64(body.size());
  record.write_raw(body);
  record.write_u64(checksum_of(record.bytes(), end.chain));
  return log + record.bytes();
}

struct RecordCase {
  const char* name;
  std::string body;
  bool is_sound;
};

const RecordCase k_record_cases[] = {
    {"a change and an erasure", std::string("\0\1a\1v\x8F\1b", 8), true},
    {"nothing", "", false},
    {"a table that cannot be", "\x10\1a\1v", false},
    {"a key that is longer than the record", std::string("\0\x7F", 2) + "a", false},
    {"a key of 2^63 bytes", std::string("\0\x80\x80\x80\x80\x80\x80\x80\x80\x80\1a", 12), false},
    {"a key without a value", std::string("\0\1a", 3), false},
    {"a good change before a bad one", std::string("\0\1a\1v\0", 6), false},
};

}  // namespace

TEST_SUITE("base/state_format") {
  TEST_CASE("a header is read as it was written") {
    StateHeader header;
    header.identity = {7, "build", "owner"};
    header.generation = k_largest;
    header.sections[15] = {1, 2, 3, 4};
    const std::string bytes = base::encode_state_header(header);

    const auto found = base::decode_state_header(bytes, bytes.size() + 24 + 2 + 3);

    REQUIRE(found);
    CHECK(found->header == header);
    CHECK(found->size_bytes == bytes.size());
    CHECK(base::state_header_size(bytes.substr(0, base::k_state_prefix_bytes)) == bytes.size());
  }

  TEST_CASE("a header that tells of more than its file is refused") {
    for (const HeaderCase& row : k_header_cases) {
      SUBCASE(row.name) {
        StateHeader header;
        header.sections[0] = row.first;
        header.sections[1] = row.second;
        const std::string bytes = base::encode_state_header(header);

        const auto found = base::decode_state_header(bytes, bytes.size());

        CHECK(found.error().code == ErrorCode::corrupt);
      }
    }
  }

  TEST_CASE("an index is taken only if every place in it is in the table, and keys ascend") {
    for (const IndexCase& row : k_index_cases) {
      SUBCASE(row.name) {
        const std::string bytes = index_of(row.entries, row.keys);
        const StateSection section{
            row.entries.size(), row.keys.size(), row.value_bytes, checksum_of(bytes)};

        CHECK(StateIndex::of(bytes, section).has_value() == row.is_sound);
      }
    }
  }

  TEST_CASE("every key of an index is found, and no other") {
    const std::string bytes = index_of({{1, 1}, {2, 2}, {4, 3}}, "acee");
    const auto index = StateIndex::of(bytes, {3, 4, 3, checksum_of(bytes)});

    CHECK(index->find("a") == 0);
    CHECK(index->find("c") == 1);
    CHECK(index->find("ee") == 2);
    for (const char* key : {"", "A", "b", "cc", "e", "eee", "z"}) {
      CHECK_FALSE(index->find(key).has_value());
    }
    CHECK(index->lower_bound("b") == 1);
    CHECK(index->lower_bound("z") == 3);
  }

  TEST_CASE("a record is taken whole or not at all") {
    for (const RecordCase& row : k_record_cases) {
      SUBCASE(row.name) {
        const std::string log = log_of(row.body, 5);

        const base::FoundStateLog found = base::decode_state_log(log, 5);

        CHECK((found.end.size_bytes == log.size()) == row.is_sound);
        if (row.is_sound) {
          CHECK(found.changes == std::vector<StateChange>{{StateTable{0}, "a", "v"},
                                                          {StateTable{15}, "b", std::nullopt}});
        } else {
          CHECK(found.changes.empty());
        }
      }
    }
  }

  TEST_CASE("a record that claims 2^64 bytes is none") {
    StateLogEnd end;
    ByteWriter log;
    log.write_raw(base::encode_state_log_header(5, end));
    log.write_u64(k_largest);
    log.write_u64(checksum_of("", end.chain));

    const base::FoundStateLog found = base::decode_state_log(log.bytes(), 5);

    CHECK(found.changes.empty());
    CHECK(found.end == end);
  }

  TEST_CASE("an index that lies about its table is damage, not a crash") {
    for (const IndexCase& row : k_index_cases) {
      SUBCASE(row.name) {
        const std::string index = index_of(row.entries, row.keys);
        StateHeader header;
        header.identity = test_kit::k_state_identity;
        header.sections[0] = {
            row.entries.size(), row.keys.size(), row.value_bytes, checksum_of(index)};
        MemoryFileSystem files;
        files.put(base::state_snapshot_path(k_state_folder),
                  base::encode_state_header(header) + index +
                      std::string(static_cast<std::size_t>(row.value_bytes), 'v'));

        const test_kit::StateReading reading = read_state(files);

        CHECK(reading.contradiction == "");
        CHECK(reading.content.size() <= row.entries.size());
        // The value of the empty key has the checksum of another.
        const bool has_empty_value = !row.entries.empty() && row.value_bytes == 0;
        CHECK((reading.is_damaged || reading.is_cold) == (!row.is_sound || has_empty_value));
      }
    }
  }
}
