#include "cli/render_github.h"

#include <string_view>

namespace cli {
namespace {

/// Workflow commands end at a line break, and know no other escapes than these.
std::string escape(std::string_view text, bool is_property) {
  std::string result;
  for (const char c : text) {
    switch (c) {
      case '%':
        result += "%25";
        break;
      case '\r':
        result += "%0D";
        break;
      case '\n':
        result += "%0A";
        break;
      case ':':
        result += is_property ? "%3A" : ":";
        break;
      case ',':
        result += is_property ? "%2C" : ",";
        break;
      default:
        result += c;
    }
  }
  return result;
}

}  // namespace

std::string annotation(const session::LocatedDiagnostic& diagnostic,
                       const std::string& root,
                       const PathDisplay& paths) {
  std::string text = "::";
  text += base::to_text(diagnostic.severity);
  std::string properties;
  const session::LocatedPlace& place = diagnostic.place;
  if (!place.path.empty()) {
    properties += "file=" + escape(paths.shown(root, place.path), true) + ",";
  }
  if (!place.lines.empty()) {
    properties += "line=" + std::to_string(place.start.line) +
                  ",endLine=" + std::to_string(place.end.line) + ",";
    // GitHub takes columns only where both ends are in one line.
    if (place.start.line == place.end.line) {
      properties += "col=" + std::to_string(place.start.column) +
                    ",endColumn=" + std::to_string(place.end.column) + ",";
    }
  }
  properties += "title=" + escape(diagnostic.code, true);
  std::string message = diagnostic.message;
  for (const session::LocatedPlace& related : diagnostic.related) {
    message += "\n" + (related.message.empty() ? std::string("see also") : related.message) + ": " +
               paths.shown(root, related.path);
    if (!related.lines.empty()) {
      message += ":" + std::to_string(related.start.line);
    }
  }
  return text + " " + properties + "::" + escape(message, false) + "\n";
}

std::string annotation(const std::string& message) {
  return "::error::" + escape(message, false) + "\n";
}

std::string warning_annotation(const std::string& message) {
  return "::warning::" + escape(message, false) + "\n";
}

}  // namespace cli
