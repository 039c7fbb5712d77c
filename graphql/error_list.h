#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "graphql/error.h"

namespace graphql {

/// Collects errors up to a limit that no honest document reaches: a megabyte of hostile text can
/// ask for gigabytes of messages. The reference implementation has no limit here; where ours cuts
/// the list, it ends with the words that the reference uses for its limit on executable documents.
class ErrorList {
 public:
  static constexpr std::size_t k_max_errors = 10'000;
  static constexpr std::size_t k_max_bytes = std::size_t{16} << 20;

  void add(std::string_view code, std::string message, std::vector<Location> locations) {
    if (is_full()) {
      return;
    }
    bytes_ += message.size() + locations.size() * sizeof(Location);
    errors_.push_back({code, std::move(message), std::move(locations)});
    if (is_full()) {
      errors_.push_back({"TooManyErrors",
                         "Too many validation errors, error limit reached. Validation aborted.",
                         {}});
    }
  }

  /// Whether nothing more is taken in, so that looking for more is in vain.
  bool is_full() const { return errors_.size() >= k_max_errors || bytes_ >= k_max_bytes; }
  bool empty() const { return errors_.empty(); }
  std::vector<Error> take() { return std::move(errors_); }

 private:
  std::vector<Error> errors_;
  std::size_t bytes_ = 0;
};

}  // namespace graphql
