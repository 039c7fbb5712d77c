#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

#include "artifact/artifact.h"
#include "artifact/artifact_hash.h"
#include "artifact/delta.h"
#include "artifact/delta_builder.h"
#include "artifact/manifest.h"
#include "artifact/output_folder.h"
#include "base/json_text.h"
#include "base/real_file_system.h"
#include "builder/emit_module.h"
#include "graphql/parser.h"
#include "perf/micro/inputs.h"
#include "perf/micro/module_folder.h"

namespace micro {
namespace {

using artifact::Artifact;
using artifact::Chunk;
using artifact::Element;
using artifact::Manifest;

/// A project with as many operations as inputs() has documents, one a file.
struct Project {
  Artifact artifact;
  Manifest manifest;
};

std::string path_of(std::size_t number) {
  return "src/part" + std::to_string(number % 97) + "/module" + std::to_string(number) + ".tsx";
}

Element make_element(std::size_t number, const std::string& document) {
  Element element;
  const std::string name = "Page" + std::to_string(number);
  element.source_path = base::SourcePath(path_of(number));
  element.id = element.source_path.text() + "::" + name;
  element.dialect = "tag";
  element.prebuild = R"({"document":)";
  base::append_json_string(element.prebuild, document);
  element.prebuild.append(R"(,"operationName":")" + name + R"(","operationType":"query"})");
  element.content_hash = base::fingerprint_of(element.prebuild);
  return element;
}

Chunk make_chunk(std::size_t number, const Element& element) {
  Chunk chunk;
  chunk.id = element.source_path.text();
  chunk.source_path = element.source_path;
  chunk.output_path = "modules/" + chunk.id + ".mjs";
  chunk.content_hash = element.content_hash;
  chunk.canonical_ids = {element.id};
  chunk.imports = {"modules/" + path_of(number / 2) + ".mjs"};
  return chunk;
}

/// `edited`: the number of an element whose text is another one; as many as there are for none.
Project make_project(std::size_t edited) {
  Project project;
  project.artifact.schemas["default"] = "5d41402abc4b2a76b9719d911017c592";
  const std::vector<std::string>& documents = inputs().documents;
  for (std::size_t i = 0; i < documents.size(); ++i) {
    Element element = make_element(i, i == edited ? documents[i] + "# edited\n" : documents[i]);
    project.manifest.chunks.push_back(make_chunk(i, element));
    project.artifact.elements.push_back(std::move(element));
  }
  artifact::sort_elements(project.artifact.elements);
  artifact::sort_chunks(project.manifest.chunks);
  return project;
}

struct Edit {
  Project before = make_project(inputs().documents.size());
  Project after = make_project(7);
};

/// Both lists walked to their end, as where nothing is known of the edit.
void compute_delta(benchmark::State& state) {
  const Edit edit;
  for ([[maybe_unused]] auto _ : state) {
    const artifact::Delta delta = artifact::compute_delta(
        {edit.before.artifact, edit.before.manifest}, {edit.after.artifact, edit.after.manifest});
    benchmark::DoNotOptimize(delta.elements.updated.size());
  }
  count_items(state, edit.after.artifact.elements.size());
}

/// What a session does: it knows what changed.
void build_delta(benchmark::State& state) {
  const Edit edit;
  artifact::ArtifactHash hash = artifact::hash_of(edit.before.artifact);
  for ([[maybe_unused]] auto _ : state) {
    artifact::DeltaBuilder builder(hash);
    builder.change(&edit.before.artifact.elements[7], &edit.after.artifact.elements[7]);
    builder.change(&edit.before.manifest.chunks[7], &edit.after.manifest.chunks[7]);
    benchmark::DoNotOptimize(builder.finish(edit.after.artifact.schemas, 2).target);
  }
}

void apply_delta(benchmark::State& state) {
  const Edit edit;
  const artifact::Delta delta = artifact::compute_delta(
      {edit.before.artifact, edit.before.manifest}, {edit.after.artifact, edit.after.manifest});
  for ([[maybe_unused]] auto _ : state) {
    benchmark::DoNotOptimize(artifact::apply_delta(edit.before.artifact, delta).has_value());
  }
  count_items(state, edit.after.artifact.elements.size());
}

void write_artifact_json(benchmark::State& state) {
  const Project project = make_project(7);
  std::size_t size = 0;
  for ([[maybe_unused]] auto _ : state) {
    size = artifact::artifact_json(project.artifact).size();
  }
  count_bytes(state, size);
}

void read_artifact_json(benchmark::State& state) {
  const std::string text = artifact::artifact_json(make_project(7).artifact);
  for ([[maybe_unused]] auto _ : state) {
    benchmark::DoNotOptimize(artifact::read_artifact(text).has_value());
  }
  count_bytes(state, text.size());
}

void write_manifest_json(benchmark::State& state) {
  const Project project = make_project(7);
  std::size_t size = 0;
  for ([[maybe_unused]] auto _ : state) {
    size = artifact::manifest_json(project.manifest).size();
  }
  count_bytes(state, size);
}

/// From trees to modules that JavaScript loads.
void emit_modules(benchmark::State& state) {
  std::vector<graphql::ParsedDocument> parsed;
  std::vector<builder::ModuleInput> modules;
  for (const std::string& text : inputs().documents) {
    parsed.push_back(graphql::parse_document(text));
    builder::ModuleInput& module = modules.emplace_back();
    module.source_path = base::SourcePath(path_of(modules.size()));
    for (const graphql::Definition* definition : parsed.back().document.definitions) {
      builder::ModuleExport& one = module.exports.emplace_back();
      one.name = std::string(definition->name.text);
      one.definition = definition;
    }
  }
  std::size_t size = 0;
  for ([[maybe_unused]] auto _ : state) {
    size = 0;
    for (const builder::ModuleInput& module : modules) {
      size += builder::emit_module(module).size();
    }
  }
  count_bytes(state, size);
}

/// One module changes, of a folder that holds all: what an edit has to write.
void patch_output_folder(benchmark::State& state) {
  const ModuleFolder disk;
  base::RealFileSystem files;
  auto folder =
      artifact::OutputFolder::open(files, disk.path() + "/out", artifact::GitIgnore::none);
  std::vector<artifact::Output> outputs;
  for (const Module& module : inputs().modules) {
    outputs.push_back(
        {"modules/" + module.path + ".mjs", module.text, artifact::OutputRole::chunk});
  }
  const Project project = make_project(7);
  outputs.push_back(
      {"manifest.json", artifact::manifest_json(project.manifest), artifact::OutputRole::manifest});
  if (!folder || !folder->write(outputs)) {
    state.SkipWithError("the folder for temporary files cannot be written to");
    return;
  }
  std::vector<artifact::Output> edited = {outputs[7]};
  for ([[maybe_unused]] auto _ : state) {
    edited[0].bytes.push_back('\n');
    benchmark::DoNotOptimize(folder->patch(edited, {}, false).has_value());
  }
}

BENCHMARK(compute_delta)->Name("artifact/compute_delta")->Unit(benchmark::kMicrosecond);
BENCHMARK(build_delta)->Name("artifact/build_delta")->Unit(benchmark::kMicrosecond);
BENCHMARK(apply_delta)->Name("artifact/apply_delta")->Unit(benchmark::kMicrosecond);
BENCHMARK(write_artifact_json)->Name("artifact/write_artifact_json")->Unit(benchmark::kMicrosecond);
BENCHMARK(read_artifact_json)->Name("artifact/read_artifact_json")->Unit(benchmark::kMicrosecond);
BENCHMARK(write_manifest_json)->Name("artifact/write_manifest_json")->Unit(benchmark::kMicrosecond);
BENCHMARK(emit_modules)->Name("artifact/emit_modules")->Unit(benchmark::kMicrosecond);
BENCHMARK(patch_output_folder)->Name("artifact/patch_output_folder")->Unit(benchmark::kMicrosecond);

}  // namespace
}  // namespace micro
