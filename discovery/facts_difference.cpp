#include "discovery/facts_difference.h"

#include <algorithm>
#include <cstddef>
#include <vector>

namespace discovery {

namespace {

std::string text_of(base::Span span) {
  return "[" + std::to_string(span.begin) + "," + std::to_string(span.end) + ")";
}

std::string text_of(const std::vector<std::string>& names) {
  std::string text;
  for (const std::string& name : names) {
    text += (text.empty() ? "" : ".") + name;
  }
  return text;
}

std::string text_of(const NameChain& chain) {
  return text_of(chain.names) + text_of(chain.span) + text_of(chain.scope);
}

std::string text_of(const ImportFact& fact) {
  std::string text =
      "import '" + fact.specifier + "'" + text_of(fact.span) + (fact.is_type_only ? " type" : "");
  for (const ImportedName& name : fact.names) {
    text += " " + name.imported + " as " + name.local + (name.is_type_only ? " type" : "") +
            text_of(name.scope);
  }
  return text;
}

std::string text_of(const ExportFact& fact) {
  return "export " + fact.local + " as " + fact.exported + " from '" + fact.specifier + "'" +
         text_of(fact.specifier_span) + (fact.is_type_only ? " type" : "");
}

std::string text_of(const ConstantFact& fact) {
  return "constant " + text_of(fact.path) + " kind " + std::to_string(static_cast<int>(fact.kind)) +
         " = '" + fact.text + "' " + text_of(fact.target) + text_of(fact.scope);
}

std::string text_of(const TemplateSite& site) {
  std::string text =
      "template form " + std::to_string(static_cast<int>(site.form)) + " " + text_of(site.tag) +
      " site " + text_of(site.site) + " content " + text_of(site.content) +
      (site.is_marked ? " marked" : "") + (site.is_ignored ? " ignored" : "") +
      (site.is_reassigned ? " reassigned" : "") + (site.has_invalid_escape ? " escape" : "") +
      " binding " + text_of(site.binding) + text_of(site.scope);
  for (const Substitution& part : site.substitutions) {
    text += " ${" + std::to_string(static_cast<int>(part.kind)) + text_of(part.span) +
            text_of(part.chain) + part.text + text_of(part.site) + "}";
  }
  text += site.has_fragment_list ? " list" : "";
  for (const NameChain& fragment : site.fragments) {
    text += " " + text_of(fragment);
  }
  return text + " opaque " + text_of(site.opaque_fragment);
}

std::string text_of(const FactsProblem& problem) {
  return "problem " + problem.code + text_of(problem.span);
}

std::uint32_t place_of(const ImportFact& fact) {
  return fact.span.begin;
}
std::uint32_t place_of(const ExportFact& fact) {
  return fact.specifier_span.begin;
}
std::uint32_t place_of(const ConstantFact& fact) {
  return fact.target.span.begin;
}
std::uint32_t place_of(const TemplateSite& site) {
  return site.site.begin;
}
std::uint32_t place_of(const FactsProblem& problem) {
  return problem.span.begin;
}

template <typename Fact>
std::optional<FactsDifference> first_difference(const std::vector<Fact>& scanned,
                                                const std::vector<Fact>& parsed) {
  const std::size_t count = std::max(scanned.size(), parsed.size());
  for (std::size_t i = 0; i < count; ++i) {
    const Fact* const ours = i < scanned.size() ? &scanned[i] : nullptr;
    const Fact* const theirs = i < parsed.size() ? &parsed[i] : nullptr;
    if (ours != nullptr && theirs != nullptr && *ours == *theirs) {
      continue;
    }
    const auto say = [](const Fact* fact) {
      return fact == nullptr ? std::string("nothing") : text_of(*fact);
    };
    return FactsDifference{"scanned: " + say(ours) + "; parsed: " + say(theirs),
                           place_of(i < scanned.size() ? scanned[i] : parsed[i])};
  }
  return std::nullopt;
}

}  // namespace

std::optional<FactsDifference> find_difference(const SourceFacts& scanned,
                                               const SourceFacts& parsed) {
  if (auto found = first_difference(scanned.imports, parsed.imports)) {
    return found;
  }
  if (auto found = first_difference(scanned.exports, parsed.exports)) {
    return found;
  }
  if (auto found = first_difference(scanned.constants, parsed.constants)) {
    return found;
  }
  if (auto found = first_difference(scanned.templates, parsed.templates)) {
    return found;
  }
  if (auto found = first_difference(scanned.problems, parsed.problems)) {
    return found;
  }
  if (scanned.is_unread != parsed.is_unread) {
    return FactsDifference{"one reader could not read the file", 0};
  }
  return std::nullopt;
}

}  // namespace discovery
