#include "tests/proof/random_sequence.h"

#include "tests/proof/random_steps.h"
#include "tests/proof/shrink.h"

namespace proof {
namespace {

constexpr unsigned k_shrink_attempts = 1500;

std::string joined(const std::vector<std::string>& lines) {
  std::string text;
  for (const std::string& line : lines) {
    text += line + "\n";
  }
  return text;
}

// What kind of failure it is: shrinking must not wander off to another one.
std::string kind_of(const std::vector<std::string>& failures) {
  const std::string& first = failures.size() > 1 ? failures[1] : failures.front();
  return first.substr(0, first.find_first_of(":/0123456789"));
}

std::string report_of(const RandomSequence& sequence,
                      Scenario scenario,
                      const std::vector<std::string>& failures,
                      const StartSubject& start) {
  for (std::size_t i = 1; i < scenario.steps.size(); ++i) {
    scenario.steps[i].name = std::to_string(i);
  }
  const std::string kind = kind_of(failures);
  const StillFails still_fails = [&](const Scenario& candidate) {
    const std::vector<std::string> found =
        failures_of(candidate, start, Way::as_written, sequence.make_disk);
    return !found.empty() && kind_of(found) == kind;
  };
  std::string text = "seed " + std::to_string(sequence.seed) + ", step " +
                     std::to_string(scenario.steps.size() - 1) + "\n" + joined(failures);
  if (!still_fails(scenario)) {
    return text + "(does not fail again when its steps are replayed)\n" + scenario_text(scenario);
  }
  scenario = shrink(std::move(scenario), still_fails, k_shrink_attempts);
  text += "shrunk to\n" + scenario_text(scenario);
  return text + "which fails with\n" +
         joined(failures_of(scenario, start, Way::as_written, sequence.make_disk));
}

}  // namespace

SequenceOutcome run_sequence(const RandomSequence& sequence, const StartSubject& start) {
  Random random(sequence.seed);
  constexpr Dialects k_dialects[] = {Dialects::tag, Dialects::composer, Dialects::both};
  const Dialects dialects = k_dialects[sequence.seed % std::size(k_dialects)];
  const std::unique_ptr<ProjectDisk> disk = sequence.make_disk();
  Proof proof(*disk, start);
  Scenario done;
  SequenceOutcome outcome;
  while (outcome.steps_done < sequence.steps) {
    const Tree tree = disk->tree();
    done.steps.push_back(
        done.steps.empty()
            ? random_project(random, dialects)
            : random_step(random, {tree, disk->root(), dialects, disk->obeys_modes()}));
    if (sequence.more_restarts > 0 && random.chance(sequence.more_restarts)) {
      done.steps.back().is_restart = true;
    }
    StepOutcome step = proof.run(done.steps.back());
    ++outcome.steps_done;
    outcome.steps_committed += step.is_committed ? 1 : 0;
    outcome.steps_killed += step.is_killed ? 1 : 0;
    if (!step.failures.empty()) {
      step.failures.insert(step.failures.begin(), "the last step failed");
      outcome.report = report_of(sequence, std::move(done), step.failures, start);
      break;
    }
  }
  return outcome;
}

}  // namespace proof
