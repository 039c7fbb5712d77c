#include "base/byte_writer.h"

#include <cstdint>
#include <functional>
#include <limits>
#include <string>

#include <doctest/doctest.h>

#include "base/byte_reader.h"
#include "tests/support/printers.h"

using base::ByteReader;
using base::ByteWriter;

namespace {

struct BytesCase {
  const char* name;
  std::function<void(ByteWriter&)> write;
  std::string bytes;
};

std::string raw(std::initializer_list<int> bytes) {
  std::string text;
  for (const int byte : bytes) {
    text += static_cast<char>(byte);
  }
  return text;
}

// The bytes are a format on disk: another machine must read what this one wrote.
const BytesCase k_bytes_cases[] = {
    {"a byte", [](ByteWriter& to) { to.write_u8(0xFE); }, raw({0xFE})},
    {"32 bits, lowest byte first",
     [](ByteWriter& to) { to.write_u32(0x01020384); },
     raw({0x84, 3, 2, 1})},
    {"64 bits, lowest byte first",
     [](ByteWriter& to) { to.write_u64(0x8102030405060708); },
     raw({8, 7, 6, 5, 4, 3, 2, 0x81})},
    {"true", [](ByteWriter& to) { to.write_bool(true); }, raw({1})},
    {"a varint of one byte", [](ByteWriter& to) { to.write_varint(127); }, raw({127})},
    {"a varint of two bytes", [](ByteWriter& to) { to.write_varint(128); }, raw({0x80, 1})},
    {"minus one is short", [](ByteWriter& to) { to.write_signed_varint(-1); }, raw({1})},
    {"plus one is short", [](ByteWriter& to) { to.write_signed_varint(1); }, raw({2})},
    {"an empty text", [](ByteWriter& to) { to.write_text(""); }, raw({0})},
    {"a text with a zero byte",
     [](ByteWriter& to) { to.write_text(std::string_view("a\0b", 3)); },
     raw({3, 'a', 0, 'b'})},
    {"a fingerprint, high half first",
     [](ByteWriter& to) {
       to.write_fingerprint({1, 2});
     },
     raw({1, 0, 0, 0, 0, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0})},
};

}  // namespace

TEST_SUITE("base/byte_writer") {
  TEST_CASE("values have these bytes") {
    for (const BytesCase& row : k_bytes_cases) {
      SUBCASE(row.name) {
        ByteWriter writer;
        row.write(writer);

        CHECK(writer.bytes() == row.bytes);
      }
    }
  }

  TEST_CASE("taking the bytes leaves a writer for the next value") {
    ByteWriter writer;
    writer.write_text("one");

    CHECK(writer.take() == "\3one");
    writer.write_text("two");
    CHECK(writer.take() == "\3two");
  }

  TEST_CASE("what was written is read again") {
    constexpr auto k_largest = std::numeric_limits<std::uint64_t>::max();
    constexpr auto k_lowest = std::numeric_limits<std::int64_t>::min();
    ByteWriter writer;
    for (unsigned bits = 0; bits < 64; ++bits) {
      writer.write_varint(k_largest >> bits);
      writer.write_signed_varint(k_lowest >> bits);
      writer.write_signed_varint(-(k_lowest + 1) >> bits);
    }
    writer.write_u32(0xFFFFFFFF);
    writer.write_u64(k_largest);
    writer.write_bool(false);
    writer.write_text("é\n");
    writer.write_fingerprint({k_largest, 7});
    writer.write_raw("end");

    ByteReader reader(writer.bytes());
    for (unsigned bits = 0; bits < 64; ++bits) {
      CHECK(reader.read_varint() == k_largest >> bits);
      CHECK(reader.read_signed_varint() == k_lowest >> bits);
      CHECK(reader.read_signed_varint() == -(k_lowest + 1) >> bits);
    }
    CHECK(reader.read_u32() == 0xFFFFFFFF);
    CHECK(reader.read_u64() == k_largest);
    CHECK(reader.read_bool() == false);
    CHECK(reader.read_text() == "é\n");
    CHECK(reader.read_fingerprint() == base::Fingerprint{k_largest, 7});
    CHECK(reader.read_raw(3) == "end");
    CHECK(reader.is_done());
  }
}
