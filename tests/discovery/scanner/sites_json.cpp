#include "tests/discovery/scanner/sites_json.h"

#include <sstream>
#include <vector>

#include "base/json_text.h"

namespace discovery {

namespace {

std::string json_span(base::Span span) {
  return "[" + std::to_string(span.begin) + "," + std::to_string(span.end) + "]";
}

std::string json_names(const std::vector<std::string>& names) {
  std::string text = "[";
  for (const std::string& name : names) {
    text += (text.size() > 1 ? "," : "") + base::json_string(name);
  }
  return text + "]";
}

}  // namespace

std::string sites_json(std::string_view path, const SourceFacts& facts, std::string_view text) {
  std::ostringstream out;
  out << "{\"path\":" << base::json_string(path);
  if (!text.empty()) {
    out << ",\"text\":" << base::json_string(text);
  }
  out << ",\"imports\":[";
  const char* comma = "";
  for (const ImportFact& fact : facts.imports) {
    out << comma << "[" << base::json_string(fact.specifier) << "," << json_span(fact.span);
    for (const ImportedName& name : fact.names) {
      out << "," << json_names({name.imported, name.local, name.is_type_only ? "type" : ""});
    }
    out << "]";
    comma = ",";
  }
  out << "],\"exports\":[";
  comma = "";
  for (const ExportFact& fact : facts.exports) {
    out << comma << json_names({fact.exported, fact.local, fact.specifier});
    comma = ",";
  }
  out << "],\"templates\":[";
  comma = "";
  for (const TemplateSite& site : facts.templates) {
    out << comma << "{\"form\":" << static_cast<int>(site.form)
        << ",\"tag\":" << json_names(site.tag.names) << ",\"site\":" << json_span(site.site)
        << ",\"content\":" << json_span(site.content) << ",\"binding\":" << json_names(site.binding)
        << ",\"substitutions\":[";
    const char* inner = "";
    for (const Substitution& part : site.substitutions) {
      out << inner << json_span(part.span);
      inner = ",";
    }
    out << "]}";
    comma = ",";
  }
  out << "]}\n";
  return out.str();
}

}  // namespace discovery
