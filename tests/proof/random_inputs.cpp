#include <string>

#include "tests/proof/random_source.h"

namespace proof {
namespace {

// `text` most of the time: a schema that changes everywhere at once would show little.
std::string often(Random& random, std::string_view text, unsigned percent = 85) {
  return random.chance(percent) ? std::string(text) : std::string();
}

}  // namespace

std::string random_schema(Random& random) {
  std::string text = often(random, "\"\"\"The root.\"\"\"\n", 40);
  text += "type Query { me: User node(id: ID!): Node" +
          often(random, " find(where: Filter = {}): [Find!]!") + " }\n";
  text += often(random, "type Mutation { rename(role: Role!): User }\n");
  text += "interface Node { id: ID!" + often(random, " name: String", 30) + " }\n";
  text += "type User " + often(random, "implements Node ", 80) + "{\n  id: ID!\n";
  text += often(random, "  \"What people call them.\"\n", 30);
  text += random.chance(85) ? "  name: String!\n" : "  name: [String]\n";
  text += often(random, "  nick: String" + often(random, " @deprecated", 40) + "\n");
  text += often(random, "  role: Role!\n");
  text += "  friend: User\n  posts(first: Int" + often(random, " = 10", 70) + "): [Post!]!\n}\n";
  text += "type Post " + often(random, "implements Node ", 80) + "{ id: ID! " +
          often(random, "name: String ", 50) + "text: String! mine: Boolean! friend: User }\n";
  text += often(random, "type Other implements Node { id: ID! name: Int }\n", 20);
  text += "union Find = User" + often(random, " | Post", 80) + "\n";
  text += "enum Role { GUEST " + often(random, "ADMIN ") + "}\n";
  text += "input Filter { role: Role" + often(random, " = GUEST", 50) + " deep: Filter " +
          often(random, "text: String! ", 15) + "}\n";
  text += often(random, "directive @flag(on: Boolean" + often(random, "!", 50) + ") on FIELD\n");
  text += often(random, "type Mender { id: ID }\n", 20);
  text += often(random, "type Userr { id: ID }\n", 10);
  return text + often(random, "type Broken {\n", 3);
}

std::string random_config(Random& random) {
  constexpr std::string_view rules[] = {
      "",
      "",
      "  \"rules\": { \"NoUnusedFragments\": \"warn\", \"NoUnusedVariables\": \"warn\" },\n",
      "  \"rules\": { \"NoDeprecated\": \"warn\", \"UnresolvedInterpolation\": \"off\" },\n",
      "  \"rules\": { \"DuplicateDefinition\": \"off\", \"NoUnusedVariables\": \"off\" },\n",
      "  \"overrides\": [{ \"files\": \"src/lib/**\", \"rules\": { \"NoDeprecated\": \"error\" } "
      "}],\n"};
  constexpr std::string_view includes[] = {"",
                                           "",
                                           "",
                                           "",
                                           "  \"exclude\": \"src/lib/**\",\n",
                                           "  \"include\": [\"src/**\", \"packages/**\"],\n",
                                           "  \"include\": [\"**/*.ts\", \"../outside/*.ts\"],\n"};
  constexpr std::string_view tags[] = {"",
                                       "",
                                       "  \"globals\": [\"ExpA\"],\n",
                                       "  \"tagModules\": [\"./src/gql\", \"lodash\"],\n",
                                       "  \"defaultExcludes\": false,\n"};
  constexpr std::string_view outputs[] = {"",
                                          "",
                                          "",
                                          "  \"onError\": \"omit\",\n",
                                          "  \"moduleFormat\": \"cjs\",\n",
                                          "  \"maxFileSize\": 2500,\n",
                                          "  \"composer\": { \"modules\": [\"lodash\"] },\n",
                                          "  \"commitOutputs\": true,\n"};
  std::string text = "{\n";
  for (const std::string_view part : {random.one_of(rules),
                                      random.one_of(includes),
                                      random.one_of(tags),
                                      random.one_of(outputs)}) {
    text += part;
  }
  if (random.chance(25)) {
    text +=
        "  \"tags\": { \"adminGql\": \"admin\" },\n  \"schemas\": {\n"
        "    \"default\": \"schema.graphql\",\n    \"admin\": { \"schema\": \"admin.graphql\", "
        "\"include\": \"src/lib/**\" }\n  }\n}\n";
  } else {
    text += "  \"schema\": \"schema.graphql\"\n}\n";
  }
  return text;
}

std::string random_tsconfig(Random& random) {
  constexpr std::string_view texts[] = {
      "{ \"compilerOptions\": { \"paths\": { \"@/*\": [\"./src/*\"] } } }\n",
      "{ \"compilerOptions\": { \"paths\": { \"@/*\": [\"./alt/*\", \"./src/*\"] } } }\n",
      "{ \"compilerOptions\": { \"baseUrl\": \"src\" } }\n",
      "{ \"extends\": \"./tsconfig.base.json\" }\n",
      "{ \"compilerOptions\": {} }\n",
      "{ \"compilerOptions\": \n"};
  return std::string(random.one_of(texts));
}

std::string random_package(Random& random) {
  constexpr std::string_view texts[] = {
      "{ \"name\": \"ui\", \"exports\": { \".\": \"./index.ts\", \"./card\": \"./card.ts\" } }\n",
      "{ \"name\": \"ui\", \"exports\": { \".\": \"./card.ts\" } }\n",
      "{ \"name\": \"ui\", \"main\": \"card.ts\" }\n",
      "{ \"name\": \"uj\" }\n"};
  return std::string(random.one_of(texts));
}

}  // namespace proof
