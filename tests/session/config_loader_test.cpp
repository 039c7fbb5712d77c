#include "session/config_loader.h"

#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "tests/session/load_cases.h"

using session::check_cases;
using session::File;
using session::k_schema;
using session::load;

TEST_SUITE("session/config_loader") {
  TEST_CASE("without a config the one schema that is found decides") {
    check_cases({
        {"one schema file",
         {{"/app/package.json", "{}"}, {"/app/api/schema.graphql", k_schema}},
         "defaults\n"
         "project \"\" at /app\n"
         "  schema default: api/schema.graphql\n"
         "  include: **/*.{ts,tsx,mts,cts,js,jsx,mjs,cjs,graphql,gql,graphqls}\n"
         "  exclude: build/** coverage/** out/**\n"
         "  out: /app/.builder\n"
         "  cache: /app/.cache/builder\n"},
        {"a schema keyword counts as much as a query type",
         {{"/app/a.gql",
           "schema { query: Root }\n"
           "type Root { me: String }"}},
         "defaults\n"
         "project \"\" at /app\n"
         "  schema default: a.gql\n"
         "  include: **/*.{ts,tsx,mts,cts,js,jsx,mjs,cjs,graphql,gql,graphqls}\n"
         "  exclude: build/** coverage/** out/**\n"
         "  out: /app/.builder\n"
         "  cache: /app/.cache/builder\n"},
        {"definitions in the schema's folder and below belong to it",
         {{"/app/api/a/more.graphql", "extend type Query { a: Int }"},
          {"/app/api/client.graphql", "type Local { a: Int }"},
          {"/app/api/schema.graphql", k_schema},
          {"/app/other/x.graphql", "type X { a: Int }"}},
         "defaults\n"
         "project \"\" at /app\n"
         "  schema default: api/schema.graphql api/client.graphql api/a/more.graphql\n"
         "  include: **/*.{ts,tsx,mts,cts,js,jsx,mjs,cjs,graphql,gql,graphqls}\n"
         "  exclude: build/** coverage/** out/**\n"
         "  out: /app/.builder\n"
         "  cache: /app/.cache/builder\n"},
        {"a schema at the top takes the definitions beside it alone",
         {{"/app/schema.graphql", k_schema},
          {"/app/more.graphql", "type More { a: Int }"},
          {"/app/src/x.graphql", "type X { a: Int }"}},
         "defaults\n"
         "project \"\" at /app\n"
         "  schema default: schema.graphql more.graphql\n"
         "  include: **/*.{ts,tsx,mts,cts,js,jsx,mjs,cjs,graphql,gql,graphqls}\n"
         "  exclude: build/** coverage/** out/**\n"
         "  out: /app/.builder\n"
         "  cache: /app/.cache/builder\n"},
        {"an introspection result",
         {{"/app/schema.json", "{\"data\":{\"__schema\":{\"queryType\":{\"name\":\"Query\"}}}}"},
          {"/app/other.json", "{\"__schema\":1}"}},
         "defaults\n"
         "project \"\" at /app\n"
         "  schema default: schema.json\n"
         "  include: **/*.{ts,tsx,mts,cts,js,jsx,mjs,cjs,graphql,gql,graphqls}\n"
         "  exclude: build/** coverage/** out/**\n"
         "  out: /app/.builder\n"
         "  cache: /app/.cache/builder\n"},
        {"operations are no schema",
         {{"/app/query.graphql",
           "query Q { me }\n"
           "# type Query\n"},
          {"/app/short.graphql", "{ me }"}},
         " error Config: No config was found, and no schema: no .graphql, .graphqls or .gql file "
         "with a \"type Query\", and no schema.json with an introspection result. Save the "
         "server's schema to a file, for example schema.graphql, or run `builder init`.\n"},
        {"strings, comments and nested words do not make a schema",
         {{"/app/a.graphql",
           "\"\"\"\n"
           "type Query { a: Int }\n"
           "\"\"\"\n"
           "type A { \"schema {\" type: Query }\n"
           "# schema { }\n"
           "extend type Query { a: Int }"}},
         " error Config: No config was found, and no schema: no .graphql, .graphqls or .gql file "
         "with a \"type Query\", and no schema.json with an introspection result. Save the "
         "server's schema to a file, for example schema.graphql, or run `builder init`.\n"},
        {"several schemas are listed",
         {{"/app/b/schema.graphql", k_schema}, {"/app/a/schema.graphqls", k_schema}},
         " error Config: No config was found, and there are several schemas. Choose one in "
         "builder.config.json, or run `builder init`:\n"
         "  a/schema.graphqls\n"
         "  b/schema.graphql\n"},
        {"build results and hidden folders are not searched",
         {{"/app/dist/schema.graphql", k_schema},
          {"/app/.x/schema.graphql", k_schema},
          {"/app/node_modules/p/schema.graphql", k_schema}},
         " error Config: No config was found, and no schema: no .graphql, .graphqls or .gql file "
         "with a \"type Query\", and no schema.json with an introspection result. Save the "
         "server's schema to a file, for example schema.graphql, or run `builder init`.\n"},
    });
  }

  TEST_CASE("our own config is read with all its keys") {
    check_cases({
        {"the smallest one",
         {{"/app/schema.graphql", k_schema},
          {"/app/builder.config.json", "{ \"schema\": \"schema.graphql\" }"}},
         "/app/builder.config.json\n"
         "project \"\" at /app\n"
         "  schema default: schema.graphql\n"
         "  include: **/*.{ts,tsx,mts,cts,js,jsx,mjs,cjs,graphql,gql,graphqls}\n"
         "  out: /app/.builder\n"
         "  cache: /app/.cache/builder\n"},
        {"everything",
         {{"/app/web/schema.graphql", k_schema},
          {"/app/web/admin/a.graphql", k_schema},
          {"/app/web/src/a.ts", ""},
          {"/app/web/vendor/a.ts", ""},
          {"/app/builder.config.json",
           "{\n"
           "  // comments and trailing commas are fine\n"
           "  \"$schema\": \"x.json\",\n"
           "  \"root\": \"web\",\n"
           "  \"schema\": [\"./schema.graphql\", \"ext/*.graphql\"],\n"
           "  \"schemas\": { \"admin\": { \"schema\": \"admin/a.graphql\", \"include\": "
           "[\"src/admin/**\"] }, },\n"
           "  \"include\": [\"src\", \"!src/x/**\", \"./lib/*.ts\"],\n"
           "  \"exclude\": [\"vendor\", \"**/*.test.ts\"],\n"
           "  \"defaultExcludes\": false,\n"
           "  \"outDir\": \"gen\",\n"
           "  \"cacheDir\": \"../cache\",\n"
           "  \"tags\": { \"graphqlAdmin\": \"admin\" },\n"
           "  \"tagModules\": [\"@acme/graphql\", \"./src/gql\"],\n"
           "  \"globals\": [\"query\"],\n"
           "  \"composer\": { \"modules\": [\"./soda\"] },\n"
           "  \"moduleFormat\": \"cjs\",\n"
           "  \"onError\": \"omit\",\n"
           "  \"commitOutputs\": true,\n"
           "  \"rules\": { \"NoDeprecated\": \"warn\", \"NoUnusedVariables\": \"off\" },\n"
           "  \"overrides\": [{ \"files\": [\"src/old/**\"], \"rules\": { \"NoDeprecated\": "
           "\"off\" } }],\n"
           "  \"maxFileSize\": 1000,\n"
           "}"}},
         "/app/builder.config.json\n"
         "project \"\" at /app/web\n"
         "  schema admin: admin/a.graphql for src/admin/**\n"
         "  schema default: ./schema.graphql ext/*.graphql\n"
         "  include: src !src/x/** ./lib/*.ts\n"
         "  exclude: vendor **/*.test.ts\n"
         "  out: /app/web/gen\n"
         "  cache: /app/cache\n"
         "  tag graphqlAdmin -> admin\n"
         "  tag modules: @acme/graphql ./src/gql\n"
         "  globals: query\n"
         "  composer modules: ./soda\n"
         "  module format: cjs\n"
         "  on error: omit\n"
         "  outputs are committed\n"
         "  no default excludes\n"
         "  max file bytes: 1000\n"
         "  rules: NoDeprecated=warn NoUnusedVariables=off\n"
         "  override: src/old/**: NoDeprecated=off\n"},
        {"projects share what stands outside of them",
         {{"/app/a/s.graphql", k_schema},
          {"/app/b/s.graphql", k_schema},
          {"/app/builder.config.json",
           "{\n"
           "  \"schema\": \"s.graphql\",\n"
           "  \"rules\": { \"NoDeprecated\": \"error\" },\n"
           "  \"projects\": { \"b\": { \"root\": \"b\" }, \"a\": { \"root\": \"a\", \"rules\": {}, "
           "\"outDir\": \"out\" } }\n"
           "}"}},
         "/app/builder.config.json\n"
         "project \"a\" at /app/a\n"
         "  schema default: s.graphql\n"
         "  include: **/*.{ts,tsx,mts,cts,js,jsx,mjs,cjs,graphql,gql,graphqls}\n"
         "  out: /app/a/out\n"
         "  cache: /app/a/.cache/builder\n"
         "project \"b\" at /app/b\n"
         "  schema default: s.graphql\n"
         "  include: **/*.{ts,tsx,mts,cts,js,jsx,mjs,cjs,graphql,gql,graphqls}\n"
         "  out: /app/b/.builder\n"
         "  cache: /app/b/.cache/builder\n"
         "  rules: NoDeprecated=error\n"},
        {"projects of one root get folders of their own",
         {{"/app/s.graphql", k_schema},
          {"/app/builder.config.json",
           "{ \"schema\": \"s.graphql\", \"projects\": { \"web\": {}, \"admin\": { \"outDir\": "
           "\"gen/admin\" } } }"}},
         "/app/builder.config.json\n"
         "project \"admin\" at /app\n"
         "  schema default: s.graphql\n"
         "  include: **/*.{ts,tsx,mts,cts,js,jsx,mjs,cjs,graphql,gql,graphqls}\n"
         "  out: /app/gen/admin\n"
         "  cache: /app/.cache/builder/admin\n"
         "project \"web\" at /app\n"
         "  schema default: s.graphql\n"
         "  include: **/*.{ts,tsx,mts,cts,js,jsx,mjs,cjs,graphql,gql,graphqls}\n"
         "  out: /app/.builder/web\n"
         "  cache: /app/.cache/builder/web\n"},
        {"a config without a schema takes the one that is found",
         {{"/app/deep/s.graphql", k_schema}, {"/app/builder.config.json", "{}"}},
         "/app/builder.config.json\n"
         "project \"\" at /app\n"
         "  schema default: deep/s.graphql\n"
         "  include: **/*.{ts,tsx,mts,cts,js,jsx,mjs,cjs,graphql,gql,graphqls}\n"
         "  out: /app/.builder\n"
         "  cache: /app/.cache/builder\n"},
    });
  }

  TEST_CASE("the config is searched upwards, and shown from where one stands") {
    session::ConfigRequest request;
    request.working_dir = "/app/web/src";
    const std::vector<File> files{
        {"/app/schema.graphql", k_schema},
        {"/app/builder.config.json", "{ \"schema\": \"schema.graphql\", \"inclde\": [] }"},
        {"/app/.graphqlrc.yml", "schema: other.graphql"},
        {"/app/web/src/a.ts", ""}};

    CHECK(
        load(files, request) ==
        "../../builder.config.json:1:31-1:39 error ConfigKey: Unknown key \"inclde\". Did you mean "
        "\"include\" or \"exclude\"?\n");
  }

  TEST_CASE("the command line wins over the config") {
    session::ConfigRequest request;
    request.working_dir = "/app/web";
    request.file = "../builder.config.json";
    request.project = "b";
    request.entries = {"src/**/*.ts", "!src/x/*", "/app/lib/*.ts"};
    request.out_dir = "gen";
    const std::vector<File> files{
        {"/app/schema.graphql", k_schema},
        {"/app/builder.config.json",
         R"({ "schema": "schema.graphql", "projects": { "a": {}, "b": {} } })"}};

    CHECK(load(files, request) ==
          "/app/builder.config.json\n"
          "project \"b\" at /app\n"
          "  schema default: schema.graphql\n"
          "  include: web/src/**/*.ts !web/src/x/* lib/*.ts\n"
          "  out: /app/web/gen\n"
          "  cache: /app/.cache/builder/b\n");
  }

  TEST_CASE("the working directory itself may be an entry") {
    session::ConfigRequest request;
    request.working_dir = "/app";
    request.entries = {".", "!./"};
    const std::vector<File> files{
        {"/app/schema.graphql", k_schema},
        {"/app/builder.config.json", R"({ "schema": "schema.graphql" })"}};

    CHECK(load(files, request) ==
          "/app/builder.config.json\n"
          "project \"\" at /app\n"
          "  schema default: schema.graphql\n"
          "  include: . !.\n"
          "  out: /app/.builder\n"
          "  cache: /app/.cache/builder\n");
  }

  TEST_CASE("projects whose out folders are one through a symlink are told") {
    support::MemoryFileSystem disk;
    disk.put("/app/s.graphql", k_schema);
    disk.put_directory("/app/o");
    disk.put_symlink("/app/l", "/app/o");
    disk.put("/app/builder.config.json",
             R"({ "schema": "s.graphql", "projects": { "a": { "outDir": "o/x" }, )"
             R"("b": { "outDir": "l/x" } } })");

    const session::ConfigResult result = session::load_config(disk, {"/app", "", "", {}, ""});

    CHECK(session::describe(result.problems).find("would write into each other's folders") !=
          std::string::npos);
  }

  TEST_CASE("requests that the config cannot meet are told") {
    const std::vector<File> files{
        {"/app/schema.graphql", k_schema},
        {"/app/builder.config.json",
         R"({ "schema": "schema.graphql", "projects": { "web": {}, "admin": {} } })"},
        {"/app/plain.json", R"({ "schema": "schema.graphql" })"}};
    struct RequestCase {
      const char* name;
      session::ConfigRequest request;
      std::string expected;
    };
    const std::vector<RequestCase> cases{
        {"a file that is not there",
         {"/app", "x.json", "", {}, ""},
         "x.json error Config: The config file does not exist.\n"},
        {"an unknown project",
         {"/app", "", "wep", {}, ""},
         "builder.config.json error Config: There is no project \"wep\". Did you mean \"web\"? The "
         "projects are: admin web\n"},
        {"a project of a plain config",
         {"/app", "plain.json", "web", {}, ""},
         "plain.json error Config: There is no project \"web\": the config is of one project "
         "without a name.\n"},
        {"an out folder for several projects",
         {"/app", "", "", {}, "gen"},
         "builder.config.json error Config: `--entry` and `--out` need one project: choose it with "
         "`-p`.\n"},
        {"the root as out folder",
         {"/app", "plain.json", "", {}, "."},
         " error Config: `--out` must be a folder of its own: it cannot be the project's root or a "
         "folder above it.\n"},
    };
    for (const RequestCase& row : cases) {
      SUBCASE(row.name) {
        CHECK(load(files, row.request) == row.expected);
      }
    }
  }

  TEST_CASE("a config that cannot be read is told, and never hangs on a FIFO") {
    support::MemoryFileSystem disk;
    disk.put_other("/app/builder.config.json");

    const session::ConfigResult result = session::load_config(disk, {"/app", "", "", {}, ""});

    CHECK(session::describe(result.problems) ==
          "builder.config.json error Config: The config cannot be read: /app/builder.config.json "
          "is not a regular file.\n");
  }
}
