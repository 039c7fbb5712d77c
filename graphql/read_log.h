#pragma once

#include <cstdint>
#include <vector>

#include "graphql/schema.h"
#include "graphql/validate.h"

namespace graphql {

/// Writes down what is read, to tell it again: what was found out about a fragment once serves many
/// operations, and each of them depends on what was read for it.
///
/// Names and types are those it was told of, which must live as long as it does.
class ReadLog final : public SchemaReads {
 public:
  void read_root_type(OperationType operation) override {
    reads_.push_back({Kind::root_type, operation, nullptr, {}});
  }
  void read_type(const Name& name) override { add(Kind::type, nullptr, name); }
  void read_possible_types(const SchemaType& type) override {
    add(Kind::possible_types, &type, {});
  }
  void read_field(const SchemaType& parent, const Name& name) override {
    add(Kind::field, &parent, name);
  }
  void read_input_field(const SchemaType& parent, const Name& name) override {
    add(Kind::input_field, &parent, name);
  }
  void read_enum_value(const SchemaType& parent, const Name& name) override {
    add(Kind::enum_value, &parent, name);
  }
  void read_directive(const Name& name) override { add(Kind::directive, nullptr, name); }

  void tell(SchemaReads& reads) const {
    for (const Read& read : reads_) {
      switch (read.kind) {
        case Kind::root_type:
          reads.read_root_type(read.operation);
          break;
        case Kind::type:
          reads.read_type(read.name);
          break;
        case Kind::possible_types:
          reads.read_possible_types(*read.parent);
          break;
        case Kind::field:
          reads.read_field(*read.parent, read.name);
          break;
        case Kind::input_field:
          reads.read_input_field(*read.parent, read.name);
          break;
        case Kind::enum_value:
          reads.read_enum_value(*read.parent, read.name);
          break;
        case Kind::directive:
          reads.read_directive(read.name);
          break;
      }
    }
  }

 private:
  enum class Kind : std::uint8_t {
    root_type,
    type,
    possible_types,
    field,
    input_field,
    enum_value,
    directive,
  };
  struct Read {
    Kind kind;
    OperationType operation;
    const SchemaType* parent;
    Name name;
  };

  void add(Kind kind, const SchemaType* parent, const Name& name) {
    reads_.push_back({kind, OperationType::query, parent, name});
  }

  std::vector<Read> reads_;
};

}  // namespace graphql
