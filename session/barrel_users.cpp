#include "session/barrel_users.h"

#include <algorithm>
#include <utility>

namespace session {

using base::SourcePath;
using discovery::ExportFilter;
using discovery::SourceFile;

// Files that no glob matches are known if somebody followed a name there, which must make no
// difference: they are read, as those are that cannot be.
bool BarrelUsers::can_tell(const SourceFile* file) {
  return file != nullptr && file->is_matched && !file->read_problem;
}

void BarrelUsers::look_at(const std::vector<SourcePath>& paths) {
  std::vector<SourceFile*> files;
  for (const SourcePath& path : paths) {
    SourceFile* const file = store_.find(path);
    if (can_tell(file)) {
      files.push_back(file);
    } else if (file != nullptr) {
      // Who asks now is told otherwise.
      file->exports.reset();
    }
  }
  store_.look_at_exports(files);
}

bool BarrelUsers::may_export(const SourcePath& path, const std::string& name) const {
  const SourceFile* const file = store_.find(path);
  return !can_tell(file) || !file->exports || file->exports->filter.may_export(name);
}

void BarrelUsers::add(const SourcePath& user, const discovery::NameTrace& trace) {
  for (const SourcePath& path : trace.offered) {
    users_[path].insert(user);
  }
}

void BarrelUsers::remove(const SourcePath& user, const discovery::NameTrace& trace) {
  for (const SourcePath& path : trace.offered) {
    const auto users = users_.find(path);
    users->second.erase(user);
    if (users->second.empty()) {
      users_.erase(users);
    }
  }
}

BarrelUsers::Change BarrelUsers::look_again(const SourcePath& path) {
  SourceFile* const file = store_.find(path);
  if (!can_tell(file)) {
    look_at({path});
    return {};
  }
  const bool was_certain = file->exports && file->exports->fingerprint != base::Fingerprint();
  ExportFilter before = was_certain ? file->exports->filter : ExportFilter();
  store_.look_at_exports({file});
  return {!was_certain, std::move(before), file->exports->filter};
}

bool BarrelUsers::Change::touches(const std::set<std::string>& names) const {
  return is_anything || std::any_of(names.begin(), names.end(), [this](const std::string& name) {
           return before.may_export(name) != now.may_export(name);
         });
}

}  // namespace session
