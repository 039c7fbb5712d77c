#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/file_system.h"
#include "base/result.h"
#include "session/build_report.h"

namespace graphql {
class Schema;
}

namespace session {

struct DocumentsRequest {
  /// Absolute; what the paths are relative to.
  std::string working_dir;
  /// Globs, files or folders.
  std::vector<std::string> schemas;
  /// Files of GraphQL.
  std::vector<std::string> documents;
};

/// Validates documents without a project, each by itself, as a server would: its fragments must
/// all be in it. The diagnostics of a document are those of the reference implementation, in its
/// order; documents come in the order of the request. One that cannot be read is an error like
/// others.
///
/// Documents are not validated against a schema with errors: the report then has these alone.
base::Result<BuildReport> validate_documents(base::FileSystem& files,
                                             base::Clock& clock,
                                             const DocumentsRequest& request);

/// Answers requests for validation that come as lines of JSON. docs/command-line.md describes them.
/// The answers are those of graphql-js 16.15.0 (decision 0071).
///
/// Keeps the last schema: an equal one is not built again. One thread at a time.
class BatchValidator {
 public:
  BatchValidator();
  ~BatchValidator();
  BatchValidator(const BatchValidator&) = delete;
  BatchValidator& operator=(const BatchValidator&) = delete;

  /// The answer to a line, without line breaks. A line that cannot be understood is answered with
  /// an error too.
  std::string answer(std::string_view line);

 private:
  struct KnownSchema;

  std::unique_ptr<KnownSchema> known_;
};

}  // namespace session
