#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "graphql/error_list.h"
#include "graphql/schema_places.h"
#include "graphql/schema_validation.h"

namespace graphql {

/// What the groups of checks of validate_schema() share.
struct SchemaCheckContext {
  const Schema& schema;
  SchemaPlaces places;
  SchemaChecks checks;
  ErrorList errors;
  /// Spent on default values, which hostile ones can multiply.
  std::size_t default_work = 0;

  bool is_complete() const { return checks == SchemaChecks::specification; }

  void report(std::string message, std::vector<Location> locations) {
    errors.add("InvalidSchema", std::move(message), std::move(locations));
  }
};

/// `T.f`
inline std::string coordinate(const SchemaType& type, const Name& member) {
  return std::string(type.name.text).append(".").append(member.text);
}

/// `T.f(a:)`; with an owner `@d`: `@d(a:)`.
inline std::string argument_coordinate(std::string_view owner, const Name& argument) {
  return std::string(owner).append("(").append(argument.text).append(":)");
}

/// All about what `type`, an object or interface, says to implement.
void check_interfaces(SchemaCheckContext& context, const SchemaType& type);

/// Finds input objects that contain themselves through required fields and so can have no value.
class RequiredCycles {
 public:
  explicit RequiredCycles(SchemaCheckContext& context);

  /// Reports the cycles that can be reached from `type` and were not reached before.
  void search_from(const SchemaType& type);
  /// Reports the cycles that leave no value because of oneOf, where each member counts as required.
  /// The other search does not see them, so this one is for SchemaChecks::specification.
  void search_one_of();

 private:
  /// A type that is being searched, and which of its fields is next.
  struct Frame {
    const SchemaType* type;
    std::size_t next_field;
  };
  struct Step {
    const SchemaType* type;
    const SchemaInputValue* field;
  };
  /// Walks depth first from `type`; `target_of` gives the type that a field cannot do without.
  template <typename TargetOf, typename Report>
  void walk(const SchemaType& type, TargetOf target_of, Report report);
  const SchemaType* required_target(const SchemaType& type, const SchemaInputValue& field) const;
  std::vector<bool> find_finite() const;
  /// Whether a path of that length may still be reported.
  bool spend(std::size_t length);

  SchemaCheckContext& context_;
  std::vector<bool> is_visited_;
  /// Where in the path a type is being searched, by TypeId.
  std::vector<std::size_t> path_index_;
  std::vector<Step> path_;
  std::size_t reported_steps_ = 0;
};

/// Says what is wrong with the literal that is the default of `owner`, if it has one.
void check_default_value(SchemaCheckContext& context,
                         const std::string& owner,
                         const SchemaInputValue& value);

/// Reports defaults of input fields that contain themselves, in all input objects.
void check_default_cycles(SchemaCheckContext& context);

}  // namespace graphql
