#include "session/debug_dump.h"

#include <nlohmann/json.hpp>

namespace session {
namespace {

using nlohmann::ordered_json;

ordered_json span_json(base::Span span) {
  return {span.begin, span.end};
}

std::string_view to_text(discovery::TemplateForm form) {
  switch (form) {
    case discovery::TemplateForm::tag:
      return "tag";
    case discovery::TemplateForm::call:
      return "call";
    case discovery::TemplateForm::comment:
      return "comment";
    case discovery::TemplateForm::hash:
      return "hash";
    case discovery::TemplateForm::file:
      return "file";
  }
  return "";
}

std::string_view to_text(discovery::FactsTier tier) {
  switch (tier) {
    case discovery::FactsTier::specifiers:
      return "specifiers";
    case discovery::FactsTier::bindings:
      return "bindings";
    case discovery::FactsTier::documents:
      return "documents";
    case discovery::FactsTier::compositions:
      return "compositions";
  }
  return "";
}

ordered_json import_json(const discovery::ImportFact& import) {
  ordered_json names = ordered_json::array();
  for (const discovery::ImportedName& name : import.names) {
    names.push_back({{"imported", name.imported}, {"local", name.local}});
  }
  return {{"specifier", import.specifier}, {"names", std::move(names)}};
}

ordered_json export_json(const discovery::ExportFact& fact) {
  return {{"exported", fact.exported}, {"local", fact.local}, {"specifier", fact.specifier}};
}

ordered_json template_json(const discovery::TemplateSite& site) {
  ordered_json substitutions = ordered_json::array();
  for (const discovery::Substitution& substitution : site.substitutions) {
    substitutions.push_back({{"span", span_json(substitution.span)},
                             {"name", builder::joined_by_dots(substitution.chain.names)},
                             {"text", substitution.text}});
  }
  return {{"form", to_text(site.form)},
          {"tag", builder::joined_by_dots(site.tag.names)},
          {"site", span_json(site.site)},
          {"content", span_json(site.content)},
          {"binding", builder::joined_by_dots(site.binding)},
          {"text", site.text.text()},
          {"substitutions", std::move(substitutions)}};
}

template <typename Facts, typename ToJson>
ordered_json list_json(const Facts& facts, ToJson to_json) {
  ordered_json list = ordered_json::array();
  for (const auto& fact : facts) {
    list.push_back(to_json(fact));
  }
  return list;
}

ordered_json facts_json(const builder::BuildInput& input) {
  ordered_json json = ordered_json::object();
  for (const builder::SourceInput& source : input.sources) {
    const discovery::SourceFacts& facts = *source.facts;
    json[source.path.text()] = {{"tier", to_text(facts.tier)},
                                {"included", source.is_included},
                                {"schemas", source.schema_labels},
                                {"imports", list_json(facts.imports, import_json)},
                                {"exports", list_json(facts.exports, export_json)},
                                {"templates", list_json(facts.templates, template_json)}};
  }
  return json;
}

ordered_json graph_json(const builder::BuildOutput& output) {
  ordered_json json = ordered_json::object();
  for (const builder::CompiledFile& file : output.files) {
    for (const builder::CompiledDefinition& definition : file.definitions) {
      json[definition.id] = {{"state", builder::to_text(definition.state)},
                             {"fragments", definition.uses}};
    }
  }
  return json;
}

ordered_json modules_json(const builder::BuildOutput& output) {
  ordered_json json = ordered_json::object();
  for (const artifact::Output& file : output.outputs) {
    if (file.role == artifact::OutputRole::chunk) {
      json[file.path] = file.bytes;
    }
  }
  return json;
}

}  // namespace

base::Status write_debug_dump(base::FileSystem& files,
                              const std::string& folder,
                              const builder::BuildInput& input,
                              const builder::BuildOutput& output) {
  TRY(files.create_directories(folder));
  const std::pair<const char*, ordered_json> dumps[] = {{"/facts.json", facts_json(input)},
                                                        {"/graph.json", graph_json(output)},
                                                        {"/modules.json", modules_json(output)}};
  for (const auto& [name, json] : dumps) {
    const std::string text = json.dump(2, ' ', false, ordered_json::error_handler_t::replace);
    TRY(files.write_atomically(folder + name, text + "\n"));
  }
  return {};
}

}  // namespace session
