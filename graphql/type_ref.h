#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "graphql/arena.h"
#include "graphql/ast.h"

namespace graphql {

/// Dense handle of a named type; only the Schema that made it can read it, save for the built-in
/// types, whose ids are the same in every schema.
enum class TypeId : std::uint32_t {};

/// The place of a type among all types of its schema.
constexpr std::uint32_t index_of(TypeId id) {
  return static_cast<std::uint32_t>(id);
}

inline constexpr TypeId k_no_type{0xFFFF'FFFF};

inline constexpr TypeId k_int_type{0};
inline constexpr TypeId k_float_type{1};
inline constexpr TypeId k_string_type{2};
inline constexpr TypeId k_boolean_type{3};
inline constexpr TypeId k_id_type{4};
/// `__Schema`; the other introspection types follow it.
inline constexpr TypeId k_schema_type{5};
/// The ids from here on are of the types that a schema's sources define, in their order.
inline constexpr TypeId k_first_defined_type{13};

/// A named type inside any number of list and non-null wrappers: `[String!]!`.
///
/// The wrappers are a text that is read from the outside in, `[` for a list and `!` for non-null:
/// `[String!]!` is `![!`. So every question is a look at its first character, unwrapping is a step
/// to the right, and there is no limit to the depth. The text is not owned: wrappers_of() says who
/// keeps it.
class TypeRef {
 public:
  TypeRef() = default;
  TypeRef(TypeId named, std::string_view wrappers)
      : wrappers_(wrappers.data()),
        wrapper_count_(static_cast<std::uint32_t>(wrappers.size())),
        named_(named) {}

  TypeId named() const { return named_; }
  std::string_view wrappers() const { return {wrappers_, wrapper_count_}; }

  bool is_named() const { return wrapper_count_ == 0; }
  bool is_non_null() const { return wrapper_count_ > 0 && *wrappers_ == '!'; }
  /// A list, leaving a non-null around it aside.
  bool is_list() const {
    const std::uint32_t outer = is_non_null() ? 1 : 0;
    return wrapper_count_ > outer && wrappers_[outer] == '[';
  }

  /// Without the outermost non-null, if there is one.
  TypeRef nullable() const { return is_non_null() ? unwrapped() : *this; }
  /// What is inside the outermost wrapper. There must be one.
  TypeRef unwrapped() const { return {named_, wrappers().substr(1)}; }
  /// The type of the items; is_list() must hold.
  TypeRef item() const { return nullable().unwrapped(); }

  friend bool operator==(TypeRef left, TypeRef right) {
    return left.named_ == right.named_ && left.wrappers() == right.wrappers();
  }

 private:
  const char* wrappers_ = "";
  std::uint32_t wrapper_count_ = 0;
  TypeId named_ = k_no_type;
};

/// The wrappers of `type` in TypeRef's form: a constant for the usual ones, otherwise a text in
/// `arena`.
std::string_view wrappers_of(const TypeReference& type, Arena& arena);

/// As wrappers_of, from a text in the same form.
std::string_view keep_wrappers(std::string_view wrappers, Arena& arena);

/// `[String!]!` of `String` and `![!`.
std::string wrapped_name(std::string_view name, std::string_view wrappers);

}  // namespace graphql
