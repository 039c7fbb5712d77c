#include "cli/render_json.h"

#include <algorithm>

#include <nlohmann/json.hpp>

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

ordered_json diagnostics_json(const std::vector<LocatedDiagnostic>& diagnostics) {
  ordered_json list = ordered_json::array();
  for (const LocatedDiagnostic& diagnostic : diagnostics) {
    ordered_json json;
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
    list.push_back(std::move(json));
  }
  return list;
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

}  // namespace

std::string build_event(const ProjectRun& run, const PathDisplay& paths) {
  const BuildReport& report = run.result.report;
  // A build that commits nothing, and one from scratch, is the first of its kind.
  ordered_json json = event("build", std::max<std::uint64_t>(report.generation, 1));
  json["project"] = report.project;
  const std::string root = base::SourcePath::relative_to(paths.from, run.root).text();
  json["root"] = root.empty() ? "." : root;
  json["outcome"] = outcome_text(run.result);
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
  json["diagnostics"] = diagnostics_json(report.diagnostics);
  return line_of(json);
}

std::string config_event(const std::vector<LocatedDiagnostic>& diagnostics) {
  ordered_json json = event("config", 0);
  json["diagnostics"] = diagnostics_json(diagnostics);
  return line_of(json);
}

std::string warning_event(const std::string& message) {
  ordered_json json = event("warning", 0);
  json["message"] = message;
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

}  // namespace cli
