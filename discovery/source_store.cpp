#include "discovery/source_store.h"

#include <algorithm>
#include <iterator>

#include "base/trace.h"
#include "discovery/bindings_fingerprint.h"
#include "discovery/language.h"

namespace discovery {
namespace {

/// A file that is named twice is one thread's work.
void keep_each_once(std::vector<SourceFile*>& files) {
  std::sort(files.begin(), files.end());
  files.erase(std::unique(files.begin(), files.end()), files.end());
}

FactsProblem read_problem(const base::Error& error, const SourceFile& file, std::uint64_t limit) {
  const std::string& name = file.path.text();
  switch (error.code) {
    case base::ErrorCode::not_found:
      return {"FileVanished",
              "The file was there when the folder was listed, and gone when it was read.",
              {},
              false};
    case base::ErrorCode::too_large:
      return {"FileTooLarge",
              "The file is larger than " + std::to_string(limit >> 20U) +
                  " MiB and was not read. Leave it out with \"exclude\", or raise \"maxFileSize\".",
              {},
              true};
    case base::ErrorCode::not_regular:
      return {"NotAFile", name + " is no regular file and was not read.", {}, true};
    default:
      break;
  }
  // The message names the absolute path; the user's file is named by the diagnostic's place.
  const std::size_t reason = error.message.rfind(": ");
  return {"UnreadableFile",
          "The file cannot be read" +
              (reason == std::string::npos ? std::string(".") : error.message.substr(reason) + "."),
          {},
          true};
}

}  // namespace

SourceStore::SourceStore(base::FileSystem& files, base::ThreadPool& pool, Options options)
    : disk_(files),
      pool_(pool),
      options_(std::move(options)),
      gate_(options_.tag_names, options_.composer_modules),
      workers_(pool.thread_count()) {}

void SourceStore::read(const std::vector<Input>& inputs) {
  std::vector<SourceFile*> added;
  added.reserve(inputs.size());
  for (const Input& input : inputs) {
    SourceFile& file = add(input.path);
    if (input.absolute_path != absolute_path(file)) {
      file.other_place = input.absolute_path;
    }
    file.language = input.language;
    added.push_back(&file);
  }
  pool_.parallel_for(added.size(), [&](std::size_t index, unsigned worker) {
    read_first_time(*added[index], workers_[worker]);
  });
  // One file may have been a hundred times as large as the others.
  for (Worker& worker : workers_) {
    std::string().swap(worker.buffer);
    worker.reader.rest();
  }
}

SourceFile& SourceStore::add(const base::SourcePath& path) {
  SourceFile& file = files_[path];
  file.path = path;
  folders_.reset();
  return file;
}

std::string SourceStore::absolute_path(const SourceFile& file) const {
  return file.other_place.empty() ? base::join_path(options_.root, file.path.text())
                                  : file.other_place;
}

bool SourceStore::has_text(const SourceFile& file) {
  return !file.read_problem && file.facts && file.facts->tier >= FactsTier::documents &&
         file.text_bytes > 0;
}

std::optional<std::string> SourceStore::text_of(const SourceFile& file) const {
  std::string text;
  const auto status = disk_.read(absolute_path(file), text, options_.max_file_bytes);
  if (!status || base::fingerprint_of(text) != file.fingerprint) {
    return std::nullopt;
  }
  return text;
}

bool SourceStore::has_below(const base::SourcePath& folder) {
  if (!folders_) {
    folders_.emplace();
    for (const auto& [path, file] : files_) {
      std::string_view above = base::parent_path(path.text());
      while (!above.empty() && folders_->emplace(above).second) {
        above = base::parent_path(above);
      }
    }
  }
  return folders_->contains(folder.text());
}

void SourceStore::read_first_time(SourceFile& file, Worker& worker) {
  if (load(file, worker)) {
    ++worker.counters.misses;
    judge(file, worker);
  }
}

// What the text asks for by itself.
std::optional<FactsTier> SourceStore::tier_of(const SourceFile& file, std::string_view text) const {
  // The words that the gate looks for are spelled otherwise in UTF-16, so that what is no UTF-8
  // text has to pass for its author to hear of it.
  if (file.language == Language::graphql || is_binary(text)) {
    return FactsTier::documents;
  }
  const Gate::Answer answer = gate_.look_at(text);
  if (answer.may_import_composer) {
    return FactsTier::compositions;
  }
  return answer.may_hold_documents ? std::optional(FactsTier::documents) : std::nullopt;
}

// Decides by the text in the worker's buffer what the file is, and extracts its documents.
void SourceStore::judge(SourceFile& file, Worker& worker) {
  file.is_included =
      file.is_matched && !(options_.skip_generated && is_marked_generated(worker.buffer));
  file.own_tier = file.is_included ? tier_of(file, worker.buffer) : std::nullopt;
  if (file.own_tier) {
    analyse(file, worker, *file.own_tier);
  }
}

std::vector<SourceStore::Freshness> SourceStore::refresh(const std::vector<SourceFile*>& files,
                                                         Trust trust) {
  std::vector<Freshness> results(files.size());
  pool_.parallel_for(files.size(), [&](std::size_t index, unsigned worker) {
    results[index] = refresh(*files[index], workers_[worker], trust);
  });
  return results;
}

SourceStore::Freshness SourceStore::refresh(SourceFile& file, Worker& worker, Trust trust) {
  const auto status = [&] {
    const base::Traced span("stat");
    return disk_.status(absolute_path(file));
  }();
  if (!status && status.error().code == base::ErrorCode::not_found) {
    return Freshness::gone;
  }
  if (trust == Trust::nothing) {
    ++worker.counters.skips;
  } else if (status && status->stamp == file.stamp && file.is_stamp_proof && !file.read_problem) {
    ++worker.counters.hits;
    return Freshness::hit;
  }
  const bool was_readable = !file.read_problem && !file.is_torn;
  file.is_torn = false;
  const base::Fingerprint old = file.fingerprint;
  const bool had_bindings = file.facts.has_value();
  const base::Fingerprint old_bindings = file.bindings;
  const bool was_included = file.is_included;
  if (!load(file, worker)) {
    file.facts.reset();
    file.own_tier.reset();
    file.bindings = {};
    // Its mark may have gone with what it held.
    file.is_included = file.is_matched;
    return Freshness::rebound;
  }
  if (was_readable && file.fingerprint == old) {
    ++worker.counters.rehashed;
    return Freshness::rehashed;
  }
  ++worker.counters.misses;
  file.facts.reset();
  judge(file, worker);
  if (!file.facts && had_bindings) {
    analyse(file, worker, FactsTier::bindings);
  }
  const bool is_same = was_readable && had_bindings && file.facts &&
                       file.bindings == old_bindings && file.is_included == was_included;
  return is_same ? Freshness::edited : Freshness::rebound;
}

void SourceStore::remove(const base::SourcePath& path) {
  removed_.insert(path);
  files_.erase(path);
  folders_.reset();
}

void SourceStore::restore(SourceFile file) {
  SourceFile& kept = add(file.path);
  kept = std::move(file);
}

void SourceStore::set_matched(SourceFile& file, bool is_matched) {
  if (file.is_matched == is_matched) {
    return;
  }
  note_unsaved(file, workers_.front());
  file.is_matched = is_matched;
  file.facts.reset();
  file.own_tier.reset();
  file.is_included = is_matched;
  file.is_torn = false;
  if (load(file, workers_.front())) {
    judge(file, workers_.front());
  }
}

void SourceStore::lower(SourceFile& file, std::optional<FactsTier> tier) {
  if (!file.facts || (tier && file.facts->tier <= *tier)) {
    return;
  }
  note_unsaved(file, workers_.front());
  file.facts.reset();
  if (tier) {
    load_again(file, workers_.front(), *tier);
  }
}

// For facts of another tier.
void SourceStore::load_again(SourceFile& file, Worker& worker, FactsTier tier) {
  const base::Fingerprint old = file.fingerprint;
  const bool was_read = old != base::Fingerprint();
  if (load(file, worker)) {
    analyse(file, worker, tier);
    if (was_read && file.fingerprint != old) {
      file.is_torn = true;
      file.is_stamp_proof = false;
    }
  }
}

void SourceStore::note_unsaved(SourceFile& file, Worker& worker) {
  if (!file.is_unsaved) {
    file.is_unsaved = true;
    worker.unsaved.push_back(file.path);
  }
}

std::vector<SourceFile*> SourceStore::take_unsaved() {
  std::vector<SourceFile*> files;
  for (Worker& worker : workers_) {
    for (const base::SourcePath& path : std::exchange(worker.unsaved, {})) {
      // One that went and came back is listed twice.
      if (SourceFile* file = find(path); file != nullptr && file->is_unsaved) {
        file->is_unsaved = false;
        files.push_back(file);
      }
    }
  }
  std::sort(files.begin(), files.end(), [](const SourceFile* left, const SourceFile* right) {
    return left->path < right->path;
  });
  return files;
}

bool SourceStore::load(SourceFile& file, Worker& worker) {
  note_unsaved(file, worker);
  const base::Traced span("read");
  const auto status = disk_.read(absolute_path(file), worker.buffer, options_.max_file_bytes);
  if (!status) {
    file.read_problem = read_problem(status.error(), file, options_.max_file_bytes);
    file.is_stamp_proof = false;
    return false;
  }
  ++worker.counters.files_read;
  worker.counters.bytes_read += worker.buffer.size();
  file.read_problem.reset();
  file.stamp = status->stamp;
  file.is_stamp_proof = !file.is_torn && scan_start_ && !scan_start_->is_racy(status->stamp);
  const base::Traced hash_span("hash");
  file.fingerprint = base::fingerprint_of(worker.buffer);
  return true;
}

void SourceStore::analyse(SourceFile& file, Worker& worker, FactsTier tier) {
  const base::Traced span("parse");
  file.facts = worker.reader.read({worker.buffer, file.language, tier});
  file.text_bytes = static_cast<std::uint32_t>(worker.buffer.size());
  file.bindings = bindings_fingerprint(*file.facts);
}

const SourceFacts* SourceStore::bindings_of(const base::SourcePath& path) {
  SourceFile* file = find(path);
  if (file == nullptr) {
    const std::optional<Language> language = language_of(path.text());
    if (!language) {
      return nullptr;
    }
    file = &add(path);
    file->language = *language;
    file->is_matched = false;
    file->is_included = false;
  }
  raise({file}, FactsTier::bindings);
  return file->facts && file->facts->tier >= FactsTier::bindings ? &*file->facts : nullptr;
}

void SourceStore::raise(const std::vector<SourceFile*>& files, FactsTier tier) {
  std::vector<SourceFile*> missing;
  for (SourceFile* file : files) {
    const bool has_tier = file->facts && file->facts->tier >= tier;
    if (!has_tier && !file->read_problem) {
      missing.push_back(file);
    }
  }
  keep_each_once(missing);
  pool_.parallel_for(missing.size(), [&](std::size_t index, unsigned worker) {
    SourceFile& file = *missing[index];
    load_again(file, workers_[worker], tier);
  });
}

void SourceStore::look_at_exports(const std::vector<SourceFile*>& files) {
  std::vector<SourceFile*> outdated;
  std::copy_if(files.begin(), files.end(), std::back_inserter(outdated), [](const auto* file) {
    return !file->exports || file->exports->fingerprint != file->fingerprint;
  });
  keep_each_once(outdated);
  pool_.parallel_for(outdated.size(), [&](std::size_t index, unsigned worker) {
    look_at_exports(*outdated[index], workers_[worker]);
  });
}

void SourceStore::look_at_exports(SourceFile& file, Worker& worker) {
  const base::Traced span("read");
  const auto status = disk_.read(absolute_path(file), worker.buffer, options_.max_file_bytes);
  if (status && base::fingerprint_of(worker.buffer) == file.fingerprint) {
    ++worker.counters.files_read;
    worker.counters.bytes_read += worker.buffer.size();
    // What was decided by earlier bytes of a file that changes meanwhile is not known any more.
    file.exports = ExportLook{ExportFilter(worker.buffer),
                              file.is_torn ? base::Fingerprint() : file.fingerprint};
    return;
  }
  file.exports = ExportLook();
  note_unsaved(file, worker);
  file.is_torn = true;
  file.is_stamp_proof = false;
}

SourceFile* SourceStore::find(const base::SourcePath& path) {
  const auto entry = files_.find(path);
  return entry == files_.end() ? nullptr : &entry->second;
}

SourceStore::Counters SourceStore::counters() const {
  Counters total;
  for (const Worker& worker : workers_) {
    total.hits += worker.counters.hits;
    total.misses += worker.counters.misses;
    total.skips += worker.counters.skips;
    total.rehashed += worker.counters.rehashed;
    total.files_read += worker.counters.files_read;
    total.bytes_read += worker.counters.bytes_read;
    total.files_parsed += worker.reader.parsed_count();
    for (const auto& [reason, count] : worker.reader.doubt_counts()) {
      total.parse_reasons[reason] += count;
    }
  }
  return total;
}

}  // namespace discovery
