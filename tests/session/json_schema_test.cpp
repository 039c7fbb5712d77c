#include <cstdlib>
#include <fstream>
#include <sstream>
#include <string>

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include "session/config/keys.h"
#include "session/config_init.h"
#include "tests/session/load_cases.h"

namespace {

constexpr const char* k_published = BUILDER_SOURCE_DIR "/docs/schema/builder.config.schema.json";

std::string read_published() {
  std::ostringstream text;
  text << std::ifstream(k_published).rdbuf();
  return text.str();
}

}  // namespace

TEST_SUITE("session/json_schema") {
  TEST_CASE("the published schema is the one of the code") {
    if (std::getenv("BUILDER_UPDATE_EXPECTED") != nullptr) {
      std::ofstream(k_published) << session::config_json_schema();
    }

    CHECK(read_published() == session::config_json_schema());
  }

  TEST_CASE(
      "every reference of the schema leads somewhere, and every key has a default that fits") {
    const nlohmann::json schema = nlohmann::json::parse(session::config_json_schema());
    const nlohmann::json& definitions = schema.at("definitions");

    for (const session::config::KeySpec& key : session::config::project_keys()) {
      const std::string name(key.name);
      CHECK(schema.at("properties").at(name).at("$ref") == "#/definitions/" + name);
      CHECK(definitions.at("project").at("properties").contains(name));
      CHECK_FALSE(definitions.at(name).at("description").get<std::string>().empty());
    }
  }

  TEST_CASE("the loader accepts every default that the schema names") {
    std::string config = R"({ "schema": "s.graphql")";
    for (const session::config::KeySpec& key : session::config::project_keys()) {
      if (!key.default_json.empty()) {
        config += ", \"" + std::string(key.name) + "\": " + std::string(key.default_json);
      }
    }
    const std::string bare = R"({ "schema": "s.graphql" })";
    const session::ConfigRequest request{"/app", "", "", {}, ""};

    const auto load_with = [&](const std::string& text) {
      return session::load(
          {{"/app/s.graphql", session::k_schema}, {"/app/builder.config.json", text}}, request);
    };

    CHECK(load_with(config + " }") == load_with(bare));
  }
}
