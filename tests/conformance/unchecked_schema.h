#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "graphql/parser.h"
#include "graphql/schema_builder.h"
#include "tests/conformance/case_result.h"

namespace conformance {

/// A schema that is taken as it is, whatever the rules say of it.
class UncheckedSchema {
 public:
  explicit UncheckedSchema(const std::string& sdl) { extend(sdl); }
  /// `{sdl, extensions?}`
  explicit UncheckedSchema(const Json& description);

  void extend(const std::string& sdl);
  const graphql::Schema& schema() const { return *built_->schema; }

 private:
  std::vector<std::unique_ptr<graphql::ParsedDocument>> documents_;
  std::optional<graphql::BuiltSchema> built_;
};

}  // namespace conformance
