#include "builder/composer/template_form.h"

#include <algorithm>
#include <charconv>
#include <string>

#include "builder/composer/expansion.h"
#include "builder/composer/graphql_values.h"
#include "builder/composer/primitives.h"
#include "builder/composer/selections.h"
#include "builder/composer/variables.h"
#include "builder/composer/write_document.h"
#include "graphql/parser.h"

namespace builder::composer {

namespace {

using discovery::ExpressionIndex;
using discovery::ExpressionKind;
using discovery::k_no_expression;

/// What stands for the i-th interpolation while the template is parsed; names that begin with two
/// underscores are GraphQL's own, so that nobody's fragment is called so.
constexpr std::string_view k_part = "__builder_part_";

std::optional<std::size_t> part_index(std::string_view name) {
  if (!name.starts_with(k_part)) {
    return std::nullopt;
  }
  std::size_t index = 0;
  name.remove_prefix(k_part.size());
  const auto result = std::from_chars(name.data(), name.data() + name.size(), index);
  return result.ptr == name.data() + name.size() ? std::optional(index) : std::nullopt;
}

bool ends_with_spread(std::string_view text) {
  const std::size_t last = text.find_last_not_of(" \t\r\n,");
  return last != std::string_view::npos && text.substr(0, last + 1).ends_with("...");
}

class TemplateParser {
 public:
  TemplateParser(Evaluator& evaluator, const Element& element, ParsedTemplate& parsed)
      : evaluator_(evaluator), element_(element), parsed_(parsed) {}

  void parse() {
    if (!put_together()) {
      return;
    }
    graphql::ParsedDocument result = graphql::parse_document(parsed_.text.text());
    if (result.error) {
      const base::Span span =
          result.error->locations.empty() ? base::Span{} : result.error->locations.front().span;
      evaluator_.fail(place(span), "SyntaxError", result.error->message);
      return;
    }
    const graphql::Document& document =
        evaluator_.heap().documents.emplace_back(std::move(result.document));
    if (document.definitions.size() != 1) {
      evaluator_.fail_invalid(place(document.definitions[1]->span),
                              "A template holds one selection, { ... }, and variables in front of "
                              "it, and nothing else.");
      return;
    }
    const auto& body = graphql::as_operation(*document.definitions.front());
    const GraphqlValues values(
        evaluator_, [this](base::Span span) { return place(span); }, nullptr);
    parsed_.variables = values.variables(body);
    lift_variables();
    parsed_.body = &body;
  }

 private:
  Place place(base::Span span) const {
    return evaluator_.place_of(element_.source, parsed_.text.to_source(span));
  }

  const discovery::Expression& at(ExpressionIndex index) const {
    return evaluator_.project().facts(element_.source).expressions[index];
  }

  /// The text with a name in place of every interpolation.
  bool put_together() {
    const discovery::Expression& literal = at(element_.body);
    if (literal.kind != ExpressionKind::template_literal) {
      evaluator_.evaluate(element_.source, element_.body, element_.scope);
      return false;
    }
    const base::Span backtick{literal.span.begin, literal.span.begin + 1};
    parsed_.text.append_replaced("query ", backtick);
    bool is_whole = true;
    for (ExpressionIndex child = literal.first; child != k_no_expression; child = at(child).next) {
      if (at(child).kind == ExpressionKind::template_text) {
        const base::MappedText& text =
            evaluator_.project().facts(element_.source).texts[at(child).mapped];
        parsed_.text.append_slice(text, 0, static_cast<std::uint32_t>(text.text().size()));
      } else {
        is_whole = add_part(child) && is_whole;
      }
    }
    return is_whole;
  }

  bool add_part(ExpressionIndex index) {
    ParsedTemplate::Part part;
    part.place = evaluator_.place_of(element_.source, index);
    part.value = evaluator_.evaluate(element_.source, index, element_.scope);
    if (part.value.is<Failed>()) {
      return false;
    }
    if (!ends_with_spread(parsed_.text.text())) {
      evaluator_.fail_unsupported(
          part.place,
          "In a template of the composer only fragments can be interpolated, behind `...`. Write "
          "what else is meant into the template, or make it a variable.");
      return false;
    }
    if (const auto* definition = part.value.as<DefinitionRef>()) {
      part.fragment = evaluator_.element_of(definition->index, part.place);
      part.definition = definition->index;
      if (part.fragment == nullptr) {
        return false;
      }
    }
    const bool is_fragment =
        part.fragment != nullptr && part.fragment->kind == CompositionKind::fragment;
    if (!is_fragment && !part.value.is<const Closure*>() && !part.value.is<const Object*>()) {
      evaluator_.fail_invalid(part.place,
                              "Only a fragment can be spread here, ...${productFragment}, or a "
                              "function that spreads one, ...${({ $ }) => "
                              "productFragment.spread({ id: $.id })}.");
      return false;
    }
    const std::string name = std::string(k_part) + std::to_string(parsed_.parts.size());
    parsed_.text.append_replaced(name, at(index).span);
    parsed_.parts.push_back(part);
    return true;
  }

  void lift_variables() {
    own_count_ = parsed_.variables.size();
    for (const ParsedTemplate::Part& part : parsed_.parts) {
      if (part.fragment == nullptr || !evaluator_.enter(part.definition, part.place)) {
        continue;
      }
      // A copy: the fragment may be one that is being parsed.
      const std::vector<Variable> lifted = variables_of(evaluator_, *part.fragment);
      evaluator_.leave();
      for (const Variable& variable : lifted) {
        lift(variable, part.place);
      }
    }
  }

  void lift(const Variable& variable, const Place& use) {
    const auto known = std::find_if(
        parsed_.variables.begin(), parsed_.variables.end(), [&variable](const Variable& one) {
          return one.name == variable.name;
        });
    if (known == parsed_.variables.end()) {
      parsed_.variables.push_back(variable);
    } else if (known->type != variable.type) {
      evaluator_.fail_invalid(use,
                              "The fragment needs the variable \"$" + std::string(variable.name) +
                                  "\" of type \"" + std::string(variable.type) +
                                  "\", which is of type \"" + std::string(known->type) +
                                  "\" here. Hand it over under another name: ...${({ $ }) => "
                                  "fragment.spread({ " +
                                  std::string(variable.name) + ": ... })}.");
    } else if (known - parsed_.variables.begin() >= static_cast<std::ptrdiff_t>(own_count_) &&
               default_of(*known) != default_of(variable)) {
      // Where the template declares it, that is what its author wants.
      evaluator_.fail_invalid(use,
                              "The variable \"$" + std::string(variable.name) +
                                  "\" has another default in a fragment before this one. Declare "
                                  "it in this template, with the default that is wanted.");
    }
  }

  std::string default_of(const Variable& variable) const {
    return variable.has_default ? literal_text(evaluator_, variable.default_value) : "";
  }

  Evaluator& evaluator_;
  const Element& element_;
  ParsedTemplate& parsed_;
  /// How many variables the template itself declares.
  std::size_t own_count_ = 0;
};

/// Turns the selections of a template into those of one expansion.
class SelectionReader {
 public:
  SelectionReader(Evaluator& evaluator,
                  const Element& element,
                  const ParsedTemplate& parsed,
                  const Object& values)
      : evaluator_(evaluator),
        element_(element),
        parsed_(parsed),
        values_(values),
        graphql_(
            evaluator, [this](base::Span span) { return place(span); }, &values) {}

  // Bounded by ParseOptions::max_depth.
  std::vector<const Selection*> read(const graphql::SelectionSet& set,
                                     const graphql::SchemaType* type) const {
    SelectionMerger merger(evaluator_);
    for (const graphql::Selection* ast : set.selections) {
      if (!evaluator_.spend(1)) {
        break;
      }
      merger.add(read_one(*ast, type));
    }
    return merger.take();
  }

 private:
  Place place(base::Span span) const {
    return evaluator_.place_of(element_.source, parsed_.text.to_source(span));
  }

  std::vector<const Selection*> read_one(const graphql::Selection& ast,
                                         const graphql::SchemaType* type) const {
    if (ast.kind == graphql::SelectionKind::fragment_spread) {
      const graphql::FragmentSpread& spread = graphql::as_fragment_spread(ast);
      if (const auto part = part_index(spread.name.text)) {
        return read_part(spread, parsed_.parts[*part], type);
      }
    }
    Selection& selection = evaluator_.heap().selections.emplace_back();
    selection.directives = graphql_.directives(ast.directives);
    switch (ast.kind) {
      case graphql::SelectionKind::field:
        read_field(graphql::as_field(ast), type, selection);
        break;
      case graphql::SelectionKind::fragment_spread: {
        const graphql::Name& name = graphql::as_fragment_spread(ast).name;
        selection.kind = Selection::Kind::spread;
        selection.name = name.text;
        selection.place = place(name.span());
        break;
      }
      case graphql::SelectionKind::inline_fragment: {
        const graphql::InlineFragment& part = graphql::as_inline_fragment(ast);
        const bool has_type = !part.type_condition.empty();
        selection.kind = Selection::Kind::inline_fragment;
        selection.name = part.type_condition.text;
        selection.place = place(has_type ? part.type_condition.span() : part.span);
        selection.has_selections = true;
        selection.selections =
            read(*part.selection_set,
                 has_type ? evaluator_.schema().find_type(part.type_condition) : type);
        break;
      }
    }
    return {&selection};
  }

  void read_field(const graphql::Field& ast,
                  const graphql::SchemaType* type,
                  Selection& selection) const {
    selection.place = place(ast.response_name().span());
    selection.alias = ast.alias.text;
    selection.name = ast.name.text;
    selection.field =
        type == nullptr ? nullptr : evaluator_.schema().find_selectable_field(*type, ast.name);
    selection.arguments = graphql_.arguments(ast.arguments);
    if (ast.selection_set != nullptr) {
      const graphql::SchemaType* inner =
          selection.field == nullptr ? nullptr : &evaluator_.schema().type(selection.field->type);
      selection.has_selections = true;
      selection.selections = read(*ast.selection_set, inner);
    }
  }

  std::vector<const Selection*> read_part(const graphql::FragmentSpread& spread,
                                          const ParsedTemplate::Part& part,
                                          const graphql::SchemaType* type) const {
    Value expanded = part.value;
    if (part.fragment != nullptr) {
      expanded = expand_directly(evaluator_, part, values_);
    } else if (const auto* closure = part.value.as<const Closure*>()) {
      Object& argument = evaluator_.heap().objects.emplace_back();
      argument.set({"$", part.place, values_of(evaluator_, values_, part.place)});
      expanded = evaluator_.call(**closure, {{&argument, part.place}}, part.place);
    }
    // What is of another type comes back in a fragment of its own.
    std::vector<const Selection*> selections =
        to_selections(evaluator_, expanded, type, part.place);
    std::vector<AppliedDirective> directives = graphql_.directives(spread.directives);
    if (directives.empty()) {
      return selections;
    }
    Selection& whole = evaluator_.heap().selections.emplace_back();
    if (selections.size() == 1 && selections[0]->kind == Selection::Kind::inline_fragment &&
        selections[0]->directives.empty()) {
      whole = *selections[0];
    } else {
      const auto* object = expanded.as<const Object*>();
      whole.kind = Selection::Kind::inline_fragment;
      whole.name = object == nullptr ? std::string_view() : (*object)->type_name;
      whole.place = part.place;
      whole.has_selections = true;
      whole.selections = std::move(selections);
    }
    whole.directives = std::move(directives);
    return {&whole};
  }

  Evaluator& evaluator_;
  const Element& element_;
  const ParsedTemplate& parsed_;
  const Object& values_;
  GraphqlValues graphql_;
};

}  // namespace

const ParsedTemplate& parsed_template(Evaluator& evaluator, const Element& element) {
  const auto [parsed, is_new] = evaluator.heap().templates.try_emplace(&element);
  if (is_new) {
    TemplateParser(evaluator, element, parsed->second).parse();
  }
  return parsed->second;
}

std::vector<const Selection*> template_selections(Evaluator& evaluator,
                                                  const Element& element,
                                                  const Object& values) {
  const ParsedTemplate& parsed = parsed_template(evaluator, element);
  if (parsed.body == nullptr) {
    return {};
  }
  return SelectionReader(evaluator, element, parsed, values)
      .read(*parsed.body->selection_set, element.type);
}

std::vector<Variable> parse_variables(Evaluator& evaluator,
                                      std::string_view text,
                                      const Place& place) {
  const std::string_view source =
      evaluator.heap().keep("query " + std::string(text) + " { __typename }");
  graphql::ParsedDocument result = graphql::parse_document(source);
  if (result.error || result.document.definitions.size() != 1) {
    evaluator.fail(place,
                   "SyntaxError",
                   result.error ? result.error->message : "Variables are written as ($id: ID!).");
    return {};
  }
  const graphql::Document& document =
      evaluator.heap().documents.emplace_back(std::move(result.document));
  const GraphqlValues values(
      evaluator, [&place](base::Span) { return place; }, nullptr);
  return values.variables(graphql::as_operation(*document.definitions.front()));
}

}  // namespace builder::composer
