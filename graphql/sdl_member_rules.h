#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "graphql/ast.h"
#include "graphql/name_index.h"
#include "graphql/sdl_context.h"

namespace graphql {

/// The rules that the fields, values and arguments of a definition have names of their own.
class SdlMemberRules {
 public:
  explicit SdlMemberRules(SdlContext& context) : context_(context) {}

  /// `type_number` is that of `definition` in the context.
  void check(const TypeDefinition& definition, std::uint32_t type_number);
  /// `owner` is `T.f` or `@d`.
  void check_arguments(const std::string& owner, const List<InputValueDefinition>& arguments);

 private:
  /// Members of one name in the definitions and extensions of one type.
  struct Seen {
    const Name* name;
    std::uint32_t type_number;
    std::uint32_t source_id;
  };
  struct SeenMembers {
    NameIndex index;
    std::vector<Seen> members;
  };

  /// Whether `members` of a node, the only one of that type, have hashes of their own: then so are
  /// their names, and the large table need not be asked.
  template <typename Member>
  bool are_distinct(const List<Member>& members, std::uint32_t type_number);
  void check_value(const Name& name, std::uint32_t type_number);
  void check_field(const Name& name, std::uint32_t type_number);
  /// The one that was there before under the same name, or null after adding this one.
  const Seen* find_or_add(SeenMembers& seen, const Name& name, std::uint32_t type_number);
  void report_repeated(SdlRule rule, const std::string& what, const Seen& first, const Name& name);

  SdlContext& context_;
  SeenMembers values_;
  SeenMembers fields_;
  /// Hashes of the members of one node, 0 where there is none.
  std::vector<std::uint32_t> hashes_;
};

}  // namespace graphql
