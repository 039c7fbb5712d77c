#include "graphql/schema_builder.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include "graphql/applied_directives.h"
#include "graphql/builtin_types.h"
#include "graphql/schema_members.h"
#include "graphql/schema_type_table.h"

namespace graphql {
namespace {

std::vector<std::string_view> sources_of(std::span<const SchemaDocument> documents) {
  std::vector<std::string_view> sources;
  sources.reserve(documents.size());
  for (const SchemaDocument& document : documents) {
    sources.push_back(document.document->source);
  }
  return sources;
}

// Builds one schema; build() shows the order.
class Builder {
 public:
  Builder(std::span<const SchemaDocument> documents, const BuiltSchema* base)
      : documents_(documents),
        base_(base),
        types_(*storage_),
        defaults_(*storage_, errors_),
        members_(*storage_, types_, defaults_, errors_, sources_of(documents)) {}

  BuiltSchema build() {
    start();
    collect();
    if (!has_definitions_ && base_ != nullptr) {
      return *base_;
    }
    attach_extensions();
    for (const TypeId id : types_.listed()) {
      types_.begin(id);
      if (id >= k_first_defined_type) {
        build_type(storage_->types[index_of(id)]);
      }
    }
    build_roots();
    build_directives();
    types_.refer_to(k_schema_type);
    defaults_.resolve_all();
    defaults_.visit([this](const SchemaInputValue* target, const Value* literal, std::uint32_t id) {
      origins_.defaults[target] = {literal, id};
    });
    BuiltSchema built;
    built.schema = std::make_shared<const Schema>(std::move(storage_));
    built.origins = std::move(origins_);
    built.errors = std::move(errors_);
    return built;
  }

 private:
  void start();
  void collect();
  void collect_type(const TypeDefinition& definition);
  void attach_extensions();
  void build_type(SchemaType& type);
  void build_scalar(SchemaType& type);
  void build_directives();
  void build_roots();
  void add_roots(const SchemaDefinition& definition);

  // Visits what this build adds to a type: its definition if that is new, and new extensions.
  template <typename Visitor>
  void visit_new_nodes(const SchemaType& type, Visitor visitor) {
    const SchemaOrigins::TypeNodes& nodes = origins_.types[index_of(type.id)];
    const bool is_new = index_of(type.id) >= first_new_type_;
    if (is_new) {
      members_.set_source(nodes.definition->source_id);
      visitor(*nodes.definition);
    }
    std::size_t first = 0;
    if (!is_new && index_of(type.id) < base_->origins.types.size()) {
      first = base_->origins.types[index_of(type.id)].extensions.size();
    }
    for (std::size_t i = first; i < nodes.extensions.size(); ++i) {
      members_.set_source(nodes.extensions[i]->source_id);
      visitor(*nodes.extensions[i]);
    }
  }

  // Puts the members of the new nodes behind those that the type has.
  template <typename Member, typename Node>
  void add_members(SchemaType& type,
                   List<Member> SchemaType::*members,
                   List<Node> TypeDefinition::*nodes) {
    const List<Member> before = type.*members;
    std::size_t count = before.size();
    visit_new_nodes(type, [&](const TypeDefinition& node) { count += (node.*nodes).size(); });
    if (count == before.size()) {
      return;
    }
    Member* const all = storage_->arena.make_array<Member>(count);
    Member* next = std::copy(before.begin(), before.end(), all);
    visit_new_nodes(type, [&](const TypeDefinition& node) {
      for (const Node& member : node.*nodes) {
        members_.fill(*next++, member);
      }
    });
    type.*members = {all, count};
  }

  std::span<const SchemaDocument> documents_;
  const BuiltSchema* base_;
  std::unique_ptr<SchemaStorage> storage_ = std::make_unique<SchemaStorage>();
  std::vector<Error> errors_;
  SchemaTypeTable types_;
  DefaultValues defaults_;
  SchemaMembers members_;
  SchemaOrigins origins_;
  std::size_t first_new_type_ = index_of(k_first_defined_type);
  std::vector<const DirectiveDefinition*> new_directives_;
  const SchemaDefinition* new_schema_ = nullptr;
  std::vector<const SchemaDefinition*> new_schema_extensions_;
  bool has_definitions_ = false;
};

void Builder::start() {
  for (const SchemaDocument& document : documents_) {
    storage_->kept_alive.push_back(document.text_owner);
  }
  if (base_ == nullptr) {
    storage_->types = builtins().types;
  } else {
    storage_->kept_alive.push_back(base_->schema);
    const List<SchemaType> types = base_->schema->types();
    storage_->types.assign(types.begin(), types.end());
    first_new_type_ = types.size();
    origins_ = base_->origins;
  }
  std::size_t count = storage_->types.size();
  for (const SchemaDocument& document : documents_) {
    count += document.document->definitions.size();
  }
  storage_->types.reserve(count);
  storage_->type_index.reserve(count);
  for (const SchemaType& type : storage_->types) {
    storage_->type_index.insert(type.name.hash, static_cast<std::uint32_t>(type.id));
  }
  if (base_ != nullptr) {
    for (const TypeId id : base_->schema->type_order()) {
      types_.list_existing(id);
    }
  }
}

void Builder::collect() {
  for (const SchemaDocument& document : documents_) {
    for (const Definition* definition : document.document->definitions) {
      if (is_executable(*definition)) {
        continue;
      }
      has_definitions_ = true;
      if (definition->kind == DefinitionKind::type) {
        collect_type(as_type(*definition));
      } else if (definition->kind == DefinitionKind::directive) {
        new_directives_.push_back(&as_directive(*definition));
      } else if (definition->is_extension) {
        new_schema_extensions_.push_back(&as_schema(*definition));
      } else {
        new_schema_ = &as_schema(*definition);
      }
    }
  }
}

void Builder::collect_type(const TypeDefinition& definition) {
  if (definition.is_extension) {
    return;
  }
  const TypeId known = types_.find(definition.name);
  if (known == k_no_type) {
    const SchemaType& type = types_.add(definition.name, definition.type_kind);
    origins_.types.resize(index_of(type.id) + 1);
    origins_.types.back().definition = &definition;
  } else if (known < k_first_defined_type) {
    // To define what is built in is allowed and changes nothing but the order.
    types_.list_builtin(known);
  }
}

// Extensions may stand before what they extend, so this comes after all definitions.
void Builder::attach_extensions() {
  origins_.types.resize(storage_->types.size());
  for (const SchemaDocument& document : documents_) {
    for (const Definition* definition : document.document->definitions) {
      if (definition->kind != DefinitionKind::type || !definition->is_extension) {
        continue;
      }
      const TypeId id = types_.find(definition->name);
      if (id != k_no_type && id >= k_first_defined_type) {
        origins_.types[index_of(id)].extensions.push_back(&as_type(*definition));
      }
    }
  }
}

void Builder::build_type(SchemaType& type) {
  if (index_of(type.id) >= first_new_type_) {
    const TypeDefinition& definition = *origins_.types[index_of(type.id)].definition;
    type.description = members_.description(definition.description);
    type.is_one_of = type.kind == TypeKind::input_object &&
                     find_applied(definition.directives, "oneOf") != nullptr;
  }
  switch (type.kind) {
    case TypeKind::scalar:
      build_scalar(type);
      break;
    case TypeKind::object:
    case TypeKind::interface:
      add_members(type, &SchemaType::interfaces, &TypeDefinition::interfaces);
      add_members(type, &SchemaType::fields, &TypeDefinition::fields);
      break;
    case TypeKind::union_type:
      add_members(type, &SchemaType::members, &TypeDefinition::members);
      break;
    case TypeKind::enum_type:
      add_members(type, &SchemaType::enum_values, &TypeDefinition::values);
      break;
    case TypeKind::input_object:
      add_members(type, &SchemaType::input_fields, &TypeDefinition::input_fields);
      break;
  }
}

// As in the reference, extensions count only for scalars of the schema that is extended.
void Builder::build_scalar(SchemaType& type) {
  const bool is_new = index_of(type.id) >= first_new_type_;
  visit_new_nodes(type, [&](const TypeDefinition& node) {
    const std::string_view url = members_.specified_by_url(node.directives);
    if (is_given(url) && (!is_new || !node.is_extension)) {
      type.specified_by_url = url;
    }
  });
}

void Builder::build_directives() {
  if (base_ != nullptr) {
    const List<SchemaDirective> before = base_->schema->directives();
    storage_->directives.assign(before.begin(), before.end());
  }
  origins_.directives.resize(storage_->directives.size());
  for (const DirectiveDefinition* definition : new_directives_) {
    storage_->directives.push_back(members_.directive_from(*definition));
    origins_.directives.push_back(definition);
  }
  if (base_ == nullptr) {
    const std::size_t defined = storage_->directives.size();
    for (const SchemaDirective& specified : builtins().directives) {
      const auto is_same = [&](const SchemaDirective& directive) {
        return directive.name == specified.name;
      };
      const auto end = storage_->directives.begin() + static_cast<std::ptrdiff_t>(defined);
      if (std::none_of(storage_->directives.begin(), end, is_same)) {
        storage_->directives.push_back(specified);
      }
    }
    origins_.directives.resize(storage_->directives.size());
  }
  for (const SchemaDirective& directive : storage_->directives) {
    for (const SchemaInputValue& argument : directive.arguments) {
      types_.refer_to(argument.type.named());
    }
  }
}

void Builder::build_roots() {
  if (base_ != nullptr) {
    for (std::size_t i = 0; i < storage_->roots.size(); ++i) {
      const SchemaType* const root = base_->schema->root_type(static_cast<OperationType>(i));
      storage_->roots[i] = root == nullptr ? k_no_type : root->id;
    }
  }
  if (new_schema_ != nullptr) {
    // An extension without a schema definition loses the description, as in the reference.
    storage_->description = members_.description(new_schema_->description);
    origins_.schema = new_schema_;
    add_roots(*new_schema_);
  }
  for (const SchemaDefinition* extension : new_schema_extensions_) {
    origins_.schema_extensions.push_back(extension);
    add_roots(*extension);
  }
  if (base_ == nullptr && new_schema_ == nullptr) {
    constexpr std::string_view k_usual_names[] = {"Query", "Mutation", "Subscription"};
    for (std::size_t i = 0; i < storage_->roots.size(); ++i) {
      const TypeId id = types_.find(name_of(k_usual_names[i]));
      storage_->roots[i] = id == k_no_type ? storage_->roots[i] : id;
    }
  }
}

void Builder::add_roots(const SchemaDefinition& definition) {
  for (const RootTypeDefinition& root : definition.root_types) {
    storage_->roots[static_cast<std::size_t>(root.operation)] = types_.refer_to(root.type);
  }
}

}  // namespace

BuiltSchema build_schema(std::span<const SchemaDocument> documents, const BuiltSchema* base) {
  return Builder(documents, base).build();
}

}  // namespace graphql
