#include "cli/render_json.h"

#include <algorithm>

#include <nlohmann/json.hpp>

#include "base/json_text.h"

namespace cli {
namespace {

using nlohmann::ordered_json;
using session::BuildReport;
using session::LocatedDiagnostic;
using session::LocatedPlace;

ordered_json position_json(const base::Position& position) {
  ordered_json json;
  json["line"] = position.line;
  json["column"] = position.column;
  return json;
}

/// Adds `path`, `start` and `end`; null where there is no such place.
void add_place(const LocatedPlace& place, ordered_json& json) {
  const bool has_lines = !place.lines.empty();
  json["path"] = place.path.empty() ? ordered_json() : ordered_json(place.path.text());
  json["start"] = has_lines ? position_json(place.start) : ordered_json();
  json["end"] = has_lines ? position_json(place.end) : ordered_json();
}

/// Adds the keys of a diagnostic.
void add_diagnostic(const LocatedDiagnostic& diagnostic, ordered_json& json) {
  json["code"] = diagnostic.code;
  json["severity"] = base::to_text(diagnostic.severity);
  json["message"] = diagnostic.message;
  add_place(diagnostic.place, json);
  json["related"] = ordered_json::array();
  for (const LocatedPlace& place : diagnostic.related) {
    ordered_json related;
    related["message"] = place.message;
    add_place(place, related);
    json["related"].push_back(std::move(related));
  }
  json["blocked"] = diagnostic.blocked;
}

ordered_json diagnostics_json(const std::vector<LocatedDiagnostic>& diagnostics) {
  ordered_json list = ordered_json::array();
  for (const LocatedDiagnostic& diagnostic : diagnostics) {
    list.emplace_back();
    add_diagnostic(diagnostic, list.back());
  }
  return list;
}

std::string_view reason_text(session::WatchReason reason) {
  switch (reason) {
    case session::WatchReason::initial:
      return "initial";
    case session::WatchReason::changes:
      return "changes";
    case session::WatchReason::reconcile:
      return "reconcile";
  }
  return "changes";
}

std::string_view kind_text(session::WatchRemarkKind kind) {
  using Kind = session::WatchRemarkKind;
  switch (kind) {
    case Kind::polling:
      return "polling";
    case Kind::lost_events:
      return "lostEvents";
    case Kind::feedback_loop:
      return "feedbackLoop";
    case Kind::saved_state:
      return "savedState";
    case Kind::output_failure:
      return "outputFailure";
    case Kind::program:
      return "program";
  }
  return "savedState";
}

std::string_view outcome_text(const session::BuildResult& result) {
  using Outcome = session::BuildResult::Outcome;
  switch (result.outcome) {
    case Outcome::built:
      return "built";
    case Outcome::has_errors:
      return "errors";
    case Outcome::differs:
      return "differs";
    case Outcome::refused:
      return "refused";
    case Outcome::failed:
      return "failed";
  }
  return "failed";
}

ordered_json counts_json(const BuildReport& report) {
  ordered_json json;
  json["errors"] = report.error_count;
  json["warnings"] = report.warning_count;
  json["filesScanned"] = report.files_scanned;
  json["filesRead"] = report.files_read;
  json["filesParsed"] = report.files_parsed;
  json["hits"] = report.cache_hits;
  json["misses"] = report.cache_misses;
  json["skips"] = report.cache_skips;
  json["rehashed"] = report.cache_rehashed;
  json["definitionsCompiled"] = report.definitions_compiled;
  json["operations"] = report.operations;
  json["fragments"] = report.fragments;
  json["definitionsNotBuilt"] = report.definitions_failed;
  json["outputsUnchanged"] = report.outputs_unchanged;
  return json;
}

ordered_json event(std::string_view name, std::uint64_t generation) {
  ordered_json json;
  json["event"] = name;
  json["protocol"] = k_protocol;
  json["generation"] = generation;
  return json;
}

std::string line_of(const ordered_json& json) {
  // File names need not be UTF-8; what is not becomes U+FFFD.
  return json.dump(-1, ' ', false, ordered_json::error_handler_t::replace) + "\n";
}

/// A build that commits nothing, and one from scratch, is the first of its kind.
std::uint64_t generation_of(const BuildReport& report) {
  return std::max<std::uint64_t>(report.generation, 1);
}

/// How a reader finds `folder` from where it started the program.
std::string shown_folder(const PathDisplay& paths, const std::string& folder) {
  const std::string text = base::SourcePath::relative_to(paths.from, folder).text();
  return text.empty() ? "." : text;
}

/// A JSON text with one thing a line becomes one line. Strings hold no line breaks, and what stands
/// at the begin of a line is indent.
std::string on_one_line(std::string_view json) {
  std::string line;
  line.reserve(json.size());
  bool is_indent = false;
  for (const char c : json) {
    is_indent = c == '\n' || (is_indent && c == ' ');
    if (!is_indent) {
      line += c;
    }
  }
  return line;
}

}  // namespace

std::string diagnostic_events(const BuildReport& report) {
  std::string lines;
  for (const LocatedDiagnostic& diagnostic : report.diagnostics) {
    ordered_json json = event("diagnostic", generation_of(report));
    json["project"] = report.project;
    add_diagnostic(diagnostic, json);
    lines += line_of(json);
  }
  return lines;
}

std::string build_event(const ProjectRun& run, const PathDisplay& paths) {
  const BuildReport& report = run.result.report;
  ordered_json json = event("build", generation_of(report));
  json["project"] = report.project;
  json["root"] = shown_folder(paths, run.root);
  json["outcome"] = outcome_text(run.result);
  if (run.trigger) {
    json["reason"] = reason_text(run.trigger->reason);
    json["paths"] = run.trigger->paths;
    json["settleMicroseconds"] = run.trigger->settle_ns / 1000;
  }
  json["counts"] = counts_json(report);
  json["written"] = report.written;
  json["removed"] = report.removed;
  json["microseconds"] = report.wall_ns / 1000;
  if (run.result.error) {
    json["message"] = run.result.error->message;
  }
  if (run.explains) {
    json["compiledAll"] = run.compiled_all;
    json["compiled"] = ordered_json::array();
    for (const session::Recompiled& one : run.compiled) {
      json["compiled"].push_back({{"id", one.id}, {"cause", one.cause}});
    }
  }
  return line_of(json);
}

std::string config_event(const std::vector<LocatedDiagnostic>& diagnostics,
                         std::uint64_t generation) {
  ordered_json json = event("config", generation);
  json["diagnostics"] = diagnostics_json(diagnostics);
  return line_of(json);
}

std::string warning_event(const session::WatchRemark& remark, std::uint64_t generation) {
  ordered_json json = event("warning", generation);
  json["project"] = remark.project;
  json["kind"] = kind_text(remark.kind);
  json["message"] = remark.text;
  return line_of(json);
}

std::string failed_event(const std::string& message,
                         int exit_code,
                         const std::vector<LocatedDiagnostic>& diagnostics) {
  ordered_json json = event("failed", 0);
  json["message"] = message;
  json["exitCode"] = exit_code;
  json["diagnostics"] = diagnostics_json(diagnostics);
  return line_of(json);
}

std::string ready_event(const std::vector<WatchedProject>& projects,
                        std::uint64_t generation,
                        const PathDisplay& paths) {
  ordered_json json = event("ready", generation);
  json["projects"] = ordered_json::array();
  for (const WatchedProject& project : projects) {
    ordered_json one;
    one["project"] = project.name;
    one["root"] = shown_folder(paths, project.root);
    one["outDir"] = shown_folder(paths, project.out_dir);
    json["projects"].push_back(std::move(one));
  }
  return line_of(json);
}

// Put together as text: the bytes of the elements are those of the artifact, to the last digit of
// numbers that no reader of JSON could give back.
std::string delta_event(const std::string& project,
                        const artifact::Delta& delta,
                        const std::vector<session::ChangedSource>& sources) {
  ordered_json head = event("delta", delta.generation);
  head["project"] = project;
  head["base"] = delta.base ? ordered_json(base::to_hex(*delta.base)) : ordered_json();
  head["target"] = base::to_hex(delta.target);
  std::string line = line_of(head);
  // Goes on behind the last key.
  line.resize(line.rfind('}'));
  line += ",\"sources\":[";
  for (const session::ChangedSource& source : sources) {
    line += line.ends_with('[') ? "{\"path\":" : ",{\"path\":";
    base::append_json_string(line, source.path.text());
    line += ",\"fingerprint\":";
    line += source.fingerprint ? "\"" + base::to_hex(*source.fingerprint) + "\"" : "null";
    line += '}';
  }
  return line + "],\"delta\":" + on_one_line(artifact::delta_json(delta)) + "}\n";
}

std::string idle_event(const std::string& project,
                       std::uint64_t generation,
                       const base::Fingerprint& artifact_hash) {
  ordered_json json = event("idle", generation);
  json["project"] = project;
  json["artifact"] = base::to_hex(artifact_hash);
  return line_of(json);
}

std::string sync_event(std::uint64_t number, std::uint64_t generation) {
  ordered_json json = event("sync", generation);
  json["sync"] = number;
  return line_of(json);
}

std::string rejected_event(const std::string& message, std::uint64_t generation) {
  ordered_json json = event("rejected", generation);
  json["message"] = message;
  return line_of(json);
}

}  // namespace cli
