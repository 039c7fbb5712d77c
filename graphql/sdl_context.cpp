#include "graphql/sdl_context.h"

#include <algorithm>
#include <array>
#include <utility>

#include "base/suggestion.h"
#include "graphql/builtin_types.h"

namespace graphql {
namespace {

// Comparisons of names, about a second's worth.
constexpr std::size_t k_max_suggestion_work = 4'000'000;
// Cells of a table of distances that take as long as a comparison of short names.
constexpr std::size_t k_cells_of_comparison = 64;

constexpr std::array<std::string_view, k_sdl_rule_count> k_rule_names = {
    "LoneSchemaDefinition",
    "UniqueOperationTypes",
    "UniqueTypeNames",
    "UniqueEnumValueNames",
    "UniqueFieldDefinitionNames",
    "UniqueArgumentDefinitionNames",
    "UniqueDirectiveNames",
    "KnownTypeNames",
    "KnownDirectives",
    "UniqueDirectivesPerLocation",
    "PossibleTypeExtensions",
    "KnownArgumentNamesOnDirectives",
    "UniqueArgumentNames",
    "UniqueInputFieldNames",
    "ProvidedRequiredArgumentsOnDirectives",
};

}  // namespace

std::string_view to_text(SdlRule rule) {
  return k_rule_names[static_cast<std::size_t>(rule)];
}

std::optional<SdlRule> sdl_rule_from(std::string_view name) {
  for (std::size_t i = 0; i < k_rule_names.size(); ++i) {
    if (k_rule_names[i] == name) {
      return static_cast<SdlRule>(i);
    }
  }
  return std::nullopt;
}

bool SdlContext::DirectiveEntry::allows(DirectiveLocation location) const {
  if (definition == nullptr) {
    return existing->allows(location);
  }
  const std::string_view text = to_text(location);
  return std::any_of(definition->locations.begin(),
                     definition->locations.end(),
                     [&](const Name& allowed) { return allowed == text; });
}

SdlContext::SdlContext(std::span<const Document* const> documents,
                       const Schema* base,
                       SdlRules rules)
    : base_(base), rules_(rules) {
  std::size_t count = 0;
  for (const Document* document : documents) {
    count += document->definitions.size();
  }
  types_.reserve(count);
  type_index_.reserve(count);
  if (base == nullptr) {
    for (const SchemaDirective& directive : builtins().directives) {
      add_directive(directive.name, nullptr, &directive);
    }
  } else {
    for (const SchemaDirective& directive : base->directives()) {
      add_directive(directive.name, nullptr, &directive);
    }
  }
  for (const Document* document : documents) {
    for (const Definition* definition : document->definitions) {
      if (definition->kind == DefinitionKind::directive) {
        add_directive(definition->name, &as_directive(*definition), nullptr);
      } else if (definition->kind == DefinitionKind::type) {
        TypeEntry& entry = types_[type_number(definition->name)];
        ++entry.node_count;
        entry.definition = definition->is_extension ? entry.definition : &as_type(*definition);
      }
    }
  }
}

void SdlContext::add_directive(const Name& name,
                               const DirectiveDefinition* definition,
                               const SchemaDirective* existing) {
  const std::uint32_t found = directive_index_.find(
      name.hash, [&](std::uint32_t number) { return directives_[number].name == name; });
  if (found != NameIndex::k_none) {
    directives_[found].definition = definition;
    return;
  }
  directive_index_.insert(name.hash, static_cast<std::uint32_t>(directives_.size()));
  directives_.push_back({name, definition, existing, {}});
}

std::uint32_t SdlContext::find_type(const Name& name) const {
  return type_index_.find(name.hash,
                          [&](std::uint32_t number) { return types_[number].name == name; });
}

std::uint32_t SdlContext::type_number(const Name& name) {
  const std::uint32_t found = find_type(name);
  if (found != NameIndex::k_none) {
    return found;
  }
  const auto number = static_cast<std::uint32_t>(types_.size());
  type_index_.insert(name.hash, number);
  TypeEntry& entry = types_.emplace_back();
  entry.name = name;
  entry.existing = base_ == nullptr ? nullptr : base_->find_type(name);
  return number;
}

SdlContext::DirectiveEntry* SdlContext::find_directive(const Name& name) {
  const std::uint32_t found = directive_index_.find(
      name.hash, [&](std::uint32_t number) { return directives_[number].name == name; });
  return found == NameIndex::k_none ? nullptr : &directives_[found];
}

bool SdlContext::is_known_type(const Name& name) const {
  const std::uint32_t found = find_type(name);
  return (found != NameIndex::k_none && types_[found].definition != nullptr) ||
         (base_ != nullptr && base_->find_type(name) != nullptr);
}

std::vector<Location> SdlContext::at(std::span<const Name* const> names) const {
  std::vector<Location> places;
  places.reserve(names.size());
  for (const Name* name : names) {
    places.push_back(at(name->span()));
  }
  return places;
}

void SdlContext::report(SdlRule rule, std::string message, std::vector<Location> locations) {
  errors_.add(to_text(rule), std::move(message), std::move(locations));
}

std::vector<std::string_view> SdlContext::known_type_names() const {
  std::vector<std::string_view> names;
  if (base_ != nullptr) {
    for (const TypeId id : base_->type_order()) {
      names.push_back(base_->type(id).name.text);
    }
  }
  for (const TypeEntry& entry : types_) {
    if (entry.definition != nullptr) {
      names.push_back(entry.name.text);
    }
  }
  return names;
}

std::string SdlContext::suggest_type(std::string_view name, bool with_builtins) {
  if (suggestion_work_ > k_max_suggestion_work || is_full()) {
    return {};
  }
  std::vector<std::string_view> names = known_type_names();
  if (with_builtins) {
    for (const SchemaType& type : builtins().types) {
      names.push_back(type.name.text);
    }
  }
  return suggest(name, names);
}

std::string SdlContext::suggest(std::string_view name,
                                std::span<const std::string_view> candidates) {
  if (suggestion_work_ > k_max_suggestion_work || is_full()) {
    return {};
  }
  for (const std::string_view candidate : candidates) {
    suggestion_work_ += 1 + name.size() * candidate.size() / k_cells_of_comparison;
  }
  return base::did_you_mean(base::suggestions_for(name, candidates));
}

std::string SdlContext::type_text(TypeRef type) const {
  return base_ != nullptr
             ? base_->to_text(type)
             : wrapped_name(builtins().types[static_cast<std::size_t>(type.named())].name.text,
                            type.wrappers());
}

std::vector<std::vector<const Name*>> repeated_names(std::span<const Name* const> names) {
  NameIndex seen;
  std::vector<std::uint32_t> group_of(names.size(), NameIndex::k_none);
  std::vector<std::vector<const Name*>> groups;
  for (std::uint32_t i = 0; i < names.size(); ++i) {
    const Name& name = *names[i];
    const std::uint32_t first =
        seen.find(name.hash, [&](std::uint32_t other) { return *names[other] == name; });
    if (first == NameIndex::k_none) {
      seen.insert(name.hash, i);
    } else if (group_of[first] == NameIndex::k_none) {
      group_of[first] = static_cast<std::uint32_t>(groups.size());
      groups.push_back({names[first], names[i]});
    } else {
      groups[group_of[first]].push_back(names[i]);
    }
  }
  // A group is found with its second name, but stands in the order of its first.
  std::sort(groups.begin(), groups.end(), [](const auto& left, const auto& right) {
    return left.front()->begin < right.front()->begin;
  });
  return groups;
}

}  // namespace graphql
