#include "base/byte_reader.h"

#include <cstdint>
#include <functional>
#include <string>

#include <doctest/doctest.h>

#include "base/byte_writer.h"
#include "tests/support/printers.h"

using base::ByteReader;

namespace {

struct BrokenCase {
  const char* name;
  std::string bytes;
  std::function<void(ByteReader&)> read;
};

const BrokenCase k_broken_cases[] = {
    {"nothing where a byte should be", "", [](ByteReader& from) { from.read_u8(); }},
    {"half of a number", "abc", [](ByteReader& from) { from.read_u32(); }},
    {"half of a fingerprint",
     "0123456789",
     [](ByteReader& from) { CHECK(from.read_fingerprint() == base::Fingerprint{}); }},
    {"a truth value that is neither", "\2", [](ByteReader& from) { from.read_bool(); }},
    {"a varint that ends early", "\x80", [](ByteReader& from) { from.read_varint(); }},
    {"a varint that is longer than it need be",
     std::string("\x80\0", 2),
     [](ByteReader& from) { from.read_varint(); }},
    {"a varint of 65 bits",
     "\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\x02",
     [](ByteReader& from) { from.read_varint(); }},
    {"a varint of eleven bytes",
     "\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\x81\x01",
     [](ByteReader& from) { from.read_varint(); }},
    {"a varint that does not fit 32 bits",
     "\xFF\xFF\xFF\xFF\x1F",
     [](ByteReader& from) { from.read_varint_u32(); }},
    {"a text that is longer than what is left",
     "\4abc",
     [](ByteReader& from) { from.read_text(); }},
    {"a text as long as 64 bits can say",
     "\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\x01",
     [](ByteReader& from) { from.read_text(); }},
    {"more items than bytes", "\4abc", [](ByteReader& from) { from.read_count(); }},
    {"more items than fit", "\2abc", [](ByteReader& from) { from.read_count(2); }},
    {"what the caller finds impossible", "abc", [](ByteReader& from) { from.fail(); }},
};

}  // namespace

TEST_SUITE("base/byte_reader") {
  TEST_CASE("what is broken fails, and gives nothing from then on") {
    for (const BrokenCase& row : k_broken_cases) {
      SUBCASE(row.name) {
        // A string of its own size, so that the address sanitizer sees a read behind its end.
        const std::string bytes = row.bytes;
        ByteReader reader(bytes);

        row.read(reader);

        CHECK(reader.has_failed());
        CHECK_FALSE(reader.is_done());
        CHECK(reader.size_left() == 0);
        CHECK(reader.read_u64() == 0);
        CHECK(reader.read_varint() == 0);
        CHECK(reader.read_count() == 0);
        CHECK(reader.read_text().empty());
      }
    }
  }

  TEST_CASE("a count may fill what is left exactly") {
    ByteReader reader("\2abcd");

    CHECK(reader.read_count(2) == 2);
    CHECK(reader.size_left() == 4);
  }

  TEST_CASE("reading is not done before the end") {
    ByteReader reader("ab");
    reader.read_u8();
    CHECK_FALSE(reader.is_done());
    reader.read_u8();
    CHECK(reader.is_done());
  }

  TEST_CASE("a record cut anywhere fails") {
    base::ByteWriter writer;
    writer.write_text("src/page.tsx");
    writer.write_varint(300);
    writer.write_fingerprint({3, 4});
    const std::string whole = writer.take();

    for (std::size_t size = 0; size < whole.size(); ++size) {
      const std::string cut = whole.substr(0, size);
      ByteReader reader(cut);
      reader.read_text();
      reader.read_varint();
      reader.read_fingerprint();
      CHECK(reader.has_failed());
    }
  }
}
