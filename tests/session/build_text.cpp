#include "tests/session/build_text.h"

namespace session {
namespace {

std::string place_text(const LocatedPlace& place) {
  if (place.path.empty()) {
    return "-";
  }
  const std::string start =
      std::to_string(place.start.line) + ":" + std::to_string(place.start.column);
  const std::string end = std::to_string(place.end.line) + ":" + std::to_string(place.end.column);
  return place.path.text() + ":" + start + "-" + end;
}

}  // namespace

std::string outcome_text(BuildResult::Outcome outcome, const std::optional<base::Error>& error) {
  using Outcome = BuildResult::Outcome;
  switch (outcome) {
    case Outcome::built:
      return "built\n";
    case Outcome::has_errors:
      return "has errors\n";
    case Outcome::differs:
      return "differs\n";
    case Outcome::refused:
      return "refused" + (error ? ": " + error->message : "") + "\n";
    case Outcome::failed:
      return "failed" + (error ? ": " + error->message : "") + "\n";
  }
  return "";
}

std::string diagnostics_text(const std::vector<LocatedDiagnostic>& diagnostics) {
  std::string text;
  for (const LocatedDiagnostic& diagnostic : diagnostics) {
    text += place_text(diagnostic.place) + " " + std::string(base::to_text(diagnostic.severity)) +
            " " + diagnostic.code + ": " + diagnostic.message;
    text +=
        diagnostic.blocked > 0 ? " [blocks " + std::to_string(diagnostic.blocked) + "]\n" : "\n";
    for (const LocatedPlace& related : diagnostic.related) {
      text += "  " + place_text(related) + (related.message.empty() ? "" : " ") + related.message +
              "\n";
    }
  }
  return text;
}

}  // namespace session
