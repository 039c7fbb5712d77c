#include "tests/proof/proof.h"

#include <algorithm>
#include <utility>

#include "base/source_path.h"
#include "tests/session/build_text.h"

namespace proof {
namespace {

// Enough to see what is wrong, not all of a file.
std::string excerpt(const std::string& text, std::size_t around) {
  constexpr std::size_t k_before = 200;
  constexpr std::size_t k_size = 700;
  const std::size_t begin = around < k_before ? 0 : around - k_before;
  return text.substr(begin, k_size);
}

void expect_equal(StepOutcome& outcome,
                  const std::string& what,
                  const std::string& actual,
                  const std::string& expected) {
  if (actual == expected) {
    return;
  }
  const auto [left, right] =
      std::mismatch(actual.begin(), actual.end(), expected.begin(), expected.end());
  const auto at = static_cast<std::size_t>(left - actual.begin());
  outcome.failures.push_back(what + " differs at byte " + std::to_string(at) + "\n--- is\n" +
                             excerpt(actual, at) + "\n--- must be\n" + excerpt(expected, at));
}

bool is_same_entry(const TreeEntry& left, const TreeEntry& right) {
  return left.kind == right.kind && left.content == right.content && left.mode == right.mode &&
         left.stamp == right.stamp;
}

// A folder's own times say nothing that its files do not.
bool is_event(const TreeEntry& entry) {
  return entry.kind != base::FileKind::directory;
}

Touched difference(const Tree& before, const Tree& after) {
  Touched touched;
  for (const auto& [path, entry] : after) {
    const auto old = before.find(path);
    if (old == before.end()) {
      touched.added.push_back(path);
    } else if (is_event(entry) && !is_same_entry(old->second, entry)) {
      touched.updated.push_back(path);
    }
  }
  for (const auto& [path, entry] : before) {
    if (after.find(path) == after.end()) {
      touched.removed.push_back(path);
    }
  }
  return touched;
}

std::vector<std::string> changes_between(const Outputs& before, const Outputs& after) {
  std::vector<std::string> changes;
  for (const auto& [path, bytes] : after) {
    const auto old = before.find(path);
    if (old == before.end()) {
      changes.push_back("+ " + path);
    } else if (old->second != bytes) {
      changes.push_back("~ " + path);
    }
  }
  for (const auto& [path, bytes] : before) {
    if (after.find(path) == after.end()) {
      changes.push_back("- " + path);
    }
  }
  return changes;
}

// What a process that was killed leaves behind is never wanted, whoever changed it since.
bool is_scratch(const std::string& path) {
  return path == ".builder-journal" || path.ends_with(".tmp");
}

std::string error_text(const std::optional<base::Error>& error) {
  return error ? error->message : "";
}

}  // namespace

Proof::Proof(ProjectDisk& disk, StartSubject start, Way way)
    : disk_(disk), start_(std::move(start)), way_(way), out_dir_(disk.root() + "/.builder") {}

Touched Proof::apply_edits(const Step& step) {
  if (!step.is_same_tick) {
    disk_.let_time_pass();
  }
  const Tree before = disk_.tree();
  std::vector<Edit> edits = step.edits;
  if (step.meanwhile > 0 && !edits.empty()) {
    edits.pop_back();
  }
  live_through(edits, step.is_same_tick);
  Touched touched = difference(before, disk_.tree());
  touched.is_overflow = step.is_overflow || way_ == Way::overflow;
  return touched.is_overflow ? Touched{true, {}, {}, {}} : touched;
}

void Proof::live_through(const std::vector<Edit>& edits, bool is_same_tick) {
  const Tree before = disk_.tree();
  for (const Edit& edit : edits) {
    apply(edit, disk_);
  }
  if (!is_same_tick) {
    disk_.let_time_pass();
  }
  const Tree after = disk_.tree();
  clean_ = build_clean(after, disk_.root());
  if (!clean_.out_dir.empty()) {
    out_dir_ = clean_.out_dir;
  }
  note_hand_made(before, after);
}

// Lets a build see some of what it looks at before the last edit, and the rest after it. What it
// makes of that is of no interest, but that it is made good is.
void Proof::build_meanwhile(const Touched& touched, const Step& step) {
  // What it writes may be of before.
  for (const auto& [path, bytes] : clean_.outputs.value_or(Outputs{})) {
    ours_.insert(path);
  }
  const std::vector<Edit> last = {step.edits.back()};
  files_->interrupt(step.meanwhile, [&] { live_through(last, step.is_same_tick); });
  const SubjectBuild build = subject_->build(touched);
  if (!files_->interrupt(0, nullptr)) {
    live_through(last, step.is_same_tick);
  }
  if (build.delta) {
    committed_ = outputs_in(disk_.tree(), out_dir_);
    if (auto artifact = apply_delta(artifact_, *build.delta)) {
      artifact_ = *std::move(artifact);
    }
    if (auto manifest = apply_delta(manifest_, *build.delta)) {
      manifest_ = *std::move(manifest);
    }
  }
}

// A consumer that starts along with a process begins with what lies on disk.
void Proof::read_consumer(const Outputs& outputs) {
  const auto artifact = outputs.find("artifact.json");
  const auto manifest = outputs.find("manifest.json");
  artifact_ = {};
  manifest_ = {};
  if (artifact == outputs.end() || manifest == outputs.end()) {
    return;
  }
  base::Result<artifact::Artifact> read = artifact::read_artifact(artifact->second);
  std::optional<artifact::Manifest> chunks = artifact::read_manifest(manifest->second);
  if (read && chunks) {
    artifact_ = *std::move(read);
    manifest_ = *std::move(chunks);
  }
}

void Proof::note_hand_made(const Tree& before, const Tree& after) {
  const auto is_lost = [&](const char* name) {
    const auto old_record = before.find(out_dir_ + "/" + name);
    const auto new_record = after.find(out_dir_ + "/" + name);
    return old_record != before.end() &&
           (new_record == after.end() || new_record->second.content != old_record->second.content);
  };
  // The manifest says what is ours, and the journal what a killed process may have left. Without
  // them nothing may be deleted: all may stay for ever.
  const bool is_record_lost = is_lost("manifest.json") || is_lost(".builder-journal");
  const Outputs old_outputs = outputs_in(before, out_dir_);
  for (const auto& [path, bytes] : outputs_in(after, out_dir_)) {
    const auto old = old_outputs.find(path);
    if (is_record_lost || old == old_outputs.end() || old->second != bytes) {
      hand_made_.insert(path);
    }
  }
}

void Proof::start_process() {
  if (subject_ == nullptr) {
    subject_ = start_(*files_, disk_.root());
    read_consumer(outputs_in(disk_.tree(), out_dir_));
  }
}

StepOutcome Proof::run(const Step& step) {
  const auto end_process = [this] {
    subject_.reset();
    files_ = std::make_unique<WatchedFileSystem>(disk_.files());
  };
  if (step.is_restart || way_ == Way::restart || files_ == nullptr || files_->is_killed()) {
    end_process();
  }
  Touched touched = apply_edits(step);
  if (step.meanwhile > 0 && !step.edits.empty()) {
    start_process();
    build_meanwhile(touched, step);
    touched = {true, {}, {}, {}};
    if (way_ == Way::restart) {
      end_process();
    }
  }
  const Tree edited = disk_.tree();
  files_->take_reads();
  files_->set_fault(step.fault);
  start_process();
  StepOutcome outcome;
  outcome.build = subject_->build(touched);
  outcome.is_killed = files_->is_killed();
  files_->set_fault(std::nullopt);
  outcome.is_committed = clean_.outputs.has_value();
  for (const std::string& path : files_->take_reads()) {
    if (!path.starts_with(out_dir_ + "/") && !path.starts_with(clean_.cache_dir + "/")) {
      outcome.reads.push_back(base::SourcePath::relative_to(disk_.root(), path).text());
    }
  }
  check_build(edited, outcome);
  return outcome;
}

void Proof::check_build(const Tree& edited, StepOutcome& outcome) {
  const Outputs before = outputs_in(edited, out_dir_);
  outcome.outputs = outputs_in(disk_.tree(), out_dir_);
  outcome.writes = changes_between(before, outcome.outputs);
  for (const auto& [path, bytes] : clean_.outputs.value_or(Outputs{})) {
    ours_.insert(path);
  }
  for (const std::string& change : outcome.writes) {
    const std::string path = change.substr(2);
    if (change.starts_with('-') && hand_made_.contains(path) && !ours_.contains(path) &&
        !is_scratch(path)) {
      outcome.failures.push_back("removed what was never ours: " + path);
    }
  }
  if (outcome.is_killed) {
    return;
  }
  if (outcome.build.delta) {
    committed_ = clean_.outputs.value_or(Outputs{});
  }
  using Outcome = session::BuildResult::Outcome;
  if (outcome.build.outcome == Outcome::failed && clean_.outcome != Outcome::failed) {
    check_broken_off(before, outcome);
    if (outcome.failures.empty() && outcome.build.delta) {
      // The modules were committed; only manifest and artifact were not.
      check_delta(outcome);
    }
    return;
  }
  expect_equal(outcome,
               "the outcome",
               session::outcome_text(outcome.build.outcome, outcome.build.error),
               session::outcome_text(clean_.outcome, clean_.error));
  expect_equal(outcome, "the error", error_text(outcome.build.error), error_text(clean_.error));
  expect_equal(outcome,
               "the list of diagnostics",
               session::diagnostics_text(outcome.build.diagnostics),
               session::diagnostics_text(clean_.diagnostics));
  if (outcome.failures.empty() && outcome.build.diagnostics != clean_.diagnostics) {
    outcome.failures.push_back("the frames of the diagnostics differ");
  }
  check_outputs(outcome);
  if (outcome.failures.empty()) {
    check_delta(outcome);
  }
}

void Proof::check_outputs(StepOutcome& outcome) {
  if (!clean_.outputs) {
    for (const std::string& change : outcome.writes) {
      const auto wanted = committed_.find(change.substr(2));
      const auto actual = outcome.outputs.find(change.substr(2));
      // What an earlier build committed and could not write may be made up for.
      const bool is_made_up = wanted != committed_.end() && actual != outcome.outputs.end() &&
                              actual->second == wanted->second;
      if (!is_made_up && change != "- .builder-journal") {
        outcome.failures.push_back("a clean build commits nothing, but: " + change);
      }
    }
    return;
  }
  for (const auto& [path, bytes] : *clean_.outputs) {
    const auto actual = outcome.outputs.find(path);
    if (actual == outcome.outputs.end()) {
      outcome.failures.push_back("missing output: " + path);
      continue;
    }
    expect_equal(outcome, path, actual->second, bytes);
    hand_made_.erase(path);
  }
  for (const auto& [path, bytes] : outcome.outputs) {
    if (!clean_.outputs->contains(path) && !hand_made_.contains(path)) {
      outcome.failures.push_back("left behind: " + path);
    }
  }
}

void Proof::check_broken_off(const Outputs& before, StepOutcome& outcome) {
  const Outputs wanted = clean_.outputs.value_or(before);
  for (const std::string& change : outcome.writes) {
    const std::string path = change.substr(2);
    const auto actual = outcome.outputs.find(path);
    const auto expected = wanted.find(path);
    const bool is_gone = actual == outcome.outputs.end();
    const bool is_temporary = path.find("/.") != std::string::npos || path.starts_with('.');
    if (is_gone
            ? expected != wanted.end()
            : !is_temporary && (expected == wanted.end() || actual->second != expected->second)) {
      outcome.failures.push_back("neither old nor new after a failure: " + change);
    }
  }
}

void Proof::check_delta(StepOutcome& outcome) {
  if (!clean_.outputs) {
    if (outcome.build.delta) {
      outcome.failures.push_back("a delta of a build that commits nothing");
    }
    return;
  }
  if (outcome.build.delta) {
    const artifact::Delta& delta = *outcome.build.delta;
    base::Result<artifact::Artifact> artifact = apply_delta(artifact_, delta);
    base::Result<artifact::Manifest> manifest = apply_delta(manifest_, delta);
    if (!artifact || !manifest) {
      outcome.failures.push_back((artifact ? manifest.error() : artifact.error()).message);
      return;
    }
    artifact_ = *std::move(artifact);
    manifest_ = *std::move(manifest);
    const base::Result<artifact::Delta> read = artifact::read_delta(delta_json(delta));
    if (!read || *read != delta) {
      outcome.failures.push_back("the delta is not read as it was written");
    }
  }
  expect_equal(outcome,
               "the artifact that the delta leads to",
               artifact_json(artifact_),
               clean_.outputs->at("artifact.json"));
  expect_equal(outcome,
               "the manifest that the delta leads to",
               manifest_json(manifest_),
               clean_.outputs->at("manifest.json"));
}

std::vector<std::string> failures_of(
    const Scenario& scenario,
    const StartSubject& start,
    Way way,
    const std::function<std::unique_ptr<ProjectDisk>()>& make_disk) {
  const std::unique_ptr<ProjectDisk> disk = make_disk();
  Proof proof(*disk, start, way);
  for (std::size_t i = 0; i < scenario.steps.size(); ++i) {
    StepOutcome outcome = proof.run(scenario.steps[i]);
    if (!outcome.failures.empty()) {
      outcome.failures.insert(outcome.failures.begin(),
                              "step " + std::to_string(i) + " " + scenario.steps[i].name);
      return std::move(outcome.failures);
    }
  }
  return {};
}

}  // namespace proof
