#include "base/sha256.h"

#include <array>

// The plain functions are marked as old since OpenSSL 3. What is to replace them loads providers
// and reads the machine's openssl.cnf first: 5 ms, 2 MB, and 3 MB more of program
// (docs/decisions/0197).
#define OPENSSL_SUPPRESS_DEPRECATED
#include <openssl/sha.h>

#include "base/check.h"

namespace base {

std::string sha256_hex(std::string_view bytes) {
  std::array<unsigned char, SHA256_DIGEST_LENGTH> digest{};
  SHA256_CTX context;
  const bool is_done = SHA256_Init(&context) == 1 &&
                       SHA256_Update(&context, bytes.data(), bytes.size()) == 1 &&
                       SHA256_Final(digest.data(), &context) == 1;
  check(is_done, "SHA-256 is available");

  constexpr std::string_view k_digits = "0123456789abcdef";
  std::string hex;
  hex.reserve(2 * digest.size());
  for (const unsigned char byte : digest) {
    hex += k_digits[byte >> 4];
    hex += k_digits[byte & 0xF];
  }
  return hex;
}

}  // namespace base
