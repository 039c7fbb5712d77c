#include "discovery/name_resolver.h"

#include <utility>

#include "discovery/language.h"

namespace discovery {
namespace {

/// Barrels that re-export from one another; deeper chains are not followed.
constexpr unsigned k_turn_limit = 200;
/// Imports and aliases that one name leads through.
constexpr unsigned k_fuel = 500;

const char* const k_namespace = "*";
const char* const k_default = "default";

/// Marks the names that functions and blocks declare, so that they are found in their scope only.
/// No name holds the mark.
constexpr char k_scope_mark = '@';

std::string scoped(const std::string& name, base::Span scope) {
  if (scope == base::Span{}) {
    return name;
  }
  return name + k_scope_mark + std::to_string(scope.begin) + "-" + std::to_string(scope.end);
}

std::vector<std::string> scoped(std::vector<std::string> path, base::Span scope) {
  path.front() = scoped(path.front(), scope);
  return path;
}

/// Takes the mark off again.
base::Span take_scope(std::vector<std::string>& path) {
  const std::size_t mark = path.front().find(k_scope_mark);
  if (mark == std::string::npos) {
    return {};
  }
  const std::string text = path.front().substr(mark + 1);
  path.front().resize(mark);
  return {static_cast<std::uint32_t>(std::stoul(text)),
          static_cast<std::uint32_t>(std::stoul(text.substr(text.find('-') + 1)))};
}

std::vector<std::string> without_first(const std::vector<std::string>& path) {
  return {path.begin() + (path.empty() ? 0 : 1), path.end()};
}

}  // namespace

void NameTrace::add(const NameTrace& other) {
  files.insert(other.files.begin(), other.files.end());
  requests.insert(other.requests.begin(), other.requests.end());
  offered.insert(other.offered.begin(), other.offered.end());
  offered_names.insert(other.offered_names.begin(), other.offered_names.end());
}

NameResolver::FileNames* NameResolver::names_of(const base::SourcePath& file) {
  const auto known = files_.find(file);
  if (known != files_.end()) {
    return known->second.get();
  }
  std::unique_ptr<FileNames>& names = files_[file];
  const SourceFacts* const facts = facts_of_(file);
  if (facts == nullptr || facts->is_unread) {
    return nullptr;
  }
  names = std::make_unique<FileNames>();
  for (const ImportFact& import : facts->imports) {
    for (const ImportedName& name : import.names) {
      if (!name.is_type_only && !import.is_type_only) {
        names->imports.try_emplace(scoped(name.local, name.scope),
                                   Import{import.specifier, name.imported});
      }
    }
  }
  for (const ExportFact& fact : facts->exports) {
    if (fact.is_type_only) {
      continue;
    }
    if (fact.exported == k_namespace) {
      names->stars.push_back({fact.specifier, {}});
      continue;
    }
    names->exports.try_emplace(fact.exported, &fact);
    if (fact.specifier.empty()) {
      names->exported_locals.insert(fact.local);
    }
  }
  names->facts = facts;
  return names.get();
}

const NameResolver::Constants& NameResolver::constants_of(const FileNames& names) {
  if (!names.constants) {
    names.constants.emplace();
    for (const ConstantFact& constant : names.facts->constants) {
      names.constants->try_emplace(scoped(constant.path, constant.scope), &constant);
    }
  }
  return *names.constants;
}

// What `name` of the module that `specifier` means leads to.
NameResolver::Origin NameResolver::import_origin(const base::SourcePath& importer,
                                                 const std::string& specifier,
                                                 const std::string& name,
                                                 Search& search) {
  Origin origin;
  origin.specifier = specifier;
  origin.name = name;
  if (options_.is_closed_module && options_.is_closed_module(specifier)) {
    origin.kind = Origin::Kind::package;
    return origin;
  }
  search.trace.requests.emplace(importer, specifier);
  const ModuleResolution& module = modules_.resolve(importer, specifier);
  switch (module.kind) {
    case ModuleResolution::Kind::package:
      origin.kind = Origin::Kind::package;
      // An internal name (`#client`) says nothing outside of the package that maps it.
      origin.specifier = specifier.starts_with('#') ? module.package : specifier;
      return origin;
    case ModuleResolution::Kind::not_found:
      origin.kind = Origin::Kind::unresolved;
      return origin;
    case ModuleResolution::Kind::other_file:
      origin.kind = Origin::Kind::unread;
      origin.file = module.path;
      return origin;
    case ModuleResolution::Kind::source:
      break;
  }
  // The answer may go when more is resolved on the way.
  const base::SourcePath file = module.path;
  if (language_of(file.text()) == Language::graphql) {
    // What a loader makes of a document file is its own matter: the name stays as it is.
    origin.kind = Origin::Kind::local;
    origin.file = file;
    origin.specifier.clear();
    return origin;
  }
  if (name == k_namespace) {
    origin.kind = Origin::Kind::module_namespace;
    origin.file = file;
    origin.specifier.clear();
    return origin;
  }
  return export_origin(file, name, search);
}

// ResolveExport of ECMAScript. Recursion is bounded by k_turn_limit.
NameResolver::Origin NameResolver::export_origin(const base::SourcePath& file,
                                                 const std::string& name,
                                                 Search& search) {
  Origin nothing;
  nothing.file = file;
  nothing.name = name;
  if (search.depth >= k_turn_limit || !search.visited.emplace(file, name).second) {
    return nothing;
  }
  search.trace.files.insert(file);
  const auto opaque = opaque_.modules.find(file);
  if (opaque != opaque_.modules.end() && opaque_.names.count(name) > 0) {
    nothing.kind = Origin::Kind::package;
    nothing.specifier = opaque->second;
    return nothing;
  }
  FileNames* const names = names_of(file);
  if (names == nullptr) {
    nothing.kind = Origin::Kind::unread;
    return nothing;
  }
  ++search.depth;
  Origin origin = own_export_origin(file, *names, name, search);
  if (origin.kind == Origin::Kind::nothing && name != k_default) {
    origin = star_origin(file, *names, name, search);
  }
  if (origin.kind == Origin::Kind::nothing && name != k_export_assignment) {
    origin = assigned_member_origin(file, *names, name, search);
  }
  --search.depth;
  if (origin.kind == Origin::Kind::nothing) {
    return nothing;
  }
  return origin;
}

NameResolver::Origin NameResolver::own_export_origin(const base::SourcePath& file,
                                                     const FileNames& names,
                                                     const std::string& name,
                                                     Search& search) {
  auto found = names.exports.find(name);
  if (found == names.exports.end() && name == k_default) {
    found = names.exports.find(k_export_assignment);
  }
  if (found == names.exports.end()) {
    return {};
  }
  const ExportFact& fact = *found->second;
  if (!fact.specifier.empty()) {
    return import_origin(file, fact.specifier, fact.local, search);
  }
  const auto import = names.imports.find(fact.local);
  if (import != names.imports.end()) {
    return import_origin(file, import->second.specifier, import->second.imported, search);
  }
  Origin origin;
  origin.kind = Origin::Kind::local;
  origin.file = file;
  const Path path = exported_path(fact);
  origin.name = path.front();
  origin.member = path.size() > 1 ? path.back() : "";
  return origin;
}

// A member of what is assigned to `export =` or `module.exports`, where that is more than an object
// whose members are exports themselves.
NameResolver::Origin NameResolver::assigned_member_origin(const base::SourcePath& file,
                                                          const FileNames& names,
                                                          const std::string& name,
                                                          Search& search) {
  const auto found = names.exports.find(k_export_assignment);
  if (found == names.exports.end() || !found->second->specifier.empty()) {
    return {};
  }
  const std::string& local = found->second->local;
  if (local == k_default_binding && constants_of(names).count({local}) == 0) {
    return {};
  }
  Origin origin = own_export_origin(file, names, k_export_assignment, search);
  if (origin.kind == Origin::Kind::module_namespace) {
    return export_origin(origin.file, name, search);
  }
  if (origin.kind != Origin::Kind::nothing && origin.member.empty()) {
    origin.member = name;
  }
  return origin;
}

// Finds the files whose text can tell what they export: all that a barrel passes on is asked before
// it is known where one name comes from.
void NameResolver::look_at_stars(const base::SourcePath& file, FileNames& names) {
  if (!barrel_files_.may_export || std::exchange(names.has_looked, true)) {
    return;
  }
  BarrelFiles::Paths paths;
  for (Star& star : names.stars) {
    if (options_.is_closed_module && options_.is_closed_module(star.specifier)) {
      continue;
    }
    const ModuleResolution& module = modules_.resolve(file, star.specifier);
    if (module.kind == ModuleResolution::Kind::source &&
        language_of(module.path.text()) != Language::graphql &&
        opaque_.modules.count(module.path) == 0) {
      star.path = module.path;
      paths.push_back(module.path);
    }
  }
  barrel_files_.look_at(paths);
}

// The modules of `export *` that may export `name`.
std::vector<const NameResolver::Star*> NameResolver::possible_stars(const base::SourcePath& file,
                                                                    FileNames& names,
                                                                    const std::string& name,
                                                                    Search& search) {
  look_at_stars(file, names);
  std::vector<const Star*> possible;
  BarrelFiles::Paths unread;
  for (const Star& star : names.stars) {
    if (!star.path.empty()) {
      search.trace.offered.insert(star.path);
      search.trace.offered_names.insert(name);
      if (!barrel_files_.may_export(star.path, name)) {
        search.trace.requests.emplace(file, star.specifier);
        continue;
      }
      if (files_.count(star.path) == 0) {
        unread.push_back(star.path);
      }
    }
    possible.push_back(&star);
  }
  if (unread.size() > 1) {
    barrel_files_.read(unread);
  }
  return possible;
}

NameResolver::Origin NameResolver::star_origin(const base::SourcePath& file,
                                               FileNames& names,
                                               const std::string& name,
                                               Search& search) {
  // What modules of the project say counts; one that we cannot look into may offer any name.
  std::optional<Origin> certain;
  std::set<Origin> possible;
  for (const Star* const star : possible_stars(file, names, name, search)) {
    Origin origin = import_origin(file, star->specifier, name, search);
    switch (origin.kind) {
      case Origin::Kind::nothing:
        break;
      case Origin::Kind::package:
      case Origin::Kind::unresolved:
      case Origin::Kind::unread:
        possible.insert(std::move(origin));
        break;
      case Origin::Kind::ambiguous:
        return origin;
      case Origin::Kind::local:
      case Origin::Kind::module_namespace:
        if (certain && *certain != origin) {
          origin.kind = Origin::Kind::ambiguous;
          origin.file = file;
          origin.name = name;
          return origin;
        }
        certain = std::move(origin);
        break;
    }
  }
  if (certain) {
    return *certain;
  }
  if (possible.size() == 1) {
    return *possible.begin();
  }
  Origin origin;
  origin.kind = possible.empty() ? Origin::Kind::nothing : Origin::Kind::ambiguous;
  origin.file = file;
  origin.name = name;
  return origin;
}

const NameResolver::Origin& NameResolver::known_origin(const base::SourcePath& importer,
                                                       const Import& import,
                                                       NameTrace& trace) {
  const auto key = std::make_tuple(importer, import.specifier, import.imported);
  auto known = known_.find(key);
  if (known == known_.end()) {
    Search search;
    Origin origin = import_origin(importer, import.specifier, import.imported, search);
    known = known_.emplace(key, KnownOrigin{std::move(origin), std::move(search.trace)}).first;
  }
  trace.add(known->second.trace);
  return known->second.origin;
}

// The constant that says most about `path`: of itself or of the longest part in front.
const ConstantFact* NameResolver::constant_for(const FileNames& names, const Path& path) const {
  const Constants& constants = constants_of(names);
  for (Path part = path; !part.empty(); part.pop_back()) {
    const auto found = constants.find(part);
    if (found != constants.end()) {
      return found->second;
    }
  }
  return nullptr;
}

// Goes on from where an import leads: `path` is what is asked of it. An answer ends the walk; none
// means that `file` and `path` say where to look next.
std::optional<ResolvedName> NameResolver::enter(Origin origin,
                                                const std::string& specifier,
                                                base::SourcePath& file,
                                                Path& path,
                                                NameTrace& trace) {
  // Namespaces in namespaces: each turn takes a name off the path, or leads through `export =`.
  for (unsigned turns = 0; origin.kind == Origin::Kind::module_namespace; ++turns) {
    const bool is_whole = path.empty();
    Search search;
    Origin member =
        export_origin(origin.file, is_whole ? k_export_assignment : path.front(), search);
    trace.add(search.trace);
    if (turns >= k_turn_limit || (is_whole && member.kind == Origin::Kind::nothing)) {
      // The module as a whole.
      return ResolvedName{ResolvedName::Kind::binding, origin.file, {}, {}};
    }
    path = without_first(path);
    origin = std::move(member);
  }
  if (!origin.member.empty()) {
    path.insert(path.begin(), origin.member);
  }
  if (origin.name != k_namespace) {
    path.insert(path.begin(), origin.name);
  } else if (path.empty()) {
    // A whole package used as a value: `import * as gql from "graphql-tag"`.
    path.emplace_back(k_default);
  }
  file = origin.file;
  const std::string& from = origin.specifier.empty() ? specifier : origin.specifier;
  switch (origin.kind) {
    case Origin::Kind::package:
      return ResolvedName{ResolvedName::Kind::package, {}, from, path};
    case Origin::Kind::unresolved:
      return ResolvedName{ResolvedName::Kind::unresolved_module, {}, from, path};
    case Origin::Kind::unread:
      return ResolvedName{language_of(file.text()) ? ResolvedName::Kind::unread_module
                                                   : ResolvedName::Kind::missing_export,
                          file,
                          from,
                          path};
    case Origin::Kind::nothing:
      return ResolvedName{ResolvedName::Kind::missing_export, file, from, path};
    case Origin::Kind::ambiguous:
      return ResolvedName{ResolvedName::Kind::ambiguous, file, from, path};
    case Origin::Kind::local:
    case Origin::Kind::module_namespace:
      break;
  }
  return std::nullopt;
}

ResolvedName NameResolver::follow(base::SourcePath file,
                                  Path path,
                                  unsigned& fuel,
                                  NameTrace& trace) {
  std::set<std::pair<base::SourcePath, Path>> visited;
  bool is_known = false;
  bool is_imported = false;
  while (fuel > 0 && !path.empty() && visited.emplace(file, path).second) {
    --fuel;
    trace.files.insert(file);
    const FileNames* const names =
        language_of(file.text()) == Language::graphql ? nullptr : names_of(file);
    if (names == nullptr) {
      break;
    }
    const auto import = names->imports.find(path.front());
    if (import != names->imports.end()) {
      Path rest = without_first(path);
      const Origin& origin = known_origin(file, import->second, trace);
      if (auto answer = enter(origin, import->second.specifier, file, rest, trace)) {
        answer->is_imported = true;
        return *std::move(answer);
      }
      path = std::move(rest);
      is_known = true;
      is_imported = true;
      continue;
    }
    const ConstantFact* const constant = constant_for(*names, path);
    if (constant != nullptr && constant->kind == ConstantFact::Kind::alias) {
      Path next = scoped(constant->target.names, constant->target.scope);
      next.insert(next.end(),
                  path.begin() + static_cast<std::ptrdiff_t>(constant->path.size()),
                  path.end());
      path = std::move(next);
      is_known = true;
      continue;
    }
    if (options_.follows_calls && constant != nullptr &&
        constant->kind == ConstantFact::Kind::call_result && constant->path.size() == path.size()) {
      ResolvedName callee =
          follow(file, scoped(constant->target.names, constant->target.scope), fuel, trace);
      callee.callee = callee.kind;
      callee.kind = ResolvedName::Kind::call_result;
      callee.is_imported = is_imported;
      return callee;
    }
    is_known = is_known || constant != nullptr || names->exported_locals.count(path.front()) > 0;
    break;
  }
  ResolvedName result;
  result.kind = is_known ? ResolvedName::Kind::binding : ResolvedName::Kind::unbound;
  result.file = std::move(file);
  result.path = std::move(path);
  result.is_imported = is_imported;
  if (!result.path.empty()) {
    result.scope = take_scope(result.path);
  }
  if (result.scope != base::Span{}) {
    result.kind = ResolvedName::Kind::local;
  }
  return result;
}

ResolvedName NameResolver::resolve(const base::SourcePath& file,
                                   const NameChain& chain,
                                   NameTrace* trace) {
  NameTrace own;
  unsigned fuel = k_fuel;
  ResolvedName result = follow(file, scoped(chain.names, chain.scope), fuel, own);
  if (trace != nullptr) {
    trace->add(own);
  }
  return result;
}

ResolvedName NameResolver::resolve_import(const base::SourcePath& importer,
                                          const std::string& specifier,
                                          const std::string& name,
                                          NameTrace* trace) {
  NameTrace own;
  unsigned fuel = k_fuel;
  base::SourcePath file = importer;
  Path path;
  const Origin& origin = known_origin(importer, Import{specifier, name}, own);
  std::optional<ResolvedName> answer = enter(origin, specifier, file, path, own);
  if (!answer) {
    answer = follow(file, path, fuel, own);
    // It is exported, so somebody declares it there.
    if (answer->kind == ResolvedName::Kind::unbound) {
      answer->kind = ResolvedName::Kind::binding;
    }
  }
  answer->is_imported = true;
  if (trace != nullptr) {
    trace->add(own);
  }
  return *std::move(answer);
}

}  // namespace discovery
