#pragma once

#include <string>
#include <vector>

#include "base/source_path.h"
#include "base/span.h"

namespace discovery {

/// What a name chain of one file stands for after imports, renames, barrels and aliases were
/// followed.
struct ResolvedName {
  enum class Kind {
    /// Declared in a project file: `file` and `path` (local binding first, then members). An empty
    /// `path` is the module as a whole; in a document file the path is as the importer names it.
    binding,
    /// The result of calling what `file`, `path`, `specifier` say: `const g = initGraphQLTada()`.
    call_result,
    /// Comes from a package: `specifier`, and `path` as that module names it (`{"default"}`,
    /// `{"gql"}`). A whole package used as a value counts as its default.
    package,
    /// The module of `specifier` could not be found; `path` as it would name it. Generated,
    /// git-ignored modules look like this on a fresh checkout.
    unresolved_module,
    /// The module was found, but exports no such name, or it is none that we read (JSON): `file`
    /// and `specifier` say which, `path` begins with the name.
    missing_export,
    /// The module was found but could not be read, which is a problem of its own: `file`,
    /// `specifier`, `path` likewise.
    unread_module,
    /// Several `export *` of `file` offer the name with different meanings, or several packages
    /// may.
    ambiguous,
    /// Declared inside of a function or block of `file`, as something that is not followed further:
    /// a parameter, a variable, a function, a template. `path` and `scope` say what and where.
    local,
    /// Neither imported nor known to be declared: a global.
    unbound,
  };

  Kind kind = Kind::unbound;
  base::SourcePath file;
  std::string specifier;
  std::vector<std::string> path;
  /// Of `local`; empty otherwise.
  base::Span scope = {};
  /// Of `call_result`: what the callee is.
  Kind callee = Kind::unbound;
  /// The way led through an import.
  bool is_imported = false;

  friend bool operator==(const ResolvedName&, const ResolvedName&) = default;
};

}  // namespace discovery
