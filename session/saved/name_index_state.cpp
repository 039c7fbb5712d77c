#include <utility>

#include "session/name_index.h"

// What a NameIndex leaves for the next session, and begins with.
namespace session {

using base::SourcePath;

NameIndexState NameIndex::state() const {
  NameIndexState state;
  state.hidden_sources = hidden_sources_;
  state.hidden_users = hidden_users_;
  for (const auto& [path, names] : composer_.files) {
    state.composer_files.insert(path);
  }
  state.raised = composer_.raised;
  state.has_barrels = composer_.has_barrels;
  return state;
}

std::map<ModuleRequest, ModuleAnswer> NameIndex::answers() const {
  std::map<ModuleRequest, ModuleAnswer> answers;
  for (const auto& [request, asked] : requests_) {
    answers.emplace_hint(answers.end(), request, asked.answer);
  }
  return answers;
}

bool NameIndex::restore(NameIndexState state) {
  for (const auto& [path, record] : state.records) {
    barrel_users_.add(path, record.trace);
    for (const SourcePath& file : record.trace.files) {
      traced_by_[file].insert(path);
    }
    for (const Request& request : record.trace.requests) {
      const auto answer = state.answers.find(request);
      if (answer == state.answers.end()) {
        return false;
      }
      Asked& asked = requests_[request];
      asked.answer = answer->second;
      asked.users.insert(path);
    }
  }
  records_ = std::move(state.records);
  hidden_sources_ = std::move(state.hidden_sources);
  hidden_users_ = std::move(state.hidden_users);
  // Their names are in the records.
  for (const SourcePath& path : state.composer_files) {
    composer_.files.try_emplace(path);
  }
  composer_.raised = std::move(state.raised);
  composer_.has_barrels = state.has_barrels;
  return true;
}

}  // namespace session
