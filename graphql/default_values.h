#pragma once

#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

#include "graphql/ast.h"
#include "graphql/error.h"
#include "graphql/schema_storage.h"

namespace graphql {

/// Turns the default values of a schema's arguments and input fields into the texts that
/// SchemaInputValue keeps.
///
/// graphql-js 16 coerces a default when it builds a schema and makes text of the result when it
/// prints: a single item becomes a list, an object gets the defaults of the fields that it leaves
/// out, in the order of its type, and numbers are written as JavaScript writes them. A literal that
/// is no value of its type is no default at all. Both steps are done here in one go.
///
/// Defaults use the defaults of input fields, so all of them have to be added before the first is
/// resolved, and all types must have their fields.
class DefaultValues {
 public:
  /// Fills `storage`; keeps what it has to say in `errors`.
  DefaultValues(SchemaStorage& storage, std::vector<Error>& errors);

  /// `literal` is what is written as the default of `target`, in the text `source_id`.
  void add(SchemaInputValue* target, const Value* literal, std::uint32_t source_id);

  /// Fills `default_value` of all that was added. Reports defaults of what is no input type, and
  /// such as are larger than any honest schema's. Those that contain themselves are left as they
  /// are written; check_default_cycles() has words for them.
  void resolve_all();

  template <typename Visitor>
  void visit(Visitor visitor) const {
    for (const Entry& entry : entries_) {
      visitor(entry.target, entry.literal, entry.source_id);
    }
  }

 private:
  enum class State : std::uint8_t { unresolved, in_progress, resolved };
  struct Entry {
    SchemaInputValue* target;
    const Value* literal;
    std::uint32_t source_id;
    State state;
  };

  void resolve(std::size_t index);
  void keep_as_written(const Entry& entry);
  /// Appends the text of `literal` as a `type`, or says that it is none; then `out` holds anything.
  bool append(std::string& out, const Value& literal, TypeRef type);
  bool append_list(std::string& out, const Value& literal, TypeRef item_type);
  bool append_object(std::string& out, const Value& literal, const SchemaType& type);
  bool append_field(std::string& out,
                    const ObjectField* given,
                    const SchemaInputValue& field,
                    bool& is_present);
  bool append_leaf(std::string& out, const Value& literal, const SchemaType& type);
  void stop(const Error& error);
  bool has_room(const std::string& out);

  SchemaStorage& storage_;
  std::vector<Error>& errors_;
  std::vector<Entry> entries_;
  std::unordered_map<const SchemaInputValue*, std::size_t> by_target_;
  const Entry* current_ = nullptr;
  std::uint32_t depth_ = 0;
  std::size_t bytes_ = 0;
  bool is_stopped_ = false;
};

}  // namespace graphql
