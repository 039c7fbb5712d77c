#include "base/sha256.h"

#include <array>

#include <openssl/evp.h>

#include "base/check.h"

namespace base {

std::string sha256_hex(std::string_view bytes) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned int size = 0;
  const int done =
      EVP_Digest(bytes.data(), bytes.size(), digest.data(), &size, EVP_sha256(), nullptr);
  check(done == 1 && size == 32, "SHA-256 is available");

  constexpr std::string_view k_digits = "0123456789abcdef";
  std::string hex;
  hex.reserve(64);
  for (unsigned int i = 0; i < size; ++i) {
    hex += k_digits[digest[i] >> 4];
    hex += k_digits[digest[i] & 0xF];
  }
  return hex;
}

}  // namespace base
