#include "builder/slots.h"

namespace builder {
namespace {

// The first byte of a slot says what kind it is; the parts behind it are divided by a byte that no
// name holds.
constexpr char k_fragment = 'F';
constexpr char k_operation = 'O';
constexpr char k_definition = 'D';
constexpr char k_interface = 'I';
constexpr char k_names = 'N';
constexpr char k_text = 'T';
constexpr char k_schema = 'S';
constexpr char k_coordinate = 'C';
constexpr char k_divider = '\n';

graph::Slot make(char kind, std::string_view first) {
  graph::Slot slot(1, kind);
  return slot.append(first);
}

graph::Slot make(char kind, std::string_view first, std::string_view second) {
  graph::Slot slot = make(kind, first);
  slot += k_divider;
  return slot.append(second);
}

}  // namespace

graph::Slot fragment_slot(std::string_view label, std::string_view name) {
  return make(k_fragment, label, name);
}

graph::Slot operation_slot(std::string_view label, std::string_view name) {
  return make(k_operation, label, name);
}

graph::Slot definition_slot(std::string_view id) {
  return make(k_definition, id);
}

graph::Slot interface_slot(const base::SourcePath& path) {
  return make(k_interface, path.text());
}

graph::Slot names_slot(const base::SourcePath& path) {
  return make(k_names, path.text());
}

graph::Slot text_slot(const base::SourcePath& path) {
  return make(k_text, path.text());
}

graph::Slot schema_slot(std::string_view label) {
  return make(k_schema, label);
}

graph::Slot coordinate_slot(std::string_view label, std::string_view coordinate) {
  return make(k_coordinate, label, coordinate);
}

bool is_known_by_compiling(const graph::Slot& slot) {
  return slot[0] == k_text || slot[0] == k_schema;
}

std::string describe_slot(const graph::Slot& slot) {
  const std::string_view rest = std::string_view(slot).substr(1);
  const std::size_t divider = rest.find(k_divider);
  const std::string first(rest.substr(0, divider));
  const std::string second(divider == std::string_view::npos ? "" : rest.substr(divider + 1));
  switch (slot[0]) {
    case k_fragment:
      return "the fragment \"" + second + "\"";
    case k_operation:
      return "the operation \"" + second + "\"";
    case k_definition:
      return "the definition " + first;
    case k_interface:
      return "what " + first + " declares";
    case k_names:
      return "the definitions of " + first;
    case k_text:
      return "the text of " + first;
    case k_schema:
      return "the schema \"" + first + "\"";
    case k_coordinate:
      return "\"" + second + "\" of the schema \"" + first + "\"";
    default:
      return slot;
  }
}

std::string file_node_id(const base::SourcePath& path) {
  return k_divider + path.text();
}

bool is_file_node(std::string_view id) {
  return id.starts_with(k_divider);
}

}  // namespace builder
