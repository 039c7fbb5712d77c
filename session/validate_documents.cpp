#include "session/validate_documents.h"

#include <cstdint>
#include <iterator>
#include <optional>
#include <utility>

#include "base/source_path.h"
#include "base/utf8.h"
#include "graphql/parser.h"
#include "graphql/validate.h"
#include "session/load_schemas.h"
#include "session/locate_diagnostics.h"

namespace session {
namespace {

constexpr std::uint64_t k_max_document_bytes = std::uint64_t{256} << 20;

/// The first place of an error is where it is shown; the others are related.
base::Diagnostic to_diagnostic(const graphql::Error& error, const base::SourcePath& path) {
  base::Diagnostic diagnostic;
  diagnostic.code = error.code;
  diagnostic.message = error.message;
  diagnostic.range.path = path;
  for (std::size_t i = 0; i < error.locations.size(); ++i) {
    const base::SourceRange range{path, error.locations[i].span};
    if (i == 0) {
      diagnostic.range = range;
    } else {
      diagnostic.related.push_back({range, {}});
    }
  }
  return diagnostic;
}

/// A document that cannot be read is in error, as one that cannot be parsed is: the others count.
base::Diagnostic unreadable(const base::Error& error, const base::SourcePath& path) {
  base::Diagnostic diagnostic;
  diagnostic.code = "UnreadableFile";
  // The error names the absolute path, the diagnostic has it as its place.
  const std::size_t reason = error.message.rfind(": ");
  diagnostic.message =
      "The file cannot be read" +
      (reason == std::string::npos ? std::string() : error.message.substr(reason)) + ".";
  diagnostic.range.path = path;
  return diagnostic;
}

class DocumentsValidation {
 public:
  DocumentsValidation(base::FileSystem& files, const DocumentsRequest& request)
      : files_(files), request_(request) {}

  base::Result<BuildReport> run() {
    ProjectConfig project;
    project.root = request_.working_dir;
    project.out_dir = base::join_path(project.root, ".builder");
    project.cache_dir = base::join_path(project.root, ".cache/builder");
    project.schemas.push_back({k_default_schema_label, request_.schemas, {}});
    TRY_ASSIGN(const LoadedSchemas schemas, load_schemas(files_, project));
    locate(schemas.diagnostics, [&](const base::SourcePath& path) {
      const auto text = schemas.texts.find(path);
      return text == schemas.texts.end() ? std::nullopt
                                         : std::optional<std::string_view>(*text->second);
    });
    if (base::has_errors(schemas.diagnostics)) {
      return std::move(report_);
    }
    for (const std::string& document : request_.documents) {
      validate(*schemas.schemas.front().schema, document);
    }
    return std::move(report_);
  }

 private:
  void validate(const graphql::Schema& schema, const std::string& document) {
    const std::string absolute = base::join_path(request_.working_dir, document);
    const base::SourcePath path = base::SourcePath::relative_to(request_.working_dir, absolute);
    std::string text;
    std::vector<base::Diagnostic> diagnostics;
    ++report_.files_scanned;
    if (const auto status = files_.read(absolute, text, k_max_document_bytes); !status) {
      locate({unreadable(status.error(), path)},
             [](const base::SourcePath&) { return std::optional<std::string_view>(); });
      return;
    }
    const std::size_t invalid = base::find_invalid_utf8(text);
    if (invalid < text.size()) {
      const auto begin = static_cast<std::uint32_t>(invalid);
      graphql::Error error{
          "InvalidUtf8", "This byte is not valid UTF-8.", {{0, {begin, begin + 1}}}};
      diagnostics.push_back(to_diagnostic(error, path));
    } else {
      const graphql::ParsedDocument parsed = graphql::parse_document(text);
      if (parsed.error) {
        diagnostics.push_back(to_diagnostic(*parsed.error, path));
      } else {
        count(parsed.document);
        for (const graphql::Error& error : graphql::validate(schema, parsed.document)) {
          diagnostics.push_back(to_diagnostic(error, path));
        }
      }
    }
    locate(diagnostics,
           [&](const base::SourcePath&) { return std::optional<std::string_view>(text); });
    ++report_.files_read;
    report_.bytes_read += text.size();
  }

  void count(const graphql::Document& document) {
    for (const graphql::Definition* definition : document.definitions) {
      report_.operations += definition->kind == graphql::DefinitionKind::operation ? 1 : 0;
      report_.fragments += definition->kind == graphql::DefinitionKind::fragment ? 1 : 0;
    }
  }

  void locate(const std::vector<base::Diagnostic>& diagnostics, const TextLookup& text_of) {
    std::vector<LocatedDiagnostic> located = locate_diagnostics(diagnostics, text_of);
    for (const LocatedDiagnostic& diagnostic : located) {
      ++(diagnostic.severity == base::Severity::error ? report_.error_count
                                                      : report_.warning_count);
    }
    std::move(located.begin(), located.end(), std::back_inserter(report_.diagnostics));
  }

  base::FileSystem& files_;
  const DocumentsRequest& request_;
  BuildReport report_;
};

}  // namespace

base::Result<BuildReport> validate_documents(base::FileSystem& files,
                                             base::Clock& clock,
                                             const DocumentsRequest& request) {
  const std::int64_t begin_ns = clock.now_ns();
  TRY_ASSIGN(BuildReport report, DocumentsValidation(files, request).run());
  report.wall_ns = clock.now_ns() - begin_ns;
  return report;
}

}  // namespace session
