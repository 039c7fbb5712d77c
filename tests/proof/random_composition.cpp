#include <algorithm>
#include <string>
#include <vector>

#include "base/source_path.h"
#include "tests/proof/random_source.h"

namespace proof {
namespace {

// Where a name is defined most of the time, so that most imports lead somewhere.
struct Home {
  std::string_view name;
  std::string_view path;
};
constexpr Home k_homes[] = {{"ModelA", "src/lib/d.ts"},
                            {"ModelB", "src/lib/e.ts"},
                            {"ModelC", "packages/ui/card.ts"},
                            {"SliceA", "src/c.ts"},
                            {"SliceB", "src/lib/d.ts"},
                            {"PartA", "src/lib/e.ts"},
                            {"PartB", "src/deep/x/y.ts"},
                            {"Defs", "src/lib/consts.ts"},
                            {"Limit", "src/lib/consts.ts"},
                            {"Text", "src/lib/consts.ts"},
                            {"Roles", "src/barrel.ts"}};
constexpr std::string_view k_barrels[] = {
    "src/lib/index.ts", "src/barrel.ts", "src/gql/index.ts", "packages/ui/index.ts", "src/lib.ts"};
constexpr std::string_view k_operations[] = {
    "OperA", "OperB", "OperC", "OperD", "OperH", "OperI", "OperJ", "OperK", "OperL", "OperM"};
constexpr std::string_view k_fragments[] = {"FragA", "FragB", "FragC", "FragD"};

std::string text_of(std::string_view text) {
  return std::string(text);
}

// How `path` imports `target`: by a relative path, or by an alias of tsconfig or a package.
std::string specifier_of(Random& random, std::string_view path, std::string_view target) {
  if (target.starts_with("packages/ui/") && random.chance(70)) {
    return target.ends_with("card.ts") ? "ui/card" : "ui";
  }
  const std::string_view whole = target.substr(0, target.rfind('.'));
  const std::string stem(
      whole.ends_with("/index") && random.chance(80) ? whole.substr(0, whole.rfind('/')) : whole);
  if (stem.starts_with("src/") && random.chance(7)) {
    return "@/" + stem.substr(4);
  }
  const std::string file = base::join_path("/box/project", path);
  const std::string folder(base::parent_path(file));
  const std::string name =
      base::SourcePath::relative_to(folder, base::join_path("/box/project", stem)).text();
  return (name.starts_with("..") ? "" : "./") + name + (random.chance(10) ? ".js" : "");
}

/// Writes one file of the composer dialect.
class CompositionWriter {
 public:
  CompositionWriter(Random& random, std::string composer)
      : random_(random), gql_(std::move(composer)) {}

  /// `name` is what the definition is bound to and says what kind it is.
  std::string definition(std::string_view name) {
    const std::string label = chance(98) ? "default" : chance(60) ? "shop" : "admin";
    const std::string composer = chance(3) ? "ns.gql" : gql_;
    return composer + "." + label + "(" + body(name) + ")";
  }

  std::string constant(std::string_view name) {
    if (chance(4)) {
      constexpr std::string_view odd[] = {
          "OtherLimit", "compute()", "Roles.Admin", "[Limit, ...Text]"};
      return text_of(random_.one_of(odd));
    }
    constexpr std::string_view limits[] = {"2", "3", "1 + 1"};
    constexpr std::string_view texts[] = {"\"A\"", "\"B\"", "`A${1}`", "\"FragA\""};
    constexpr std::string_view roles[] = {"{ Admin: \"ADMIN\", Guest: [\"GUEST\"] }",
                                          "{ Admin: \"GUEST\", Guest: [\"GUEST\"] }"};
    return text_of(name == "Limit"  ? random_.one_of(limits)
                   : name == "Text" ? random_.one_of(texts)
                                    : random_.one_of(roles));
  }

 private:
  bool chance(unsigned percent) { return random_.chance(percent); }

  template <typename Array>
  std::string one_of(const Array& items) {
    return text_of(random_.one_of(items));
  }

  std::string body(std::string_view name) {
    if (name == "ModelC") {
      return "({ model }, { $ }) => model.User({ variables: [$(\"first\").scalar(\"Int:?\")] }, ({ "
             "f, $ "
             "}) => [f.id(), f.posts({ first: $.first })(" +
             fields("Post", 1) + ")], (x) => x)";
    }
    if (name.starts_with("Model")) {
      const std::string type = or_other(name == "ModelB" ? "Post" : "User");
      return "({ model }) => model." + type + "({}, " + fields(type, 2) + ", (x) => x)";
    }
    if (name == "SliceA") {
      return "({ slice }, { $ }) => " + slice_with_variable();
    }
    if (name == "SliceB") {
      return "({ slice }) => " + slice();
    }
    if (name.starts_with("Part")) {
      return fragment(or_other(name == "PartB" ? "Post" : "User"));
    }
    if (name == "Defs") {
      return "({ define }) => define(() => ({ page: " + number() + ", role: \"ADMIN\" }))";
    }
    return chance(60) ? operation() : query();
  }

  // Mistakes are wanted, but whatever needs a mistake is not built.
  std::string or_other(std::string_view type) {
    constexpr std::string_view others[] = {"User", "Post", "Node", "Find", "Gone"};
    return chance(4) ? one_of(others) : text_of(type);
  }

  std::string number() {
    constexpr std::string_view values[] = {"1", "2", "3", "Limit", "Defs.value.page", "Limit + 1"};
    return one_of(values);
  }

  std::string role() {
    constexpr std::string_view values[] = {
        "\"ADMIN\"", "\"GUEST\"", "\"GUEST\"", "Roles.Admin", "Roles.Guest[0]", "Defs.value.role"};
    return one_of(values);
  }

  std::string field_of_user(unsigned depth) {
    switch (random_.below(depth > 0 ? 13 : 6)) {
      case 0:
        return "f.nick()";
      case 1:
        return "f.role(" +
               text_of(chance(30) ? "null, { directives: { flag: { on: true } } })" : ")");
      case 2:
        return "f.name(null, { alias: `x${" + text_of(chance(50) ? "Text" : "1") + "}` })";
      case 6:
        return "f.friend()(" + fields(or_other("User"), depth - 1) + ")";
      case 7:
        return "f.posts({ first: " + number() + " })(" + fields(or_other("Post"), depth - 1) + ")";
      case 8:
        return "f.posts()(() => [ModelB.fragment()])";
      case 9:
        return text_of(chance(8) ? "ns." : "") + "ModelA.fragment()";
      case 10:
        return "ModelC.fragment({ first: " + number() + " })";
      case 11:
        return "PartA.spread()";
      case 12:
        return "...[f.id(), f.name()]";
      default:
        return "f.name()";
    }
  }

  std::string field(std::string_view type, unsigned depth) {
    if (type == "User") {
      return field_of_user(depth);
    }
    if (type != "Post") {
      return chance(70) ? "f.id()" : "f.__typename()";
    }
    switch (random_.below(depth > 0 ? 9 : 6)) {
      case 0:
        return "f.mine()";
      case 1:
        return "f.text(null, { alias: \"nick\" })";
      case 6:
        return "f.friend()(" + fields(or_other("User"), depth - 1) + ")";
      case 7:
        return chance(30) ? "ModelB.fragment()" : "PartB.spread()";
      default:
        return "f.text()";
    }
  }

  std::string fields(std::string_view type, unsigned depth) {
    std::string text = "({ f }) => [f.id()";
    for (std::size_t i = random_.below(3); i > 0; --i) {
      text += ", " + field(type, depth);
    }
    return text + "]";
  }

  std::string slice_with_variable() {
    return "slice.query({ variables: [$(\"id\").scalar(\"ID:!\")] }, ({ f, $ }) => [f.node({ id: "
           "$.id "
           "})({ User: " +
           fields("User", 1) +
           ", Post: () => [ModelB.fragment()] })], ({ select }) => "
           "select([\"$.node\"], (x) => x))";
  }

  std::string slice() {
    switch (random_.below(8)) {
      case 0:
        return "slice.mutation({}, ({ f }) => [f.rename({ role: " + role() + " })(" +
               fields("User", 1) + ")])";
      case 1:
      case 2:
        return "slice.query({}, ({ f }) => [f.find({ where: { role: " + role() +
               " } })({ User: " + fields("User", 1) + " })])";
      default:
        return "slice.query({}, ({ f }) => [f.me()(" + fields("User", 2) + ")]" +
               (chance(20) ? ", ({ select }) => select([\"$.me.id\"], (x) => x)" : "") + ")";
    }
  }

  std::string operation() {
    const bool has_variable = chance(50);
    const std::string name = chance(85) ? "\"" + one_of(k_operations) + "\"" : "`Oper${Text}`";
    return "({ operation, slice }, { $ }) => operation." +
           text_of(chance(95) ? "query" : "mutation") + "({ operationName: " + name +
           (has_variable ? ", variables: [$(\"id\").scalar(\"ID:!\", { default: () => \"1\" })]"
                         : "") +
           " }, ({ $ }) => ({ a: " + (has_variable ? "SliceA.build(" : "SliceB.build(") +
           (has_variable != chance(4) ? "{ id: $.id })" : ")") +
           (chance(40) ? ", b: " + slice() + ".build()" : "") + " }))";
  }

  std::string template_field(std::string_view type) {
    switch (random_.below(12)) {
      case 0:
        return " ..." + one_of(k_fragments);
      case 1:
      case 2:
        return type == or_other("User") ? " ...${PartA}" : " ...${PartB}";
      case 3:
        return " friend { name }";
      case 4:
        return type == or_other("User") ? " posts { text ...${PartB} }" : " text";
      default:
        return " id";
    }
  }

  std::string options() {
    return chance(80) ? "()" : "({ metadata: { at: " + number() + ", by: Text } })";
  }

  std::string fragment(const std::string& type) {
    return "({ fragment }) => fragment(\"" + one_of(k_fragments) + "\", \"" + type + "\")`" +
           (type == "User" ? "($first: Int = 2) { id posts(first: $first) { id }" : "{ id") +
           template_field(type) + " }`" + options();
  }

  std::string query() {
    return "({ query }) => query(\"" + one_of(k_operations) + "\")`($first: Int) { me { id" +
           template_field("User") + template_field("User") + " } }`" + options();
  }

  Random& random_;
  std::string gql_;
};

bool is_constant(std::string_view name) {
  return name == "Limit" || name == "Text" || name == "Roles";
}

std::string import_of(Random& random, std::string_view path, const Home& home) {
  const std::string_view target = random.chance(88)   ? home.path
                                  : random.chance(75) ? random.one_of(k_barrels)
                                                      : random.one_of(k_source_paths);
  const std::string specifier = specifier_of(random, path, target);
  const std::string name = text_of(home.name);
  if (random.chance(4)) {
    return "import * as ns from \"" + specifier + "\";\n";
  }
  return "import { " +
         (random.chance(95) ? name : text_of(random.one_of(k_homes).name) + " as " + name) +
         " } from \"" + specifier + "\";\n";
}

// What the file calls the composer, behind the line that imports it.
struct ComposerImport {
  std::string line;
  std::string name;
};

ComposerImport composer_import(Random& random, std::string_view path, Neighbours neighbours) {
  const std::string name = neighbours == Neighbours::tags || random.chance(10) ? "compose" : "gql";
  const std::string imported = name == "gql" ? "gql" : "gql as compose";
  switch (random.below(16)) {
    case 0:
      return {"import * as ns from \"@/graphql-system\";\n", "ns.gql"};
    case 1:
      return {"import { " + imported + " } from \"" + specifier_of(random, path, "src/gql.ts") +
                  "\";\n",
              name};
    case 2:
      return {"import { " + imported + " } from \"lodash\";\n", name};
    default:
      return {"import { " + imported + " } from \"@/graphql-system\";\n", name};
  }
}

std::string random_barrel(Random& random, std::string_view path) {
  constexpr std::string_view composers[] = {
      "export { gql } from \"@/graphql-system\";\n",
      "import { gql } from \"@/graphql-system\";\nexport { gql };\n",
      "import { gql as real } from \"@/graphql-system\";\nexport const gql = real;\n"};
  std::string text;
  if (random.chance(path.starts_with("src/gql") ? 85 : 10)) {
    text += random.one_of(composers);
  }
  for (const Home& home : k_homes) {
    if (home.path == path || !random.chance(65)) {
      continue;
    }
    const std::string specifier = specifier_of(random, path, home.path);
    if (random.chance(70)) {
      text += "export * from \"" + specifier + "\";\n";
    } else {
      text += "export { " + text_of(home.name) +
              (random.chance(40) ? " as " + text_of(random.one_of(k_homes).name) : "") +
              " } from \"" + specifier + "\";\n";
    }
  }
  return text;
}

struct Declarations {
  std::string text;
  std::vector<std::string_view> names;
};

Declarations random_declarations(Random& random, std::string_view path, std::string composer) {
  constexpr std::string_view starts[] = {"export const page = ",
                                         "export const page = ",
                                         "const hidden = ",
                                         "export default ",
                                         "function inner() { return "};
  Declarations all;
  CompositionWriter writer(random, std::move(composer));
  for (const Home& home : k_homes) {
    if (random.chance(home.path == path ? 95 : 2)) {
      all.names.push_back(home.name);
      all.text += "export const " + text_of(home.name) + " = ";
      all.text +=
          is_constant(home.name) ? writer.constant(home.name) : writer.definition(home.name);
      all.text += ";\n";
    }
  }
  for (std::size_t i = random.below(10) / 4; i > 0; --i) {
    const std::string_view start = random.one_of(starts);
    all.text += text_of(start) + writer.definition("Oper");
    all.text += start.starts_with("function") ? "; }\n" : ";\n";
  }
  return all;
}

}  // namespace

std::string random_compositions(Random& random, std::string_view path, Neighbours neighbours) {
  const bool is_barrel =
      std::find(std::begin(k_barrels), std::end(k_barrels), path) != std::end(k_barrels);
  const bool is_home = path == "src/barrel.ts";
  if (is_barrel && random.chance(is_home ? 30 : 90)) {
    return random_barrel(random, path);
  }
  const ComposerImport composer = composer_import(random, path, neighbours);
  const Declarations all = random_declarations(random, path, composer.name);
  std::string text = composer.line;
  for (const Home& home : k_homes) {
    const bool is_own = std::find(all.names.begin(), all.names.end(), home.name) != all.names.end();
    if (!is_own && random.chance(all.text.find(home.name) == std::string::npos ? 3 : 97)) {
      text += import_of(random, path, home);
    }
  }
  return text + all.text;
}

}  // namespace proof
