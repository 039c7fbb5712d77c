// Emits modules for the Node tests: reads a project as JSON from standard input and writes its
// modules below the folder that is named on the command line.
//
// {"format": "esm" | "cjs", "files": {"src/a.ts": [{"name": "A", "text": "query A { … }"},
//  {"name": "B", "stub": "message"}]}}
//
// Fragments are linked by name. Prints {"src/a.ts": "modules/src/a.ts.mjs", …}.
#include <filesystem>
#include <iostream>
#include <iterator>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "artifact/manifest.h"
#include "base/check.h"
#include "base/real_file_system.h"
#include "builder/emit_module.h"
#include "builder/module_path.h"
#include "graphql/parser.h"

namespace {

using builder::FragmentReference;

struct Project {
  std::vector<builder::ModuleInput> modules;
  /// What the definitions are views of.
  std::vector<std::unique_ptr<std::string>> texts;
  std::vector<graphql::Document> documents;
  std::map<std::string, FragmentReference, std::less<>> fragments;
};

void collect_spreads(const graphql::SelectionSet* set,
                     const Project& project,
                     std::vector<FragmentReference>& out) {
  if (set == nullptr) {
    return;
  }
  for (const graphql::Selection* selection : set->selections) {
    switch (selection->kind) {
      case graphql::SelectionKind::field:
        collect_spreads(as_field(*selection).selection_set, project, out);
        break;
      case graphql::SelectionKind::inline_fragment:
        collect_spreads(as_inline_fragment(*selection).selection_set, project, out);
        break;
      case graphql::SelectionKind::fragment_spread: {
        const auto found = project.fragments.find(as_fragment_spread(*selection).name.text);
        base::check(found != project.fragments.end(), "the fragment is defined");
        out.push_back(found->second);
        break;
      }
    }
  }
}

builder::ModuleExport read_export(const nlohmann::json& item, Project& project) {
  builder::ModuleExport result;
  result.name = item.at("name").get<std::string>();
  if (item.contains("stub")) {
    result.stub_message = item.at("stub").get<std::string>();
    return result;
  }
  project.texts.push_back(std::make_unique<std::string>(item.at("text").get<std::string>()));
  graphql::ParsedDocument parsed = graphql::parse_document(*project.texts.back());
  base::check(!parsed.error && parsed.document.definitions.size() == 1, "one definition each");
  project.documents.push_back(std::move(parsed.document));
  result.definition = project.documents.back().definitions.front();
  return result;
}

Project read_project(const nlohmann::json& root) {
  Project project;
  const auto format =
      root.at("format") == "cjs" ? builder::ModuleFormat::cjs : builder::ModuleFormat::esm;
  for (const auto& [source, exports] : root.at("files").items()) {
    builder::ModuleInput module{base::SourcePath(source), format, {}};
    for (const nlohmann::json& item : exports) {
      module.exports.push_back(read_export(item, project));
      const graphql::Definition* definition = module.exports.back().definition;
      if (definition != nullptr && definition->kind == graphql::DefinitionKind::fragment) {
        const std::string name(definition->name.text);
        project.fragments[name] = {
            name, module_path(module.source_path, format), module.exports.back().name};
      }
    }
    project.modules.push_back(std::move(module));
  }
  for (builder::ModuleInput& module : project.modules) {
    for (builder::ModuleExport& item : module.exports) {
      if (item.definition != nullptr) {
        const bool is_operation = item.definition->kind == graphql::DefinitionKind::operation;
        collect_spreads(is_operation ? as_operation(*item.definition).selection_set
                                     : as_fragment(*item.definition).selection_set,
                        project,
                        item.fragments);
      }
    }
  }
  return project;
}

void write(const std::filesystem::path& path, const std::string& text) {
  std::filesystem::create_directories(path.parent_path());
  base::RealFileSystem files;
  base::check(files.write_file(path, text).has_value(), "the folder is writable");
}

}  // namespace

int main(int argc, char** argv) {
  base::check(argc == 2, "usage: emit_modules FOLDER <project.json");
  const std::filesystem::path folder = argv[1];
  const std::string text{std::istreambuf_iterator<char>(std::cin), {}};
  const Project project = read_project(nlohmann::json::parse(text));
  nlohmann::json paths = nlohmann::json::object();
  for (const builder::ModuleInput& module : project.modules) {
    const std::string path = module_path(module.source_path, module.format);
    write(folder / path, emit_module(module));
    write(folder / artifact::declarations_path(path), emit_declarations(module));
    paths[module.source_path.text()] = path;
  }
  std::cout << paths.dump() << '\n';
  return 0;
}
