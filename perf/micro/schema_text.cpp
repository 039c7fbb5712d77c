#include "perf/micro/schema_text.h"

#include <array>

namespace micro {
namespace {

constexpr std::size_t k_entity_count = 800;

struct Leaf {
  const char* name;
  const char* type;
};
// A field's name decides its type, so that no two selections ever conflict.
constexpr std::array<Leaf, 16> k_leaves = {{{"name", "String!"},
                                            {"title", "String!"},
                                            {"slug", "String!"},
                                            {"summary", "String"},
                                            {"email", "String"},
                                            {"locale", "String!"},
                                            {"imageUrl", "URL"},
                                            {"position", "Int!"},
                                            {"viewCount", "Int!"},
                                            {"score", "Float"},
                                            {"amount", "Money!"},
                                            {"isActive", "Boolean!"},
                                            {"canEdit", "Boolean!"},
                                            {"tags", "[String!]!"},
                                            {"startsAt", "DateTime"},
                                            {"publishedAt", "DateTime"}}};
constexpr std::array<const char*, 4> k_sentences = {
    "Sorted by the server, newest first.",
    "The server sends amounts in the smallest unit of the currency, never as fractions.",
    "An empty list means everything; see the documentation of the filter.",
    "Older clients send this without a time zone: then it is that of the account."};

const char* sentence(std::size_t number) {
  return k_sentences[number % k_sentences.size()];
}

bool has_leaf(std::size_t entity, std::size_t leaf) {
  return leaf < 3 || (entity * 7 + leaf * 5) % 3 != 0;
}

void append_leaves(std::string& out, std::size_t entity, bool is_input) {
  for (std::size_t i = 0; i < k_leaves.size(); ++i) {
    if (!has_leaf(entity, i)) {
      continue;
    }
    std::string type = k_leaves[i].type;
    if (is_input && type.back() == '!') {
      type.pop_back();
    }
    if (!is_input && (entity + i) % 2 == 0) {
      out.append("  \"\"\"").append(sentence(entity + i)).append("\"\"\"\n");
    }
    out.append("  ").append(k_leaves[i].name).append(": ").append(type).append("\n");
  }
}

void append_entity(std::string& out, std::size_t number) {
  const std::string name = entity_name(number);
  out.append("\"\"\"\n").append(sentence(number)).append("\n\n");
  out.append(sentence(number + 1)).append("\n\"\"\"\n");
  out.append("type " + name + " implements Node {\n  id: ID!\n  createdAt: DateTime!\n");
  append_leaves(out, number, false);
  out.append("  status: " + name + "Status!\n");
  out.append("  parent: " + entity_name(parent_of(number)) + "\n");
  out.append("  children(first: Int = 20, after: String): " + name + "Connection!\n");
  out.append("  legacyNumber: Int @deprecated(reason: \"Use `id`.\")\n}\n\n");
  out.append("enum " + name + "Status {\n  ACTIVE\n  DRAFT\n  ARCHIVED\n}\n\n");
  out.append("type " + name + "Edge {\n  cursor: String!\n  node: " + name + "!\n}\n\n");
  out.append("type " + name + "Connection {\n  edges: [" + name + "Edge!]!\n");
  out.append("  totalCount: Int!\n}\n\n");
  out.append("input " + name + "Filter {\n  ids: [ID!]\n  status: [" + name + "Status!]\n");
  out.append("  search: String\n}\n\n");
  out.append("input Create" + name + "Input {\n  clientMutationId: String\n");
  append_leaves(out, number, true);
  out.append("}\n\n");
}

void append_leaf_names(std::string& out, std::size_t entity, std::size_t step, const char* indent) {
  for (std::size_t i = 0; i < k_leaves.size(); i += step) {
    if (has_leaf(entity, i)) {
      out.append(indent).append(k_leaves[i].name).append("\n");
    }
  }
}

}  // namespace

std::string entity_name(std::size_t number) {
  constexpr std::array<const char*, 8> k_first = {
      "Billing", "Custom", "Digital", "Guest", "Market", "Partner", "Seasonal", "Shared"};
  constexpr std::array<const char*, 10> k_second = {"Account",
                                                    "Basket",
                                                    "Category",
                                                    "Invoice",
                                                    "Location",
                                                    "Milestone",
                                                    "Promotion",
                                                    "Receipt",
                                                    "Shipment",
                                                    "Warehouse"};
  std::string name = k_first[number % k_first.size()];
  name.append(k_second[number / k_first.size() % k_second.size()]);
  return name + std::to_string(number);
}

std::size_t parent_of(std::size_t entity) {
  return entity * 13 % k_entity_count;
}

std::size_t entity_count() {
  return k_entity_count;
}

std::string make_schema_text() {
  std::string out =
      "scalar DateTime\nscalar Money\nscalar URL\n\n"
      "\"\"\"An object that can be fetched again by its id.\"\"\"\n"
      "interface Node {\n  id: ID!\n}\n\n";
  std::string query = "type Query {\n  node(id: ID!): Node\n";
  std::string mutation = "type Mutation {\n";
  for (std::size_t i = 0; i < k_entity_count; ++i) {
    const std::string name = entity_name(i);
    append_entity(out, i);
    query.append("  get" + name + "(id: ID!): " + name + "\n");
    query.append("  list" + name + "(first: Int = 20, after: String, filter: " + name +
                 "Filter): " + name + "Connection!\n");
    mutation.append("  create" + name + "(input: Create" + name + "Input!): " + name + "\n");
  }
  return out + query + "}\n\n" + mutation + "}\n";
}

std::string fragment_name(std::size_t entity) {
  return "Row_" + entity_name(entity);
}

std::string make_fragment_text(std::size_t entity) {
  std::string out = "fragment " + fragment_name(entity) + " on " + entity_name(entity) + " {\n";
  out.append("  id\n");
  append_leaf_names(out, entity, 1, "  ");
  return out + "  parent {\n    id\n    name\n  }\n}";
}

std::string make_operation_text(std::size_t number) {
  const std::size_t entity = number % k_entity_count;
  const std::string name = entity_name(entity);
  const std::string spread = "..." + fragment_name(parent_of(entity)) + "\n";
  std::string out = "query Page" + std::to_string(number);
  if (number % 2 == 0) {
    out.append("($id: ID!) {\n  get" + name + "(id: $id) {\n    id\n");
    append_leaf_names(out, entity, 2, "    ");
    return out + "    parent {\n      " + spread + "    }\n  }\n}";
  }
  out.append("($first: Int!, $after: String, $filter: " + name + "Filter) {\n  list" + name);
  out.append("(first: $first, after: $after, filter: $filter) {\n    edges {\n      cursor\n");
  out.append("      node {\n        id\n");
  append_leaf_names(out, entity, 3, "        ");
  out.append("        parent {\n          " + spread + "        }\n      }\n    }\n");
  return out + "    totalCount\n  }\n}";
}

}  // namespace micro
