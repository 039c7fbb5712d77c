#pragma once

#include <map>
#include <string>
#include <vector>

#include "base/file_system.h"
#include "base/state_store.h"

// What the tests of the saved state share.
namespace test_kit {

inline const std::string k_state_folder = "/p/.cache/builder";
inline const base::StateIdentity k_state_identity{1, "build 1", "project"};
inline constexpr base::StateTable k_stats{0};
inline constexpr base::StateTable k_facts{1};
inline constexpr base::StateTable k_last_table{15};

/// "<number of the table>/<key>" -> value, of all tables.
using StateContent = std::map<std::string, std::string>;

base::StateStore open_state(base::FileSystem& files);

/// What the store gives, by for_each() as well as by find().
struct StateReading {
  StateContent content;
  bool is_cold = false;
  bool is_damaged = false;
  /// What contradicts the promises of StateStore; empty: nothing.
  std::string contradiction;
};

StateReading read_state(const base::StateStore& store);
StateReading read_state(base::FileSystem& files);

/// The content of a store on disk that must be sound.
StateContent sound_content(base::FileSystem& files);

/// Changes to bring a store from one content to another.
void change_state(base::StateStore& store, const StateContent& from, const StateContent& to);

/// Empty if a reading is right for a disk that may hold one of `states`, or something damaged.
std::string fault_of(const StateReading& reading, const std::vector<StateContent>& states);

}  // namespace test_kit
