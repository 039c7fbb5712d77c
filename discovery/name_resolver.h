#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <tuple>
#include <unordered_map>
#include <utility>
#include <vector>

#include "base/source_path.h"
#include "discovery/module_resolver.h"
#include "discovery/resolved_name.h"
#include "discovery/source_facts.h"

namespace discovery {

/// The facts of a project file, at the bindings tier at least: reading the file further if need be.
/// Null if it cannot be read. The facts stay where they are as long as the NameResolver lives.
using FactsOf = std::function<const SourceFacts*(const base::SourcePath&)>;

/// What there is to know of the files that barrels pass on. Without it they are all read.
struct BarrelFiles {
  using Paths = std::vector<base::SourcePath>;

  /// Told of files that `may_export` will be asked about, so that they can be looked at at once.
  std::function<void(const Paths&)> look_at;
  /// Whether a file may export a name. No is certain.
  std::function<bool(const base::SourcePath&, const std::string&)> may_export;
  /// Told of files whose facts will be asked for next, so that they can be read at once.
  std::function<void(const Paths&)> read;
};

/// What an answer was taken from, to know when to ask again.
struct NameTrace {
  /// Files whose imports, exports or constants were looked at.
  std::set<base::SourcePath> files;
  /// Modules that were asked for: importer and specifier.
  std::set<std::pair<base::SourcePath, std::string>> requests;
  /// Files behind barrels that were asked whether they may export one of `offered_names`. They are
  /// among `files` only if they may.
  std::set<base::SourcePath> offered;
  std::set<std::string> offered_names;

  void add(const NameTrace& other);
  friend bool operator==(const NameTrace&, const NameTrace&) = default;
};

/// Follows names through imports, renames, namespaces, re-exports, barrels, default exports and
/// aliases, to the place that declares them.
///
/// Exports are found as ECMAScript's ResolveExport finds them: a module's own export wins over
/// `export *`; two of those that lead to different bindings make the name ambiguous; `default`
/// does not pass through them; cycles of barrels end. Types are no values: a type-only import or
/// export binds nothing. An `export *` from a package may offer any name that no project module
/// offers.
///
/// One per build: it keeps what it looked up. Not thread-safe.
class NameResolver {
 public:
  /// Exports that are taken for those of a package, without a look at what they are.
  struct OpaqueExports {
    /// File -> the specifier under which it is known.
    std::map<base::SourcePath, std::string> modules;
    std::set<std::string> names;
  };

  struct Options {
    /// Whether the result of a call stands for what is called; else for the name that holds it.
    bool follows_calls = true;
    /// Modules that are known by their specifiers and not looked into; may be empty.
    std::function<bool(const std::string&)> is_closed_module;
  };

  NameResolver(ModuleResolver& modules, FactsOf facts_of, OpaqueExports opaque = {})
      : modules_(modules), facts_of_(std::move(facts_of)), opaque_(std::move(opaque)) {}
  NameResolver(ModuleResolver& modules, FactsOf facts_of, Options options)
      : modules_(modules), facts_of_(std::move(facts_of)), options_(std::move(options)) {}

  /// Answers do not depend on it, what they are traced to does.
  void set_barrel_files(BarrelFiles files) { barrel_files_ = std::move(files); }

  /// What `chain` stands for in its scope of `file`. Adds to `trace` if it is not null.
  ResolvedName resolve(const base::SourcePath& file,
                       const NameChain& chain,
                       NameTrace* trace = nullptr);

  /// What `name` is that `importer` imports or re-exports from `specifier`; "*" is all of it.
  ResolvedName resolve_import(const base::SourcePath& importer,
                              const std::string& specifier,
                              const std::string& name,
                              NameTrace* trace = nullptr);

 private:
  struct Import {
    std::string specifier;
    /// "*" for the namespace.
    std::string imported;
  };
  /// A module that is passed on.
  struct Star {
    std::string specifier;
    /// Empty if its text cannot tell what it exports.
    base::SourcePath path;
  };
  using Constants = std::map<std::vector<std::string>, const ConstantFact*>;
  /// One file's facts, by name.
  struct FileNames {
    std::unordered_map<std::string, Import> imports;
    std::unordered_map<std::string, const ExportFact*> exports;
    /// The modules of `export *`.
    std::vector<Star> stars;
    std::set<std::string> exported_locals;
    const SourceFacts* facts = nullptr;
    /// Whether paths of `stars` were looked for.
    bool has_looked = false;
    /// Made by constants_of(): most files are only passed through.
    mutable std::optional<Constants> constants;
  };
  /// Where an exported name leads, before members and aliases are looked at.
  struct Origin {
    enum class Kind : std::uint8_t {
      nothing,
      /// `name` at the top level of `file`.
      local,
      /// All of what `file` exports.
      module_namespace,
      /// `name` of a package, of a module that is not there, or of one that we do not read; `*`
      /// for all of it.
      package,
      unresolved,
      unread,
      ambiguous,
    };
    Kind kind = Kind::nothing;
    base::SourcePath file;
    std::string specifier;
    std::string name;
    /// Of `name`, what was asked for; mostly empty.
    std::string member;

    friend auto operator<=>(const Origin&, const Origin&) = default;
  };
  struct Search {
    std::set<std::pair<base::SourcePath, std::string>> visited;
    NameTrace trace;
    unsigned depth = 0;
  };
  struct KnownOrigin {
    Origin origin;
    NameTrace trace;
  };
  using Path = std::vector<std::string>;

  FileNames* names_of(const base::SourcePath& file);
  static const Constants& constants_of(const FileNames& names);
  Origin import_origin(const base::SourcePath& importer,
                       const std::string& specifier,
                       const std::string& name,
                       Search& search);
  Origin export_origin(const base::SourcePath& file, const std::string& name, Search& search);
  Origin own_export_origin(const base::SourcePath& file,
                           const FileNames& names,
                           const std::string& name,
                           Search& search);
  Origin assigned_member_origin(const base::SourcePath& file,
                                const FileNames& names,
                                const std::string& name,
                                Search& search);
  void look_at_stars(const base::SourcePath& file, FileNames& names);
  std::vector<const Star*> possible_stars(const base::SourcePath& file,
                                          FileNames& names,
                                          const std::string& name,
                                          Search& search);
  Origin star_origin(const base::SourcePath& file,
                     FileNames& names,
                     const std::string& name,
                     Search& search);
  const Origin& known_origin(const base::SourcePath& importer,
                             const Import& import,
                             NameTrace& trace);
  ResolvedName follow(base::SourcePath file, Path path, unsigned& fuel, NameTrace& trace);
  std::optional<ResolvedName> enter(Origin origin,
                                    const std::string& specifier,
                                    base::SourcePath& file,
                                    Path& path,
                                    NameTrace& trace);
  const ConstantFact* constant_for(const FileNames& names, const Path& path) const;

  ModuleResolver& modules_;
  FactsOf facts_of_;
  OpaqueExports opaque_;
  Options options_;
  BarrelFiles barrel_files_;
  std::unordered_map<base::SourcePath, std::unique_ptr<FileNames>> files_;
  /// By importer, specifier and name.
  std::map<std::tuple<base::SourcePath, std::string, std::string>, KnownOrigin> known_;
};

}  // namespace discovery
