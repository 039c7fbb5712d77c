#include "session/saved/session_state.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <functional>

#include "base/trace.h"
#include "session/build_id.h"
#include "session/saved/compiled_fields.h"
#include "session/saved/config_identity.h"
#include "session/saved/output_fields.h"
#include "session/saved/report_fields.h"
#include "session/saved/source_record.h"
#include "session/saved/state_tables.h"

namespace session {

template <>
inline constexpr auto k_last_value<base::FileKind> = base::FileKind::other;

template <>
struct Fields<LookAnswer> {
  static void visit(auto& archive, auto& answer) {
    auto& [is_missing, is_stamp_proof, stamp, entries, kind, real_path] = answer;
    archive(is_missing, is_stamp_proof, stamp, entries, kind, real_path);
  }
};

template <>
struct Fields<NameRecord> {
  static void visit(auto& archive, auto& record) {
    auto& [names, trace] = record;
    archive(names, trace);
  }
};

template <>
struct Fields<ModuleAnswer> {
  static void visit(auto& archive, auto& answer) {
    auto& [kind, path, package] = answer;
    archive(kind, path, package);
  }
};

namespace {

using base::SourcePath;
using base::StateTable;
using discovery::SourceFile;

/// Of docs/formats.md.
constexpr std::uint32_t k_state_format = 1;

const char* const k_summary_key = "session";
const char* const k_report_key = "report";

void visit_summary(auto& archive, auto& hashes, auto& digest, auto& reach, auto& names) {
  archive(hashes, digest, reach);
  archive(names.hidden_sources, names.hidden_users);
  archive(names.composer_files, names.raised, names.has_barrels);
}

/// Calls `take(key, value)` for each row until one is not as it should be.
template <typename T, typename Take>
bool load_rows(const base::StateStore& store, StateTable table, const Take& take) {
  bool is_sound = true;
  PathPool paths;
  const base::Status status =
      store.for_each(table, [&](std::string_view key, std::string_view bytes) {
        if (std::optional<T> value = is_sound ? unpack_value<T>(bytes, &paths) : std::nullopt) {
          is_sound = take(key, *std::move(value));
        } else {
          is_sound = false;
        }
      });
  return status.has_value() && is_sound;
}

bool is_path(std::string_view key) {
  return !key.empty() && SourcePath(key).text() == key;
}

}  // namespace

base::StateIdentity state_identity(const ProjectConfig& project) {
  base::StateIdentity identity;
  identity.format = k_state_format;
  // Under another config nothing of it counts, and nobody needs to be told.
  identity.program = build_id() + " " + config_identity(project);
  identity.owner = project.name;
  return identity;
}

SessionState::SessionState(base::FileSystem& files, const ProjectConfig& project)
    : files_(files),
      root_(project.root),
      out_dir_(project.out_dir),
      own_folders_(own_folders(project)),
      store_(base::StateStore::open(files, project.cache_dir, state_identity(project))),
      warning_(store_.warning()) {}

std::optional<SessionParts> SessionState::load(base::ThreadPool& pool,
                                               std::span<const std::function<void()>> beside) {
  SessionParts parts;
  // Each fills a part of its own; those that take longest come first. Nobody needs the looks now,
  // but what is damaged shall be found out before anything is built on it.
  const std::array<std::function<bool()>, 4> loads = {
      [&] { return load_sources(parts); },
      [&] { return load_modules(parts); },
      [&] { return load_names(parts); },
      [&] { return has_sound_looks() && load_outputs(parts) && load_reasons(parts); }};
  std::atomic<bool> is_sound =
      store_.find(k_summary, k_report_key).has_value() && load_summary(parts);
  pool.parallel_for(beside.size() + loads.size(), [&](std::size_t index, unsigned) {
    if (index < beside.size()) {
      beside[index]();
    } else if (is_sound && !loads[index - beside.size()]()) {
      is_sound = false;
    }
  });
  if (is_sound) {
    return parts;
  }
  reject();
  return std::nullopt;
}

void SessionState::reject() {
  const std::string damage = store_.damage();
  warning_ = damage.empty() ? "the saved state is damaged; starting without it" : damage;
  start_over();
}

void SessionState::start_over() {
  store_.start_over();
  looks_version_.reset();
}

bool SessionState::load_summary(SessionParts& parts) const {
  const std::optional<std::string> bytes = store_.find(k_summary, k_summary_key);
  if (!bytes) {
    return false;
  }
  Unpacker unpacker(*bytes);
  visit_summary(
      unpacker, parts.schema_hashes, parts.artifact_digest, parts.keeps_reach, parts.names);
  return unpacker.is_done();
}

bool SessionState::load_looks(Looks& looks) const {
  return load_rows<LookAnswer>(store_, k_looks, [&](std::string_view key, LookAnswer answer) {
    const auto kind = static_cast<unsigned char>(key.empty() ? UINT8_MAX : key.front());
    if (kind > static_cast<unsigned char>(LookKind::real_path)) {
      return false;
    }
    answer.real_path = answer.real_path.empty() ? "" : base::join_path(root_, answer.real_path);
    looks.emplace_hint(looks.end(),
                       Look{LookKind{kind}, base::join_path(root_, key.substr(1))},
                       std::move(answer));
    return true;
  });
}

bool SessionState::has_sound_looks() const {
  return load_rows<LookAnswer>(store_, k_looks, [](std::string_view key, LookAnswer&&) {
    return !key.empty() && static_cast<unsigned char>(key.front()) <=
                               static_cast<unsigned char>(LookKind::real_path);
  });
}

bool SessionState::load_sources(SessionParts& parts) const {
  bool is_sound = true;
  std::size_t facts_missing = 0;
  std::vector<bool> has_facts;
  base::Status status = store_.for_each(k_sources, [&](std::string_view key, std::string_view row) {
    bool has = false;
    SourceFile& file = parts.sources.emplace_back();
    is_sound = is_sound && unpack_source(row, key, root_, file, has);
    has_facts.push_back(has);
    facts_missing += has ? 1 : 0;
  });
  std::size_t next = 0;
  if (status && is_sound) {
    // Both tables come in the order of keys.
    status = store_.for_each(k_facts, [&](std::string_view key, std::string_view row) {
      while (is_sound && next < parts.sources.size() && parts.sources[next].path.text() != key) {
        ++next;
      }
      is_sound = is_sound && next < parts.sources.size() && has_facts[next] &&
                 unpack_facts(row, parts.sources[next]);
      --facts_missing;
    });
  }
  return status && is_sound && facts_missing == 0;
}

bool SessionState::load_names(SessionParts& parts) const {
  const bool has_records =
      load_rows<NameRecord>(store_, k_names, [&](std::string_view key, NameRecord record) {
        parts.names.records.emplace(SourcePath(key), std::move(record));
        return is_path(key);
      });
  using Answers = std::map<std::string, ModuleAnswer>;
  return has_records &&
         load_rows<Answers>(store_, k_modules_asked, [&](std::string_view key, Answers&& answers) {
           for (auto& [specifier, answer] : answers) {
             parts.names.answers.emplace(ModuleRequest(SourcePath(key), specifier),
                                         std::move(answer));
           }
           return is_path(key);
         });
}

bool SessionState::load_modules(SessionParts& parts) const {
  return load_rows<builder::ModuleRecord>(
      store_, k_compiled, [&](std::string_view key, builder::ModuleRecord record) {
        parts.modules.emplace(SourcePath(key), std::move(record));
        return is_path(key);
      });
}

bool SessionState::load_outputs(SessionParts& parts) const {
  return load_rows<SavedOutput>(store_, k_outputs, [&](std::string_view key, SavedOutput output) {
    parts.outputs.emplace(key, output);
    return true;
  });
}

bool SessionState::load_reasons(SessionParts& parts) const {
  return store_
      .for_each(k_reasons,
                [&](std::string_view key, std::string_view value) {
                  parts.reasons.emplace_hint(parts.reasons.end(), key, value);
                })
      .has_value();
}

base::Status SessionState::save(const SessionView& view) {
  const base::Traced span("save");
  if (is_broken_) {
    return {};
  }
  put_sources(view.inputs, view.pool);
  put_modules(view.compiled, view.pool);
  if (!put_names(view.inputs.names()) || !put_outputs(view) || !put_looks(view.inputs.looks())) {
    is_broken_ = true;
    return base::fail(base::ErrorCode::corrupt, store_.damage());
  }
  for (const auto& [id, reason] : view.reasons) {
    if (reason) {
      store_.put(k_reasons, id, *reason);
    } else {
      store_.erase(k_reasons, id);
    }
  }
  Packer summary;
  const bool keeps_reach = view.compiled.keeps_reach();
  const NameIndexState names = view.inputs.names().state();
  visit_summary(summary, view.schema_hashes, view.artifact_digest, keeps_reach, names);
  store_.put(k_summary, k_summary_key, summary.take());
  store_.put(k_summary, k_report_key, pack_value(view.report));
  base::Status status = store_.commit();
  is_broken_ = !status && status.error().code == base::ErrorCode::corrupt;
  return status;
}

// Paths relative to the root, as everywhere: `.` for the root itself.
bool SessionState::put_looks(const DiskLooks& looks) {
  if (looks_version_ == looks.version()) {
    return true;
  }
  const auto relative = [this](const std::string& path) {
    const std::string text = SourcePath::relative_to(root_, path).text();
    return text.empty() ? std::string(".") : text;
  };
  std::map<std::string, std::string> rows;
  if (std::optional<Looks> all = looks.looks()) {
    for (auto& [look, answer] : *all) {
      if (!answer.real_path.empty()) {
        answer.real_path = relative(answer.real_path);
      }
      rows.emplace(static_cast<char>(look.kind) + relative(look.path), pack_value(answer));
    }
  }
  looks_version_ = looks.version();
  return replace_table(k_looks, std::move(rows));
}

void SessionState::put_sources(ProjectInputs& inputs, base::ThreadPool& pool) {
  // A file that was removed may be there again.
  for (const SourcePath& path : inputs.store().take_removed()) {
    store_.erase(k_sources, path.text());
    store_.erase(k_facts, path.text());
  }
  const std::vector<SourceFile*> unsaved = inputs.store().take_unsaved();
  struct Rows {
    std::string source;
    std::optional<std::string> facts;
  };
  std::vector<Rows> rows(unsaved.size());
  pool.parallel_for(unsaved.size(), [&](std::size_t index, unsigned) {
    const SourceFile& file = *unsaved[index];
    rows[index].source = pack_source(file, root_);
    if (file.facts) {
      rows[index].facts = pack_facts(file);
    }
  });
  for (std::size_t i = 0; i < unsaved.size(); ++i) {
    const std::string& key = unsaved[i]->path.text();
    store_.put(k_sources, key, std::move(rows[i].source));
    if (rows[i].facts) {
      store_.put(k_facts, key, *std::move(rows[i].facts));
    } else {
      store_.erase(k_facts, key);
    }
  }
}

bool SessionState::put_names(NameIndex& names) {
  const std::set<SourcePath> unsaved = names.take_unsaved();
  if (unsaved.empty()) {
    return true;
  }
  for (const SourcePath& path : unsaved) {
    const auto record = names.records().find(path);
    if (record == names.records().end()) {
      store_.erase(k_names, path.text());
    } else {
      store_.put(k_names, path.text(), pack_value(record->second));
    }
  }
  std::map<std::string, std::map<std::string, ModuleAnswer>> by_importer;
  for (const auto& [request, answer] : names.answers()) {
    by_importer[request.first.text()].emplace(request.second, answer);
  }
  std::map<std::string, std::string> rows;
  for (const auto& [importer, asked] : by_importer) {
    rows.emplace_hint(rows.end(), importer, pack_value(asked));
  }
  return replace_table(k_modules_asked, std::move(rows));
}

bool SessionState::put_outputs(const SessionView& view) {
  const auto row = [&](const std::string& path, const artifact::BelievedFile& file) {
    const auto proven = view.proven_outputs.find(path);
    return pack_value(
        SavedOutput{file, proven != view.proven_outputs.end() && proven->second.file == file});
  };
  if (!view.changed_outputs) {
    // An earlier session may have left others.
    std::map<std::string, std::string> rows;
    for (const auto& [path, file] : view.outputs) {
      rows.emplace(path, row(path, file));
    }
    return replace_table(k_outputs, std::move(rows));
  }
  for (const std::string& path : *view.changed_outputs) {
    const auto output = view.outputs.find(path);
    if (output == view.outputs.end()) {
      store_.erase(k_outputs, path);
    } else {
      store_.put(k_outputs, path, row(path, output->second));
    }
  }
  return true;
}

void SessionState::put_modules(builder::CompiledProject& compiled, base::ThreadPool& pool) {
  const std::set<SourcePath> unsaved = compiled.take_unsaved();
  const std::vector<SourcePath> paths(unsaved.begin(), unsaved.end());
  std::vector<std::optional<std::string>> rows(paths.size());
  pool.parallel_for(paths.size(), [&](std::size_t index, unsigned) {
    const builder::ModuleRecord record = compiled.record_of(paths[index]);
    if (!record.empty()) {
      rows[index] = pack_value(record);
    }
  });
  for (std::size_t i = 0; i < paths.size(); ++i) {
    if (rows[i]) {
      store_.put(k_compiled, paths[i].text(), *std::move(rows[i]));
    } else {
      store_.erase(k_compiled, paths[i].text());
    }
  }
}

bool SessionState::replace_table(StateTable table, std::map<std::string, std::string>&& rows) {
  std::vector<std::string> gone;
  const base::Status status = store_.for_each_key(table, [&](std::string_view key) {
    if (rows.find(std::string(key)) == rows.end()) {
      gone.emplace_back(key);
    }
  });
  if (!status) {
    return false;
  }
  for (const std::string& key : gone) {
    store_.erase(table, key);
  }
  for (auto& [key, value] : rows) {
    store_.put(table, key, std::move(value));
  }
  return true;
}

}  // namespace session
