#include "base/fingerprint.h"

#include <string>
#include <string_view>

#include <doctest/doctest.h>

#include "base/sha256.h"
#include "tests/support/printers.h"

namespace {

std::string repeated(std::string_view word, int times) {
  std::string text;
  for (int i = 0; i < times; ++i) {
    text += word;
  }
  return text;
}

struct HashCase {
  const char* name;
  std::string text;
  std::string_view xxh3_128;
  std::string_view sha256;
};

// From the command line tools xxhsum 0.8.1 and sha256sum.
const HashCase k_hash_cases[] = {
    {"nothing",
     "",
     "99aa06d3014798d86001c324468d497f",
     "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"},
    {"one byte",
     "a",
     "a96faf705af16834e6c632b61e964e1f",
     "ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb"},
    {"a long text",
     repeated("graphql", 1000),
     "4945617aff5c4a6022cac536ab5c8f05",
     "d96f52567e1304628efbb0f5fac9a8b1f9dca239d14f827481ff6ca43c3ae748"},
};

}  // namespace

TEST_SUITE("base/fingerprint") {
  TEST_CASE("hashes are the published ones") {
    for (const HashCase& row : k_hash_cases) {
      SUBCASE(row.name) {
        CHECK(base::to_hex(base::fingerprint_of(row.text)) == row.xxh3_128);
        CHECK(base::sha256_hex(row.text) == row.sha256);
      }
    }
  }

  TEST_CASE("bytes that come one after the other have the hash of all of them") {
    for (const HashCase& row : k_hash_cases) {
      SUBCASE(row.name) {
        base::FingerprintStream stream;
        for (std::size_t at = 0; at < row.text.size(); at += 97) {
          CHECK(stream.finish() == base::fingerprint_of(row.text.substr(0, at)));
          stream.add(std::string_view(row.text).substr(at, 97));
        }
        CHECK(base::to_hex(stream.finish()) == row.xxh3_128);
      }
    }
  }

  TEST_CASE("hexadecimal digits keep leading zeros, high half first") {
    CHECK(base::to_hex({0x1, 0xAB}) == "000000000000000100000000000000ab");
  }

  TEST_CASE("fingerprints are ordered as their digits are") {
    CHECK(base::Fingerprint{1, 0} > base::Fingerprint{0, ~std::uint64_t{0}});
    CHECK(base::Fingerprint{1, 1} > base::Fingerprint{1, 0});
  }
}
