#include "discovery/kept_facts.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "base/utf8.h"

namespace discovery {
namespace {

/// Byte offsets of one text as UTF-16 offsets. Asked in any order; cheap when they ascend.
class Utf16Offsets {
 public:
  explicit Utf16Offsets(std::string_view text) : text_(text) {}

  base::Span of(base::Span span) {
    const std::uint32_t begin = at(span.begin);
    return {begin, at(span.end)};
  }

 private:
  std::uint32_t at(std::uint32_t offset) {
    if (offset < bytes_) {
      bytes_ = 0;
      units_ = 0;
    }
    units_ += base::utf16_length(text_.substr(bytes_, offset - bytes_));
    bytes_ = offset;
    return static_cast<std::uint32_t>(units_);
  }

  std::string_view text_;
  std::size_t bytes_ = 0;
  std::size_t units_ = 0;
};

void shrink(std::vector<std::string>& texts) {
  texts.shrink_to_fit();
  for (std::string& text : texts) {
    text.shrink_to_fit();
  }
}

void shrink(NameChain& chain) {
  shrink(chain.names);
}

void shrink(TemplateSite& site) {
  shrink(site.tag);
  site.text.shrink_to_fit();
  site.substitutions.shrink_to_fit();
  for (Substitution& substitution : site.substitutions) {
    shrink(substitution.chain);
    substitution.text.shrink_to_fit();
  }
  site.fragments.shrink_to_fit();
  std::for_each(
      site.fragments.begin(), site.fragments.end(), [](NameChain& chain) { shrink(chain); });
  shrink(site.binding);
}

void shrink(CompositionFacts& facts) {
  facts.expressions.shrink_to_fit();
  for (Expression& expression : facts.expressions) {
    expression.text.shrink_to_fit();
  }
  facts.texts.shrink_to_fit();
  for (base::MappedText& text : facts.texts) {
    text.shrink_to_fit();
  }
  facts.sites.shrink_to_fit();
  facts.values.shrink_to_fit();
}

}  // namespace

void note_utf16_sites(std::string_view text, SourceFacts& facts) {
  Utf16Offsets offsets(text);
  for (TemplateSite& site : facts.templates) {
    site.utf16_site = offsets.of(site.site);
  }
  for (CompositionSite& site : facts.compositions.sites) {
    site.utf16_site = offsets.of(site.site);
  }
}

void shrink(SourceFacts& facts) {
  facts.imports.shrink_to_fit();
  for (ImportFact& fact : facts.imports) {
    fact.specifier.shrink_to_fit();
    fact.names.shrink_to_fit();
  }
  facts.exports.shrink_to_fit();
  facts.constants.shrink_to_fit();
  for (ConstantFact& fact : facts.constants) {
    shrink(fact.path);
    fact.text.shrink_to_fit();
    shrink(fact.target);
  }
  facts.templates.shrink_to_fit();
  std::for_each(facts.templates.begin(), facts.templates.end(), [](auto& site) { shrink(site); });
  shrink(facts.compositions);
  facts.problems.shrink_to_fit();
}

}  // namespace discovery
