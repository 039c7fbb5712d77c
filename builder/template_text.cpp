#include "builder/template_text.h"

#include "base/check.h"

namespace builder {

bool is_behind_spread(const discovery::TemplateSite& site,
                      const discovery::Substitution& substitution) {
  const std::string_view before = std::string_view(site.text.text()).substr(0, substitution.offset);
  const std::size_t last = before.find_last_not_of(" \t\r\n,");
  return last != std::string_view::npos && before.substr(0, last + 1).ends_with("...");
}

base::MappedText compose_template(const discovery::TemplateSite& site,
                                  const std::vector<std::string>& replacements) {
  base::check(replacements.size() == site.substitutions.size(), "each substitution is replaced");
  if (replacements.empty()) {
    return site.text;
  }
  base::MappedText composed;
  std::uint32_t done = 0;
  for (std::size_t i = 0; i < replacements.size(); ++i) {
    const discovery::Substitution& substitution = site.substitutions[i];
    composed.append_slice(site.text, done, substitution.offset);
    composed.append_replaced(replacements[i], substitution.span);
    done = substitution.offset;
  }
  composed.append_slice(site.text, done, static_cast<std::uint32_t>(site.text.text().size()));
  return composed;
}

}  // namespace builder
