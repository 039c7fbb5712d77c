#include "tests/proof/random_source.h"

#include <algorithm>
#include <vector>

namespace proof {
namespace {

constexpr std::string_view k_fragments[] = {"FragA", "FragB", "FragC", "FragD", "FragE"};
constexpr std::string_view k_operations[] = {
    "OperA", "OperB", "OperC", "OperD", "OperF", "OperG", "OperH", "FragA"};
constexpr std::string_view k_types[] = {"User", "Post", "Node", "Find", "Gone"};
constexpr std::string_view k_fields[] = {
    "id", "name", "nick", "text", "mine", "role", "__typename"};
constexpr std::string_view k_exports[] = {"ExpA", "ExpB", "ExpC", "gql", "Text", "default"};
// What a file may import from: by every kind of specifier, some of which lead nowhere.
constexpr std::string_view k_specifiers[] = {
    "graphql-tag", "./gql",          "./barrel",     "./lib",
    "./lib/d",     "./lib/consts",   "./d",          "./e",
    "../gql",      "../lib/e",       "@/lib/d",      "@/gql",
    "ui",          "ui/card",        "./c",          "./lib/d.js",
    "lodash",      "../barrel",      "../alt/lib/d", "../../outside/o",
    "./index",     "../../outside/p"};
constexpr std::string_view k_tags[] = {"gql", "gql", "gql", "gql", "graphql", "ExpA", "adminGql"};

std::string text_of(std::string_view text) {
  return std::string(text);
}

std::string import_line(Random& random) {
  const std::string specifier = text_of(random.one_of(k_specifiers));
  const std::string name = text_of(random.one_of(k_exports));
  const std::string other = text_of(random.one_of(k_exports));
  const std::string local = name == "default" ? "gql" : name;
  switch (random.below(6)) {
    case 0:
      return "import " + local + " from \"" + specifier + "\";\n";
    case 1:
      return "import * as ns from \"" + specifier + "\";\n";
    case 2:
      return "import { " + name + " as " + (other == "default" ? "gql" : other) + " } from \"" +
             specifier + "\";\n";
    default:
      return "import { " + name + (name == "default" ? " as gql" : "") + " } from \"" + specifier +
             "\";\n";
  }
}

// Mostly a field that the type has: whatever needs a mistake is not built.
std::string_view field_of(Random& random, std::string_view type) {
  constexpr std::string_view of_user[] = {"id", "name", "nick", "role", "name"};
  constexpr std::string_view of_post[] = {"id", "text", "mine", "text"};
  if (random.chance(4)) {
    return random.one_of(k_fields);
  }
  return type == "User"   ? random.one_of(of_user)
         : type == "Post" ? random.one_of(of_post)
         : type == "Node" ? "id"
                          : "__typename";
}

std::string selection(Random& random, std::string_view type, unsigned depth) {
  std::string text = "{";
  for (std::size_t i = 1 + random.below(3); i > 0; --i) {
    const std::size_t kind = random.below(10);
    if (kind < 6 || (kind > 7 && depth == 0)) {
      text += " " + text_of(field_of(random, type));
    } else if (kind < 7) {
      text += " ..." + text_of(random.one_of(k_fragments));
    } else if (kind < 8) {
      text += " ... on " + text_of(random.chance(70) ? type : random.one_of(k_types)) + " { id }";
    } else if (type == "User" && random.chance(50)) {
      text += " posts(first: 2) " + selection(random, "Post", depth - 1);
    } else if (type == "User" || type == "Post") {
      text += " friend " + selection(random, "User", depth - 1);
    }
  }
  return text + " __typename }";
}

std::string operation(Random& random) {
  const std::string name = random.chance(95) ? " " + text_of(random.one_of(k_operations)) : "";
  switch (random.below(12)) {
    case 0:
      return "query" + name + "($id: ID!) { node(id: $id) " + selection(random, "Node", 1) + " }";
    case 1:
      return "query" + name + "($where: Filter = {role: ADMIN}) { find(where: $where) " +
             selection(random, "Find", 0) + " }";
    case 2:
      return "mutation" + name + " { rename(role: ADMIN) " + selection(random, "User", 0) + " }";
    case 3:
      return "query" + name + "($unused: Int) { me @flag(on: true) " +
             selection(random, "User", 1) + " }";
    default:
      return "query" + name + " { me " + selection(random, "User", 1) + " }";
  }
}

std::string document(Random& random) {
  std::string text;
  for (std::size_t i = random.chance(85) ? 1 : 2; i > 0; --i) {
    const std::string_view type = random.chance(70) ? "User" : random.one_of(k_types);
    text += random.chance(45) ? operation(random)
                              : "fragment " + text_of(random.one_of(k_fragments)) + " on " +
                                    text_of(type) + " " + selection(random, type, 1);
    text += i > 1 ? "\n" : "";
  }
  return text;
}

std::string interpolations(Random& random) {
  std::string text;
  while (random.chance(25)) {
    const std::string name = text_of(random.one_of(k_exports));
    text += " ${" + std::string(random.chance(15) ? "ns." : "") +
            (name == "default" ? "unknown()" : name) + "}";
  }
  return text;
}

std::string template_of(Random& random) {
  const std::string body = document(random) + interpolations(random);
  switch (random.below(10)) {
    case 0:
      return "gql(`" + body + "`)";
    case 1:
      return "/* GraphQL */ `" + body + "`";
    case 2:
      return "ns.gql`" + body + "`";
    case 3:
      return "gql`\n  " + body + "\n`";
    case 4:
      return "gql`query OperE { me { ...${Text} } }`";
    case 5:
      return "gql`fragment FragF on User { ${Text} }`";
    default:
      return text_of(random.one_of(k_tags)) + "`" + body + "`";
  }
}

std::string barrel_line(Random& random) {
  const std::string specifier = text_of(random.one_of(k_specifiers));
  switch (random.below(4)) {
    case 0:
      return "export { " + text_of(random.one_of(k_exports)) + " as " +
             text_of(random.one_of(k_exports)) + " } from \"" + specifier + "\";\n";
    case 1:
      return "export * as ns from \"" + specifier + "\";\n";
    default:
      return "export * from \"" + specifier + "\";\n";
  }
}

std::string tag_line(Random& random) {
  constexpr std::string_view lines[] = {
      "export { gql } from \"graphql-tag\";\n",
      "export { default as gql } from \"graphql-tag\";\n",
      "import { gql as real } from \"graphql-tag\";\nexport const ExpA = real;\n",
      "export { gql as ExpA, gql } from \"@apollo/client\";\n",
      "export { gql } from \"lodash\";\n",
      "export const gql = (x: unknown) => x;\n",
      "export const adminGql = 1;\n"};
  return text_of(random.one_of(lines));
}

std::string const_line(Random& random) {
  constexpr std::string_view lines[] = {"export const Text = \"FragA\";\n",
                                        "export const Text = \"FragB\";\n",
                                        "export const Text = \"id name\";\n",
                                        "export const Text = 1 + 1;\n",
                                        "export let Text = \"FragA\";\n",
                                        "const hidden = \"FragC\";\nexport { hidden as Text };\n",
                                        "export const ExpC = `fragment FragC on User { id }`;\n"};
  return text_of(random.one_of(lines));
}

/// What the words of a file that no template is in show or hide of its exports.
std::string plain_line(Random& random) {
  constexpr std::string_view lines[] = {
      "// ExpA, ExpB and Text are elsewhere.\n",
      "export const other = 1, ExpB = \"FragB\";\n",
      "export const first = 1, // Text\n  ExpA = \"FragA\";\n",
      "const own = \"FragC\";\nexport { own as \"ExpA\" };\n",
      "module.exports = require(\"./lib\");\n",
      "exports.ExpC = \"FragA\";\n",
      "export const { ExpA } = { ExpA: \"FragA\" };\n",
      "export const Exp\\u0041 = \"FragB\";\n",
      "export function ExpC(ExpA: string) { return ExpA; }\n",
      "export class Plain { text = [\"ExpB\"]; }\n",
      "import { ExpA, Text } from \"./a\";\nexport const used = [ExpA, Text];\n",
      "export type { ExpA } from \"./b\";\n"};
  return text_of(random.one_of(lines));
}

std::string random_plain_code(Random& random) {
  std::string text;
  for (std::size_t i = 1 + random.below(2); i > 0; --i) {
    text += plain_line(random);
  }
  return text + (random.chance(10) ? "const broken = {;\n" : "");
}

/// Passes on much, so that names behind it come and go with files that are about something else.
std::string random_star_barrel(Random& random) {
  constexpr std::string_view targets[] = {
      "./c", "./b", "./lib/d", "./lib/e", "./lib/consts", "./d", "./e", "@/lib/d", "@/c"};
  std::string text;
  for (std::size_t i = 2 + random.below(3); i > 0; --i) {
    text += "export * from \"" + text_of(random.one_of(targets)) + "\";\n";
  }
  return text;
}

/// Hangs on what one name behind a barrel is.
std::string random_barrel_user(Random& random) {
  constexpr std::string_view barrels[] = {"./barrel", "./lib", "../barrel", "@/barrel", "./index"};
  constexpr std::string_view names[] = {"ExpA", "ExpB", "Text"};
  const std::string name = text_of(random.one_of(names));
  return "import gql from \"graphql-tag\";\nimport { " + name + " } from \"" +
         text_of(random.one_of(barrels)) + "\";\nexport const ExpC = gql`" + operation(random) +
         " ${" + name + "}`;\n";
}

std::string odd_line(Random& random) {
  constexpr std::string_view lines[] = {"const broken = {;\n",
                                        "function unfinished( {\n",
                                        "// builder-ignore\n",
                                        "/* @generated */\n",
                                        "class X<T> { @dec() y?: T; z = <T,>(a: T) => a; }\n",
                                        "// a comment \xF0\x9F\x98\x80\n",
                                        "const s = 'gql`query Not { x }`';\n",
                                        "export const el = 1 < 2 ? `a` : /gql`/;\n"};
  return text_of(random.one_of(lines));
}

std::string random_documents(Random& random) {
  return std::string(random.chance(20) ? "#import \"../frag.gql\"\n" : "") + document(random) +
         "\n" + (random.chance(30) ? document(random) + "\n" : "");
}

std::string random_templates(Random& random) {
  std::string text;
  if (random.chance(60)) {
    text += "import gql from \"graphql-tag\";\n";
  }
  while (random.chance(45)) {
    text += import_line(random);
  }
  for (std::size_t i = 1 + random.below(3); i > 0; --i) {
    const std::size_t kind = random.below(20);
    if (kind < 12) {
      const std::string name = text_of(random.one_of(k_exports));
      text += name == "default" ? "export default " : "export const " + name + " = ";
      text += template_of(random) + ";\n";
    } else if (kind < 15) {
      text += barrel_line(random);
    } else if (kind < 17) {
      text += tag_line(random);
    } else if (kind < 19) {
      text += const_line(random);
    } else {
      text += odd_line(random);
    }
  }
  return text;
}

// The words of one pool have one length where it can be had, so that many edits keep the size.
constexpr std::string_view k_words[] = {
    "FragA", "FragB", "FragC", "FragD", "OperA",  "OperB",  "OperC",  "ExpA",   "ExpB",
    "ExpC",  "Text",  "User",  "Post",  "Node",   "Find",   "name",   "nick",   "text",
    "role",  "mine",  "gql",   "ADMIN", "GUEST",  "first",  "where",  "friend", "posts",
    "Int",   "ID!",   "me",    "id",    "ModelA", "ModelB", "ModelC", "SliceA", "SliceB",
    "PartA", "PartB", "Limit", "Roles", "model",  "slice",  "query",  "compose"};

bool replace_word(Random& random, std::string& text) {
  std::vector<std::pair<std::size_t, std::string_view>> places;
  for (const std::string_view word : k_words) {
    for (std::size_t at = text.find(word); at != std::string::npos; at = text.find(word, at + 1)) {
      places.emplace_back(at, word);
    }
  }
  if (places.empty()) {
    return false;
  }
  const auto [at, word] = places[random.below(places.size())];
  std::vector<std::string_view> others;
  for (const std::string_view other : k_words) {
    if (other != word && (other.size() == word.size() || random.chance(5))) {
      others.push_back(other);
    }
  }
  if (!others.empty()) {
    text.replace(at, word.size(), others[random.below(others.size())]);
  }
  return !others.empty();
}

std::size_t random_line_start(Random& random, const std::string& text) {
  const std::size_t at = text.rfind('\n', random.below(text.size() + 1));
  return at == std::string::npos ? 0 : at + 1;
}

void replace_all(std::string& text, std::string_view from, std::string_view to) {
  for (std::size_t at = text.find(from); at != std::string::npos;
       at = text.find(from, at + to.size())) {
    text.replace(at, from.size(), to);
  }
}

}  // namespace

namespace {

std::string source_at(Random& random, std::string_view path, Dialects dialects) {
  const bool is_document = path.ends_with(".graphql") || path.ends_with(".gql");
  if (is_document) {
    return random_documents(random);
  }
  if (dialects != Dialects::composer && random.chance(30)) {
    const bool is_barrel = path.ends_with("barrel.ts") || path.ends_with("/index.ts");
    return is_barrel           ? random_star_barrel(random)
           : random.chance(50) ? random_plain_code(random)
                               : random_barrel_user(random);
  }
  if (dialects == Dialects::tag || (dialects == Dialects::both && random.chance(40))) {
    return random_templates(random);
  }
  if (dialects == Dialects::both && random.chance(25)) {
    return random_compositions(random, path, Neighbours::tags) + random_templates(random);
  }
  return random_compositions(random, path, Neighbours::none) +
         (random.chance(5) ? odd_line(random) : "");
}

}  // namespace

std::string random_source(Random& random, std::string_view path, Dialects dialects) {
  std::string text = source_at(random, path, dialects);
  if (path.starts_with("../outside/") && random.chance(70)) {
    // What it has is from the project, which has it from there.
    replace_all(text, "\"./", "\"../project/src/");
  }
  return text;
}

std::string mutate(Random& random, std::string text) {
  if (random.chance(60) && replace_word(random, text)) {
    return text;
  }
  const std::size_t start = random_line_start(random, text);
  const std::size_t end = std::min(text.find('\n', start), text.size());
  switch (random.below(9)) {
    case 0:
      return text.insert(start, "// moved down\n");
    case 1:
      return text.erase(start, std::min(end + 1, text.size()) - start);
    case 2:
      return text.insert(start, text.substr(start, std::min(end + 1, text.size()) - start));
    case 3:
      replace_all(text, "\r\n", "\n");
      if (random.chance(70)) {
        replace_all(text, "\n", "\r\n");
      }
      return text;
    case 4:
      return text.insert(random.below(text.size() + 1), 1, '\0');
    case 5:
      return text.starts_with("\xEF\xBB\xBF") ? text.substr(3) : "\xEF\xBB\xBF" + text;
    case 6:
      return text.insert(random.below(text.size() + 1), 1, "{}`$\"\xFF ("[random.below(8)]);
    case 7:
      return text.insert(start, odd_line(random));
    default:
      return text.insert(start, import_line(random));
  }
}

}  // namespace proof
