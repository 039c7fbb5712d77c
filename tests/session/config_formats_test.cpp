#include <doctest/doctest.h>

#include "tests/session/load_cases.h"

using session::check_cases;
using session::k_schema;

TEST_SUITE("session/config_formats") {
  TEST_CASE("the configs of graphql-config are read") {
    check_cases({
        {"YAML without an extension",
         {{"/app/api/s.graphql", k_schema},
          {"/app/.graphqlrc",
           "schema: api/*.graphql\n"
           "documents:\n"
           "  - src/**/*.{ts,tsx}\n"
           "  - '!src/gen/**'\n"
           "exclude: src/old/**\n"
           "extensions:\n"
           "  codegen:\n"
           "    x: 1\n"
           "  builder:\n"
           "    outDir: gen\n"
           "    rules: { NoDeprecated: warn }\n"}},
         "/app/.graphqlrc\n"
         "project \"\" at /app\n"
         "  schema default: api/*.graphql\n"
         "  include: src/**/*.{ts,tsx} !src/gen/**\n"
         "  exclude: src/old/**\n"
         "  out: /app/gen\n"
         "  cache: /app/.cache/builder\n"
         "  rules: NoDeprecated=warn\n"},
        {"JSON without an extension",
         {{"/app/s.graphql", k_schema},
          {"/app/.graphqlrc", "{ \"schema\": [\"s.graphql\"], \"include\": \"src/**\" }"}},
         "/app/.graphqlrc\n"
         "project \"\" at /app\n"
         "  schema default: s.graphql\n"
         "  include: src/**\n"
         "  out: /app/.builder\n"
         "  cache: /app/.cache/builder\n"},
        {"YAML that begins like JSON",
         {{"/app/s.graphql", k_schema}, {"/app/.graphqlrc", "{schema: s.graphql}"}},
         "/app/.graphqlrc\n"
         "project \"\" at /app\n"
         "  schema default: s.graphql\n"
         "  include: **/*.{ts,tsx,mts,cts,js,jsx,mjs,cjs,graphql,gql,graphqls}\n"
         "  out: /app/.builder\n"
         "  cache: /app/.cache/builder\n"},
        {"projects, and a schema with loader options",
         {{"/app/a.graphql", k_schema},
          {"/app/b.graphql", k_schema},
          {"/app/.graphqlrc.yml",
           "projects:\n"
           "  web:\n"
           "    schema:\n"
           "      - a.graphql:\n"
           "          noRequire: true\n"
           "    documents: web/**/*.ts\n"
           "  admin:\n"
           "    schema: b.graphql\n"
           "    documents: admin/**/*.ts\n"}},
         "/app/.graphqlrc.yml\n"
         "project \"admin\" at /app\n"
         "  schema default: b.graphql\n"
         "  include: admin/**/*.ts\n"
         "  out: /app/.builder/admin\n"
         "  cache: /app/.cache/builder/admin\n"
         "project \"web\" at /app\n"
         "  schema default: a.graphql\n"
         "  include: web/**/*.ts\n"
         "  out: /app/.builder/web\n"
         "  cache: /app/.cache/builder/web\n"},
        {"package.json",
         {{"/app/s.graphql", k_schema},
          {"/app/package.json", "{ \"name\": \"x\", \"graphql\": { \"schema\": \"s.graphql\" } }"}},
         "/app/package.json\n"
         "project \"\" at /app\n"
         "  schema default: s.graphql\n"
         "  include: **/*.{ts,tsx,mts,cts,js,jsx,mjs,cjs,graphql,gql,graphqls}\n"
         "  out: /app/.builder\n"
         "  cache: /app/.cache/builder\n"},
        {"a package.json whose key is somebody else's",
         {{"/app/s.graphql", k_schema},
          {"/app/package.json", "{ \"graphql\": \"16.0.0\", \"relay\": {} }"}},
         "defaults\n"
         "project \"\" at /app\n"
         "  schema default: s.graphql\n"
         "  include: **/*.{ts,tsx,mts,cts,js,jsx,mjs,cjs,graphql,gql,graphqls}\n"
         "  exclude: build/** coverage/** out/**\n"
         "  out: /app/.builder\n"
         "  cache: /app/.cache/builder\n"},
        {"graphql.config.json",
         {{"/app/s.graphql", k_schema},
          {"/app/graphql.config.json", "{ \"schema\": \"s.graphql\" }"}},
         "/app/graphql.config.json\n"
         "project \"\" at /app\n"
         "  schema default: s.graphql\n"
         "  include: **/*.{ts,tsx,mts,cts,js,jsx,mjs,cjs,graphql,gql,graphqls}\n"
         "  out: /app/.builder\n"
         "  cache: /app/.cache/builder\n"},
        {"broken YAML",
         {{"/app/.graphqlrc.yaml",
           "schema: a\n"
           "  documents: [\n"}},
         ".graphqlrc.yaml:2:12-2:13 error ConfigSyntax: This is not valid YAML: illegal map "
         "value.\n"},
        {"broken without an extension",
         {{"/app/.graphqlrc", "{ \"schema\": \"a\" \"documents\": \"b\" }"}},
         ".graphqlrc:1:17-1:18 error ConfigSyntax: Expected \",\" or \"}\".\n"},
        {"a schema on the network, and mistakes in our part",
         {{"/app/.graphqlrc.yml",
           "schemas: x\n"
           "schema: https://example.org/graphql\n"
           "extensions:\n"
           "  builder:\n"
           "    outdir: x\n"
           "    root: y\n"}},
         ".graphqlrc.yml:1:1-1:8 warning ConfigKey: Unknown key \"schemas\". Did you mean "
         "\"schema\"?\n"
         ".graphqlrc.yml:2:9-2:36 error ConfigSchema: A schema cannot be read from a URL, so that "
         "builds need no network. Save it to a file, as SDL or introspection JSON, and name the "
         "file.\n"
         ".graphqlrc.yml:5:5-5:11 error ConfigKey: Unknown key \"outdir\". Did you mean "
         "\"outDir\"?\n"
         ".graphqlrc.yml:6:5-6:9 error ConfigKey: \"root\" cannot be set here: the paths of this "
         "file are relative to its folder.\n"},
        {"a YAML alias inside itself",
         {{"/app/.graphqlrc.yml", "schema: &a [*a]\n"}},
         ".graphqlrc.yml:1:9-1:10 error ConfigSyntax: Values are nested too deeply or repeated too "
         "often.\n"},
    });
  }

  TEST_CASE("the configs of Relay are read") {
    check_cases({
        {"one project",
         {{"/app/data/schema.graphql", k_schema},
          {"/app/ext/a.graphql", "extend type Query { x: Int }"},
          {"/app/relay.config.json",
           "{ \"src\": \"./src\", \"schema\": \"./data/schema.graphql\", \"schemaExtensions\": "
           "[\"./ext\"], \"language\": \"typescript\", \"artifactDirectory\": "
           "\"./src/__generated__\", \"excludes\": [\"**/x/**\"], \"eagerEsModules\": true }"}},
         "/app/relay.config.json\n"
         "project \"\" at /app\n"
         "  schema default: ./data/schema.graphql ./ext\n"
         "  include: src/**/*.{ts,tsx,mts,cts,js,jsx,mjs,cjs}\n"
         "  exclude: **/x/**\n"
         "  out: /app/.builder\n"
         "  cache: /app/.cache/builder\n"},
        {"package.json, without a source folder",
         {{"/app/schema.graphql", k_schema},
          {"/app/package.json",
           "{ \"relay\": { \"src\": \"./\", \"schema\": \"schema.graphql\", \"language\": \"flow\" "
           "} }"}},
         "/app/package.json\n"
         "project \"\" at /app\n"
         "  schema default: schema.graphql\n"
         "  include: **/*.{ts,tsx,mts,cts,js,jsx,mjs,cjs}\n"
         "  exclude: **/node_modules/** **/__mocks__/** **/__generated__/**\n"
         "  out: /app/.builder\n"
         "  cache: /app/.cache/builder\n"},
        {"several projects, nested sources and a base",
         {{"/app/root/a.graphql", k_schema},
          {"/app/root/b.graphql", k_schema},
          {"/app/relay.config.json",
           "{ \"root\": \"root\", \"sources\": { \"src\": \"web\", \"src/admin\": \"admin\", "
           "\"shared\": [\"web\", \"common\"] }, \"projects\": { \"common\": { \"schema\": "
           "\"a.graphql\" }, \"web\": { \"schema\": \"a.graphql\", \"base\": \"common\" }, "
           "\"admin\": { \"schema\": \"b.graphql\" } } }"}},
         "/app/relay.config.json\n"
         "project \"admin\" at /app/root\n"
         "  schema default: b.graphql\n"
         "  include: src/admin/**/*.{ts,tsx,mts,cts,js,jsx,mjs,cjs}\n"
         "  exclude: **/node_modules/** **/__mocks__/** **/__generated__/**\n"
         "  out: /app/root/.builder/admin\n"
         "  cache: /app/root/.cache/builder/admin\n"
         "project \"common\" at /app/root\n"
         "  schema default: a.graphql\n"
         "  include: shared/**/*.{ts,tsx,mts,cts,js,jsx,mjs,cjs}\n"
         "  exclude: **/node_modules/** **/__mocks__/** **/__generated__/**\n"
         "  out: /app/root/.builder/common\n"
         "  cache: /app/root/.cache/builder/common\n"
         "project \"web\" at /app/root\n"
         "  schema default: a.graphql\n"
         "  include: shared/**/*.{ts,tsx,mts,cts,js,jsx,mjs,cjs} "
         "src/**/*.{ts,tsx,mts,cts,js,jsx,mjs,cjs} "
         "!src/admin/**/*.{ts,tsx,mts,cts,js,jsx,mjs,cjs}\n"
         "  exclude: **/node_modules/** **/__mocks__/** **/__generated__/**\n"
         "  out: /app/root/.builder/web\n"
         "  cache: /app/root/.cache/builder/web\n"},
        {"a slip",
         {{"/app/schema.graphql", k_schema},
          {"/app/relay.config.json",
           "{ \"src\": \"./src\", \"schema\": \"schema.graphql\", \"schemaExtension\": [] }"}},
         "/app/relay.config.json\n"
         "project \"\" at /app\n"
         "  schema default: schema.graphql\n"
         "  include: src/**/*.{ts,tsx,mts,cts,js,jsx,mjs,cjs}\n"
         "  exclude: **/node_modules/** **/__mocks__/** **/__generated__/**\n"
         "  out: /app/.builder\n"
         "  cache: /app/.cache/builder\n"
         "relay.config.json:1:47-1:64 warning ConfigKey: Unknown key \"schemaExtension\". Did you "
         "mean \"schemaExtensions\"?\n"},
    });
  }

  TEST_CASE("configs that cannot be read say what to do") {
    check_cases({
        {"a script",
         {{"/app/codegen.ts", "export default {}"}},
         "codegen.ts error Config: This config must be run to be read, which a build never does. "
         "Run `builder init --from codegen.ts` once: it writes builder.config.json.\n"},
        {"a script of graphql-config",
         {{"/app/graphql.config.mjs", "export default {}"}},
         "graphql.config.mjs error Config: This config must be run to be read, which a build never "
         "does. Run `builder init --from graphql.config.mjs` once: it writes "
         "builder.config.json.\n"},
        {"YAML of a code generator",
         {{"/app/codegen.yml", "schema: a"}},
         "codegen.yml error Config: This is the config of a code generator. Run `builder init "
         "--from codegen.yml` once: it writes builder.config.json.\n"},
        {"TOML",
         {{"/app/.graphqlrc.toml", ""}},
         ".graphqlrc.toml error Config: TOML is not read. Write the config as YAML or JSON, or run "
         "`builder init`.\n"},
        {"a readable config comes before a script",
         {{"/app/s.graphql", k_schema},
          {"/app/codegen.ts", ""},
          {"/app/relay.config.json", "{ \"src\": \"src\", \"schema\": \"s.graphql\" }"}},
         "/app/relay.config.json\n"
         "project \"\" at /app\n"
         "  schema default: s.graphql\n"
         "  include: src/**/*.{ts,tsx,mts,cts,js,jsx,mjs,cjs}\n"
         "  exclude: **/node_modules/** **/__mocks__/** **/__generated__/**\n"
         "  out: /app/.builder\n"
         "  cache: /app/.cache/builder\n"},
    });
  }
}
