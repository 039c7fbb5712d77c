#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "graphql/schema.h"
#include "graphql/validate.h"

namespace graphql {

/// A coordinate as a number: equal ones have equal numbers, in any schema and in any process of one
/// build of the program. Different ones have equal numbers by chance only; then a change of one
/// counts as a change of both.
using CoordinateId = std::uint64_t;

/// Of the text of a coordinate, see below.
CoordinateId coordinate_id(std::string_view coordinate);

/// Collects what validations read of a schema, as coordinates: texts that name the same thing in
/// another schema.
///
/// | coordinate | what |
/// |---|---|
/// | `Dog` | the kind of a type, and its required input fields |
/// | `Dog:possible` | the objects that a value of it may be |
/// | `Dog.name` | a field, input field or enum value |
/// | `@include` | a directive |
/// | `:query` | the root type of queries |
///
/// A definition that was found without errors stays so while changed_coordinates() has none of
/// them. One thread at a time.
class SchemaCoordinates final : public SchemaReads {
 public:
  void read_root_type(OperationType operation) override;
  void read_type(const Name& name) override;
  void read_possible_types(const SchemaType& type) override;
  void read_field(const SchemaType& parent, const Name& name) override;
  void read_input_field(const SchemaType& parent, const Name& name) override;
  void read_enum_value(const SchemaType& parent, const Name& name) override;
  void read_directive(const Name& name) override;

  /// What was read since the last call: sorted, each once.
  std::vector<CoordinateId> take();

 private:
  void note(CoordinateId id);

  /// As they were read, with few repeats.
  std::vector<CoordinateId> reads_;
  /// What was noted last at each place of a small table, and in which round: most of what is read
  /// was read just before.
  struct Noted {
    CoordinateId id = 0;
    std::uint32_t round = 0;
  };
  /// Empty until something is read: of the collectors of a build most are for threads that have
  /// nothing to do.
  std::vector<Noted> noted_;
  std::uint32_t round_ = 1;
  static constexpr std::size_t k_noted = 256;
};

/// The texts of those of `ids`, which are sorted, at which `schema` has something; sorted.
std::vector<std::string> coordinate_texts(const Schema& schema,
                                          const std::vector<CoordinateId>& ids);

struct ChangedCoordinate {
  CoordinateId id = 0;
  std::string text;

  friend bool operator==(const ChangedCoordinate&, const ChangedCoordinate&) = default;
};

/// The coordinates at which two schemas have different things, as far as a validation without
/// errors can depend on them: no descriptions, no order, no reasons of deprecation. Sorted by text.
std::vector<ChangedCoordinate> changed_coordinates(const Schema& before, const Schema& after);

}  // namespace graphql
