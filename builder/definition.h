#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.h"
#include "base/span.h"
#include "builder/definition_state.h"
#include "builder/template_unit.h"
#include "graphql/ast.h"
#include "graphql/schema_coordinates.h"

namespace builder {

/// Index of a definition in its build.
using DefinitionIndex = std::uint32_t;

/// `...Name` in a definition, and the fragment that it means.
struct FragmentUse {
  /// In the unit's text.
  base::Span span;
  DefinitionIndex fragment = 0;
};

/// One operation or fragment of the project.
struct BuildDefinition {
  using State = DefinitionState;

  std::uint32_t unit = 0;
  bool is_fragment = false;
  State state = State::good;
  /// Null where the text could not be read, and the state is `failed`; and of a composition that
  /// expands one that could not be built.
  const graphql::Definition* ast = nullptr;
  /// The GraphQL name; empty for an anonymous operation.
  std::string name;
  /// The name's place in the unit's text, or the definition's where it has none.
  base::Span name_span;
  /// The part of the canonical id behind `::`, which is also the name that its chunk exports.
  std::string export_name;
  /// graphql::print of it; empty where the text could not be read. Kept by the unit.
  std::string_view printed;
  /// In source order, of those that name a fragment that exists.
  std::vector<FragmentUse> uses;
  /// Of a composition: the definitions that it expands, directly or not.
  std::vector<DefinitionIndex> expanded;
  /// Whether it is a document of its own, which its chunk exports; else a model or a slice, or
  /// nobody knows.
  bool is_document = true;
  /// Of a failed definition: its first error.
  Failure failure;
  /// What validation read of the schema, if that was asked for. Sorted.
  std::vector<graphql::CoordinateId> schema_reads;
  /// What was found out about it so far.
  std::vector<base::Diagnostic> diagnostics;
};

/// Marks `definition` as failed by `error`; the first error stays.
void fail(BuildDefinition& definition, const base::Diagnostic& error);

/// Notes `diagnostic`, and if it is an error marks `definition` as failed by it.
void report(BuildDefinition& definition, base::Diagnostic diagnostic);

/// `<path>::<name>`.
std::string canonical_id(const base::SourcePath& path, const std::string& export_name);

/// All definitions of the executable and broken units, in the order of units and of places, with
/// their canonical names.
std::vector<BuildDefinition> list_definitions(const BuildInput& input,
                                              const std::vector<TemplateUnit>& units);

}  // namespace builder
