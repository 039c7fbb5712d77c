#include <atomic>

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

struct Expected {
  std::string path;
  base::FileStamp stamp;
};

/// The inputs; false if one of them has to be looked at.
bool add_inputs(const base::StateStore& store,
                const std::string& root,
                std::vector<Expected>& all) {
  bool is_proven = true;
  const base::Status status =
      store.for_each(k_sources, [&](std::string_view key, std::string_view row) {
        discovery::SourceFile file;
        bool has_facts = false;
        is_proven = is_proven && unpack_source(row, key, root, file, has_facts) &&
                    file.is_stamp_proof && !file.read_problem;
        std::string place = file.other_place.empty() ? base::join_path(root, file.path.text())
                                                     : std::move(file.other_place);
        all.push_back({std::move(place), file.stamp});
      });
  return status.has_value() && is_proven;
}

/// The outputs; false if one of them has to be looked at, or if those are missing without which
/// nobody would know what is there.
bool add_outputs(const base::StateStore& store,
                 const std::string& out_dir,
                 std::vector<Expected>& all) {
  bool is_proven = true;
  const base::Status status =
      store.for_each(k_outputs, [&](std::string_view key, std::string_view row) {
        const auto output = unpack_value<SavedOutput>(row);
        is_proven = is_proven && output && output->is_stamp_proof;
        if (is_proven) {
          all.push_back({base::join_path(out_dir, key), output->file.stamp});
        }
      });
  return status.has_value() && is_proven && store.find(k_outputs, "artifact.json").has_value() &&
         store.find(k_outputs, "manifest.json").has_value();
}

bool have_stamps(const std::vector<Expected>& all,
                 base::FileSystem& files,
                 base::ThreadPool& pool) {
  std::atomic<bool> is_same = true;
  pool.parallel_for(all.size(), [&](std::size_t index, unsigned) {
    if (is_same) {
      const auto status = files.status(all[index].path);
      if (!status || status->stamp != all[index].stamp) {
        is_same = false;
      }
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
  if (!saved || files_.status(journal).has_value() || !have_stamps(all, files_, pool) ||
      !are_same(looks, own_folders_, files_, pool)) {
    return std::nullopt;
  }
  std::uint64_t inputs = 0;
  static_cast<void>(store_.for_each_key(k_sources, [&](std::string_view) { ++inputs; }));
  saved->report.cache_hits = inputs;
  return UnchangedProject{*std::move(saved), std::move(parts.schema_hashes), parts.artifact_digest};
}

}  // namespace session
