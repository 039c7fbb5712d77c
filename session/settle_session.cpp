#include <iterator>
#include <utility>

#include "base/free_memory.h"
#include "base/trace.h"
#include "session/builder_session.h"
#include "session/report_json.h"

// What a session writes when there is nothing else to do: the outputs of the whole project.
namespace session {

using base::SourcePath;

artifact::Output BuilderSession::report_output() const {
  return {k_report_name, report_json(last_report_.report), artifact::OutputRole::report};
}

void BuilderSession::add_project_outputs(std::vector<artifact::Output>& outputs) {
  static_cast<void>(compiled_.take_changed());
  std::vector<artifact::Output> whole = texts_.write(compiled_.all_files(), schemas_);
  std::move(whole.begin(), whole.end(), std::back_inserter(outputs));
  outputs.push_back(report_output());
}

// Out of those that are there, at the cost of what changed and of copying the rest. Nothing where
// they cannot serve.
base::Result<std::optional<artifact::OutputChanges>> BuilderSession::splice_project_outputs() {
  const std::optional<std::set<SourcePath>> changed = compiled_.take_changed();
  std::optional<std::vector<artifact::Output>> outputs =
      changed ? texts_.splice(compiled_.files(), *changed, schemas_) : std::nullopt;
  if (!outputs) {
    return std::optional<artifact::OutputChanges>();
  }
  outputs->push_back(report_output());
  base::Result<artifact::OutputChanges> changes = folder_->patch(*outputs, {}, true);
  if (!changes) {
    texts_.forget();
    const base::ErrorCode code = changes.error().code;
    // Somebody else was at them.
    if (code == base::ErrorCode::corrupt || code == base::ErrorCode::not_found ||
        code == base::ErrorCode::not_regular) {
      return std::optional<artifact::OutputChanges>();
    }
    return tl::unexpected(std::move(changes.error()));
  }
  return std::optional(*std::move(changes));
}

base::Result<artifact::OutputChanges> BuilderSession::settle() {
  const base::Traced span("settle");
  artifact::OutputChanges changes;
  if (!is_settled_ && folder_) {
    TRY_ASSIGN(std::optional<artifact::OutputChanges> spliced, splice_project_outputs());
    if (spliced) {
      changes = *std::move(spliced);
    } else {
      std::vector<artifact::Output> outputs;
      add_project_outputs(outputs);
      base::Result<artifact::OutputChanges> written = folder_->patch(outputs, {}, true);
      if (!written) {
        texts_.forget();
        return written;
      }
      changes = *std::move(written);
    }
    is_settled_ = true;
  }
  save();
  if (settles_with_holes_ > 0 && !options_.is_one_shot) {
    --settles_with_holes_;
    base::give_back_free_memory();
  }
  return changes;
}

}  // namespace session
