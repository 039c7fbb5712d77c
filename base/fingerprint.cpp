#include "base/fingerprint.h"

#include <xxhash.h>

#include "base/check.h"

namespace base {
namespace {

constexpr std::string_view k_hex_digits = "0123456789abcdef";
constexpr std::size_t k_hex_size = 32;

}  // namespace

Fingerprint fingerprint_of(std::string_view bytes) {
  const XXH128_hash_t hash = XXH3_128bits(bytes.data(), bytes.size());
  return Fingerprint{hash.high64, hash.low64};
}

/// Opaque, as its header is one of a package.
struct FingerprintStream::State {
  XXH3_state_t* hash = XXH3_createState();
};

void FingerprintStream::Free::operator()(State* state) const {
  XXH3_freeState(state->hash);
  delete state;
}

FingerprintStream::FingerprintStream() : state_(new State) {
  check(state_->hash != nullptr && XXH3_128bits_reset(state_->hash) == XXH_OK,
        "there is memory for half a kilobyte");
}

void FingerprintStream::add(std::string_view bytes) {
  XXH3_128bits_update(state_->hash, bytes.data(), bytes.size());
}

Fingerprint FingerprintStream::finish() const {
  const XXH128_hash_t hash = XXH3_128bits_digest(state_->hash);
  return Fingerprint{hash.high64, hash.low64};
}

std::uint64_t checksum_of(std::string_view bytes, std::uint64_t seed) {
  return XXH3_64bits_withSeed(bytes.data(), bytes.size(), seed);
}

std::string to_hex(const Fingerprint& fingerprint) {
  std::string hex;
  hex.reserve(k_hex_size);
  for (const std::uint64_t half : {fingerprint.high, fingerprint.low}) {
    for (int shift = 60; shift >= 0; shift -= 4) {
      hex += k_hex_digits[(half >> static_cast<unsigned>(shift)) & 0xF];
    }
  }
  return hex;
}

std::optional<Fingerprint> fingerprint_from_hex(std::string_view hex) {
  if (hex.size() != k_hex_size) {
    return std::nullopt;
  }
  Fingerprint fingerprint;
  for (std::size_t i = 0; i < hex.size(); ++i) {
    const std::size_t digit = k_hex_digits.find(hex[i]);
    if (digit == std::string_view::npos) {
      return std::nullopt;
    }
    std::uint64_t& half = i < k_hex_size / 2 ? fingerprint.high : fingerprint.low;
    half = half << 4 | digit;
  }
  return fingerprint;
}

}  // namespace base
