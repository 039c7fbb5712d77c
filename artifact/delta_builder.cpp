#include "artifact/delta_builder.h"

#include <algorithm>

#include "base/check.h"

namespace artifact {
namespace {

template <typename Item>
void note(Changes<Item>& changes, const Item* before, const Item* after) {
  if (after == nullptr) {
    changes.removed.push_back(before->id);
  } else if (before == nullptr) {
    changes.added.push_back(*after);
  } else {
    base::check(before->id == after->id, "a change keeps the id");
    changes.updated.push_back(*after);
  }
}

template <typename Item>
bool is_change(const Item* before, const Item* after) {
  return before == nullptr || after == nullptr ? before != after : *before != *after;
}

template <typename Item>
void sort(Changes<Item>& changes) {
  const auto is_before = [](const Item& left, const Item& right) { return left.id < right.id; };
  std::sort(changes.added.begin(), changes.added.end(), is_before);
  std::sort(changes.updated.begin(), changes.updated.end(), is_before);
  std::sort(changes.removed.begin(), changes.removed.end());
  std::vector<std::string_view> ids(changes.removed.begin(), changes.removed.end());
  for (const std::vector<Item>* items : {&changes.added, &changes.updated}) {
    for (const Item& item : *items) {
      ids.push_back(item.id);
    }
  }
  std::sort(ids.begin(), ids.end());
  base::check(std::adjacent_find(ids.begin(), ids.end()) == ids.end(),
              "a delta hears of each id once");
}

}  // namespace

void DeltaBuilder::change(const Element* before, const Element* after) {
  if (!is_change(before, after)) {
    return;
  }
  if (before != nullptr) {
    hash_.remove(*before);
  }
  if (after != nullptr) {
    hash_.add(*after);
  }
  note(delta_.elements, before, after);
}

void DeltaBuilder::change(const Chunk* before, const Chunk* after) {
  if (is_change(before, after)) {
    note(delta_.chunks, before, after);
  }
}

Delta DeltaBuilder::finish(const SchemaHashes& schemas, std::uint64_t generation) {
  hash_.set_schemas(schemas);
  delta_.base = base_;
  delta_.target = hash_.digest();
  delta_.generation = generation;
  delta_.schemas = schemas;
  sort(delta_.elements);
  sort(delta_.chunks);
  return std::exchange(delta_, {});
}

}  // namespace artifact
