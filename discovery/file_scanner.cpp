#include "discovery/file_scanner.h"

#include <algorithm>
#include <deque>
#include <set>
#include <tuple>
#include <utility>

#include "base/utf8.h"
#include "discovery/glob.h"
#include "discovery/language.h"

namespace discovery {
namespace {

using base::FileKind;

/// A folder that the walk is in.
struct Folder {
  /// The name that led here, seen from the root; empty for the root itself.
  std::string name;
  std::string real_path;
  GlobList::Progress include;
  GlobList::Progress exclude;
  /// Sorted so that the walk comes by files in the order of their paths.
  std::vector<base::DirectoryEntry> entries;
  std::size_t next = 0;
};

/// A file that the walk came by.
struct Candidate {
  std::string real_path;
  /// The name that led to it.
  base::SourcePath name;

  friend auto operator<=>(const Candidate&, const Candidate&) = default;
};

std::string child_path(const std::string& folder, const std::string& name) {
  std::string path;
  path.reserve(folder.size() + 1 + name.size());
  path = folder;
  if (!path.empty() && path.back() != '/') {
    path += '/';
  }
  return path += name;
}

// As if folders had a slash at the end: the order of the paths of the files in them.
bool comes_before(const base::DirectoryEntry& left, const base::DirectoryEntry& right) {
  const std::size_t common = std::min(left.name.size(), right.name.size());
  const int order = left.name.compare(0, common, right.name, 0, common);
  if (order != 0) {
    return order < 0;
  }
  const auto next = [common](const base::DirectoryEntry& entry) {
    if (common < entry.name.size()) {
      return int{static_cast<unsigned char>(entry.name[common])};
    }
    return entry.kind == FileKind::regular ? -1 : int{'/'};
  };
  return next(left) < next(right);
}

/// One scan.
class Walk {
 public:
  Walk(base::FileSystem& files, const ScanRequest& request) : files_(files), request_(request) {}

  base::Result<ScanResult> run();

 private:
  void walk_from(const std::string& start);
  void open_folder(Folder folder);
  void visit(Folder& folder, base::DirectoryEntry& entry);
  void visit_symlink(const Folder& folder, const std::string& name);
  void visit_folder(const Folder& folder, const std::string& name, std::string real_path);
  void visit_file(const Folder& folder, const std::string& name, std::string real_path);
  bool is_wanted(const Folder& folder, const std::string& name) const;
  bool is_forbidden(const std::string& real_path) const;
  base::SourcePath name_of(const std::string& real_path) const;
  void report(const std::string& name, const char* code, std::string message);
  void report_once(const Folder& folder,
                   const std::string& name,
                   const char* code,
                   std::string message);
  void report_folder(const Folder& folder, const base::Error& error);
  void name_files();

  base::FileSystem& files_;
  const ScanRequest& request_;
  GlobList include_;
  GlobList exclude_;
  std::vector<std::string> forbidden_;
  /// A deque, so that a folder stays where it is while one in it is opened.
  std::deque<Folder> stack_;
  std::set<std::tuple<std::string, GlobList::Progress, GlobList::Progress>> visited_;
  std::vector<Candidate> candidates_;
  /// Real paths of what was reported.
  std::set<std::string> reported_;
  ScanResult result_;
};

base::Result<ScanResult> Walk::run() {
  TRY_ASSIGN(result_.root, files_.real_path(request_.root));
  TRY_ASSIGN(include_, GlobList::compile(result_.root, request_.include, GlobPurpose::select));
  std::vector<std::string> exclude;
  if (request_.has_default_excludes) {
    exclude = default_excludes();
  }
  exclude.insert(exclude.end(), request_.exclude.begin(), request_.exclude.end());
  TRY_ASSIGN(exclude_, GlobList::compile(result_.root, exclude, GlobPurpose::refuse));
  for (const std::string& folder : request_.forbidden_folders) {
    // One that is not there yet has no real path, and nothing to be kept from.
    const base::Result<std::string> real_path = files_.real_path(folder);
    forbidden_.push_back(real_path ? *real_path : base::normalize_path(folder));
  }
  for (const std::string& start : include_.start_folders()) {
    walk_from(start);
  }
  name_files();
  std::sort(result_.folders.begin(), result_.folders.end());
  const auto repeats = std::unique(result_.folders.begin(), result_.folders.end());
  result_.folders.erase(repeats, result_.folders.end());
  base::sort_diagnostics(result_.problems);
  return std::move(result_);
}

void Walk::walk_from(const std::string& start) {
  Folder folder;
  folder.name = base::SourcePath::relative_to(result_.root, start).text();
  base::Result<std::string> real_path = files_.real_path(start);
  if (!real_path) {
    folder.real_path = start;
    report_folder(folder, real_path.error());
    return;
  }
  folder.real_path = *std::move(real_path);
  folder.include = include_.at_folder(start);
  folder.exclude = exclude_.at_folder(start);
  open_folder(std::move(folder));
  while (!stack_.empty()) {
    Folder& top = stack_.back();
    if (top.next == top.entries.size()) {
      stack_.pop_back();
      continue;
    }
    visit(top, top.entries[top.next++]);
  }
}

// Goes into the folder, unless nothing there can be wanted or the walk was there already with the
// same wishes: that is what ends loops of symlinks.
void Walk::open_folder(Folder folder) {
  if (!include_.may_match_below(folder.include) || exclude_.matches_all_below(folder.exclude) ||
      is_forbidden(folder.real_path) ||
      !visited_.emplace(folder.real_path, folder.include, folder.exclude).second) {
    return;
  }
  base::Result<std::vector<base::DirectoryEntry>> entries = files_.list(folder.real_path);
  if (!entries) {
    report_folder(folder, entries.error());
    return;
  }
  folder.entries = *std::move(entries);
  std::sort(folder.entries.begin(), folder.entries.end(), comes_before);
  result_.folders.push_back(folder.real_path);
  stack_.push_back(std::move(folder));
}

void Walk::visit(Folder& folder, base::DirectoryEntry& entry) {
  const std::string name = std::move(entry.name);
  switch (entry.kind) {
    case FileKind::regular:
      // The cheap question first: most names of a tree of sources pass it, but few elsewhere.
      if (is_wanted(folder, name)) {
        visit_file(folder, name, child_path(folder.real_path, name));
      }
      return;
    case FileKind::directory:
      visit_folder(folder, name, child_path(folder.real_path, name));
      return;
    case FileKind::symlink:
      visit_symlink(folder, name);
      return;
    case FileKind::other:
      if (is_wanted(folder, name)) {
        report_once(folder, name, "UnreadableFile", "This is not a regular file.");
      }
      return;
  }
}

bool Walk::is_wanted(const Folder& folder, const std::string& name) const {
  return (request_.files == ScanRequest::Files::any || language_of(name)) &&
         include_.matches_file(folder.include, name) &&
         !exclude_.matches_file(folder.exclude, name);
}

void Walk::visit_symlink(const Folder& folder, const std::string& name) {
  const bool is_wanted_file = is_wanted(folder, name);
  if (!is_wanted_file && !include_.may_match_below(include_.enter(folder.include, name))) {
    return;
  }
  result_.has_symlinks = true;
  const std::string path = child_path(folder.real_path, name);
  const base::Result<base::FileStatus> status = files_.status(path);
  base::Result<std::string> real_path = files_.real_path(path);
  if (!status || !real_path) {
    if (is_wanted_file) {
      const bool is_dangling = !status && status.error().code == base::ErrorCode::not_found;
      report_once(
          folder,
          name,
          "UnreadableFile",
          is_dangling ? "This symlink leads to nothing." : "This symlink cannot be followed.");
    }
  } else if (status->kind == FileKind::directory) {
    visit_folder(folder, name, *std::move(real_path));
  } else if (is_wanted_file && status->kind == FileKind::regular) {
    visit_file(folder, name, *std::move(real_path));
  } else if (is_wanted_file) {
    report_once(folder, name, "UnreadableFile", "This is not a regular file.");
  }
}

void Walk::visit_folder(const Folder& folder, const std::string& name, std::string real_path) {
  Folder child;
  child.include = include_.enter(folder.include, name);
  child.exclude = exclude_.enter(folder.exclude, name);
  child.name = child_path(folder.name, name);
  child.real_path = std::move(real_path);
  open_folder(std::move(child));
}

void Walk::visit_file(const Folder& folder, const std::string& name, std::string real_path) {
  Candidate candidate;
  candidate.real_path = std::move(real_path);
  candidate.name = base::SourcePath(child_path(folder.name, name));
  if (base::find_invalid_utf8(candidate.name.text()) < candidate.name.text().size()) {
    report(candidate.name.text(),
           "InvalidFileName",
           "This file's path is not valid UTF-8, so that it has no name in the outputs.");
    return;
  }
  candidates_.push_back(std::move(candidate));
}

bool Walk::is_forbidden(const std::string& real_path) const {
  return std::find(forbidden_.begin(), forbidden_.end(), real_path) != forbidden_.end();
}

void Walk::report(const std::string& name, const char* code, std::string message) {
  base::Diagnostic problem;
  problem.range.path = base::SourcePath(name);
  problem.code = code;
  problem.message = std::move(message);
  result_.problems.push_back(std::move(problem));
}

// Of what is reached by several names the one inside of the root counts, as for files.
void Walk::report_once(const Folder& folder,
                       const std::string& name,
                       const char* code,
                       std::string message) {
  const std::string real_path =
      name.empty() ? folder.real_path : child_path(folder.real_path, name);
  if (!reported_.insert(real_path).second) {
    return;
  }
  const base::SourcePath own_name = name_of(real_path);
  const std::string route = name.empty() ? folder.name : child_path(folder.name, name);
  report(own_name.is_inside_root() ? own_name.text() : route, code, std::move(message));
}

// A folder that is not there, or no longer, is nothing to report.
void Walk::report_folder(const Folder& folder, const base::Error& error) {
  if (error.code != base::ErrorCode::not_found) {
    report_once(
        folder, {}, "UnreadableFolder", "This folder cannot be listed: its files are not seen.");
  }
}

base::SourcePath Walk::name_of(const std::string& real_path) const {
  // The usual case without taking both paths apart.
  if (real_path.starts_with(result_.root) && real_path[result_.root.size()] == '/') {
    return base::SourcePath(std::string_view(real_path).substr(result_.root.size() + 1));
  }
  return base::SourcePath::relative_to(result_.root, real_path);
}

// Settles the one name of each file.
void Walk::name_files() {
  if (!std::is_sorted(candidates_.begin(), candidates_.end())) {
    std::sort(candidates_.begin(), candidates_.end());
  }
  for (std::size_t i = 0; i < candidates_.size();) {
    const std::size_t first = i;
    const std::string& real_path = candidates_[first].real_path;
    base::SourcePath name = name_of(real_path);
    const bool is_excluded = name != candidates_[first].name && exclude_.matches(name);
    bool is_named = name.is_inside_root();
    // The names of one file are sorted, those outside the root (`../`) not always first or last.
    for (; i < candidates_.size() && candidates_[i].real_path == real_path; ++i) {
      if (!is_named && candidates_[i].name.is_inside_root()) {
        name = candidates_[i].name;
        is_named = true;
      }
    }
    if (is_excluded) {
      continue;
    }
    if (base::find_invalid_utf8(name.text()) < name.text().size()) {
      report(name.text(),
             "InvalidFileName",
             "This file's path is not valid UTF-8, so that it has no name in the outputs.");
      continue;
    }
    const std::optional<Language> language = language_of(name.text());
    result_.files.push_back({std::move(name), real_path, language});
  }
  const auto by_path = [](const ScannedFile& left, const ScannedFile& right) {
    return left.path < right.path;
  };
  if (!std::is_sorted(result_.files.begin(), result_.files.end(), by_path)) {
    std::sort(result_.files.begin(), result_.files.end(), by_path);
  }
}

}  // namespace

base::Result<ScanResult> scan_files(base::FileSystem& files, const ScanRequest& request) {
  return Walk(files, request).run();
}

const std::vector<std::string>& default_excludes() {
  static const std::vector<std::string> patterns = {
      "**/__generated__/**", "**/generated/**", "**/*.generated.*", "**/*.d.ts", "**/dist/**"};
  return patterns;
}

}  // namespace discovery
