#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "graphql/ast.h"
#include "graphql/default_values.h"
#include "graphql/error.h"
#include "graphql/schema_storage.h"
#include "graphql/schema_type_table.h"

namespace graphql {

/// Turns nodes of type system definitions into members of a schema.
class SchemaMembers {
 public:
  /// Texts that lie in one of `sources` are viewed, others are copied. Everything goes to
  /// `storage`; default values are left to `defaults`.
  SchemaMembers(SchemaStorage& storage,
                SchemaTypeTable& types,
                DefaultValues& defaults,
                std::vector<Error>& errors,
                std::vector<std::string_view> sources);

  /// The number of the text that the next nodes stand in.
  void set_source(std::uint32_t source_id) { source_id_ = source_id; }

  void fill(SchemaField& field, const FieldDefinition& definition);
  void fill(SchemaInputValue& value, const InputValueDefinition& definition);
  void fill(SchemaEnumValue& value, const EnumValueDefinition& definition);
  void fill(TypeId& id, const Name& name) { id = types_.refer_to(name); }
  SchemaDirective directive_from(const DirectiveDefinition& definition);
  std::string_view specified_by_url(const List<Directive>& directives);
  std::string_view description(const Value* description);

 private:
  List<SchemaInputValue> arguments_from(const List<InputValueDefinition>& definitions);
  std::string_view deprecation_reason(const List<Directive>& directives);
  /// A view of `text` that lives as long as the schema; null if and only if `text` is.
  std::string_view keep(std::string_view text);

  SchemaStorage& storage_;
  SchemaTypeTable& types_;
  DefaultValues& defaults_;
  std::vector<Error>& errors_;
  /// Ascending by address.
  std::vector<std::string_view> sources_;
  std::string_view last_source_;
  std::uint32_t source_id_ = 0;
};

}  // namespace graphql
