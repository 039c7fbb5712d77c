#pragma once

#include <optional>
#include <span>
#include <string_view>
#include <variant>
#include <vector>

#include "session/config.h"
#include "session/config/raw.h"

namespace session::config {

template <typename T>
using Field = std::optional<T> RawProject::*;

/// The member of RawProject that holds a key's value; its type says what the value looks like.
using AnyField = std::variant<Field<Text>,
                              Field<TextList>,
                              Field<TextMap>,
                              Field<bool>,
                              Field<RawNumber>,
                              Field<RawComposer>,
                              Field<std::vector<RawSchema>>,
                              Field<std::vector<RawOverride>>>;

/// A key of `builder.config.json`. Reader, JSON schema and `builder init` all go by this one table,
/// so they cannot disagree.
struct KeySpec {
  std::string_view name;
  AnyField field;
  /// For editors, in plain sentences.
  std::string_view description;
  /// As JSON; empty where there is no fixed default.
  std::string_view default_json;
  /// The values that a text may have; empty: any.
  std::vector<std::string_view> choices;
};

/// In the order in which `builder init` writes them.
const std::vector<KeySpec>& project_keys();

/// A rule whose level the config may set.
struct RuleSpec {
  std::string_view name;
  RuleLevel default_level;
  std::string_view description;
};

/// All of them, by name.
const std::vector<RuleSpec>& rule_specs();

/// The rules of the GraphQL specification that always apply: named in a config they get a message
/// of their own.
std::span<const std::string_view> fixed_rules();

std::string_view to_text(RuleLevel level);

}  // namespace session::config
