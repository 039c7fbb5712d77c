#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "tests/session/load_cases.h"

using session::check_cases;
using session::File;
using session::k_schema;

TEST_SUITE("session/config_mistakes") {
  TEST_CASE("mistakes in our own config are told with their place") {
    check_cases({
        {"syntax",
         {{"/app/builder.config.json",
           "{\n"
           "  \"schema\": \"a\"\n"
           "  \"include\": []\n"
           "}"}},
         "builder.config.json:3:3-3:4 error ConfigSyntax: Expected \",\" or \"}\".\n"},
        {"an unclosed string",
         {{"/app/builder.config.json",
           "{\n"
           "  \"schema\": \"a\n"
           "}"}},
         "builder.config.json:2:13-2:15 error ConfigSyntax: This string is not closed.\n"},
        {"an empty file",
         {{"/app/builder.config.json", ""}},
         "builder.config.json:1:1-1:1 error ConfigSyntax: Expected a value, but the file ends "
         "here.\n"},
        {"no UTF-8",
         {{"/app/builder.config.json", "{ \"schema\": \"\xff\" }"}},
         "builder.config.json:1:14-1:15 error ConfigSyntax: This byte is not valid UTF-8.\n"},
        {"a key given twice",
         {{"/app/builder.config.json", "{ \"outDir\": \"a\", \"outDir\": \"b\" }"}},
         "builder.config.json:1:18-1:26 error ConfigSyntax: The key \"outDir\" is given twice.\n"
         "  builder.config.json:1:3-1:11 first given here\n"},
        {"all unknown keys and wrong kinds at once",
         {{"/app/schema.graphql", k_schema},
          {"/app/builder.config.json",
           "{\n"
           "  \"shema\": \"schema.graphql\",\n"
           "  \"schema\": 1,\n"
           "  \"include\": [\"a\", true],\n"
           "  \"outdir\": \"x\",\n"
           "  \"moduleFormat\": \"umd\",\n"
           "  \"defaultExcludes\": \"no\",\n"
           "  \"tags\": [\"a\"],\n"
           "  \"composer\": { \"module\": [] },\n"
           "  \"maxFileSize\": -1,\n"
           "  \"rules\": { \"NoDeprecated\": 1 },\n"
           "  \"overrides\": [{ \"rule\": {} }, 3],\n"
           "  \"schemas\": { \"x\": {}, \"y\": { \"files\": \"a\" } },\n"
           "  \"projects\": []\n"
           "}"}},
         "builder.config.json:2:3-2:10 error ConfigKey: Unknown key \"shema\". Did you mean "
         "\"schema\", \"$schema\", or \"schemas\"?\n"
         "builder.config.json:3:13-3:14 error ConfigValue: \"schema\" must be a string or a list "
         "of strings, but this is a number.\n"
         "builder.config.json:4:20-4:24 error ConfigValue: \"include\" must be a list of strings, "
         "but this is a boolean.\n"
         "builder.config.json:5:3-5:11 error ConfigKey: Unknown key \"outdir\". Did you mean "
         "\"outDir\"?\n"
         "builder.config.json:6:19-6:24 error ConfigValue: \"moduleFormat\" cannot be \"umd\": it "
         "is \"esm\" or \"cjs\".\n"
         "builder.config.json:7:22-7:26 error ConfigValue: \"defaultExcludes\" must be true or "
         "false, but this is a string.\n"
         "builder.config.json:8:11-8:16 error ConfigValue: \"tags\" must be an object, but this is "
         "a list.\n"
         "builder.config.json:9:17-9:25 error ConfigKey: Unknown key \"module\". Did you mean "
         "\"modules\"?\n"
         "builder.config.json:10:18-10:20 error ConfigValue: \"maxFileSize\" must be a positive "
         "whole number.\n"
         "builder.config.json:11:30-11:31 error ConfigValue: \"NoDeprecated\" must be a string, "
         "but this is a number.\n"
         "builder.config.json:12:17-12:31 error ConfigKey: An override needs \"files\".\n"
         "builder.config.json:12:19-12:25 error ConfigKey: Unknown key \"rule\". Did you mean "
         "\"rules\"?\n"
         "builder.config.json:12:33-12:34 error ConfigValue: \"overrides\" must be a list of "
         "objects, but this is a number.\n"
         "builder.config.json:13:16-13:19 error ConfigKey: The schema \"x\" needs \"schema\".\n"
         "builder.config.json:13:25-13:28 error ConfigKey: The schema \"y\" needs \"schema\".\n"
         "builder.config.json:13:32-13:39 error ConfigKey: Unknown key \"files\".\n"
         "builder.config.json:14:15-14:17 error ConfigValue: \"projects\" must be an object with "
         "at least one project.\n"},
        {"mistakes of both kinds",
         {{"/app/schema.graphql", k_schema},
          {"/app/builder.config.json",
           "{ \"inclde\": 1, \"schemas\": { \"a\": {}, \"b\": \"b.graphql\" },\n"
           "  \"rules\": { \"Foo\": \"off\" }, \"tags\": { \"x\": \"c\" } }"}},
         "builder.config.json:1:3-1:11 error ConfigKey: Unknown key \"inclde\". Did you mean "
         "\"include\" or \"exclude\"?\n"
         "builder.config.json:1:29-1:32 error ConfigKey: The schema \"a\" needs \"schema\".\n"
         "builder.config.json:1:43-1:54 error ConfigSchema: The schema file \"b.graphql\" does not "
         "exist.\n"
         "builder.config.json:2:14-2:19 error ConfigValue: Unknown rule \"Foo\".\n"
         "builder.config.json:2:45-2:48 error ConfigValue: There is no schema with the label "
         "\"c\". Did you mean \"a\" or \"b\"?\n"},
        {"values that contradict each other or the disk",
         {{"/app/schema.graphql", k_schema},
          {"/app/builder.config.json",
           "{\n"
           "  \"schema\": [\"schema.graphql\", \"missing.graphql\", "
           "\"https://example.org/graphql\", \"${SCHEMA}\"],\n"
           "  \"schemas\": { \"default\": \"schema.graphql\", \"admin\": [] },\n"
           "  \"include\": [\"/abs/**\", \"\"],\n"
           "  \"outDir\": \"..\",\n"
           "  \"tags\": { \"gqlAdmin\": \"admn\" },\n"
           "  \"rules\": { \"NoDeprecate\": \"warn\", \"FieldsOnCorrectType\": \"off\", "
           "\"NoUnusedFragments\": \"warning\" }\n"
           "}"}},
         "builder.config.json:2:32-2:49 error ConfigSchema: The schema file \"missing.graphql\" "
         "does not exist.\n"
         "builder.config.json:2:51-2:80 error ConfigSchema: A schema cannot be read from a URL, so "
         "that builds need no network. Save it to a file, as SDL or introspection JSON, and name "
         "the file.\n"
         "builder.config.json:2:82-2:93 error ConfigSchema: A schema cannot depend on environment "
         "variables, so that equal inputs give equal outputs. Name the file.\n"
         "builder.config.json:3:16-3:25 error ConfigSchema: The label \"default\" already means "
         "\"schema\".\n"
         "builder.config.json:3:45-3:52 error ConfigSchema: The schema \"admin\" has no files.\n"
         "builder.config.json:4:26-4:28 error ConfigValue: This cannot be used: bad glob \"\": the "
         "pattern is empty.\n"
         "builder.config.json:5:13-5:17 error ConfigValue: \"outDir\" must be a folder of its own: "
         "it cannot be the project's root or a folder above it.\n"
         "builder.config.json:6:25-6:31 error ConfigValue: There is no schema with the label "
         "\"admn\". Did you mean \"admin\"?\n"
         "builder.config.json:7:14-7:27 error ConfigValue: Unknown rule \"NoDeprecate\". Did you "
         "mean \"NoDeprecated\"?\n"
         "builder.config.json:7:37-7:58 error ConfigValue: \"FieldsOnCorrectType\" is a rule of "
         "the GraphQL specification. It always applies and cannot be configured.\n"
         "builder.config.json:7:88-7:97 error ConfigValue: A rule's level is \"off\", \"warn\" or "
         "\"error\", not \"warning\".\n"},
        {"a root that is not there",
         {{"/app/builder.config.json", "{ \"root\": \"web\", \"schema\": \"a\" }"}},
         "builder.config.json:1:11-1:16 error ConfigValue: The root \"web\" does not exist.\n"},
        {"projects in each other's folders, with a bad name",
         {{"/app/s.graphql", k_schema},
          {"/app/builder.config.json",
           "{ \"schema\": \"s.graphql\", \"projects\": { \"a\": { \"outDir\": \"gen\" }, \"b/c\": "
           "{ \"outDir\": \"gen/b\" } } }"}},
         "builder.config.json:1:66-1:71 error ConfigValue: A project's name must not be empty, "
         "\".\", \"..\" or contain \"/\".\n"
         "builder.config.json:1:85-1:92 error ConfigValue: The projects \"a\" and \"b/c\" would "
         "write into each other's folders. Give each an \"outDir\" of its own.\n"},
        {"projects that share a cache folder",
         {{"/app/s.graphql", k_schema},
          {"/app/builder.config.json",
           "{ \"schema\": \"s.graphql\", \"projects\": { \"a\": { \"cacheDir\": \"c\" }, \"b\": "
           "{ \"cacheDir\": \"./c\" } } }"}},
         "builder.config.json:1:85-1:90 error ConfigValue: The projects \"a\" and \"b\" would drop "
         "each other's cache. Give each a \"cacheDir\" of its own.\n"},
        {"nothing to read",
         {{"/app/s.graphql", k_schema}, {"/app/builder.config.json", "{ \"include\": [] }"}},
         "builder.config.json:1:1-1:2 error ConfigValue: \"include\" has no globs: nothing is "
         "read.\n"},
        {"columns are counted in UTF-16 units, behind a byte order mark",
         {{"/app/builder.config.json", "\xEF\xBB\xBF{ \"\xF0\x9F\x98\x80\": 1 }\r\n"},
          {"/app/s.graphql", k_schema}},
         "builder.config.json:1:3-1:7 error ConfigKey: Unknown key \"😀\".\n"},
        {"several schemas where none is named",
         {{"/app/a.graphql", k_schema},
          {"/app/b.graphql", k_schema},
          {"/app/builder.config.json", "{}"}},
         "builder.config.json:1:1-1:2 error ConfigSchema: No schema is given, and several were "
         "found. Add one of:\n"
         "  \"schema\": \"a.graphql\"\n"
         "  \"schema\": \"b.graphql\"\n"},
    });
  }

  TEST_CASE("hostile files end quickly and quietly") {
    std::string wide = "{ \"include\": [";
    for (int i = 0; i < 10'000; ++i) {
      wide += "1, ";
    }
    const std::string aliases = [] {
      std::string text = "a: &a0 [x, x, x, x, x, x, x, x]\n";
      for (int i = 1; i < 12; ++i) {
        const std::string last = "*a" + std::to_string(i - 1);
        text += "k" + std::to_string(i) + ": &a" + std::to_string(i) + " [" + last + ", " + last +
                ", " + last + ", " + last + ", " + last + ", " + last + "]\n";
      }
      return text;
    }();
    struct HostileCase {
      const char* name;
      File file;
      std::string first_line;
    };
    const std::vector<HostileCase> cases{
        {"deep JSON",
         {"/app/builder.config.json", std::string(100'000, '[')},
         "builder.config.json:1:66-1:67 error ConfigSyntax: Values are nested too deeply."},
        {"deep YAML",
         {"/app/.graphqlrc.yml", std::string(20'000, '[')},
         ".graphqlrc.yml error ConfigSyntax: Values are nested too deeply."},
        {"aliases of aliases",
         {"/app/.graphqlrc.yml", aliases},
         ".graphqlrc.yml:1:9-1:10 error ConfigSyntax: Values are nested too deeply or repeated too "
         "often."},
        {"ten thousand mistakes",
         {"/app/builder.config.json", wide + "] }"},
         "builder.config.json error Config: 9900 more mistakes are not shown."},
    };
    for (const HostileCase& row : cases) {
      SUBCASE(row.name) {
        const std::string told = session::load({row.file}, {"/app", "", "", {}, ""});

        CHECK(told.substr(0, told.find('\n')) == row.first_line);
      }
    }
  }
}
