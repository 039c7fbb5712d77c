#include "builder/build_project.h"

#include <iterator>

#include "builder/compile.h"
#include "builder/project_texts.h"

namespace builder {

BuildOutput build_project(const BuildInput& input, base::ThreadPool& pool) {
  BuildOutput output;
  CompiledSources compiled = compile_sources(input, {}, pool);
  if (!compiled.config_errors.empty()) {
    output.config_errors = std::move(compiled.config_errors);
    return output;
  }
  output.files = std::move(compiled.files);
  output.outputs = std::move(compiled.modules);
  ProjectFiles files;
  files.reserve(output.files.size());
  for (const CompiledFile& file : output.files) {
    files.push_back(&file);
  }
  output.diagnostics = project_diagnostics(
      files, [&files] { return files; }, input.options.rules);
  for (const CompiledFile& file : output.files) {
    output.counts += count_definitions(file);
  }
  std::vector<artifact::Output> whole = ProjectTexts().write(files, input.schemas);
  std::move(whole.begin(), whole.end(), std::back_inserter(output.outputs));
  return output;
}

}  // namespace builder
