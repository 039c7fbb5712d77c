#include "tests/discovery/facts_text.h"

#include <vector>

#include "discovery/source_reader.h"

namespace discovery {

namespace {

std::string joined(const std::vector<std::string>& names) {
  std::string text;
  for (const std::string& name : names) {
    text += text.empty() ? name : "." + name;
  }
  return text;
}

std::string form_name(TemplateForm form) {
  switch (form) {
    case TemplateForm::tag:
      return "tag";
    case TemplateForm::call:
      return "call";
    case TemplateForm::comment:
      return "comment";
    case TemplateForm::hash:
      return "hash";
    case TemplateForm::file:
      return "file";
  }
  return "?";
}

std::string substitution_text(const Substitution& part) {
  const std::string at = "@" + std::to_string(part.offset);
  switch (part.kind) {
    case Substitution::Kind::name:
      return std::string(" ${") + (part.chain.scope == base::Span{} ? "" : "local ") +
             joined(part.chain.names) + at + "}";
    case Substitution::Kind::literal:
      return " ${" + quoted(part.text) + at + "}";
    case Substitution::Kind::inline_template:
      return " ${`" + at + "}";
    case Substitution::Kind::other:
      return " ${?" + at + "}";
  }
  return "?";
}

std::string fragments_text(const TemplateSite& site) {
  const bool is_opaque = !(site.opaque_fragment == base::Span{});
  if (!site.has_fragment_list) {
    return is_opaque ? " ?" : "";
  }
  std::string text;
  for (const NameChain& fragment : site.fragments) {
    text += text.empty() ? joined(fragment.names) : ", " + joined(fragment.names);
  }
  return " [" + text + (is_opaque ? " ?" : "") + "]";
}

}  // namespace

std::string quoted(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '\n') {
      out += "\\n";
    } else if (c == '\r') {
      out += "\\r";
    } else if (c == '\0') {
      out += "\\0";
    } else {
      out += c;
    }
  }
  return out + "\"";
}

std::string import_lines(const SourceFacts& facts) {
  std::string lines;
  for (const ImportFact& fact : facts.imports) {
    lines += fact.is_type_only ? "type " : "";
    lines += fact.specifier + ":";
    for (const ImportedName& name : fact.names) {
      lines += name.is_type_only && !fact.is_type_only ? " type" : "";
      lines += " " + name.imported + (name.imported == name.local ? "" : ">" + name.local);
    }
    lines += "\n";
  }
  return lines;
}

std::string export_lines(const SourceFacts& facts) {
  std::string lines;
  for (const ExportFact& fact : facts.exports) {
    lines += fact.is_type_only ? "type " : "";
    lines += fact.exported + "<" + fact.local;
    lines += fact.specifier.empty() ? "" : " from " + fact.specifier;
    lines += "\n";
  }
  return lines;
}

std::string constant_lines(const SourceFacts& facts) {
  std::string lines;
  for (const ConstantFact& fact : facts.constants) {
    lines += (fact.scope == base::Span{} ? "" : "local ") + joined(fact.path);
    switch (fact.kind) {
      case ConstantFact::Kind::string:
        lines += " = " + quoted(fact.text);
        break;
      case ConstantFact::Kind::alias:
        lines += " = " + joined(fact.target.names);
        break;
      case ConstantFact::Kind::call_result:
        lines += " = " + joined(fact.target.names) + "()";
        break;
    }
    lines += "\n";
  }
  return lines;
}

std::string template_lines(const SourceFacts& facts, std::string_view source) {
  std::string lines;
  for (const TemplateSite& site : facts.templates) {
    lines += form_name(site.form);
    lines += site.tag.empty() ? "" : " " + joined(site.tag.names);
    lines += site.is_marked ? " marked" : "";
    lines += " " + quoted(site.text.text());
    for (const Substitution& part : site.substitutions) {
      lines += substitution_text(part);
    }
    lines += fragments_text(site);
    lines += site.binding.empty() ? "" : " as " + joined(site.binding);
    lines += site.scope == base::Span{}
                 ? ""
                 : " in " + quoted(source.substr(site.scope.begin, site.scope.size()));
    lines += site.is_ignored ? " ignored" : "";
    lines += site.has_invalid_escape ? " invalid" : "";
    lines += "\n";
  }
  return lines;
}

std::string problem_lines(const SourceFacts& facts) {
  std::string lines;
  for (const FactsProblem& problem : facts.problems) {
    lines += problem.is_error ? "error " : "warning ";
    lines += problem.code + " " + std::to_string(problem.span.begin) + "-" +
             std::to_string(problem.span.end) + "\n";
  }
  return lines;
}

SourceFacts read_documents(std::string_view source, Language language) {
  return SourceReader().read({source, language, FactsTier::documents});
}

}  // namespace discovery
