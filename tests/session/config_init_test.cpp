#include "session/config_init.h"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "base/child_process.h"
#include "base/real_file_system.h"
#include "tests/session/load_cases.h"
#include "tests/support/temporary_folder.h"

using session::File;
using session::k_schema;

namespace {

std::string describe(base::FileSystem& disk, const session::InitRequest& request) {
  const session::InitResult result = session::init_config(disk, request);
  std::string text;
  for (const std::string& note : result.notes) {
    text += "note: " + note + "\n";
  }
  text += session::describe(result.problems);
  if (!result.path.empty()) {
    std::string content;
    CHECK(disk.read(result.path, content, 1U << 20).has_value());
    text += content;
  }
  return text;
}

std::string init(const std::vector<File>& files, const std::string& from = {}) {
  support::MemoryFileSystem disk;
  disk.put_directory("/app");
  for (const File& file : files) {
    disk.put(file.path, file.content);
  }
  return describe(disk, {"/app", from, false});
}

struct InitCase {
  const char* name;
  std::vector<File> files;
  std::string from;
  std::string expected;
};

void check_init(const std::vector<InitCase>& cases) {
  for (const InitCase& row : cases) {
    SUBCASE(row.name) {
      CHECK(init(row.files, row.from) == row.expected);
    }
  }
}

void put(const test_kit::TemporaryFolder& folder,
         const std::string& name,
         const std::string& content) {
  const std::filesystem::path path = folder.path(name);
  std::filesystem::create_directories(path.parent_path());
  std::ofstream(path) << content;
}

bool has_node() {
  base::ChildRequest request;
  request.command = {"node", "--version"};
  return base::run_child(request).has_value();
}

}  // namespace

TEST_SUITE("session/config_init") {
  TEST_CASE("without any config, schema and source folders are looked for") {
    check_init({
        {"src and a schema",
         {{"/app/schema.graphql", k_schema}, {"/app/src/a.ts", ""}},
         "",
         "{\n"
         "  \"schema\": \"schema.graphql\",\n"
         "  \"include\": \"src/**/*.{ts,tsx,mts,cts,js,jsx,mjs,cjs,graphql,gql,graphqls}\"\n"
         "}\n"},
        {"nothing",
         {},
         "",
         "note: No schema was found: save the server's schema as schema.graphql, or name its "
         "file.\n"
         "{\n"
         "  // No schema was found: save the server's schema as schema.graphql, or name its file.\n"
         "  \"schema\": \"schema.graphql\",\n"
         "  \"include\": \"**/*.{ts,tsx,mts,cts,js,jsx,mjs,cjs,graphql,gql,graphqls}\",\n"
         "  \"exclude\": [\"build/**\", \"coverage/**\", \"out/**\"]\n"
         "}\n"},
        {"several schemas",
         {{"/app/b.graphql", k_schema}, {"/app/a/s.graphql", k_schema}, {"/app/pages/a.ts", ""}},
         "",
         "note: Other schemas were found: b.graphql\n"
         "{\n"
         "  // Other schemas were found: b.graphql\n"
         "  \"schema\": \"a/s.graphql\",\n"
         "  \"include\": \"pages/**/*.{ts,tsx,mts,cts,js,jsx,mjs,cjs,graphql,gql,graphqls}\"\n"
         "}\n"},
    });
  }

  TEST_CASE("the config of another tool is translated") {
    check_init({
        {"Relay",
         {{"/app/relay.config.json",
           R"({ "src": "./src", "schema": "./s.graphql", "language": "typescript" })"}},
         "",
         "note: Translated relay.config.json.\n"
         "{\n"
         "  \"schema\": \"./s.graphql\",\n"
         "  \"include\": \"src/**/*.{ts,tsx,mts,cts,js,jsx,mjs,cjs}\",\n"
         "  \"exclude\": [\"**/node_modules/**\", \"**/__mocks__/**\", \"**/__generated__/**\"]\n"
         "}\n"},
        {"Relay with projects, named",
         {{"/app/web/relay.config.json",
           R"({ "sources": { "a": "a", "b": "b" }, "projects": { "a": { "schema": "s" }, "b": { "schema": "s" } } })"}},
         "web/relay.config.json",
         "note: Translated web/relay.config.json.\n"
         "{\n"
         "  \"root\": \"web\",\n"
         "  \"exclude\": [\"**/node_modules/**\", \"**/__mocks__/**\", \"**/__generated__/**\"],\n"
         "  \"projects\": {\n"
         "    \"a\": {\n"
         "      \"schema\": \"s\",\n"
         "      \"include\": \"a/**/*.{ts,tsx,mts,cts,js,jsx,mjs,cjs}\"\n"
         "    },\n"
         "    \"b\": {\n"
         "      \"schema\": \"s\",\n"
         "      \"include\": \"b/**/*.{ts,tsx,mts,cts,js,jsx,mjs,cjs}\"\n"
         "    }\n"
         "  }\n"
         "}\n"},
        {"graphql-config with our own part",
         {{"/app/.graphqlrc.yml",
           "schema: s.graphql\ndocuments: src/**/*.ts\nextensions:\n  builder:\n    rules:\n      "
           "NoDeprecated: warn\n    tags: { a: default }\n    composer: { modules: [x] }\n    "
           "overrides: [{ files: a, rules: { NoDeprecated: 'off' } }]\n    commitOutputs: true\n"}},
         "",
         "note: Translated .graphqlrc.yml.\n"
         "{\n"
         "  \"schema\": \"s.graphql\",\n"
         "  \"include\": \"src/**/*.ts\",\n"
         "  \"tags\": { \"a\": \"default\" },\n"
         "  \"composer\": { \"modules\": \"x\" },\n"
         "  \"commitOutputs\": true,\n"
         "  \"rules\": { \"NoDeprecated\": \"warn\" },\n"
         "  \"overrides\": [{ \"files\": \"a\", \"rules\": { \"NoDeprecated\": \"off\" } }]\n"
         "}\n"},
        {"a code generator",
         {{"/app/codegen.yml",
           "schema: s.graphql\ndocuments: ['src/**/*.tsx', '!src/gql/**']\ngenerates:\n  "
           "./src/gql/:\n    preset: client\n  ./schema.json:\n    plugins: "
           "[introspection]\nconfig:\n"
           "  pluckConfig:\n    modules: [{ name: '@acme/gql', identifier: gql }]\n    "
           "globalGqlIdentifierName: query\n"}},
         "",
         "note: Translated codegen.yml.\n"
         "{\n"
         "  \"schema\": \"s.graphql\",\n"
         "  \"include\": [\"src/**/*.tsx\", \"!src/gql/**\"],\n"
         "  \"exclude\": [\"src/gql/**\", \"schema.json\"],\n"
         "  \"tagModules\": \"@acme/gql\",\n"
         "  \"globals\": \"query\"\n"
         "}\n"},
        {"a schema that is elsewhere",
         {{"/app/codegen.yml", "schema: https://a.example/graphql\ndocuments: all.ts\n"}},
         "",
         "note: Translated codegen.yml.\n"
         "note: Schemas are not read from URLs. Save https://a.example/graphql to a file, as SDL "
         "or "
         "introspection JSON, and name the file instead.\n"
         "{\n"
         "  // Schemas are not read from URLs. Save https://a.example/graphql to a file, as SDL or "
         "introspection JSON, and name the file instead.\n"
         "  \"schema\": \"https://a.example/graphql\",\n"
         "  \"include\": \"all.ts\"\n"
         "}\n"},
        {"a code generator with documents of each output",
         {{"/app/codegen.json",
           R"({ "schema": "s.graphql", "generates": { "src/a/gen/": { "documents": "src/a/**" }, "src/b/gen.ts": { "documents": ["src/b/**"], "schema": "b.graphql" } } })"}},
         "codegen.json",
         "note: Translated codegen.json.\n"
         "{\n"
         "  \"schema\": \"s.graphql\",\n"
         "  \"exclude\": [\"src/a/gen/**\", \"src/b/gen.ts\"],\n"
         "  \"projects\": {\n"
         "    \"src-a-gen\": {\n"
         "      \"include\": \"src/a/**\"\n"
         "    },\n"
         "    \"src-b-gen-ts\": {\n"
         "      \"schema\": [\"s.graphql\", \"b.graphql\"],\n"
         "      \"include\": \"src/b/**\"\n"
         "    }\n"
         "  }\n"
         "}\n"},
        {"a code generator with documents of all outputs and of one",
         {{"/app/codegen.yml",
           "schema: s.graphql\ndocuments: all.ts\ngenerates:\n  out.ts: { documents: one.ts }\n"}},
         "",
         "note: Translated codegen.yml.\n"
         "{\n"
         "  \"schema\": \"s.graphql\",\n"
         "  \"include\": \"all.ts\",\n"
         "  \"exclude\": \"out.ts\",\n"
         "  \"projects\": {\n"
         "    \"out-ts\": {\n"
         "      \"include\": [\"all.ts\", \"one.ts\"]\n"
         "    }\n"
         "  }\n"
         "}\n"},
        {"Apollo's editor tools",
         {{"/app/apollo.config.json",
           R"({ "client": { "service": { "name": "x", "localSchemaFile": "./s.graphql" }, "includes": ["src/**/*.ts"], "excludes": ["**/x/**"], "tagName": "query" } })"}},
         "apollo.config.json",
         "note: Translated apollo.config.json.\n"
         "{\n"
         "  \"schema\": \"./s.graphql\",\n"
         "  \"include\": \"src/**/*.ts\",\n"
         "  \"exclude\": \"**/x/**\",\n"
         "  \"globals\": \"query\"\n"
         "}\n"},
        {"gql.tada",
         {{"/app/tsconfig.json",
           "{ // comment\n  \"compilerOptions\": { \"plugins\": [{ \"name\": \"next\" }, { "
           "\"name\": "
           "\"gql.tada/ts-plugin\", \"schema\": \"./s.graphql\", \"tadaOutputLocation\": \"./x\" "
           "}] } }"},
          {"/app/src/a.ts", ""}},
         "",
         "note: Translated the plugin gql.tada/ts-plugin of tsconfig.json.\n"
         "{\n"
         "  \"schema\": \"./s.graphql\",\n"
         "  \"include\": \"src/**/*.{ts,tsx,mts,cts,js,jsx,mjs,cjs,graphql,gql,graphqls}\"\n"
         "}\n"},
        {"gql.tada with several schemas",
         {{"/app/tsconfig.json",
           R"({ "compilerOptions": { "plugins": [{ "name": "@0no-co/graphqlsp", "schemas": [{ "name": "a", "schema": "a.graphql" }, { "name": "b", "schema": "b.graphql" }] }] } })"}},
         "tsconfig.json",
         "note: Translated the plugin @0no-co/graphqlsp of tsconfig.json.\n"
         "{\n"
         "  \"schemas\": { \"a\": \"a.graphql\", \"b\": \"b.graphql\" },\n"
         "  \"include\": \"**/*.{ts,tsx,mts,cts,js,jsx,mjs,cjs,graphql,gql,graphqls}\",\n"
         "  \"exclude\": [\"build/**\", \"coverage/**\", \"out/**\"]\n"
         "}\n"},
    });
  }

  TEST_CASE("what cannot be done is told") {
    check_init({
        {"a config is there",
         {{"/app/builder.config.json", "{}"}},
         "",
         "builder.config.json error Init: builder.config.json is there already; `--force` "
         "overwrites it.\n"},
        {"a script is only run if it is named",
         {{"/app/codegen.ts", "x"}},
         "",
         "codegen.ts error Init: This config is code. `builder init --from codegen.ts` runs it "
         "with Node and translates it.\n"},
        {"a file that is not there",
         {},
         "codegen.yml",
         "codegen.yml error Init: The file does not exist.\n"},
        {"a broken config",
         {{"/app/codegen.yml", "a: ["}},
         "",
         "codegen.yml:1:5-1:5 error ConfigSyntax: This is not valid YAML: end of sequence flow not "
         "found.\n"},
        {"a tsconfig without a plugin",
         {{"/app/tsconfig.json", "{}"}},
         "tsconfig.json",
         "tsconfig.json error Init: There is no gql.tada or GraphQLSP plugin with a schema in this "
         "file.\n"},
        {"a config of something else",
         {{"/app/codegen.yml", "plugins: []"}},
         "codegen.yml",
         "codegen.yml error Init: Nothing in this config tells of a schema or of documents.\n"},
        {"TOML",
         {{"/app/graphql.config.toml", ""}},
         "graphql.config.toml",
         "graphql.config.toml error Init: TOML is not read. Write the config as YAML or JSON "
         "first.\n"},
    });
  }

  TEST_CASE("a config that is there can be overwritten") {
    support::MemoryFileSystem disk;
    disk.put("/app/builder.config.json", "{");
    disk.put("/app/schema.graphql", k_schema);

    CHECK(session::init_config(disk, {"/app", "", true}).path == "/app/builder.config.json");
    CHECK(session::load_config(disk, {"/app", "", "", {}, ""}).config.has_value());
  }

  TEST_CASE("a config that is code is run with Node") {
    if (!has_node()) {
      MESSAGE("skipped: node is not installed");
      return;
    }
    base::RealFileSystem disk;
    const test_kit::TemporaryFolder folder;
    put(folder, "package.json", "{}");
    put(folder, "documents.cjs", "module.exports = ['src/**/*.ts'];");
    put(folder,
        "codegen.cjs",
        "console.log('noise'); module.exports = { schema: 's.graphql', hooks: () => 1, "
        "documents: require('./documents.cjs'), generates: {} };");
    put(folder,
        "relay.config.mjs",
        "export default async () => ({ src: './src', schema: 's.graphql' });");
    put(folder, "codegen.js", "throw new Error('no way');");
    put(folder,
        "typed/graphql.config.ts",
        "const config: object = { schema: 's.graphql' };\nexport default config;");
    put(folder, "typed/broken.ts", "const = 1;");
    // Newer versions of Node read the file themselves.
    put(folder,
        "node_modules/typescript/index.js",
        "exports.ModuleKind = {}; exports.ScriptTarget = {}; exports.transpileModule = "
        "(code) => ({ outputText: "
        "code.replace(': object', '').replace('export default', 'exports.default =') });");

    CHECK(describe(disk, {folder.path(), "codegen.cjs", true}) ==
          "note: Translated codegen.cjs.\n"
          "{\n"
          "  \"schema\": \"s.graphql\",\n"
          "  \"include\": \"src/**/*.ts\"\n"
          "}\n");
    CHECK(describe(disk, {folder.path(), "relay.config.mjs", true}) ==
          "note: Translated relay.config.mjs.\n"
          "{\n"
          "  \"schema\": \"s.graphql\",\n"
          "  \"include\": \"src/**/*.{ts,tsx,mts,cts,js,jsx,mjs,cjs}\",\n"
          "  \"exclude\": [\"**/node_modules/**\", \"**/__mocks__/**\", \"**/__generated__/**\"]\n"
          "}\n");
    CHECK(describe(disk, {folder.path(), "codegen.js", true}) ==
          "codegen.js error Init: This config cannot be translated: Node says: no way.\n");
    CHECK(describe(disk, {folder.path(), "typed/graphql.config.ts", true}) ==
          "note: Translated typed/graphql.config.ts.\n"
          "{\n"
          "  \"root\": \"typed\",\n"
          "  \"schema\": \"s.graphql\"\n"
          "}\n");
    CHECK(describe(disk, {folder.path(), "typed/broken.ts", true})
              .find("This config cannot be translated: Node says: ") != std::string::npos);
  }
}
