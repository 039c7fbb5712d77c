#include "session/config/read_config.h"

#include "base/check.h"
#include "session/config/parse.h"
#include "session/config/read_builder.h"
#include "session/config/translate.h"

namespace session::config {
namespace {

Syntax syntax_of(const FoundConfig& config) {
  if (config.path.ends_with(".yml") || config.path.ends_with(".yaml")) {
    return Syntax::yaml;
  }
  const bool is_json = config.path.ends_with(".json") || config.kind == ConfigKind::builder;
  return is_json ? Syntax::json : Syntax::json_or_yaml;
}

/// The value of `key` in a package.json.
const Node& value_of(const Node& root, std::string_view key, Problems& problems) {
  const Node* config = root.find(key);
  if (config != nullptr) {
    return *config;
  }
  problems.add_general_error(k_value_code,
                             "There is neither a \"graphql\" nor a \"relay\" config in this file.");
  return root;
}

}  // namespace

std::optional<RawConfig> read_config(std::string_view text,
                                     const FoundConfig& config,
                                     Problems& problems) {
  const std::optional<Node> root = parse(text, syntax_of(config), problems);
  if (!root) {
    return std::nullopt;
  }
  switch (config.kind) {
    case ConfigKind::builder:
      return read_builder_config(*root, problems);
    case ConfigKind::graphql_config:
      return translate_graphql_config(*root, problems);
    case ConfigKind::relay:
      return translate_relay_config(*root, problems);
    case ConfigKind::package_graphql:
      return translate_graphql_config(value_of(*root, "graphql", problems), problems);
    case ConfigKind::package_relay:
      return translate_relay_config(value_of(*root, "relay", problems), problems);
    case ConfigKind::codegen:
      return translate_codegen_config(*root, problems);
    case ConfigKind::apollo:
      return translate_apollo_config(*root, problems);
    case ConfigKind::none:
    case ConfigKind::script:
    case ConfigKind::toml:
      break;
  }
  base::check(false, "only configs that can be read are read");
  return std::nullopt;
}

}  // namespace session::config
