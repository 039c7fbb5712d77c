#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <variant>
#include <vector>

#include "base/mapped_text.h"
#include "builder/composer/composition.h"
#include "discovery/composition_facts.h"
#include "graphql/ast.h"
#include "graphql/schema.h"

/// What expressions of the composer dialect evaluate to. All of it lives in the Heap of one
/// evaluation and refers to itself by plain pointers.
namespace builder::composer {

struct Array;
struct Object;
struct Closure;
struct Native;
struct Selection;
struct Variable;
struct Element;

/// JavaScript's `undefined`.
struct Undefined {};
struct Null {};
/// What could not be known; a diagnostic says why, and nothing more is said of what follows.
struct Failed {};
/// `$name` in the document.
struct VariableRef {
  std::string_view name;
};
/// A number or the name of an enum value, as it stands in GraphQL text.
struct RawText {
  std::string_view text;
};
/// A call of a composer: index in ComposerProject::compositions().
struct DefinitionRef {
  std::uint32_t index = 0;
};

struct Value {
  std::variant<Undefined,
               Null,
               Failed,
               bool,
               double,
               std::string_view,
               VariableRef,
               RawText,
               DefinitionRef,
               const Array*,
               const Object*,
               const Closure*,
               const Native*,
               const Selection*,
               const Variable*,
               const Element*>
      content;
  /// Where it is written.
  Place place;

  template <typename T>
  const T* as() const {
    return std::get_if<T>(&content);
  }
  template <typename T>
  bool is() const {
    return std::holds_alternative<T>(content);
  }
};

struct Array {
  std::vector<Value> items;
};

/// Members in the order in which they were first set, as JavaScript keeps them.
struct Object {
  struct Member {
    std::string_view key;
    /// Of the key.
    Place place;
    Value value;
  };
  std::vector<Member> members;
  /// Of the selections of a model or a fragment: the type that they are of.
  std::string_view type_name;

  const Member* find(std::string_view key) const;
  /// The member before, if there is one, which keeps its position.
  void set(Member member);

 private:
  std::unordered_map<std::string_view, std::size_t> index_;
};

/// The names that parameters bind, innermost first.
struct Scope {
  const Scope* outer = nullptr;
  std::vector<std::pair<std::string_view, Value>> names;
};

/// What `name` is bound to in a scope or one around it; null if it is not.
const Value* find_in(const Scope* scope, std::string_view name);

/// A function of the user's, with the scope that it was made in.
struct Closure {
  std::uint32_t source = 0;
  discovery::ExpressionIndex function = 0;
  const Scope* scope = nullptr;
};

/// Something that the dialect itself offers.
enum class NativeKind : std::uint8_t {
  /// `model`, `model.Product`
  model,
  model_of,
  /// `slice`, `slice.query`; `operation`, `operation.query`
  slice,
  slice_of,
  operation,
  operation_of,
  /// `$` as the declarator, `$("id")`, and its methods
  declarator,
  declared,
  declared_scalar,
  declared_by_field,
  /// `$` as the values
  values,
  /// `fragment`, `query` and so on of the template form; and what waits for a template or options
  fragment,
  query,
  template_of,
  /// All but the call that ends it: `query("Name")`...``
  template_done,
  define,
  colocate,
  directives,
  directive,
  /// `f`; a field that waits for its arguments; one that waits for its selection
  fields,
  field,
  selected_field,
  /// `x.fragment`, `x.build`, `x.spread`
  expansion,
  select,
  /// A part of the predecessor that has no meaning without an engine.
  unsupported,
};

struct Native {
  NativeKind kind = NativeKind::unsupported;
  /// Which one: a type, a field, a variable, the kind of an operation.
  std::string_view name;
  const graphql::SchemaType* type = nullptr;
  const graphql::SchemaField* field = nullptr;
  /// Of `values`.
  const Object* object = nullptr;
  /// Of `selected_field`: the field without its selection.
  const Selection* selection = nullptr;
  const Element* element = nullptr;
  /// Of `expansion`: whose definition, if it is one.
  std::uint32_t definition = k_no_composition;
  /// Calls need a second pair of parentheses even for leaves: `f("id")()`.
  bool is_strict = false;
};

struct ArgumentValue {
  std::string_view name;
  Place place;
  Value value;
};

struct AppliedDirective {
  std::string_view name;
  Place place;
  std::vector<ArgumentValue> arguments;
};

/// One selection, with what the schema knows of it.
struct Selection {
  enum class Kind : std::uint8_t { field, inline_fragment, spread };

  Kind kind = Kind::field;
  /// Where it is told that something is wrong with it.
  Place place;
  std::string_view alias;
  /// Of the field or of the fragment that is spread; the type condition of an inline fragment.
  std::string_view name;
  /// Null where the schema has no such field.
  const graphql::SchemaField* field = nullptr;
  std::vector<ArgumentValue> arguments;
  std::vector<AppliedDirective> directives;
  bool has_selections = false;
  std::vector<const Selection*> selections;

  std::string_view response_key() const { return alias.empty() ? name : alias; }
};

struct Variable {
  std::string_view name;
  Place place;
  /// As GraphQL writes it: `[ID!]!`.
  std::string_view type;
  Place type_place;
  bool has_default = false;
  Value default_value;
  std::vector<AppliedDirective> directives;

  /// Whether a value must be given.
  bool is_required() const { return type.ends_with('!') && !has_default; }
};

/// What a definition evaluates to.
struct Element {
  CompositionKind kind = CompositionKind::unknown;
  Place place;
  graphql::OperationType operation = graphql::OperationType::query;
  /// Of an operation or a fragment.
  std::string_view name;
  Place name_place;
  /// Of a model or a fragment: its type.
  std::string_view type_name;
  Place type_place;
  /// What is selected from; null where the schema has no such type.
  const graphql::SchemaType* type = nullptr;
  std::vector<Variable> variables;
  /// The function that makes the selections; null for the template form.
  const Closure* fields = nullptr;
  /// An operation of slices: `fields` gives an object of them by label.
  bool is_labelled = false;
  Value projection;
  /// Of the template form: what to parse, and the scope of its interpolations.
  std::uint32_t source = 0;
  discovery::ExpressionIndex body = discovery::k_no_expression;
  const Scope* scope = nullptr;
  /// Of the template form, if given, and where it is.
  Value metadata;
  Place metadata_place;
  /// Of `define`.
  Value value;
};

/// The template of an element, read once and used for every expansion.
struct ParsedTemplate {
  /// `${...}` behind a spread.
  struct Part {
    Place place;
    Value value;
    /// Of a fragment that is named directly; else `value` is a function.
    const Element* fragment = nullptr;
    std::uint32_t definition = k_no_composition;
  };

  base::MappedText text;
  /// Null if the template cannot be read, which was reported.
  const graphql::OperationDefinition* body = nullptr;
  std::vector<Part> parts;
  /// Those of the template, then those of the fragments that it names directly.
  std::vector<Variable> variables;
};

/// Owns the values of one evaluation, which all go at once. Nothing in it moves.
struct Heap {
  std::deque<std::string> texts;
  std::deque<Array> arrays;
  std::deque<Object> objects;
  std::deque<Scope> scopes;
  std::deque<Closure> closures;
  std::deque<Native> natives;
  std::deque<Selection> selections;
  std::deque<Variable> variables;
  std::deque<Element> elements;
  /// What was parsed of templates; values refer to their texts.
  std::deque<graphql::Document> documents;
  std::map<const Element*, ParsedTemplate> templates;

  std::string_view keep(std::string text) { return texts.emplace_back(std::move(text)); }
};

}  // namespace builder::composer
