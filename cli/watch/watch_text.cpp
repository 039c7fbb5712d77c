#include "cli/watch/watch_text.h"

#include <algorithm>
#include <utility>

#include "cli/text_cells.h"

namespace cli {
namespace {

using Outcome = session::BuildResult::Outcome;
using session::BuildReport;

/// So many changed files are named.
constexpr std::size_t k_most_named = 3;

std::string subject(const Trigger& trigger) {
  if (trigger.paths.empty()) {
    return "Looked at everything";
  }
  if (trigger.paths.size() > k_most_named) {
    return printable_name(trigger.paths.front()) + " and " +
           counted(trigger.paths.size() - 1, "more change");
  }
  std::string text;
  for (const std::string& path : trigger.paths) {
    text += (text.empty() ? "" : ", ") + printable_name(path);
  }
  return text;
}

std::string work(const session::BuildResult& result) {
  if (result.outcome == Outcome::refused || result.outcome == Outcome::failed) {
    return "nothing was built";
  }
  const BuildReport& report = result.report;
  std::string text;
  const auto add = [&text](std::uint64_t count, const std::string& what) {
    if (count > 0) {
      text += (text.empty() ? "" : ", ") + what;
    }
  };
  add(report.definitions_compiled,
      counted(report.definitions_compiled, "definition") + " compiled");
  add(report.written.size(), counted(report.written.size(), "file") + " written");
  add(report.removed.size(), with_separators(report.removed.size()) + " removed");
  return text.empty() ? "outputs stay as they are" : text;
}

/// `; 2 errors, 1 repaired`
std::string findings(const BuildReport& report, std::uint64_t repaired) {
  if (report.error_count == 0) {
    return repaired == 0 ? ""
                         : "; " + std::string(repaired == 1 ? "the error is" : "all errors are") +
                               " repaired";
  }
  return "; " + counted(report.error_count, "error") +
         (repaired == 0 ? "" : ", " + with_separators(repaired) + " repaired");
}

}  // namespace

DiagnosticNews KnownDiagnostics::update(const std::vector<session::LocatedDiagnostic>& diagnostics,
                                        Set set) {
  DiagnosticNews news;
  std::map<Key, std::size_t> now;
  for (const session::LocatedDiagnostic& one : diagnostics) {
    const Key key(one.severity, one.code, one.message, one.place.path);
    const auto before = known_.find(key);
    if (++now[key] > (before == known_.end() ? 0 : before->second)) {
      news.fresh.push_back(&one);
    }
  }
  for (const auto& [key, count] : known_) {
    std::size_t& left = now[key];
    if (set == Set::partial) {
      left = std::max(left, count);
    } else if (std::get<base::Severity>(key) == base::Severity::error && left < count) {
      news.repaired += count - left;
    }
  }
  std::erase_if(now, [](const auto& entry) { return entry.second == 0; });
  known_ = std::move(now);
  return news;
}

std::string generation_line(const ProjectRun& run, std::uint64_t repaired, const Palette& palette) {
  const BuildReport& report = run.result.report;
  const bool is_fine = run.result.outcome == Outcome::built;
  std::string line(is_fine ? palette.good : palette.error);
  line += report.project.empty() ? "" : "[" + printable(report.project) + "] ";
  line += subject(run.trigger.value_or(Trigger())) + ": " + work(run.result);
  line += findings(report, repaired);
  line += palette.reset;
  return line + " (" + duration(report.wall_ns) + ")\n";
}

}  // namespace cli
