#include "tests/base/state_kit.h"

#include <algorithm>

#include <doctest/doctest.h>

namespace test_kit {

using base::StateStore;
using base::StateTable;

namespace {

std::string name_of(std::size_t table, std::string_view key) {
  return std::to_string(table) + "/" + std::string(key);
}

bool is_part_of(const StateContent& part, const StateContent& whole) {
  return std::includes(whole.begin(), whole.end(), part.begin(), part.end());
}

}  // namespace

StateStore open_state(base::FileSystem& files) {
  return StateStore::open(files, k_state_folder, k_state_identity);
}

StateReading read_state(const StateStore& store) {
  StateReading reading;
  reading.is_cold = store.is_cold();
  for (std::size_t i = 0; i < base::k_state_table_limit; ++i) {
    const StateTable table{static_cast<std::uint8_t>(i)};
    StateContent visited;
    std::string last;
    const base::Status status = store.for_each(table, [&](auto key, auto value) {
      if (!visited.empty() && key <= last) {
        reading.contradiction = "the keys do not ascend";
      }
      last = key;
      visited.emplace(key, value);
    });
    if (!status && store.damage().empty()) {
      reading.contradiction = "for_each() fails without damage";
    }
    std::vector<std::string> keys;
    const base::Status key_status =
        store.for_each_key(table, [&](auto key) { keys.emplace_back(key); });
    if (status ? !key_status || keys.size() != visited.size() : keys.size() < visited.size()) {
      reading.contradiction = "for_each_key() visits other keys than for_each()";
    }
    for (const std::string& key : keys) {
      const auto found = store.find(table, key);
      const auto place = visited.find(key);
      if (found && place == visited.end()) {
        visited.emplace(key, *found);
      } else if (found ? *found != place->second : store.damage().empty()) {
        reading.contradiction = "find() and for_each() differ";
      }
    }
    for (const auto& [key, value] : visited) {
      reading.content.emplace(name_of(i, key), value);
    }
  }
  reading.is_damaged = !store.damage().empty();
  return reading;
}

StateReading read_state(base::FileSystem& files) {
  const StateStore store = open_state(files);
  StateReading reading = read_state(store);
  if (reading.is_cold && !reading.content.empty()) {
    reading.contradiction = "a cold store has content";
  }
  if (!store.warning().empty() && !reading.is_cold) {
    reading.contradiction = "a warning though the state is used";
  }
  return reading;
}

StateContent sound_content(base::FileSystem& files) {
  const StateReading reading = read_state(files);
  CHECK(reading.contradiction == "");
  CHECK_FALSE(reading.is_damaged);
  return reading.content;
}

void change_state(StateStore& store, const StateContent& from, const StateContent& to) {
  const auto split = [](const std::string& name) {
    const std::size_t slash = name.find('/');
    const auto table = static_cast<std::uint8_t>(std::stoi(name.substr(0, slash)));
    return std::pair(StateTable{table}, name.substr(slash + 1));
  };
  for (const auto& [name, value] : from) {
    if (!to.contains(name)) {
      const auto [table, key] = split(name);
      store.erase(table, key);
    }
  }
  for (const auto& [name, value] : to) {
    const auto [table, key] = split(name);
    store.put(table, key, value);
  }
}

std::string fault_of(const StateReading& reading, const std::vector<StateContent>& states) {
  if (!reading.contradiction.empty()) {
    return reading.contradiction;
  }
  const bool is_right = std::any_of(states.begin(), states.end(), [&](const StateContent& state) {
    return reading.is_damaged ? is_part_of(reading.content, state) : reading.content == state;
  });
  return reading.is_cold || is_right ? "" : "the content was never committed";
}

}  // namespace test_kit
