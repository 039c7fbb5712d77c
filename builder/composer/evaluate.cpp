#include "builder/composer/evaluate.h"

#include <utility>

#include "base/json_text.h"
#include "base/suggestion.h"
#include "builder/composer/evaluator.h"
#include "builder/composer/expansion.h"
#include "builder/composer/fields.h"
#include "builder/composer/primitives.h"
#include "builder/composer/selections.h"
#include "builder/composer/variables.h"
#include "builder/composer/write_document.h"

namespace builder::composer {

namespace {

/// Appends literal content as JSON without white space; false, with a diagnostic, if it is none.
/// Its depth is that of the expressions that it was made from.
bool write_json(Evaluator& evaluator, const Value& value, std::string& out) {
  if (!evaluator.spend(1)) {
    return false;
  }
  if (const auto* text = value.as<std::string_view>()) {
    base::append_json_string(out, *text);
    return evaluator.spend(text->size() / 16);
  }
  if (value.is<Null>()) {
    out += "null";
    return true;
  }
  if (const auto scalar = text_of(value)) {
    out += *scalar;
    return true;
  }
  bool is_whole = true;
  if (const auto* array = value.as<const Array*>()) {
    out += '[';
    for (const Value& item : (*array)->items) {
      out += out.back() == '[' ? "" : ",";
      is_whole = write_json(evaluator, item, out) && is_whole;
    }
    out += ']';
    return is_whole;
  }
  if (const auto* object = value.as<const Object*>()) {
    bool is_first = true;
    out += '{';
    for (const Object::Member& member : (*object)->members) {
      if (member.value.is<Undefined>()) {
        continue;
      }
      out += is_first ? "" : ",";
      is_first = false;
      base::append_json_string(out, member.key);
      out += ':';
      is_whole = write_json(evaluator, member.value, out) && is_whole;
    }
    out += '}';
    return is_whole;
  }
  if (!value.is<Failed>()) {
    evaluator.fail_unsupported(value.place,
                               "Metadata must be literal content: texts, numbers, booleans, "
                               "arrays and objects; this is " +
                                   describe(value) + ".");
  }
  return false;
}

/// The fields of a list of selections that are called `key`, in inline fragments too.
void collect_keyed(const std::vector<const Selection*>& selections,
                   std::string_view key,
                   std::vector<const Selection*>& found,
                   std::vector<std::string_view>& names) {
  for (const Selection* one : selections) {
    if (one->kind == Selection::Kind::inline_fragment) {
      collect_keyed(one->selections, key, found, names);
    } else if (one->kind == Selection::Kind::field) {
      names.push_back(one->response_key());
      if (one->response_key() == key) {
        found.push_back(one);
      }
    }
  }
}

/// `"$.products.edges"`: each name must be selected, or the projection reads what never comes.
void check_path(Evaluator& evaluator, const Value& path, std::vector<const Selection*> selections) {
  const auto* text = path.as<std::string_view>();
  if (text == nullptr || !text->starts_with("$.") || text->size() == 2) {
    if (!path.is<Failed>()) {
      evaluator.fail_invalid(path.place,
                             "A path of a projection begins with \"$.\" and the key of a field: "
                             "\"$.products\".");
    }
    return;
  }
  std::string_view rest = text->substr(2);
  while (!rest.empty()) {
    const std::string_view key = rest.substr(0, rest.find('.'));
    rest.remove_prefix(std::min(rest.size(), key.size() + 1));
    std::vector<const Selection*> found;
    std::vector<std::string_view> names;
    collect_keyed(selections, key, found, names);
    if (found.empty()) {
      evaluator.fail_invalid(path.place,
                             "The slice selects no \"" + std::string(key) + "\" there." +
                                 base::did_you_mean(base::suggestions_for(key, names)));
      return;
    }
    selections.clear();
    for (const Selection* one : found) {
      selections.insert(selections.end(), one->selections.begin(), one->selections.end());
    }
  }
}

void check_projection(Evaluator& evaluator,
                      const Element& element,
                      const std::vector<const Selection*>& selections) {
  const auto* closure = element.projection.as<const Closure*>();
  if (closure == nullptr) {
    return;
  }
  const Place place = element.projection.place;
  Native select_native;
  select_native.kind = NativeKind::select;
  Object& argument = evaluator.heap().objects.emplace_back();
  argument.set({"select", place, {&evaluator.heap().natives.emplace_back(select_native), place}});
  const Value paths = evaluator.call(**closure, {{&argument, place}}, place);
  if (const auto* array = paths.as<const Array*>()) {
    for (const Value& path : (*array)->items) {
      check_path(evaluator, path, selections);
    }
  } else if (!paths.is<Failed>()) {
    evaluator.fail_invalid(place,
                           "A projection returns what `select` gives: ({ select }) => "
                           "select([\"$.products\"], (result) => result).");
  }
}

/// The slices of an operation by their labels.
std::vector<const Selection*> labelled_content(Evaluator& evaluator,
                                               const Element& element,
                                               const Object& values) {
  Object& argument = evaluator.heap().objects.emplace_back();
  argument.set({"$", element.place, values_of(evaluator, values, element.place)});
  const Value result = evaluator.call(*element.fields, {{&argument, element.place}}, element.place);
  const auto* labels = result.as<const Object*>();
  if (labels == nullptr) {
    if (!result.is<Failed>()) {
      evaluator.fail_invalid(result.place,
                             "An operation returns an object of slices by label: ({ $ }) => ({ "
                             "product: productSlice.build({ id: $.id }) }).");
    }
    return {};
  }
  Object& gathered = evaluator.heap().objects.emplace_back();
  for (const Object::Member& label : (*labels)->members) {
    if (label.value.is<const Selection*>()) {
      evaluator.fail_invalid(result.place,
                             "The slices of an operation need labels: ({ $ }) => ({ product: "
                             "productSlice.build({ id: $.id }) }).");
      break;
    }
    if (!is_graphql_name(label.key)) {
      evaluator.fail_invalid(label.place, not_a_name(label.key));
      continue;
    }
    const std::vector<const Selection*> selections =
        to_selections(evaluator, label.value, element.type, label.place);
    add_selections(evaluator, gathered, labelled(evaluator, label.key, selections));
  }
  return to_selections(evaluator, {&gathered, element.place}, element.type, element.place);
}

/// A name for the fragment that a model or a slice is validated as.
std::string name_for_validation(std::string_view path) {
  std::string name = "_";
  for (const char c : path) {
    const bool is_plain =
        (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
    name += is_plain ? c : '_';
  }
  return name;
}

void evaluate_element_text(Evaluator& evaluator,
                           const Element& element,
                           std::string_view path,
                           Evaluated& result) {
  if (element.kind == CompositionKind::define) {
    return;
  }
  if (element.kind == CompositionKind::operation) {
    evaluator.set_current_operation(graphql::to_text(element.operation));
  }
  const Object& values = references_to(evaluator, variables_of(evaluator, element));
  const bool is_by_label = element.is_labelled && element.fields != nullptr;
  const std::vector<const Selection*> selections =
      is_by_label ? labelled_content(evaluator, element, values)
                  : content_of(evaluator, element, values);
  check_projection(evaluator, element, selections);
  const bool has_name =
      element.kind == CompositionKind::operation || element.kind == CompositionKind::fragment;
  const std::string name = has_name ? std::string(element.name) : name_for_validation(path);
  result.text = write_document(evaluator, element, name, selections);
  if (!element.metadata.is<Undefined>() &&
      !write_json(evaluator, element.metadata, result.metadata)) {
    result.metadata.clear();
    if (!evaluator.has_failed()) {
      evaluator.fail_unsupported(
          element.metadata_place,
          "Metadata that is made from variables or from the document cannot be known without "
          "running code. Write it as literal content: { metadata: { owner: \"shop\" } }.");
    }
  }
}

}  // namespace

Evaluated evaluate_composition(const ComposerProject& project, std::uint32_t index) {
  const Composition& composition = project.compositions()[index];
  const discovery::CompositionSite& site =
      project.facts(composition.source).sites[composition.site];
  Evaluator evaluator(project, index);
  Evaluated result;
  const Element* element =
      evaluator.element_of(index, {composition.source, index, site.callee.span});
  if (element != nullptr) {
    result.kind = element->kind;
    result.name = std::string(element->name);
    if (element->kind == CompositionKind::slice) {
      result.operation_type = std::string(graphql::to_text(element->operation));
    }
    evaluate_element_text(evaluator, *element, site.path, result);
  }
  for (const std::uint32_t expanded : evaluator.expanded()) {
    if (expanded != index) {
      result.expanded.push_back(expanded);
    }
  }
  for (Evaluator::OwnedDiagnostic& one : evaluator.take_diagnostics()) {
    result.problems.push_back({one.owner, std::move(one.diagnostic)});
  }
  if (!result.problems.empty()) {
    result.text = {};
  }
  return result;
}

}  // namespace builder::composer
