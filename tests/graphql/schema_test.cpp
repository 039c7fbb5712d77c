#include "graphql/schema.h"

#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "graphql/parser.h"
#include "tests/graphql/schema_text.h"
#include "tests/support/printers.h"

using graphql::name_of;
using graphql::OperationType;
using graphql::Schema;
using graphql::SchemaType;
using graphql::TypeId;

namespace {

constexpr const char* k_zoo = R"(
  schema { query: Root mutation: Change }
  "Everything that lives."
  interface Being { id: ID! }
  interface Animal implements Being { id: ID! name(short: Boolean = false): String }
  type Dog implements Being & Animal { id: ID! name(short: Boolean = false): String barks: Boolean }
  type Cat implements Being & Animal { id: ID! name(short: Boolean = false): String }
  type Rose implements Being { id: ID! color: Color }
  union Pet = Dog | Cat
  union Plant = Rose
  enum Color { RED WHITE @deprecated }
  input Filter { color: Color = RED, limit: Int! }
  scalar Date @specifiedBy(url: "https://example.com/date")
  type Root { pets(filter: Filter): [Pet!]! born: Date }
  type Change { rename(id: ID!, name: String): Animal }
  directive @tag(name: String!) repeatable on OBJECT | FIELD_DEFINITION
)";

std::vector<std::string> names(const Schema& schema, const graphql::List<TypeId>& ids) {
  std::vector<std::string> texts;
  for (const TypeId id : ids) {
    texts.emplace_back(schema.type(id).name.text);
  }
  return texts;
}

TypeId id_of(const Schema& schema, std::string_view name) {
  const SchemaType* const type = schema.find_type(name_of(name));
  return type == nullptr ? graphql::k_no_type : type->id;
}

using Texts = std::vector<std::string>;

struct SubTypeCase {
  const char* name;
  const char* sub;
  const char* super;
  bool is_sub_type;
};

const SubTypeCase k_sub_type_cases[] = {
    {"a type of itself", "Dog", "Dog", true},
    {"an object of its interface", "Dog", "Animal", true},
    {"an interface of the one that it implements", "Animal", "Being", true},
    {"not the other way round", "Being", "Animal", false},
    {"a member of its union", "Cat", "Pet", true},
    {"not an object of a union without it", "Rose", "Pet", false},
    {"non-null of nullable", "Dog!", "Animal", true},
    {"not nullable of non-null", "Dog", "Animal!", false},
    {"non-null of non-null", "Dog!", "Animal!", true},
    {"a list by its items", "[Dog!]!", "[Animal]", true},
    {"not a list of its item's type", "[Dog]", "Dog", false},
    {"not an item of a list", "Dog", "[Dog]", false},
    {"lists of lists", "[[Dog!]]!", "[[Pet]]", true},
};

graphql::TypeRef type_ref(const Schema& schema, std::string_view text, graphql::Arena& arena) {
  const graphql::ParsedType parsed = graphql::parse_type(text);
  REQUIRE(parsed.type != nullptr);
  return schema.resolve(*parsed.type, arena);
}

}  // namespace

TEST_SUITE("graphql/schema") {
  TEST_CASE("types are found by name, and only those that the schema has") {
    const auto loaded = load({k_zoo});
    REQUIRE(load_errors({k_zoo}).empty());
    const Schema& schema = *loaded.schema;

    CHECK(schema.find_type(name_of("Dog"))->kind == graphql::TypeKind::object);
    CHECK(schema.find_type(name_of("Date"))->specified_by_url == "https://example.com/date");
    CHECK(schema.find_type(name_of("Being"))->description == "Everything that lives.");
    CHECK(schema.find_type(name_of("Int")) != nullptr);
    CHECK(schema.find_type(name_of("Float")) == nullptr);
    CHECK(schema.find_type(name_of("__Type"))->is_introspection);
    CHECK(schema.find_type(name_of("Nope")) == nullptr);
  }

  TEST_CASE("the order of types is that of the reference's type map") {
    const auto loaded = load({"type Query { a: Int b: Int } type B { c: Float } "});

    CHECK(names(*loaded.schema, loaded.schema->type_order()) == Texts{"Query",
                                                                      "Int",
                                                                      "B",
                                                                      "Float",
                                                                      "Boolean",
                                                                      "String",
                                                                      "__Schema",
                                                                      "__Type",
                                                                      "__TypeKind",
                                                                      "__Field",
                                                                      "__InputValue",
                                                                      "__EnumValue",
                                                                      "__Directive",
                                                                      "__DirectiveLocation"});
  }

  TEST_CASE("members are found by name, with and without the table for many") {
    std::string many = "type Query {";
    for (int i = 0; i < 100; ++i) {
      many += " f" + std::to_string(i) + ": Int";
    }
    const auto loaded = load({k_zoo});
    const auto large = load({many + " } enum E { A B }"});
    const Schema& schema = *loaded.schema;
    const SchemaType& query = *large.schema->root_type(OperationType::query);

    const SchemaType& filter = *schema.find_type(name_of("Filter"));
    CHECK(schema.find_input_field(filter, name_of("color"))->default_value == "RED");
    CHECK(schema.find_input_field(filter, name_of("limit"))->is_required());
    CHECK(schema.find_input_field(filter, name_of("colour")) == nullptr);
    const SchemaType& color = *schema.find_type(name_of("Color"));
    CHECK_FALSE(schema.find_enum_value(color, name_of("RED"))->is_deprecated());
    CHECK(schema.find_enum_value(color, name_of("WHITE"))->deprecation_reason ==
          "No longer supported");
    for (const graphql::SchemaField& field : query.fields) {
      CHECK(large.schema->find_field(query, field.name) == &field);
    }
    CHECK(large.schema->find_field(query, name_of("f100")) == nullptr);
  }

  TEST_CASE("arguments are found by name in the list that is asked, few or many") {
    std::string many;
    for (int i = 0; i < 100; ++i) {
      many += " a" + std::to_string(i) + ": Int";
    }
    const auto loaded = load({"type Query { f(" + many + " x: Int): Int g(y: Int" + many +
                              "): Int } directive @d(" + many + " z: Int) on FIELD"});
    const Schema& schema = *loaded.schema;
    const SchemaType& query = *schema.root_type(OperationType::query);
    const auto& f = query.fields[0].arguments;
    const auto& g = query.fields[1].arguments;
    const auto& d = schema.find_directive(name_of("d"))->arguments;
    for (const auto* list : {&f, &g, &d}) {
      for (const graphql::SchemaInputValue& argument : *list) {
        CHECK(schema.find_argument(*list, argument.name) == &argument);
      }
    }
    CHECK(schema.find_argument(f, name_of("y")) == nullptr);
    CHECK(schema.find_argument(g, name_of("z")) == nullptr);
    CHECK(schema.find_argument(d, name_of("x")) == nullptr);
  }

  TEST_CASE("introspection fields may be selected at the query root alone, __typename anywhere") {
    const auto loaded = load({k_zoo});
    const Schema& schema = *loaded.schema;
    const SchemaType& root = *schema.root_type(OperationType::query);
    const SchemaType& pet = *schema.find_type(name_of("Pet"));
    const SchemaType& color = *schema.find_type(name_of("Color"));

    CHECK(schema.to_text(schema.find_selectable_field(root, name_of("__schema"))->type) ==
          "__Schema!");
    const graphql::SchemaField& type_field = *schema.find_selectable_field(root, name_of("__type"));
    CHECK(schema.find_argument(type_field.arguments, name_of("name"))->is_required());
    CHECK(schema.find_selectable_field(pet, name_of("__schema")) == nullptr);
    CHECK(schema.to_text(schema.find_selectable_field(pet, name_of("__typename"))->type) ==
          "String!");
    CHECK(schema.find_selectable_field(color, name_of("__typename")) == nullptr);
    CHECK(schema.find_selectable_field(root, name_of("born")) != nullptr);
  }

  TEST_CASE("root types are those that the schema names") {
    const auto named = load({k_zoo});
    const auto usual = load({"type Query { a: Int } type Subscription { a: Int }"});

    CHECK(named.schema->root_type(OperationType::query)->name == "Root");
    CHECK(named.schema->root_type(OperationType::mutation)->name == "Change");
    CHECK(named.schema->root_type(OperationType::subscription) == nullptr);
    CHECK(usual.schema->root_type(OperationType::query)->name == "Query");
    CHECK(usual.schema->root_type(OperationType::mutation) == nullptr);
    CHECK(usual.schema->root_type(OperationType::subscription)->name == "Subscription");
  }

  TEST_CASE("possible types are the objects behind a type") {
    const auto loaded = load({k_zoo});
    const Schema& schema = *loaded.schema;
    const auto possible = [&](std::string_view name) {
      return names(schema, schema.type(id_of(schema, name)).possible_types);
    };

    CHECK(possible("Being") == Texts{"Dog", "Cat", "Rose"});
    CHECK(possible("Animal") == Texts{"Dog", "Cat"});
    CHECK(possible("Pet") == Texts{"Dog", "Cat"});
    CHECK(possible("Rose") == Texts{"Rose"});
    CHECK(names(schema, schema.type(id_of(schema, "Being")).implementing_interfaces) ==
          Texts{"Animal"});
    CHECK(schema.overlap(id_of(schema, "Being"), id_of(schema, "Plant")));
    CHECK_FALSE(schema.overlap(id_of(schema, "Pet"), id_of(schema, "Plant")));
    CHECK_FALSE(schema.overlap(id_of(schema, "Rose"), id_of(schema, "Animal")));
  }

  TEST_CASE("subtypes") {
    const auto loaded = load({k_zoo});
    const Schema& schema = *loaded.schema;
    graphql::Arena arena;
    for (const SubTypeCase& row : k_sub_type_cases) {
      SUBCASE(row.name) {
        CHECK(schema.is_sub_type(type_ref(schema, row.sub, arena),
                                 type_ref(schema, row.super, arena)) == row.is_sub_type);
      }
    }
  }

  TEST_CASE("a reference to a type is printed as it was written, however deep") {
    const auto loaded = load({k_zoo});
    graphql::Arena arena;
    const std::string deep = std::string(400, '[') + "Dog!" + std::string(400, ']');

    for (const std::string text : {"Dog", "Dog!", "[Dog]", "[[Dog!]!]!", "[[[Dog]!]]"}) {
      CHECK(loaded.schema->to_text(type_ref(*loaded.schema, text, arena)) == text);
    }
    CHECK(loaded.schema->to_text(type_ref(*loaded.schema, deep, arena)) == deep);
    CHECK(type_ref(*loaded.schema, "[Nope]", arena).named() == graphql::k_no_type);
  }

  TEST_CASE("directives know where they may stand") {
    const auto loaded = load({k_zoo});
    const graphql::SchemaDirective& tag = *loaded.schema->find_directive(name_of("tag"));

    CHECK(tag.is_repeatable);
    CHECK_FALSE(tag.is_specified);
    CHECK(tag.allows(graphql::DirectiveLocation::object));
    CHECK_FALSE(tag.allows(graphql::DirectiveLocation::field));
    CHECK(loaded.schema->find_argument(tag.arguments, name_of("name"))->is_required());
    CHECK(loaded.schema->find_argument(tag.arguments, name_of("nome")) == nullptr);
    CHECK(loaded.schema->find_directive(name_of("oneOf"))->is_specified);
    CHECK(loaded.schema->find_directive(name_of("defer")) == nullptr);
  }

  TEST_CASE("a schema lives without the texts that it was made of") {
    graphql::LoadedSchema loaded;
    {
      const std::string text =
          "\"\"\"\n  A\n    B\n\"\"\" type Query { a: Int @deprecated(reason: \"x\\ny\") }";
      loaded = load({text});
    }
    const SchemaType& query = *loaded.schema->root_type(OperationType::query);

    CHECK(query.name.text == "Query");
    CHECK(query.description == "A\n  B");
    CHECK(query.fields[0].deprecation_reason == "x\ny");
  }
}
