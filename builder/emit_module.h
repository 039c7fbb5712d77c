#pragma once

#include <string>
#include <vector>

#include "base/source_path.h"
#include "builder/build_input.h"
#include "graphql/ast.h"

namespace builder {

/// A fragment that a definition spreads, and the module that exports it.
struct FragmentReference {
  /// Its GraphQL name.
  std::string name;
  /// As module_path() has it; the own module's path for a fragment of the same file.
  std::string module_path;
  /// The name that it is exported under there.
  std::string export_name;

  friend auto operator<=>(const FragmentReference&, const FragmentReference&) = default;
};

/// One definition that a module exports.
struct ModuleExport {
  /// Unique in its module; any text that does not begin with `$$`.
  std::string name;
  /// The caller's; an operation or a fragment. Null for a stub.
  const graphql::Definition* definition = nullptr;
  /// What the definition itself spreads, in any order and with repeats: not what those fragments
  /// spread in turn.
  std::vector<FragmentReference> fragments;
  /// What using a stub says.
  std::string stub_message;
};

/// All that the module of one source file depends on.
struct ModuleInput {
  base::SourcePath source_path;
  ModuleFormat format = ModuleFormat::esm;
  /// In any order; not empty.
  std::vector<ModuleExport> exports;
};

/// The text of a module that exports each definition as a `DocumentNode`; docs/formats.md says what
/// users may rely on, decision 0035 why it is made this way.
///
/// It names only the fragments that its own definitions spread. What those need in turn they say
/// themselves, when `definitions` of a document is first read: so the text changes only with the
/// file's own definitions and with where the names in them lead, and modules may import each other
/// in circles.
std::string emit_module(const ModuleInput& input);

/// The declarations that stand beside the module: every export is a `DocumentNode` of "graphql".
std::string emit_declarations(const ModuleInput& input);

}  // namespace builder
