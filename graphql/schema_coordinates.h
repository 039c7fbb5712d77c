#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "base/fingerprint.h"
#include "graphql/schema.h"
#include "graphql/validate.h"

namespace graphql {

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
/// A definition that was found without errors stays so while coordinate_fingerprint() of each is
/// the same. What it was told of must live until take(). One thread at a time.
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
  std::vector<std::string> take();

 private:
  enum class Kind : std::uint8_t { root_type, type, possible_types, member, directive };
  struct Read {
    Kind kind;
    /// The type around or the type itself; the operation of a root type.
    std::string_view owner;
    Name name;

    friend bool operator==(const Read&, const Read&) = default;
  };
  struct ReadHash {
    std::size_t operator()(const Read& read) const;
  };

  static std::string text_of(const Read& read);

  std::unordered_set<Read, ReadHash> reads_;
};

/// What `schema` has at a coordinate, as far as a validation without errors can depend on it: no
/// descriptions, no order, no reasons of deprecation. Equal for all schemas that have nothing
/// there, and for texts that are no coordinates. The same in every process of one build of the
/// program.
base::Fingerprint coordinate_fingerprint(const Schema& schema, std::string_view coordinate);

}  // namespace graphql
