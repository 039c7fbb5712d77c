#include "session/load_schemas.h"

#include <algorithm>
#include <utility>

#include "discovery/file_scanner.h"
#include "graphql/load_schema.h"
#include "graphql/print_schema.h"

namespace session {
namespace {

/// Far above the largest schema seen (an introspection result of 40 MB), far below all memory.
constexpr std::uint64_t k_max_schema_bytes = std::uint64_t{512} << 20;

class SchemaLoader {
 public:
  SchemaLoader(base::FileSystem& files, const ProjectConfig& project)
      : files_(files), project_(project) {}

  base::Result<LoadedSchemas> load() {
    for (const SchemaConfig& config : project_.schemas) {
      TRY(load_one(config));
    }
    std::sort(result_.files.begin(), result_.files.end());
    result_.files.erase(std::unique(result_.files.begin(), result_.files.end()),
                        result_.files.end());
    base::sort_diagnostics(result_.diagnostics);
    return std::move(result_);
  }

 private:
  using Paths = std::vector<base::SourcePath>;

  base::Status load_one(const SchemaConfig& config) {
    TRY_ASSIGN(const Paths paths, find_files(config));
    result_.files.insert(result_.files.end(), paths.begin(), paths.end());
    const auto same = loaded_.find(paths);
    if (same != loaded_.end()) {
      add_schema(config.label, same->second);
      return {};
    }
    graphql::LoadedSchema loaded = build(paths);
    for (const graphql::Error& error : loaded.errors) {
      result_.diagnostics.push_back(to_diagnostic(error, paths));
    }
    for (const graphql::Error& warning : loaded.warnings) {
      result_.diagnostics.push_back(to_diagnostic(warning, paths));
      result_.diagnostics.back().severity = base::Severity::warning;
    }
    loaded_.emplace(paths, loaded.schema);
    add_schema(config.label, std::move(loaded.schema));
    return {};
  }

  void add_schema(const std::string& label, std::shared_ptr<const graphql::Schema> schema) {
    builder::SchemaInput& input = result_.schemas.emplace_back();
    input.label = label;
    input.schema = std::move(schema);
    if (input.schema) {
      input.hash = graphql::schema_hash(*input.schema);
    }
  }

  base::Result<Paths> find_files(const SchemaConfig& config) {
    discovery::ScanRequest request;
    request.root = project_.root;
    request.include = config.files;
    request.has_default_excludes = false;
    request.files = discovery::ScanRequest::Files::any;
    request.forbidden_folders = {project_.out_dir, project_.cache_dir};
    TRY_ASSIGN(discovery::ScanResult scan, discovery::scan_files(files_, request));
    Paths paths;
    for (discovery::ScannedFile& file : scan.files) {
      if (is_schema_file(file.path.text())) {
        TRY(read(file));
        paths.push_back(std::move(file.path));
      }
    }
    std::move(scan.problems.begin(), scan.problems.end(), std::back_inserter(result_.diagnostics));
    if (paths.empty()) {
      return base::fail(base::ErrorCode::invalid_config, no_file_message(config));
    }
    return paths;
  }

  static bool is_schema_file(std::string_view path) {
    constexpr std::string_view k_extensions[] = {".graphql", ".graphqls", ".gql", ".json"};
    return std::any_of(std::begin(k_extensions),
                       std::end(k_extensions),
                       [path](std::string_view extension) { return path.ends_with(extension); });
  }

  static std::string no_file_message(const SchemaConfig& config) {
    std::string message = "no schema file (.graphql, .graphqls, .gql, .json) matches ";
    for (std::size_t i = 0; i < config.files.size(); ++i) {
      message += (i > 0 ? ", \"" : "\"") + config.files[i] + "\"";
    }
    return message;
  }

  base::Status read(const discovery::ScannedFile& file) {
    auto text = std::make_shared<std::string>();
    TRY(files_.read(file.absolute_path, *text, k_max_schema_bytes));
    result_.texts[file.path] = std::move(text);
    return {};
  }

  graphql::LoadedSchema build(const Paths& paths) const {
    std::vector<graphql::SchemaSource> sources;
    for (std::uint32_t i = 0; i < paths.size(); ++i) {
      graphql::SchemaSource& source = sources.emplace_back();
      source.source_id = i;
      source.owner = result_.texts.at(paths[i]);
      source.text = *result_.texts.at(paths[i]);
      source.kind = paths[i].text().ends_with(".json") ? graphql::SchemaSourceKind::introspection
                                                       : graphql::SchemaSourceKind::sdl;
    }
    return graphql::load_schema(sources);
  }

  static base::Diagnostic to_diagnostic(const graphql::Error& error, const Paths& paths) {
    base::Diagnostic diagnostic;
    diagnostic.code = error.code;
    diagnostic.message = error.message;
    for (std::size_t i = 0; i < error.locations.size(); ++i) {
      const graphql::Location& location = error.locations[i];
      const base::SourceRange range = {paths[location.source_id], location.span};
      if (i == 0) {
        diagnostic.range = range;
      } else {
        diagnostic.related.push_back({range, {}});
      }
    }
    // A schema that lacks something has no place for it; its first file stands for it.
    if (error.locations.empty()) {
      diagnostic.range = {paths.front(), {}};
    }
    return diagnostic;
  }

  base::FileSystem& files_;
  const ProjectConfig& project_;
  LoadedSchemas result_;
  std::map<Paths, std::shared_ptr<const graphql::Schema>> loaded_;
};

}  // namespace

base::Result<LoadedSchemas> load_schemas(base::FileSystem& files, const ProjectConfig& project) {
  return SchemaLoader(files, project).load();
}

std::map<std::string, std::string> hashes_of(const std::vector<builder::SchemaInput>& schemas) {
  std::map<std::string, std::string> hashes;
  for (const builder::SchemaInput& schema : schemas) {
    hashes.emplace(schema.label, schema.hash);
  }
  return hashes;
}

}  // namespace session
