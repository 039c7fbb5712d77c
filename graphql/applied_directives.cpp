#include "graphql/applied_directives.h"

#include <string>

#include "graphql/builtin_types.h"
#include "graphql/printer.h"

namespace graphql {
namespace {

constexpr std::string_view k_arguments_code = "DirectiveArguments";

const Argument* find_last(const List<Argument>& arguments, std::string_view name) {
  for (std::size_t i = arguments.size(); i > 0; --i) {
    if (arguments[i - 1].name == name) {
      return &arguments[i - 1];
    }
  }
  return nullptr;
}

// A view that is not null, whatever the value.
std::string_view text_of(const Value& value) {
  return value.text.empty() ? std::string_view("") : value.text;
}

std::string_view invalid_value(const Argument& argument,
                               std::uint32_t source_id,
                               std::vector<Error>& errors) {
  errors.push_back({k_arguments_code,
                    "Argument \"" + std::string(argument.name.text) + "\" has invalid value " +
                        print(argument.value) + ".",
                    {{source_id, argument.value.span}}});
  return {};
}

}  // namespace

const Directive* find_applied(const List<Directive>& directives, std::string_view name) {
  for (const Directive& directive : directives) {
    if (directive.name == name) {
      return &directive;
    }
  }
  return nullptr;
}

std::string_view deprecation_reason_of(const List<Directive>& directives,
                                       std::uint32_t source_id,
                                       std::vector<Error>& errors) {
  const Directive* const directive = find_applied(directives, "deprecated");
  if (directive == nullptr) {
    return {};
  }
  const Argument* const reason = find_last(directive->arguments, "reason");
  if (reason == nullptr) {
    return k_default_deprecation_reason;
  }
  if (reason->value.kind == ValueKind::null) {
    return {};
  }
  return reason->value.kind == ValueKind::string ? text_of(reason->value)
                                                 : invalid_value(*reason, source_id, errors);
}

std::string_view specified_by_url_of(const List<Directive>& directives,
                                     std::uint32_t source_id,
                                     std::vector<Error>& errors) {
  const Directive* const directive = find_applied(directives, "specifiedBy");
  if (directive == nullptr) {
    return {};
  }
  const Argument* const url = find_last(directive->arguments, "url");
  if (url == nullptr) {
    errors.push_back({k_arguments_code,
                      "Argument \"url\" of required type \"String!\" was not provided.",
                      {{source_id, directive->span}}});
    return {};
  }
  if (url->value.kind == ValueKind::null) {
    errors.push_back({k_arguments_code,
                      "Argument \"url\" of non-null type \"String!\" must not be null.",
                      {{source_id, url->value.span}}});
    return {};
  }
  return url->value.kind == ValueKind::string ? text_of(url->value)
                                              : invalid_value(*url, source_id, errors);
}

}  // namespace graphql
