#include "base/fingerprint.h"

#include <array>

#include <xxhash.h>

namespace base {

Fingerprint fingerprint_of(std::string_view bytes) {
  const XXH128_hash_t hash = XXH3_128bits(bytes.data(), bytes.size());
  return Fingerprint{hash.high64, hash.low64};
}

std::string to_hex(const Fingerprint& fingerprint) {
  constexpr std::string_view k_digits = "0123456789abcdef";
  std::string hex;
  hex.reserve(32);
  for (const std::uint64_t half : {fingerprint.high, fingerprint.low}) {
    for (int shift = 60; shift >= 0; shift -= 4) {
      hex += k_digits[(half >> static_cast<unsigned>(shift)) & 0xF];
    }
  }
  return hex;
}

}  // namespace base
