#pragma once

#include "session/saved/compiled_fields.h"
#include "session/saved/session_state.h"

// How what a build reported is saved.
namespace session {

template <>
struct Fields<base::Position> {
  static void visit(auto& archive, auto& position) {
    auto& [line, column] = position;
    archive(line, column);
  }
};

template <>
struct Fields<FrameLine> {
  static void visit(auto& archive, auto& one) {
    auto& [number, text, first_column] = one;
    archive(number, text, first_column);
  }
};

template <>
struct Fields<LocatedPlace> {
  static void visit(auto& archive, auto& place) {
    auto& [path, start, end, lines, message] = place;
    archive(path, start, end, lines, message);
  }
};

template <>
struct Fields<LocatedDiagnostic> {
  static void visit(auto& archive, auto& diagnostic) {
    auto& [severity, code, message, place, related, blocked] = diagnostic;
    archive(severity, code, message, place, related, blocked);
  }
};

/// Only what is about the project, and not about the work of a build.
template <>
struct Fields<SavedReport> {
  static void visit(auto& archive, auto& saved) {
    auto& [has_errors, report] = saved;
    archive(has_errors, report.diagnostics, report.error_count, report.warning_count);
    archive(report.files_scanned, report.operations, report.fragments);
    archive(report.definitions_failed, report.type_system_templates);
  }
};

}  // namespace session
