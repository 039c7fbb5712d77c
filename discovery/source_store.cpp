#include "discovery/source_store.h"

#include "discovery/language.h"

namespace discovery {
namespace {

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
    SourceFile& file = files_.emplace_back();
    file.path = input.path;
    file.absolute_path = input.absolute_path;
    file.language = input.language;
    by_path_.emplace_hint(by_path_.end(), file.path, &file);
    added.push_back(&file);
  }
  pool_.parallel_for(added.size(), [&](std::size_t index, unsigned worker) {
    read_first_time(*added[index], workers_[worker]);
  });
}

void SourceStore::read_first_time(SourceFile& file, Worker& worker) {
  if (!load(file, worker)) {
    return;
  }
  if (options_.skip_generated && is_marked_generated(worker.buffer)) {
    file.is_included = false;
    return;
  }
  // The words that the gate looks for are spelled otherwise in UTF-16, so that what is no UTF-8
  // text has to pass for its author to hear of it.
  const bool is_binary = worker.buffer.find('\0') != std::string::npos;
  if (file.language == Language::graphql || is_binary) {
    analyse(file, worker, FactsTier::documents);
    return;
  }
  const Gate::Answer answer = gate_.look_at(worker.buffer);
  if (answer.may_import_composer) {
    analyse(file, worker, FactsTier::compositions);
  } else if (answer.may_hold_documents) {
    analyse(file, worker, FactsTier::documents);
  }
}

bool SourceStore::load(SourceFile& file, Worker& worker) {
  const auto status = disk_.read(file.absolute_path, worker.buffer, options_.max_file_bytes);
  if (!status) {
    file.read_problem = read_problem(status.error(), file, options_.max_file_bytes);
    return false;
  }
  ++worker.files_read;
  worker.bytes_read += worker.buffer.size();
  file.read_problem.reset();
  file.stamp = status->stamp;
  file.fingerprint = base::fingerprint_of(worker.buffer);
  return true;
}

void SourceStore::analyse(SourceFile& file, Worker& worker, FactsTier tier) {
  file.facts = worker.reader.read({worker.buffer, file.language, tier});
  if (tier >= FactsTier::documents) {
    file.text = worker.buffer;
  }
}

const SourceFacts* SourceStore::bindings_of(const base::SourcePath& path) {
  SourceFile* file = find(path);
  if (file == nullptr) {
    const std::optional<Language> language = language_of(path.text());
    if (!language) {
      return nullptr;
    }
    file = &files_.emplace_back();
    file->path = path;
    file->absolute_path = base::join_path(options_.root, path.text());
    file->language = *language;
    file->is_included = false;
    by_path_.emplace(path, file);
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
  pool_.parallel_for(missing.size(), [&](std::size_t index, unsigned worker) {
    SourceFile& file = *missing[index];
    if (load(file, workers_[worker])) {
      analyse(file, workers_[worker], tier);
    }
  });
}

SourceFile* SourceStore::find(const base::SourcePath& path) {
  const auto entry = by_path_.find(path);
  return entry == by_path_.end() ? nullptr : entry->second;
}

SourceStore::Counters SourceStore::counters() const {
  Counters total;
  for (const Worker& worker : workers_) {
    total.files_read += worker.files_read;
    total.bytes_read += worker.bytes_read;
    total.files_parsed += worker.reader.parsed_count();
  }
  return total;
}

}  // namespace discovery
