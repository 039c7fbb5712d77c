#include "tests/proof/scenario_report.h"

#include <nlohmann/json.hpp>

#include "tests/session/build_text.h"

namespace proof {
namespace {

std::string lines(const std::vector<std::string>& items) {
  std::string text;
  for (const std::string& item : items) {
    text += item + "\n";
  }
  return text;
}

template <typename Item>
void append_changes(std::string& text,
                    const artifact::Changes<Item>& changes,
                    const std::string& kind) {
  for (const Item& item : changes.added) {
    text += "+ " + kind + item.id + "\n";
  }
  for (const Item& item : changes.updated) {
    text += "~ " + kind + item.id + "\n";
  }
  for (const std::string& id : changes.removed) {
    text += "- " + kind + id + "\n";
  }
}

// The elements, then the chunks; that schemas changed shows only in the hashes.
std::string delta_text(const std::optional<artifact::Delta>& delta) {
  if (!delta) {
    return "(none)\n";
  }
  std::string text = delta->base ? "" : "(everything)\n";
  append_changes(text, delta->elements, "");
  append_changes(text, delta->chunks, "chunk ");
  if (text.empty()) {
    text = delta->empty() ? "" : "(schemas)\n";
  }
  return text;
}

std::string documents_text(const Outputs& outputs) {
  const auto artifact = outputs.find("artifact.json");
  if (artifact == outputs.end()) {
    return "(no artifact)\n";
  }
  std::string text;
  const nlohmann::ordered_json json =
      nlohmann::ordered_json::parse(artifact->second, nullptr, false);
  for (const auto& [id, element] : json["elements"].items()) {
    text += "--- " + id + "\n" + element["prebuild"].value("document", "") + "\n";
  }
  return text;
}

}  // namespace

std::string expectation_text(const std::string& what, const StepOutcome& outcome) {
  if (outcome.is_killed) {
    return "(killed)\n";
  }
  if (what == "outcome") {
    return session::outcome_text(outcome.build.outcome, outcome.build.error);
  }
  if (what == "diagnostics") {
    return session::diagnostics_text(outcome.build.diagnostics);
  }
  if (what == "recompiled") {
    return lines(outcome.build.recompiled);
  }
  if (what == "delta") {
    return delta_text(outcome.build.delta);
  }
  if (what == "counters") {
    return outcome.build.counters;
  }
  if (what == "reads") {
    return lines(outcome.reads);
  }
  if (what == "writes") {
    return lines(outcome.writes);
  }
  if (what == "documents") {
    return documents_text(outcome.outputs);
  }
  const auto output = outcome.outputs.find(what);
  return output == outcome.outputs.end() ? "(no such output)\n" : output->second;
}

}  // namespace proof
