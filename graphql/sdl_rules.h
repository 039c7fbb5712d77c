#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "graphql/ast.h"
#include "graphql/error.h"
#include "graphql/schema.h"

namespace graphql {

/// The rules for documents that define types, in the reference's order: at one node they report in
/// this order.
enum class SdlRule : std::uint8_t {
  lone_schema_definition,
  unique_operation_types,
  unique_type_names,
  unique_enum_value_names,
  unique_field_definition_names,
  unique_argument_definition_names,
  unique_directive_names,
  known_type_names,
  known_directives,
  unique_directives_per_location,
  possible_type_extensions,
  known_argument_names_on_directives,
  unique_argument_names,
  unique_input_field_names,
  provided_required_arguments_on_directives,
};

inline constexpr std::size_t k_sdl_rule_count = 15;

/// The name that graphql-js knows the rule by, without its suffix: `LoneSchemaDefinition`.
std::string_view to_text(SdlRule rule);

std::optional<SdlRule> sdl_rule_from(std::string_view name);

/// Some of the rules.
class SdlRules {
 public:
  static SdlRules all() { return SdlRules((1U << k_sdl_rule_count) - 1); }
  static SdlRules none() { return SdlRules(0); }

  bool has(SdlRule rule) const { return (bits_ >> static_cast<unsigned>(rule) & 1U) != 0; }
  void add(SdlRule rule) { bits_ |= 1U << static_cast<unsigned>(rule); }

 private:
  explicit SdlRules(std::uint32_t bits) : bits_(bits) {}

  std::uint32_t bits_;
};

/// Checks all definitions of `documents`, taken as one text, as graphql-js's validateSDL does:
/// messages, order and places. `base` is the schema that they extend, or null.
///
/// Suggestions are left out once there are so many mistakes that to find them would take seconds.
std::vector<Error> check_sdl(std::span<const Document* const> documents,
                             const Schema* base,
                             SdlRules rules = SdlRules::all());

}  // namespace graphql
