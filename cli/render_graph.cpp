#include "cli/render_graph.h"

#include <map>

#include <nlohmann/json.hpp>

#include "cli/render_json.h"
#include "cli/text_cells.h"

namespace cli {
namespace {

using nlohmann::ordered_json;
using session::GraphNode;

std::string text_of(const ordered_json& json) {
  // File names need not be UTF-8; what is not becomes U+FFFD.
  return json.dump(-1, ' ', false, ordered_json::error_handler_t::replace);
}

ordered_json node_json(const GraphNode& node) {
  ordered_json json;
  json["id"] = node.id;
  json["path"] = node.path.text();
  json["type"] = node.type;
  json["state"] = node.state;
  json["uses"] = node.uses;
  return json;
}

std::string json_text(const std::vector<GraphNode>& nodes) {
  std::string text = "{\n  \"version\": 1,\n  \"nodes\": [";
  const char* divider = "\n    ";
  for (const GraphNode& node : nodes) {
    text += divider + text_of(node_json(node));
    divider = ",\n    ";
  }
  return text + (nodes.empty() ? "" : "\n  ") + "]\n}\n";
}

/// The part of an id behind its path.
std::string name_of(const GraphNode& node) {
  return node.id.substr(node.path.text().size() + 2);
}

std::string dot_quoted(const std::string& text) {
  std::string quoted = "\"";
  for (const char c : printable(text)) {
    quoted += c == '"' || c == '\\' ? std::string("\\") + c : std::string(1, c);
  }
  return quoted + "\"";
}

std::string dot_text(const std::vector<GraphNode>& nodes) {
  std::string text = "digraph builder {\n  rankdir=LR;\n  node [fontname=\"sans-serif\"];\n";
  for (const GraphNode& node : nodes) {
    text += "  " + dot_quoted(node.id) +
            " [label=" + dot_quoted(name_of(node) + " - " + node.path.text());
    text += node.type == "operation" ? ", shape=box" : "";
    text += node.state == "good" ? "" : ", color=red";
    text += "];\n";
  }
  for (const GraphNode& node : nodes) {
    for (const std::string& used : node.uses) {
      text += "  " + dot_quoted(node.id) + " -> " + dot_quoted(used) + ";\n";
    }
  }
  return text + "}\n";
}

/// Text between the quotes of a label: what would end it, and what would be markup, as entities.
std::string mermaid_text(const std::string& text) {
  std::string escaped;
  for (const char c : printable(text)) {
    switch (c) {
      case '"':
        escaped += "#quot;";
        break;
      case '#':
        escaped += "#35;";
        break;
      case '<':
        escaped += "#lt;";
        break;
      case '>':
        escaped += "#gt;";
        break;
      default:
        escaped += c;
    }
  }
  return escaped;
}

std::string mermaid_text(const std::vector<GraphNode>& nodes) {
  std::string text = "flowchart LR\n";
  std::map<std::string, std::string> names;
  for (const GraphNode& node : nodes) {
    const std::string name = "n" + std::to_string(names.size());
    names.emplace(node.id, name);
    const bool is_operation = node.type == "operation";
    text += "  " + name + (is_operation ? "[\"" : "([\"") + mermaid_text(name_of(node)) + "<br/>" +
            mermaid_text(node.path.text()) + (is_operation ? "\"]" : "\"])") +
            (node.state == "good" ? "" : ":::broken") + "\n";
  }
  for (const GraphNode& node : nodes) {
    for (const std::string& used : node.uses) {
      const auto target = names.find(used);
      if (target != names.end()) {
        text += "  " + names.at(node.id) + " --> " + target->second + "\n";
      }
    }
  }
  return text + "  classDef broken stroke:#c00\n";
}

void add_list(const char* title, const std::vector<std::string>& items, std::string& text) {
  if (items.empty()) {
    return;
  }
  text += std::string("  ") + title + ":\n";
  for (const std::string& item : items) {
    text += "    " + printable(item) + "\n";
  }
}

}  // namespace

std::string graph_text(const std::vector<GraphNode>& nodes, GraphCommand::Form form) {
  switch (form) {
    case GraphCommand::Form::json:
      return json_text(nodes);
    case GraphCommand::Form::dot:
      return dot_text(nodes);
    case GraphCommand::Form::mermaid:
      return mermaid_text(nodes);
  }
  return {};
}

std::string explanation_text(const session::Explanation& explanation) {
  const GraphNode& node = explanation.node;
  std::string text = printable(node.id) + ": " + node.type + ", " +
                     (node.state == "good"     ? "built"
                      : node.state == "failed" ? "not built: " + printable(explanation.failure)
                                               : "not built, because what it uses is not") +
                     "\n";
  text += "  compiled last because ";
  text += explanation.reason.empty() ? "nothing had been known of it\n"
                                     : printable(explanation.reason) + " had changed\n";
  if (!explanation.module.empty()) {
    text += "  module: " + printable_name(explanation.module) + "\n";
  }
  add_list("uses", node.uses, text);
  add_list("used by", explanation.used_by, text);
  add_list("depends on", explanation.depends_on, text);
  return text;
}

std::string explanation_event(const session::Explanation& explanation) {
  ordered_json json;
  json["event"] = "explain";
  json["protocol"] = k_protocol;
  json["generation"] = 0;
  json.update(node_json(explanation.node));
  json["failure"] = explanation.failure;
  json["reason"] = explanation.reason;
  json["module"] = explanation.module;
  json["usedBy"] = explanation.used_by;
  json["dependsOn"] = explanation.depends_on;
  return text_of(json) + "\n";
}

}  // namespace cli
