#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace base {

/// XXH3-128 of some bytes: tells whether content is the same, quickly. Not resistant against an
/// attacker; what leaves the machine as an identity uses sha256_hex().
struct Fingerprint {
  std::uint64_t high = 0;
  std::uint64_t low = 0;

  friend auto operator<=>(const Fingerprint&, const Fingerprint&) = default;
};

Fingerprint fingerprint_of(std::string_view bytes);

/// The same of bytes that come one after the other.
class FingerprintStream {
 public:
  FingerprintStream();

  void add(std::string_view bytes);
  /// Of all that was added; more may follow.
  Fingerprint finish() const;

 private:
  struct State;
  struct Free {
    void operator()(State* state) const;
  };
  std::unique_ptr<State, Free> state_;
};

/// XXH3-64 of some bytes: tells whether they were damaged. With another seed, another value.
std::uint64_t checksum_of(std::string_view bytes, std::uint64_t seed = 0);

/// 32 lower-case hex digits, most significant first.
std::string to_hex(const Fingerprint& fingerprint);

/// The inverse of to_hex(); nothing if `hex` is not such a text.
std::optional<Fingerprint> fingerprint_from_hex(std::string_view hex);

}  // namespace base

template <>
struct std::hash<base::Fingerprint> {
  std::size_t operator()(const base::Fingerprint& value) const noexcept { return value.low; }
};
