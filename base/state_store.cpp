#include "base/state_store.h"

#include <algorithm>
#include <utility>

#include "base/check.h"
#include "base/fingerprint.h"
#include "base/state_folder.h"
#include "base/state_snapshot_writer.h"

namespace base {
namespace {

// A log up to a fifth of its snapshot adds a tenth to what a run takes that finds nothing to do,
// whose time is spent on reading it; below 256 KB a new snapshot is not worth its sync.
constexpr std::uint64_t k_least_log_limit_bytes = 262'144;
constexpr std::uint64_t k_snapshot_per_log = 5;

std::uint64_t log_limit_bytes(const StateSnapshot& snapshot) {
  return std::max(k_least_log_limit_bytes, snapshot.size_bytes() / k_snapshot_per_log);
}

// Why a sound snapshot of `found` is of no use for `wanted`; nothing if it is of use, and an empty
// text if there is no reason to speak of it.
std::optional<std::string> reason_against(const StateIdentity& found, const StateIdentity& wanted) {
  if (found.owner != wanted.owner) {
    return "it belongs to another project";
  }
  if (found.format != wanted.format) {
    return found.format > wanted.format ? "a newer version of builder wrote it"
                                        : "an older version of builder wrote it";
  }
  if (found.program != wanted.program) {
    return "";
  }
  return std::nullopt;
}

// A log that is missing, cannot be read or is longer than any of ours can be is as an empty one.
std::string read_log(FileSystem& files, const std::string& path, std::uint64_t limit_bytes) {
  const auto file = files.open_file(path);
  if (!file || (*file)->size_bytes() > limit_bytes) {
    return "";
  }
  std::string log(static_cast<std::size_t>((*file)->size_bytes()), '\0');
  return (*file)->read_at(0, log) ? log : "";
}

}  // namespace

StateStore::StateStore(FileSystem& files, std::string folder, StateIdentity identity)
    : files_(&files), folder_(std::move(folder)), identity_(std::move(identity)) {}

StateStore StateStore::open(FileSystem& files, std::string folder, StateIdentity identity) {
  StateStore store(files, std::move(folder), std::move(identity));
  const Status loaded = store.load();
  if (!loaded && loaded.error().code != ErrorCode::not_found && !loaded.error().message.empty()) {
    store.warning_ = "the saved state in " + store.folder_ +
                     " is not used, this build starts from scratch: " + loaded.error().message;
  }
  return store;
}

Status StateStore::load() {
  TRY(check_state_folder(*files_, folder_));
  TRY_ASSIGN(auto snapshot, StateSnapshot::open(*files_, state_snapshot_path(folder_)));
  if (auto reason = reason_against(snapshot->header().identity, identity_)) {
    return fail(ErrorCode::corrupt, *std::move(reason));
  }
  snapshot_ = std::move(snapshot);
  load_log(read_log(*files_, state_log_path(folder_), log_limit_bytes(*snapshot_)));
  return {};
}

void StateStore::load_log(std::string_view log) {
  const FoundStateLog found = decode_state_log(log, snapshot_->id());
  for (const StateChange& change : found.changes) {
    StateOverlayValue& value = overlay(change.table)[std::string(change.key)];
    value.value = change.value;
  }
  log_end_ = found.end;
}

const StateIndex* StateStore::index(StateTable table) const {
  return snapshot_ ? snapshot_->index(table) : nullptr;
}

StateOverlay& StateStore::overlay(StateTable table) {
  return overlays_[number_of(table)];
}

const StateOverlay& StateStore::overlay(StateTable table) const {
  return overlays_[number_of(table)];
}

std::string StateStore::damage() const {
  return snapshot_ ? snapshot_->damage() : "";
}

std::optional<std::string> StateStore::find(StateTable table, std::string_view key) const {
  const auto changed = overlay(table).find(key);
  if (changed != overlay(table).end()) {
    return changed->second.value;
  }
  const StateIndex* const found = index(table);
  const auto entry = found == nullptr ? std::nullopt : found->find(key);
  return entry ? snapshot_->value(table, *entry) : std::nullopt;
}

Status StateStore::visit(StateTable table,
                         const std::function<bool(const StateEntry&)>& visitor) const {
  const StateIndex* const found = index(table);
  if (snapshot_ && found == nullptr) {
    return fail(ErrorCode::corrupt, damage());
  }
  merge_state(found, overlay(table), visitor);
  return {};
}

Status StateStore::for_each(StateTable table, const Visitor& visitor) const {
  std::optional<StateValueReader> old_values;
  bool is_sound = true;
  TRY(visit(table, [&](const StateEntry& entry) {
    if (entry.value != nullptr) {
      visitor(entry.key, *entry.value);
      return true;
    }
    if (!old_values) {
      old_values.emplace(*snapshot_, table, *index(table));
    }
    const auto value = old_values->value(entry.entry);
    is_sound = value.has_value();
    if (is_sound) {
      visitor(entry.key, *value);
    }
    return is_sound;
  }));
  return is_sound ? Status() : Status(fail(ErrorCode::corrupt, damage()));
}

Status StateStore::for_each_key(StateTable table,
                                const std::function<void(std::string_view key)>& visitor) const {
  return visit(table, [&](const StateEntry& entry) {
    visitor(entry.key);
    return true;
  });
}

void StateStore::start_over() {
  snapshot_.reset();
  overlays_ = {};
  log_end_ = {};
  has_changes_ = false;
}

void StateStore::put(StateTable table, std::string key, std::string value) {
  StateOverlay& changes = overlay(table);
  // Whoever puts a whole project does so in order; then each key belongs behind the last.
  const bool is_last = changes.empty() || changes.rbegin()->first < key;
  const auto place = is_last ? changes.end() : changes.lower_bound(key);
  if (place != changes.end() && place->first == key) {
    if (place->second.value != value) {
      place->second = {std::move(value), true};
      has_changes_ = true;
    }
    return;
  }
  const StateIndex* const found = index(table);
  const auto entry = found == nullptr ? std::nullopt : found->find(key);
  // Most values that differ do so in their checksum, and need not be read.
  if (entry && found->value_bytes(*entry) == value.size() &&
      found->value_checksum(*entry) == checksum_of(value) &&
      snapshot_->value(table, *entry) == value) {
    return;
  }
  changes.emplace_hint(place, std::move(key), StateOverlayValue{std::move(value), true});
  has_changes_ = true;
}

void StateStore::erase(StateTable table, std::string_view key) {
  StateOverlay& changes = overlay(table);
  const auto changed = changes.find(key);
  const StateIndex* const found = index(table);
  const bool is_there = changed != changes.end() ? changed->second.value.has_value()
                                                 : found != nullptr && found->find(key).has_value();
  if (is_there) {
    changes[std::string(key)] = {std::nullopt, true};
    has_changes_ = true;
  }
}

Status StateStore::commit() {
  return has_changes_ ? write(Write::log_if_short) : Status();
}

Status StateStore::compact() {
  return has_changes_ || log_end_.size_bytes > 0 ? write(Write::snapshot) : Status();
}

std::vector<StateChange> StateStore::pending_changes() const {
  std::vector<StateChange> changes;
  for (std::size_t i = 0; i < k_state_table_limit; ++i) {
    for (const auto& [key, change] : overlays_[i]) {
      if (change.is_pending) {
        changes.push_back({StateTable{static_cast<std::uint8_t>(i)}, key, change.value});
      }
    }
  }
  return changes;
}

Status StateStore::write(Write write) {
  TRY(prepare_state_folder(*files_, folder_));
  TRY_ASSIGN(const auto lock, files_->lock_directory(folder_));
  const bool may_append = write == Write::log_if_short && damage().empty();
  if (may_append && is_snapshot_as_known() && is_log_as_known()) {
    StateLogEnd end = log_end_;
    std::string bytes =
        end.size_bytes == 0 ? encode_state_log_header(snapshot_->id(), end) : std::string();
    bytes += encode_state_record(pending_changes(), end);
    if (end.size_bytes <= log_limit_bytes(*snapshot_)) {
      return append(bytes, end);
    }
  }
  Status replaced = replace_snapshot();
  if (!replaced && replaced.error().code == ErrorCode::corrupt && is_snapshot_as_known()) {
    // The next run would stumble over it again.
    static_cast<void>(files_->remove_file(state_snapshot_path(folder_)));
  }
  return replaced;
}

// Whether the snapshot on disk is the one that this store read or wrote last.
bool StateStore::is_snapshot_as_known() const {
  const auto found = StateSnapshot::open(*files_, state_snapshot_path(folder_));
  return snapshot_ && found && (*found)->id() == snapshot_->id();
}

// Whether the log on disk ends where this store believes. Not so after another process, or a
// failure of our own, put something behind it: a record that follows half a one counts for nothing.
bool StateStore::is_log_as_known() const {
  const auto log = files_->open_file(state_log_path(folder_));
  if (!log) {
    return log.error().code == ErrorCode::not_found && log_end_.size_bytes == 0;
  }
  if (log_end_.size_bytes == 0) {
    StateLogEnd ignored;
    std::string begin(encode_state_log_header(snapshot_->id(), ignored).size(), '\0');
    // One of another snapshot is left over.
    return (*log)->size_bytes() < begin.size() || !(*log)->read_at(0, begin) ||
           !is_state_log_of(begin, snapshot_->id());
  }
  std::string chain(k_state_chain_bytes, '\0');
  return (*log)->size_bytes() == log_end_.size_bytes &&
         (*log)->read_at(log_end_.size_bytes - chain.size(), chain) &&
         decode_state_chain(chain) == log_end_.chain;
}

Status StateStore::append(const std::string& record, const StateLogEnd& end) {
  const std::string path = state_log_path(folder_);
  if (log_end_.size_bytes == 0) {
    TRY(files_->remove_file(path));
  }
  TRY(files_->append(path, record));
  log_end_ = end;
  for (StateOverlay& changes : overlays_) {
    for (auto& [key, change] : changes) {
      change.is_pending = false;
    }
  }
  has_changes_ = false;
  return {};
}

Status StateStore::replace_snapshot() {
  const std::string path = state_snapshot_path(folder_);
  const std::string temporary = state_temporary_path(folder_);
  remove_temporary_state(*files_, folder_);
  Status written = write_state_snapshot(*files_, temporary, identity_, snapshot_.get(), overlays_);
  if (written) {
    written = files_->rename(temporary, path);
  }
  if (!written) {
    static_cast<void>(files_->remove_file(temporary));
    return written;
  }
  // From here on the old log counts for nothing: it names another snapshot.
  static_cast<void>(files_->remove_file(state_log_path(folder_)));
  TRY(files_->sync(folder_));
  TRY_ASSIGN(auto snapshot, StateSnapshot::open(*files_, path));
  start_over();
  snapshot_ = std::move(snapshot);
  return {};
}

StateStore::Size StateStore::size() const {
  Size size;
  if (snapshot_) {
    size.snapshot_bytes = snapshot_->size_bytes();
    size.log_bytes = log_end_.size_bytes;
    size.generation = snapshot_->header().generation;
  }
  return size;
}

StateStore::TableSize StateStore::size_of(StateTable table) const {
  TableSize size;
  const StateIndex* const found = index(table);
  merge_state(found, overlay(table), [&](const StateEntry& entry) {
    ++size.entries;
    size.bytes += entry.key.size();
    size.bytes += entry.value != nullptr ? entry.value->size() : found->value_bytes(entry.entry);
    return true;
  });
  return size;
}

}  // namespace base
