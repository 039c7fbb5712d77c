#include "cli/render_human.h"

#include <algorithm>

#include "cli/text_cells.h"

namespace cli {
namespace {

using session::BuildReport;
using session::LocatedDiagnostic;
using session::LocatedPlace;

/// Lines behind the first get the indent of what follows them.
std::string indent_lines(const std::string& text, std::string_view indent) {
  std::string result;
  for (const char c : text) {
    result += c;
    if (c == '\n') {
      result += indent;
    }
  }
  return result;
}

std::string definitions(const BuildReport& report) {
  return counted(report.operations, "operation") + " and " + counted(report.fragments, "fragment") +
         " in " + counted(report.files_scanned, "file");
}

std::string findings(const BuildReport& report) {
  std::string text;
  if (report.error_count > 0) {
    text = counted(report.error_count, "error");
  }
  if (report.warning_count > 0) {
    text += (text.empty() ? "" : ", ") + counted(report.warning_count, "warning");
  }
  return text;
}

/// All four, as a table has them.
std::string counters(const BuildReport& report) {
  return counted(report.cache_hits, "hit") + ", " +
         (report.cache_misses == 1 ? "1 miss" : with_separators(report.cache_misses) + " misses") +
         ", " + counted(report.cache_skips, "skip") + ", " +
         with_separators(report.cache_rehashed) + " rehashed";
}

/// Where something was reused, how much: `, 19 of 20 files unchanged`.
std::string reuse(const BuildReport& report) {
  const std::uint64_t unchanged = report.cache_hits + report.cache_rehashed;
  if (unchanged == 0) {
    return {};
  }
  return ", " + with_separators(unchanged) + " of " +
         counted(unchanged + report.cache_misses, "file") + " unchanged";
}

std::string written(const BuildReport& report) {
  if (report.is_up_to_date()) {
    // Where the schema is broken, nothing is made that could be.
    const bool has_outputs =
        report.outputs_unchanged > 0 || report.operations + report.fragments > 0;
    return has_outputs ? "outputs are up to date" : "nothing was built";
  }
  std::string text = counted(report.written.size(), "file") + " written";
  if (!report.removed.empty()) {
    text += ", " + std::to_string(report.removed.size()) + " removed";
  }
  return text;
}

}  // namespace

std::string duration(std::int64_t wall_ns) {
  const std::int64_t milliseconds = wall_ns / 1'000'000;
  if (milliseconds < 10) {
    return std::to_string(milliseconds) + "." + std::to_string(wall_ns / 100'000 % 10) + " ms";
  }
  if (milliseconds < 1000) {
    return std::to_string(milliseconds) + " ms";
  }
  const std::string hundredths = std::to_string(milliseconds % 1000 / 10);
  return std::to_string(milliseconds / 1000) + "." + (hundredths.size() < 2 ? "0" : "") +
         hundredths + " s";
}

std::string with_separators(std::uint64_t number) {
  std::string digits = std::to_string(number);
  for (std::size_t at = digits.size(); at > 3;) {
    at -= 3;
    digits.insert(at, ",");
  }
  return digits;
}

std::string counted(std::uint64_t count, const std::string& noun) {
  return with_separators(count) + " " + noun + (count == 1 ? "" : "s");
}

std::string HumanRenderer::place(const LocatedPlace& place, const std::string& root) const {
  std::string text = printable_name(paths_.shown(root, place.path));
  if (!place.lines.empty()) {
    text += ":" + std::to_string(place.start.line) + ":" + std::to_string(place.start.column);
  }
  return std::string(palette_.path) + text + std::string(palette_.reset);
}

std::string HumanRenderer::diagnostic(const LocatedDiagnostic& diagnostic,
                                      const std::string& root) const {
  const bool is_error = diagnostic.severity == base::Severity::error;
  const std::string_view color = is_error ? palette_.error : palette_.warning;
  std::string text(color);
  text += base::to_text(diagnostic.severity);
  text += palette_.reset;
  text += palette_.bold.empty() ? ": " : ":" + std::string(palette_.bold) + " ";
  text += indent_lines(printable(diagnostic.message), "  ");
  text += palette_.reset;
  text += " " + std::string(palette_.dim) + "[" + diagnostic.code + "]" +
          std::string(palette_.reset) + "\n";
  if (!diagnostic.place.path.empty()) {
    text += "  " + place(diagnostic.place, root) + "\n";
    text += render_frame(diagnostic.place, style_, color);
  }
  for (const LocatedPlace& related : diagnostic.related) {
    const std::string note = related.message.empty() ? "see also" : printable(related.message);
    text += "  " + note + ": " + place(related, root) + "\n";
    text += render_frame(related, style_, palette_.path);
  }
  if (diagnostic.blocked > 0) {
    text +=
        "  " + counted(diagnostic.blocked, "definition") + " not built because of this error.\n";
  }
  return text + "\n";
}

std::string HumanRenderer::failure(const std::string& message) const {
  return std::string(palette_.error) + "error" + std::string(palette_.reset) + ": " +
         printable(message) + "\n";
}

std::string HumanRenderer::warning(const std::string& message) const {
  return std::string(palette_.warning) + "warning" + std::string(palette_.reset) + ": " +
         printable(message) + "\n";
}

std::string HumanRenderer::differences(const ProjectRun& run) const {
  if (run.mode != session::BuildMode::check) {
    return {};
  }
  const std::string folder = base::SourcePath::relative_to(paths_.from, run.out_dir).text();
  std::string text;
  const auto list = [&](std::string_view verb, const std::vector<std::string>& paths) {
    for (const std::string& path : paths) {
      text += "  ";
      text += verb;
      text += " " + printable_name(base::join_path(folder, path)) + "\n";
    }
  };
  list("would write ", run.result.report.written);
  list("would remove", run.result.report.removed);
  return text;
}

std::string HumanRenderer::reasons(const ProjectRun& run) const {
  if (!run.explains) {
    return {};
  }
  const bool is_first = std::all_of(
      run.compiled.begin(), run.compiled.end(), [](const auto& one) { return one.cause.empty(); });
  if (run.compiled_all || (is_first && !run.compiled.empty())) {
    return "  Everything was compiled: nothing was known of an earlier build.\n";
  }
  if (run.compiled.empty()) {
    return "  Nothing was compiled: nothing that a definition depends on has changed.\n";
  }
  std::string text;
  for (const session::Recompiled& one : run.compiled) {
    text += "  " + printable(one.id) + ": " +
            (one.cause.empty() ? "new" : printable(one.cause) + " changed") + "\n";
  }
  return text;
}

std::string HumanRenderer::outcome(const ProjectRun& run) const {
  using Outcome = session::BuildResult::Outcome;
  const BuildReport& report = run.result.report;
  switch (run.result.outcome) {
    case Outcome::built:
      if (run.mode == session::BuildMode::validate) {
        return "Valid: " + definitions(report);
      }
      if (report.is_up_to_date()) {
        return "Everything is up to date: " + definitions(report);
      }
      return "Built " + definitions(report) + ": " + written(report);
    case Outcome::has_errors: {
      std::string text = "Found " + findings(report);
      if (report.definitions_failed > 0) {
        text += "; " + counted(report.definitions_failed, "definition") + " not built";
      }
      return text + (run.mode == session::BuildMode::write ? "; " + written(report) : "");
    }
    case Outcome::differs:
      return "The outputs are not those of a build: " +
             counted(report.written.size() + report.removed.size(), "difference") +
             ". Run `builder` and commit them";
    case Outcome::refused:
      return "Nothing was built";
    case Outcome::failed:
      return "The build failed";
  }
  return {};
}

std::string HumanRenderer::summary(const ProjectRun& run) const {
  const BuildReport& report = run.result.report;
  const bool is_fine = run.result.outcome == session::BuildResult::Outcome::built;
  std::string text(is_fine ? palette_.good : palette_.error);
  text += report.project.empty() ? "" : "[" + printable(report.project) + "] ";
  text += outcome(run);
  text += palette_.reset;
  if (is_fine && report.warning_count > 0) {
    text += "; " + counted(report.warning_count, "warning");
  }
  return text + " (" + duration(report.wall_ns) + reuse(report) + ")\n";
}

std::string HumanRenderer::stats(const BuildReport& report) const {
  std::size_t width = 0;
  for (const session::PhaseTime& phase : report.phases) {
    width = std::max(width, phase.name.size());
  }
  std::string text;
  for (const session::PhaseTime& phase : report.phases) {
    const std::string microseconds = with_separators(
        static_cast<std::uint64_t>(std::max<std::int64_t>(phase.wall_ns, 0) / 1000));
    text += "  " + phase.name + std::string(width - phase.name.size(), ' ') + "  " +
            std::string(microseconds.size() < 12 ? 12 - microseconds.size() : 0, ' ') +
            microseconds + " us\n";
  }
  text += "  files: " + with_separators(report.files_scanned) + " found, " +
          with_separators(report.files_read) + " read, " + with_separators(report.files_parsed) +
          " parsed; " + with_separators(report.bytes_read) + " bytes\n";
  for (const auto& [reason, count] : report.parse_reasons) {
    text += "    parsed because of \"" + reason + "\": " + with_separators(count) + "\n";
  }
  text += "  cache: " + counters(report) + "\n";
  text += "  definitions: " + with_separators(report.definitions_compiled) + " compiled; " +
          counted(report.operations, "operation") + ", " + counted(report.fragments, "fragment") +
          ", " + with_separators(report.definitions_failed) + " not built; " +
          counted(report.type_system_templates, "template") + " of type definitions\n";
  text += "  outputs: " + with_separators(report.written.size()) + " written, " +
          with_separators(report.removed.size()) + " removed, " +
          with_separators(report.outputs_unchanged) + " unchanged\n";
  return text;
}

}  // namespace cli
