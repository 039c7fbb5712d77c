#pragma once

#include <array>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "base/state_snapshot.h"

namespace base {

/// What became of one key since the snapshot.
struct StateOverlayValue {
  /// Nothing: erased.
  std::optional<std::string> value;
  /// Whether the log on disk does not have it yet.
  bool is_pending = false;
};

/// What lies over one table of a snapshot: the changes of the log, and those not yet written.
using StateOverlay = std::map<std::string, StateOverlayValue, std::less<>>;

using StateOverlays = std::array<StateOverlay, k_state_table_limit>;

/// A key that is there when the overlay is laid over the index.
struct StateEntry {
  std::string_view key;
  /// Null: the value is that of `entry` in the snapshot.
  const std::string* value = nullptr;
  std::size_t entry = 0;
};

/// Calls `visit` with each StateEntry in the order of keys, until it returns false. `index` may be
/// null: there is no snapshot.
template <typename Visit>
void merge_state(const StateIndex* index, const StateOverlay& overlay, Visit&& visit) {
  const std::size_t size = index == nullptr ? 0 : index->size();
  std::size_t entry = 0;
  for (const auto& [key, change] : overlay) {
    for (; entry < size && index->key(entry) < key; ++entry) {
      if (!visit(StateEntry{index->key(entry), nullptr, entry})) {
        return;
      }
    }
    if (entry < size && index->key(entry) == key) {
      ++entry;
    }
    if (change.value && !visit(StateEntry{key, &*change.value, 0})) {
      return;
    }
  }
  for (; entry < size; ++entry) {
    if (!visit(StateEntry{index->key(entry), nullptr, entry})) {
      return;
    }
  }
}

}  // namespace base
