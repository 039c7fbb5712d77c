// What a session leaves for the next one: nothing of it may be lost or bent on the way, and
// whatever else lies there must not do harm.

#include <doctest/doctest.h>

#include "discovery/source_reader.h"
#include "session/saved/compiled_fields.h"
#include "session/saved/config_identity.h"
#include "session/saved/session_state.h"
#include "session/saved/sound_facts.h"
#include "session/saved/source_record.h"
#include "tests/session/small_config.h"

using discovery::FactsTier;
using discovery::Language;
using discovery::SourceFile;
using session::pack_facts;
using session::pack_source;
using session::ProjectConfig;
using session::unpack_facts;
using session::unpack_source;

namespace {

// One of everything that facts can hold.
const char* const k_texts[] = {
    "import { gql } from 'graphql-tag';\nimport type { T } from './t';\nimport * as c from './c';\n"
    "export * from './d';\nexport { a as b } from './e';\n"
    "export const NAME = 'Card';\nexport const alias = c.x;\nenum E { A = 'a' }\n"
    "export const CARD = gql`\r\n  fragment Card on User { id \\u0041 }\r\n  ${c.frag} "
    "${'Text'}`;\n"
    "export const PAGE = graphql(/* GraphQL */ `query P { me { ...Card } }`, [CARD, ...more]);\n"
    "// builder-ignore\nconst x = gql`{ a }`;\nfunction f() { return gql`query L { b }`; }\n",
    "import { gql } from 'x/graphql-system';\n"
    "const limits = { page: 10, ['k' + 1]: [1, , ...rest] };\n"
    "export const user = gql.admin(({ model, slice }, { $ }) => model.User({ first: $.n },\n"
    "  ({ f }) => [f.id(), f.name({ x: -limits.page, y: true ? null : `a${1}b` })]));\n"
    "const { a, b: [c] } = gql.admin(({ slice }, x = 1, { y: [z, ...w], ...v }) => a && b || c);\n"
    "enum Role { Admin = 'ADMIN' }\nclass K { static s = 1; static m() { return !x[a + 'b']; } }\n"
    "export default function build(n, ...rest) { return gql.admin(() => gql.admin(...rest)); }\n"
    "export const t = gql.admin(({ fragment }) => fragment('F', 'User')`{ id ${user} }`());\n",
    "const a = gql`query A {\n",
    "",
};

SourceFile file_of(const std::string& text, FactsTier tier) {
  SourceFile file;
  file.path = base::SourcePath("src/a.tsx");
  file.language = Language::tsx;
  file.own_tier = tier;
  file.stamp = {text.size(), 1'700'000'000'000'000'123, -5, 42, 7};
  file.is_stamp_proof = true;
  file.fingerprint = base::fingerprint_of(text);
  std::string padded = text + std::string(base::FileSystem::k_read_padding, '\0');
  discovery::SourceReader reader;
  file.facts = reader.read({std::string_view(padded).substr(0, text.size()), file.language, tier});
  file.text_bytes = static_cast<std::uint32_t>(text.size());
  return file;
}

std::optional<SourceFile> unpack_file(const std::string& row, const std::string& facts) {
  SourceFile file;
  bool has_facts = false;
  if (!unpack_source(row, "src/a.tsx", "/app", file, has_facts) ||
      (has_facts && !unpack_facts(facts, file))) {
    return std::nullopt;
  }
  return file;
}

bool is_same(const SourceFile& left, const SourceFile& right) {
  return left.path == right.path && left.other_place == right.other_place &&
         left.language == right.language && left.is_matched == right.is_matched &&
         left.is_included == right.is_included && left.own_tier == right.own_tier &&
         left.stamp == right.stamp && left.is_stamp_proof == right.is_stamp_proof &&
         left.fingerprint == right.fingerprint && left.bindings == right.bindings &&
         left.facts == right.facts && left.text_bytes == right.text_bytes &&
         left.read_problem == right.read_problem;
}

}  // namespace

TEST_SUITE("session/saved_state") {
  TEST_CASE("a file is read as it was saved") {
    for (const char* text : k_texts) {
      for (const FactsTier tier : {FactsTier::specifiers,
                                   FactsTier::bindings,
                                   FactsTier::documents,
                                   FactsTier::compositions}) {
        CAPTURE(text);
        CAPTURE(static_cast<int>(tier));
        const SourceFile file = file_of(text, tier);

        const auto read = unpack_file(pack_source(file, "/app"), pack_facts(file));

        REQUIRE(read.has_value());
        CHECK(is_same(*read, file));
        CHECK_FALSE(read->is_unsaved);
      }
    }
  }

  TEST_CASE("a file that is elsewhere, or cannot be read, is saved with no absolute path") {
    SourceFile file = file_of("", FactsTier::bindings);
    file.facts.reset();
    file.own_tier.reset();
    file.other_place = "/lib/a.tsx";
    file.read_problem =
        discovery::FactsProblem{"UnreadableFile", "The file cannot be read.", {}, true};

    const std::string row = pack_source(file, "/app");
    const auto read = unpack_file(row, "");

    REQUIRE(read.has_value());
    CHECK(is_same(*read, file));
    CHECK(row.find("/app") == std::string::npos);
    CHECK(row.find("../lib/a.tsx") != std::string::npos);
  }

  TEST_CASE("a row that is cut, or a bit of which is flipped, gives nothing or a value") {
    for (const char* text : k_texts) {
      CAPTURE(text);
      const SourceFile file = file_of(text, FactsTier::compositions);
      const std::string row = pack_source(file, "/app");
      const std::string facts = pack_facts(file);
      for (std::size_t size = 0; size < facts.size(); ++size) {
        CHECK_FALSE(unpack_file(row, facts.substr(0, size)).has_value());
      }
      for (std::size_t size = 0; size < row.size(); ++size) {
        CHECK_FALSE(unpack_file(row.substr(0, size), facts).has_value());
      }
      for (std::size_t bit = 0; bit < facts.size() * 8; ++bit) {
        std::string bent = facts;
        bent[bit / 8] = static_cast<char>(bent[bit / 8] ^ (1 << (bit % 8)));
        if (const auto read = unpack_file(row, bent)) {
          // Whoever walks it must come to an end within the text.
          for (const discovery::TemplateSite& site : read->facts->templates) {
            CHECK(site.site.end <= read->text_bytes);
          }
          for (std::size_t i = 0; i < read->facts->compositions.expressions.size(); ++i) {
            free_names(read->facts->compositions, static_cast<discovery::ExpressionIndex>(i));
          }
        }
      }
    }
  }

  TEST_CASE("facts of text with mistakes in it are sound, as all that is saved must be") {
    const std::string text = k_texts[1];
    for (const std::string& piece : {std::string(), std::string("..."), std::string("}")}) {
      for (std::size_t at = 0; at < text.size(); ++at) {
        std::string broken = text;
        broken.replace(at, 1 + at % 3, piece);
        CAPTURE(broken);
        CHECK(session::are_sound(*file_of(broken, FactsTier::compositions).facts));
      }
    }
  }

  TEST_CASE("facts of another text are not the file's") {
    const SourceFile file = file_of(k_texts[0], FactsTier::documents);
    SourceFile other = file;
    other.fingerprint = base::fingerprint_of("I");

    CHECK_FALSE(unpack_file(pack_source(file, "/app"), pack_facts(other)).has_value());
  }

  TEST_CASE("what is compiled is read as it was saved") {
    builder::ModuleRecord record;
    builder::CompiledFile& file = record.file.emplace();
    file.path = base::SourcePath("src/a.ts");
    file.positions = "\"src/a.ts\":{}";
    file.type_system_templates = 3;
    file.unknown_tags = {{"tag", {file.path, {1, 2}}, 4}};
    builder::CompiledDefinition& definition = file.definitions.emplace_back();
    definition.id = "src/a.ts::A";
    definition.state = builder::DefinitionState::failed;
    definition.failure = {{file.path, {3, 9}}, "No."};
    definition.diagnostics = {{{file.path, {3, 9}},
                               base::Severity::error,
                               "Code",
                               "No.",
                               {{{file.path, {1, 1}}, "here"}},
                               7}};
    definition.element = artifact::Element{
        "src/a.ts::A", artifact::ElementType::fragment, "tag", "{}", file.path, {1, 2}};
    file.chunk = builder::CompiledChunk{
        {"src/a.ts", file.path, "modules/src/a.ts.mjs", {3, 4}, {"src/a.ts::A"}, {"src/b.ts"}},
        {5, 6},
        "modules/src/a.ts.d.mts",
        {7, 8}};
    record.nodes = {{"src/a.ts::A", "src/a.ts", {9, 10}, {"p"}, {"u", "v"}}};
    record.summaries = {{"slot", {11, 12}}};
    const std::string bytes = session::pack_value(record);

    const auto read = session::unpack_value<builder::ModuleRecord>(bytes);

    REQUIRE(read.has_value());
    CHECK(session::pack_value(*read) == bytes);
    CHECK(read->nodes == record.nodes);
    CHECK(read->summaries == record.summaries);
    CHECK(read->file->chunk == file.chunk);
    CHECK(read->file->definitions[0].diagnostics == definition.diagnostics);
    CHECK(read->file->definitions[0].element == definition.element);
    for (std::size_t size = 0; size < bytes.size(); ++size) {
      CHECK_FALSE(session::unpack_value<builder::ModuleRecord>(bytes.substr(0, size)).has_value());
    }
  }

  TEST_CASE("a config stands for itself wherever its root is, and for no other") {
    const ProjectConfig project = small_config();
    ProjectConfig moved = project;
    moved.root = "/b";
    moved.out_dir = "/b/.builder";
    moved.cache_dir = "/b/.cache";
    CHECK(session::config_identity(moved) == session::config_identity(project));
    std::vector<ProjectConfig> others(8, project);
    others[0].include = {"lib/**"};
    others[1].out_dir = "/app/out";
    others[2].schemas[0].files = {"b.graphql"};
    others[3].on_error = session::OnError::omit;
    others[4].rules = {{"NoUnusedFragments", session::RuleLevel::off}};
    others[5].overrides = {{{"src/**"}, {}}};
    others[6].max_file_bytes = 1;
    others[7].tag_modules = {"src/**"};
    for (const ProjectConfig& other : others) {
      CHECK(session::config_identity(other) != session::config_identity(project));
    }
  }
}
