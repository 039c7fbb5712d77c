#include "artifact/delta.h"

#include <algorithm>

#include "artifact/artifact_hash.h"

namespace artifact {
namespace {

template <typename Item>
Changes<Item> diff(const std::vector<Item>& before, const std::vector<Item>& after) {
  Changes<Item> changes;
  auto old_item = before.begin();
  for (const Item& item : after) {
    while (old_item != before.end() && old_item->id < item.id) {
      changes.removed.push_back(old_item++->id);
    }
    if (old_item == before.end() || old_item->id != item.id) {
      changes.added.push_back(item);
    } else if (*old_item++ != item) {
      changes.updated.push_back(item);
    }
  }
  for (; old_item != before.end(); ++old_item) {
    changes.removed.push_back(old_item->id);
  }
  return changes;
}

tl::unexpected<base::Error> refuse(const std::string& problem) {
  return base::fail(base::ErrorCode::corrupt, "cannot apply the delta: " + problem);
}

template <typename Item>
bool is_sorted_by_id(const std::vector<Item>& items) {
  const auto is_out_of_order = [](const Item& left, const Item& right) {
    return left.id >= right.id;
  };
  return std::adjacent_find(items.begin(), items.end(), is_out_of_order) == items.end();
}

bool is_sorted(const std::vector<std::string>& ids) {
  return std::adjacent_find(ids.begin(), ids.end(), std::greater_equal<>()) == ids.end();
}

// All lists are sorted, so one walk merges them. A cursor that does not reach the end of its list
// stands at an id that `before` does not have.
template <typename Item>
base::Result<std::vector<Item>> apply(const std::vector<Item>& before,
                                      const Changes<Item>& changes) {
  if (!is_sorted_by_id(changes.added) || !is_sorted_by_id(changes.updated) ||
      !is_sorted(changes.removed)) {
    return refuse("its lists are not sorted");
  }
  std::vector<Item> after;
  after.reserve(before.size() + changes.added.size());
  auto added = changes.added.begin();
  auto updated = changes.updated.begin();
  auto removed = changes.removed.begin();
  for (const Item& item : before) {
    while (added != changes.added.end() && added->id < item.id) {
      after.push_back(*added++);
    }
    if (added != changes.added.end() && added->id == item.id) {
      return refuse("it adds " + item.id + ", which is there already");
    }
    const bool is_removed = removed != changes.removed.end() && *removed == item.id;
    if (updated != changes.updated.end() && updated->id == item.id) {
      if (is_removed) {
        return refuse("it both changes and removes " + item.id);
      }
      after.push_back(*updated++);
    } else if (is_removed) {
      ++removed;
    } else {
      after.push_back(item);
    }
  }
  after.insert(after.end(), added, changes.added.end());
  if (updated != changes.updated.end()) {
    return refuse("it changes " + updated->id + ", which is not there");
  }
  if (removed != changes.removed.end()) {
    return refuse("it removes " + *removed + ", which is not there");
  }
  return after;
}

}  // namespace

Delta compute_delta(const BuildLists& before, const BuildLists& after) {
  Delta delta;
  delta.base = hash_of(before.artifact).digest();
  delta.target = hash_of(after.artifact).digest();
  delta.schemas = after.artifact.schemas;
  delta.elements = diff(before.artifact.elements, after.artifact.elements);
  delta.chunks = diff_manifests(before.manifest, after.manifest);
  return delta;
}

Delta whole_delta(const BuildLists& after) {
  Delta delta;
  delta.target = hash_of(after.artifact).digest();
  delta.schemas = after.artifact.schemas;
  delta.elements.added = after.artifact.elements;
  delta.chunks.added = after.manifest.chunks;
  return delta;
}

Changes<Chunk> diff_manifests(const Manifest& before, const Manifest& after) {
  return diff(before.chunks, after.chunks);
}

base::Result<Artifact> apply_delta(const Artifact& before, const Delta& delta) {
  if (delta.base && *delta.base != hash_of(before).digest()) {
    return refuse("it belongs to another artifact");
  }
  const Artifact nothing;
  Artifact after;
  after.schemas = delta.schemas;
  TRY_ASSIGN(after.elements,
             apply(delta.base ? before.elements : nothing.elements, delta.elements));
  if (hash_of(after).digest() != delta.target) {
    return refuse("the result is not the artifact that it names");
  }
  return after;
}

base::Result<Manifest> apply_delta(const Manifest& before, const Delta& delta) {
  const Manifest nothing;
  Manifest after;
  TRY_ASSIGN(after.chunks, apply(delta.base ? before.chunks : nothing.chunks, delta.chunks));
  return after;
}

}  // namespace artifact
