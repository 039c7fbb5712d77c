#include <algorithm>
#include <unordered_map>
#include <unordered_set>

#include "base/suggestion.h"
#include "graphql/leaf_values.h"
#include "graphql/printer.h"
#include "graphql/schema_check_context.h"

namespace graphql {
namespace {

// How often a field of an input object may be looked up in a literal: a second's worth.
constexpr std::size_t k_max_work = 50'000'000;

// Literals are nested at most as deep as the parser allows, and defaults lead on to other defaults.
constexpr std::size_t k_max_default_depth = 1500;

const ObjectField* find_last(const List<ObjectField>& fields, const Name& name) {
  for (std::size_t i = fields.size(); i > 0; --i) {
    if (fields[i - 1].name == name) {
      return &fields[i - 1];
    }
  }
  return nullptr;
}

// Compares one default value with its type and reports every difference.
class LiteralCheck {
 public:
  LiteralCheck(SchemaCheckContext& context, const std::string& owner, std::uint32_t source_id)
      : context_(context), owner_(owner), source_id_(source_id) {}

  // As deep as the literal.
  void check(const Value& literal, TypeRef type) {
    if (literal.kind == ValueKind::null) {
      if (type.is_non_null()) {
        report("Expected value of non-null type \"" + context_.schema.to_text(type) +
                   "\" not to be null.",
               literal.span);
      }
      return;
    }
    const SchemaType& named = context_.schema.type(type);
    if (type.is_list()) {
      check_list(literal, type.item());
    } else if (named.kind == TypeKind::input_object) {
      check_object(literal, named);
    } else if (named.is_leaf()) {
      if (const std::optional<std::string> error = leaf_value_error(named, literal)) {
        report(*error, literal.span);
      }
    }
  }

 private:
  void check_list(const Value& literal, TypeRef item_type) {
    if (literal.kind != ValueKind::list) {
      check(literal, item_type);
      return;
    }
    for (std::size_t i = 0; i < literal.items.size(); ++i) {
      const std::size_t before = path_.size();
      path_.append("[").append(std::to_string(i)).append("]");
      check(literal.items[i], item_type);
      path_.resize(before);
    }
  }

  void check_object(const Value& literal, const SchemaType& type) {
    const std::string expected = "Expected value of type \"" + std::string(type.name.text) + "\" ";
    if (literal.kind != ValueKind::object) {
      report(expected + "to be an object, found: " + print(literal) + ".", literal.span);
      return;
    }
    context_.default_work += type.input_fields.size() * (1 + literal.fields.size());
    if (context_.default_work > k_max_work) {
      return;
    }
    for (const SchemaInputValue& field : type.input_fields) {
      if (const ObjectField* const given = find_last(literal.fields, field.name)) {
        const std::size_t before = path_.size();
        path_.append(".").append(field.name.text);
        check(given->value, field.type);
        path_.resize(before);
      } else if (field.is_required() && context_.places.default_of(field).literal == nullptr) {
        report(expected + "to include required field \"" + std::string(field.name.text) +
                   "\", found: " + print(literal) + ".",
               literal.span);
      }
    }
    check_known_fields(literal, type, expected);
  }

  void check_known_fields(const Value& literal,
                          const SchemaType& type,
                          const std::string& expected) {
    std::vector<const ObjectField*> known;
    for (const ObjectField& field : literal.fields) {
      if (context_.schema.find_input_field(type, field.name) != nullptr) {
        known.push_back(&field);
        continue;
      }
      std::vector<std::string_view> names;
      for (const SchemaInputValue& candidate : type.input_fields) {
        names.push_back(candidate.name.text);
      }
      const std::string suggestion =
          base::did_you_mean(base::suggestions_for(field.name.text, names));
      report(expected + "not to include unknown field \"" + std::string(field.name.text) + "\"" +
                 (suggestion.empty() ? ", found" : "." + suggestion + " Found") + ": " +
                 print(literal) + ".",
             field.span());
    }
    if (!type.is_one_of) {
      return;
    }
    const std::string message =
        "Within OneOf Input Object type \"" + std::string(type.name.text) +
        "\", exactly one field must be specified, and the value for that field must be non-null.";
    if (known.size() != 1) {
      report(message, literal.span);
    } else if (known.front()->value.kind == ValueKind::null) {
      const std::size_t before = path_.size();
      path_.append(".").append(known.front()->name.text);
      report(message, literal.span);
      path_.resize(before);
    }
  }

  void report(const std::string& message, base::Span span) {
    context_.report(owner_ + " has invalid default value" + (path_.empty() ? "" : " at ") + path_ +
                        ": " + message,
                    {{source_id_, span}});
  }

  SchemaCheckContext& context_;
  const std::string& owner_;
  std::uint32_t source_id_;
  std::string path_;
};

// Follows the defaults of input fields into the fields that they leave to their own defaults.
class DefaultCycles {
 public:
  explicit DefaultCycles(SchemaCheckContext& context) : context_(context) {}

  void search_from(const SchemaType& type) {
    for (const SchemaInputValue& field : type.input_fields) {
      follow(type, field);
    }
  }

 private:
  struct Step {
    std::string name;
    Location place;
  };

  bool takes_object(const SchemaInputValue& field) const {
    return context_.schema.type(field.type).kind == TypeKind::input_object;
  }

  void follow(const SchemaType& type, const SchemaInputValue& field) {
    const SchemaOrigins::DefaultLiteral written = context_.places.default_of(field);
    if (!takes_object(field) || written.literal == nullptr || depth_ > k_max_default_depth) {
      return;
    }
    if (const auto found = path_index_.find(&field); found != path_index_.end()) {
      report(type, field, found->second);
      return;
    }
    if (!visited_.insert(&field).second) {
      return;
    }
    path_index_[&field] = path_.size();
    path_.push_back({coordinate(type, field.name), {written.source_id, written.literal->span}});
    follow_literal(field.type, *written.literal);
    path_.pop_back();
    path_index_.erase(&field);
  }

  void follow_literal(TypeRef type, const Value& literal) {
    ++depth_;
    const TypeRef nullable = type.nullable();
    // To 17.1.0 a list is a list of the named type whatever is expected; 16.15.0 goes no further
    // where none is.
    if (nullable.is_list() || context_.is_complete()) {
      for (const Value& item : literal.items) {
        follow_literal(nullable.is_list() ? nullable.item() : nullable, item);
      }
    }
    if (literal.kind == ValueKind::object) {
      follow_fields(context_.schema.type(type), literal);
    }
    --depth_;
  }

  void follow_fields(const SchemaType& type, const Value& literal) {
    context_.default_work += type.input_fields.size() * (1 + literal.fields.size());
    for (const SchemaInputValue& field : type.input_fields) {
      if (context_.default_work > k_max_work) {
        return;
      }
      if (!takes_object(field)) {
        continue;
      }
      if (const ObjectField* const given = find_last(literal.fields, field.name)) {
        follow_literal(field.type, given->value);
      } else {
        follow(type, field);
      }
    }
  }

  void report(const SchemaType& type, const SchemaInputValue& field, std::size_t begin) {
    std::string names;
    std::vector<Location> places;
    for (std::size_t i = begin; i < path_.size(); ++i) {
      places.push_back(path_[i].place);
      if (i > begin) {
        names.append(i == begin + 1 ? " via the default values of: " : ", ").append(path_[i].name);
      }
    }
    context_.report("Invalid circular reference. The default value of Input Object field " +
                        coordinate(type, field.name) + " references itself" + names + ".",
                    std::move(places));
  }

  SchemaCheckContext& context_;
  std::unordered_set<const SchemaInputValue*> visited_;
  std::unordered_map<const SchemaInputValue*, std::size_t> path_index_;
  std::vector<Step> path_;
  std::size_t depth_ = 0;
};

}  // namespace

void check_default_value(SchemaCheckContext& context,
                         const std::string& owner,
                         const SchemaInputValue& value) {
  const SchemaOrigins::DefaultLiteral written = context.places.default_of(value);
  if (context.is_complete() && written.literal != nullptr) {
    LiteralCheck(context, owner, written.source_id).check(*written.literal, value.type);
  }
}

void check_default_cycles(SchemaCheckContext& context) {
  DefaultCycles cycles(context);
  for (const TypeId id : context.schema.type_order()) {
    const SchemaType& type = context.schema.type(id);
    if (type.kind == TypeKind::input_object && !context.errors.is_full()) {
      cycles.search_from(type);
    }
  }
}

}  // namespace graphql
