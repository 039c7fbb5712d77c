#include "session/report_json.h"

#include <nlohmann/json.hpp>

namespace session {
namespace {

using nlohmann::ordered_json;

constexpr int k_report_version = 1;

ordered_json place_json(const LocatedPlace& place) {
  if (place.path.empty()) {
    return nullptr;
  }
  ordered_json json;
  json["path"] = place.path.text();
  json["line"] = place.start.line;
  json["column"] = place.start.column;
  return json;
}

ordered_json diagnostic_json(const LocatedDiagnostic& diagnostic) {
  ordered_json json;
  json["code"] = diagnostic.code;
  json["severity"] = base::to_text(diagnostic.severity);
  json["message"] = diagnostic.message;
  json["place"] = place_json(diagnostic.place);
  json["blocked"] = diagnostic.blocked;
  return json;
}

ordered_json counters_json(const BuildReport& report) {
  ordered_json json;
  json["filesScanned"] = report.files_scanned;
  json["filesRead"] = report.files_read;
  json["filesParsed"] = report.files_parsed;
  json["parseReasons"] = report.parse_reasons;
  json["bytesRead"] = report.bytes_read;
  json["hits"] = report.cache_hits;
  json["misses"] = report.cache_misses;
  json["skips"] = report.cache_skips;
  json["rehashed"] = report.cache_rehashed;
  json["definitionsCompiled"] = report.definitions_compiled;
  json["operations"] = report.operations;
  json["fragments"] = report.fragments;
  json["definitionsNotBuilt"] = report.definitions_failed;
  json["typeSystemTemplates"] = report.type_system_templates;
  json["errors"] = report.error_count;
  json["warnings"] = report.warning_count;
  return json;
}

}  // namespace

std::string report_json(const BuildReport& report) {
  ordered_json json;
  json["version"] = k_report_version;
  json["project"] = report.project;
  json["counters"] = counters_json(report);
  ordered_json phases = ordered_json::array();
  for (const PhaseTime& phase : report.phases) {
    phases.push_back({{"name", phase.name}, {"microseconds", phase.wall_ns / 1000}});
  }
  json["phases"] = std::move(phases);
  json["microseconds"] = report.wall_ns / 1000;
  ordered_json diagnostics = ordered_json::array();
  for (const LocatedDiagnostic& diagnostic : report.diagnostics) {
    diagnostics.push_back(diagnostic_json(diagnostic));
  }
  json["diagnostics"] = std::move(diagnostics);
  // Paths need not be UTF-8; what is not becomes U+FFFD.
  return json.dump(2, ' ', false, ordered_json::error_handler_t::replace) + "\n";
}

}  // namespace session
