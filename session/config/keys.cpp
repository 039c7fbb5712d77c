#include "session/config/keys.h"

#include <algorithm>
#include <iterator>

#include "base/check.h"
#include "builder/rule_levels.h"

namespace session::config {
namespace {

struct RuleDescription {
  std::string_view rule;
  std::string_view text;
};

/// For editors; the compile core says which rules there are.
constexpr RuleDescription k_rule_descriptions[] = {
    {"DuplicateDefinition",
     "Two definitions of one name with equal text. Different texts are always an error."},
    {"NoDeprecated", "Use of a deprecated field, argument, input field or enum value."},
    {"NoSchemaIntrospection", "Use of `__schema` or `__type`."},
    {"NoUnusedFragments", "A fragment that no operation reaches."},
    {"NoUnusedVariables", "A variable that its operation does not use."},
    {"UnknownTag", "Templates that look like GraphQL, under a tag that is not known to be one."},
    {"UnresolvedImport", "An `#import` of a document file that is not there."},
    {"UnresolvedInterpolation",
     "A `${...}` in a document whose value cannot be known without running code."},
};

std::vector<RuleSpec> make_rule_specs() {
  std::vector<RuleSpec> specs;
  for (const builder::ConfigurableRule& rule : builder::configurable_rules()) {
    const auto* description =
        std::find_if(std::begin(k_rule_descriptions),
                     std::end(k_rule_descriptions),
                     [&](const RuleDescription& entry) { return entry.rule == rule.name; });
    base::check(description != std::end(k_rule_descriptions), "every rule has a description");
    specs.push_back({rule.name, rule.default_level, description->text});
  }
  return specs;
}

constexpr std::string_view k_fixed_rules[] = {
    "ExecutableDefinitions",
    "FieldsOnCorrectType",
    "FragmentsOnCompositeTypes",
    "KnownArgumentNames",
    "KnownDirectives",
    "KnownFragmentNames",
    "KnownTypeNames",
    "LoneAnonymousOperation",
    "MaxIntrospectionDepth",
    "NoFragmentCycles",
    "NoUndefinedVariables",
    "OverlappingFieldsCanBeMerged",
    "PossibleFragmentSpreads",
    "ProvidedRequiredArguments",
    "ScalarLeafs",
    "SingleFieldSubscriptions",
    "UniqueArgumentNames",
    "UniqueDirectivesPerLocation",
    "UniqueFragmentNames",
    "UniqueInputFieldNames",
    "UniqueOperationNames",
    "UniqueVariableNames",
    "ValuesOfCorrectType",
    "VariablesAreInputTypes",
    "VariablesInAllowedPosition",
};

/// What is read.
std::vector<KeySpec> make_input_keys() {
  return {
      {"root",
       &RawProject::root,
       "The project's folder, relative to this file. All other paths are relative to it.",
       R"(".")",
       {}},
      {"schema",
       &RawProject::schema,
       "The schema: files, folders or globs of SDL, introspection JSON and client extensions. "
       "Without it, the one schema that is found by content is taken.",
       "",
       {}},
      {"schemas",
       &RawProject::schemas,
       "Several schemas by label. `include` says which files are written against one; `tags` does "
       "the same by the name of the tag.",
       "",
       {}},
      {"include",
       &RawProject::include,
       "Globs of the files to read, in order; a leading `!` takes matches away again.",
       R"(["**/*.{ts,tsx,mts,cts,js,jsx,mjs,cjs,graphql,gql,graphqls}"])",
       {}},
      {"exclude", &RawProject::exclude, "Globs of files that are never read.", "[]", {}},
      {"defaultExcludes",
       &RawProject::default_excludes,
       "Whether generated files, `*.d.ts`, `dist` and files marked `@generated` are left out too.",
       "true",
       {}},
  };
}

/// What is made of it.
std::vector<KeySpec> make_output_keys() {
  return {
      {"outDir",
       &RawProject::out_dir,
       "The folder for modules, manifest and artifact. It must be the tool's own.",
       R"(".builder")",
       {}},
      {"cacheDir",
       &RawProject::cache_dir,
       "The folder for what is kept between runs. It may be deleted at any time.",
       R"(".cache/builder")",
       {}},
      {"tags",
       &RawProject::tags,
       "Name of a tag -> label of the schema that its documents are written against.",
       "{}",
       {}},
      {"tagModules",
       &RawProject::tag_modules,
       "Packages, and project files that begin with `./`, whose exports are GraphQL tags.",
       "[]",
       {}},
      {"globals",
       &RawProject::globals,
       "Names that are GraphQL tags without being imported, beyond `gql` and `graphql`.",
       "[]",
       {}},
      {"composer",
       &RawProject::composer,
       "Where the composer's `gql` comes from, beyond modules that end in `/graphql-system`.",
       "{}",
       {}},
      {"moduleFormat",
       &RawProject::module_format,
       "The format of emitted modules.",
       R"("esm")",
       {"esm", "cjs"}},
      {"onError",
       &RawProject::on_error,
       "What a module exports for a definition with an error: a stub that throws when it is used, "
       "or nothing.",
       R"("stub")",
       {"stub", "omit"}},
      {"commitOutputs",
       &RawProject::commit_outputs,
       "Whether the outputs are meant for version control. If not, `outDir` gets a `.gitignore`.",
       "false",
       {}},
      {"rules", &RawProject::rules, "Levels of the rules that can be configured.", "{}", {}},
      {"overrides",
       &RawProject::overrides,
       "Levels of rules for some files; a later entry wins over an earlier one.",
       "[]",
       {}},
      {"maxFileSize",
       &RawProject::max_file_size,
       "Bytes. A larger source file is an error.",
       "33554432",
       {}},
  };
}

}  // namespace

const std::vector<KeySpec>& project_keys() {
  static const std::vector<KeySpec> keys = [] {
    std::vector<KeySpec> all = make_input_keys();
    const std::vector<KeySpec> outputs = make_output_keys();
    all.insert(all.end(), outputs.begin(), outputs.end());
    return all;
  }();
  return keys;
}

const std::vector<RuleSpec>& rule_specs() {
  static const std::vector<RuleSpec> specs = make_rule_specs();
  return specs;
}

std::span<const std::string_view> fixed_rules() {
  return k_fixed_rules;
}

std::string_view to_text(RuleLevel level) {
  switch (level) {
    case RuleLevel::off:
      return "off";
    case RuleLevel::warn:
      return "warn";
    case RuleLevel::error:
      return "error";
  }
  return "error";
}

}  // namespace session::config
