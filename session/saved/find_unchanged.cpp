#include <algorithm>
#include <atomic>
#include <optional>

#include "artifact/output_journal.h"
#include "session/saved/output_fields.h"
#include "session/saved/report_fields.h"
#include "session/saved/session_state.h"
#include "session/saved/source_record.h"
#include "session/saved/state_tables.h"

// The way that almost every run takes which changes nothing: a project of 10,000 files is known to
// be unchanged in the time that it takes to ask for its stamps, and not in the time that it takes
// to load what is known of it.
namespace session {
namespace {

/// Of files whose stamps prove nothing, since the last build itself or an edit just before it wrote
/// them, so many are read instead: an edit leaves few. Of more it is better to keep new stamps, and
/// that takes a session.
constexpr std::size_t k_most_read = 64;

struct Expected {
  std::string path;
  base::FileStamp stamp;
  /// Where the stamp proves nothing.
  std::optional<base::Fingerprint> content;
};

/// The inputs; false if one of them has to be looked at.
bool add_inputs(const base::StateStore& store,
                const std::string& root,
                std::vector<Expected>& all) {
  bool is_sound = true;
  const base::Status status =
      store.for_each(k_sources, [&](std::string_view key, std::string_view row) {
        discovery::SourceFile file;
        bool has_facts = false;
        is_sound = is_sound && unpack_source(row, key, root, file, has_facts) && !file.is_torn &&
                   !file.read_problem;
        Expected& expected = all.emplace_back();
        expected.path = file.other_place.empty() ? base::join_path(root, file.path.text())
                                                 : std::move(file.other_place);
        expected.stamp = file.stamp;
        if (!file.is_stamp_proof) {
          expected.content = file.fingerprint;
        }
      });
  return status.has_value() && is_sound;
}

/// The outputs; false if those are missing without which nobody would know what is there.
bool add_outputs(const base::StateStore& store,
                 const std::string& out_dir,
                 std::vector<Expected>& all) {
  bool is_sound = true;
  const base::Status status =
      store.for_each(k_outputs, [&](std::string_view key, std::string_view row) {
        const auto output = unpack_value<SavedOutput>(row);
        is_sound = is_sound && output;
        if (!is_sound) {
          return;
        }
        Expected& expected = all.emplace_back();
        expected.path = base::join_path(out_dir, key);
        expected.stamp = output->file.stamp;
        if (!output->is_stamp_proof) {
          expected.content = output->file.hash;
        }
      });
  return status.has_value() && is_sound && store.find(k_outputs, "artifact.json").has_value() &&
         store.find(k_outputs, "manifest.json").has_value();
}

bool is_as_expected(const Expected& expected, base::FileSystem& files) {
  if (!expected.content) {
    const auto status = files.status(expected.path);
    return status && status->stamp == expected.stamp;
  }
  std::string content;
  const auto status = files.read(expected.path, content, expected.stamp.size_bytes);
  return status && status->stamp == expected.stamp &&
         base::fingerprint_of(content) == *expected.content;
}

bool are_as_expected(const std::vector<Expected>& all,
                     base::FileSystem& files,
                     base::ThreadPool& pool) {
  const auto read = std::count_if(
      all.begin(), all.end(), [](const Expected& one) { return one.content.has_value(); });
  if (static_cast<std::size_t>(read) > k_most_read) {
    return false;
  }
  std::atomic<bool> is_same = true;
  pool.parallel_for(all.size(), [&](std::size_t index, unsigned) {
    if (is_same && !is_as_expected(all[index], files)) {
      is_same = false;
    }
  });
  return is_same;
}

}  // namespace

std::optional<UnchangedProject> SessionState::find_unchanged(base::ThreadPool& pool) const {
  if (store_.is_cold()) {
    return std::nullopt;
  }
  SessionParts parts;
  std::vector<Expected> all;
  Looks looks;
  const std::optional<std::string> report = store_.find(k_summary, "report");
  if (!report || !load_summary(parts) || !add_inputs(store_, root_, all) ||
      !add_outputs(store_, out_dir_, all) || !load_looks(looks) || looks.empty()) {
    return std::nullopt;
  }
  auto saved = unpack_value<SavedReport>(*report);
  const std::string journal = base::join_path(out_dir_, artifact::k_journal_name);
  if (!saved || files_.status(journal).has_value() || !are_as_expected(all, files_, pool) ||
      !are_same(looks, own_folders_, files_, pool)) {
    return std::nullopt;
  }
  std::uint64_t inputs = 0;
  static_cast<void>(store_.for_each_key(k_sources, [&](std::string_view) { ++inputs; }));
  saved->report.cache_hits = inputs;
  return UnchangedProject{*std::move(saved), std::move(parts.schema_hashes), parts.artifact_digest};
}

}  // namespace session
