#include "builder/project_texts.h"

#include <algorithm>
#include <functional>
#include <memory>
#include <string>
#include <utility>

#include "artifact/artifact.h"
#include "artifact/chunk_text.h"
#include "artifact/element_text.h"
#include "artifact/manifest.h"
#include "builder/positions.h"

namespace builder {
namespace {

using artifact::Listing;
using artifact::Output;
using artifact::OutputRole;
using base::SourcePath;

const char* const k_positions_name = "positions.json";
const char* const k_manifest_name = "manifest.json";
const char* const k_artifact_name = "artifact.json";

// More than most lines of each take, so that a text need not move while it grows.
constexpr std::size_t k_positions_bytes_per_file = 512;
constexpr std::size_t k_manifest_bytes_per_file = 640;
constexpr std::size_t k_element_frame_bytes = 320;

void append_positions(const CompiledFile& file, std::string& out) {
  out += file.positions;
}

void append_chunk(const CompiledFile& file, std::string& out) {
  if (file.chunk) {
    artifact::append_chunk(out, file.chunk->entry);
  }
}

std::vector<const artifact::Element*> elements_of(const CompiledFile& file) {
  std::vector<const artifact::Element*> elements;
  for (const CompiledDefinition& definition : file.definitions) {
    if (definition.element) {
      elements.push_back(&*definition.element);
    }
  }
  std::sort(elements.begin(), elements.end(), [](const auto* left, const auto* right) {
    return left->id < right->id;
  });
  return elements;
}

void append_elements(const CompiledFile& file,
                     const artifact::ListingFrame& frame,
                     std::string& out) {
  bool has_items = false;
  for (const artifact::Element* element : elements_of(file)) {
    if (std::exchange(has_items, true)) {
      out.append(",").append(frame.separator);
    }
    artifact::append_element(out, *element);
  }
}

artifact::SchemaHashes hashes_of_all(const std::vector<SchemaInput>& schemas) {
  artifact::SchemaHashes hashes;
  for (const SchemaInput& schema : schemas) {
    hashes.emplace(schema.label, schema.hash);
  }
  return hashes;
}

std::size_t artifact_bytes(const ProjectFiles& files) {
  std::size_t bytes = 0;
  for (const CompiledFile* file : files) {
    for (const CompiledDefinition& definition : file->definitions) {
      if (definition.element) {
        bytes += k_element_frame_bytes + 2 * definition.id.size() +
                 definition.element->prebuild.size() + file->path.text().size();
      }
    }
  }
  return bytes;
}

/// With such a name the ids of one file need not be next to each other.
bool may_mix_ids(const CompiledFile& file) {
  return file.path.text().find(':') != std::string::npos;
}

std::string whole_artifact(const ProjectFiles& files, const artifact::SchemaHashes& schemas) {
  std::vector<const artifact::Element*> all;
  for (const CompiledFile* file : files) {
    const std::vector<const artifact::Element*> elements = elements_of(*file);
    all.insert(all.end(), elements.begin(), elements.end());
  }
  return artifact::artifact_json(schemas, std::move(all));
}

std::vector<SourcePath> paths_of(const ProjectFiles& files) {
  std::vector<SourcePath> paths;
  paths.reserve(files.size());
  for (const CompiledFile* file : files) {
    paths.push_back(file->path);
  }
  return paths;
}

using Append = std::function<void(const CompiledFile&, std::string&)>;

/// What the files of `paths` have in a listing now.
std::vector<Listing::Part> parts_of(const std::map<SourcePath, CompiledFile>& files,
                                    const std::vector<SourcePath>& paths,
                                    const Append& append) {
  std::vector<Listing::Part> parts;
  parts.reserve(paths.size());
  for (const SourcePath& path : paths) {
    Listing::Part& part = parts.emplace_back();
    part.path = path;
    if (const auto file = files.find(path); file != files.end()) {
      append(file->second, part.text);
    }
  }
  return parts;
}

Output spliced_output(const char* name, OutputRole role, artifact::SplicedText text) {
  Output output{name, {}, role};
  output.spliced = std::make_shared<const artifact::SplicedText>(std::move(text));
  return output;
}

}  // namespace

std::vector<Output> ProjectTexts::write(const ProjectFiles& files,
                                        const std::vector<SchemaInput>& schemas) {
  const auto append_with = [](const ProjectFiles& all, const Append& append) {
    return [&all, append](std::size_t i, std::string& out) { append(*all[i], out); };
  };
  const std::vector<SourcePath> paths = paths_of(files);
  std::string positions = positions_.write(positions_frame(),
                                           paths,
                                           files.size() * k_positions_bytes_per_file,
                                           append_with(files, append_positions));
  std::string manifest = manifest_.write(artifact::manifest_frame(),
                                         paths,
                                         files.size() * k_manifest_bytes_per_file,
                                         append_with(files, append_chunk));
  const artifact::SchemaHashes hashes = hashes_of_all(schemas);
  std::string elements;
  is_known_ = std::none_of(
      files.begin(), files.end(), [](const CompiledFile* file) { return may_mix_ids(*file); });
  if (is_known_) {
    ProjectFiles by_id = files;
    std::sort(by_id.begin(), by_id.end(), [](const auto* left, const auto* right) {
      return Listing::is_before(Listing::Order::by_id, left->path, right->path);
    });
    const artifact::ListingFrame frame = artifact::artifact_frame(hashes);
    elements = artifact_.write(frame,
                               paths_of(by_id),
                               frame.head.size() + artifact_bytes(files),
                               append_with(by_id, [&](const CompiledFile& file, std::string& out) {
                                 append_elements(file, frame, out);
                               }));
  } else {
    elements = whole_artifact(files, hashes);
  }
  return {{k_positions_name, std::move(positions), OutputRole::positions},
          {k_manifest_name, std::move(manifest), OutputRole::manifest},
          {k_artifact_name, std::move(elements), OutputRole::artifact}};
}

std::optional<std::vector<Output>> ProjectTexts::splice(
    const std::map<SourcePath, CompiledFile>& files,
    const std::set<SourcePath>& changed,
    const std::vector<SchemaInput>& schemas) {
  const bool is_sound = std::none_of(changed.begin(), changed.end(), [&](const SourcePath& path) {
    const auto file = files.find(path);
    return file != files.end() && may_mix_ids(file->second);
  });
  if (!is_known_ || !is_sound) {
    return std::nullopt;
  }
  std::vector<SourcePath> paths(changed.begin(), changed.end());
  artifact::SplicedText positions =
      positions_.splice(positions_frame(), parts_of(files, paths, append_positions));
  artifact::SplicedText manifest =
      manifest_.splice(artifact::manifest_frame(), parts_of(files, paths, append_chunk));
  std::sort(paths.begin(), paths.end(), [](const SourcePath& left, const SourcePath& right) {
    return Listing::is_before(Listing::Order::by_id, left, right);
  });
  const artifact::ListingFrame frame = artifact::artifact_frame(hashes_of_all(schemas));
  artifact::SplicedText elements = artifact_.splice(
      frame, parts_of(files, paths, [&](const CompiledFile& file, std::string& out) {
        append_elements(file, frame, out);
      }));
  std::vector<Output> outputs;
  outputs.push_back(spliced_output(k_positions_name, OutputRole::positions, std::move(positions)));
  outputs.push_back(spliced_output(k_manifest_name, OutputRole::manifest, std::move(manifest)));
  outputs.push_back(spliced_output(k_artifact_name, OutputRole::artifact, std::move(elements)));
  return outputs;
}

}  // namespace builder
