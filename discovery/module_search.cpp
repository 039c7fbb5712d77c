#include "discovery/module_search.h"

#include <algorithm>
#include <array>

#include "discovery/language.h"
#include "discovery/package_name.h"

namespace discovery {
namespace {

constexpr unsigned k_hop_limit = 8;

// `node:fs`, `https://…`, `virtual:…`: nothing that stands in a folder.
bool has_scheme(std::string_view specifier) {
  const std::size_t colon = specifier.find(':');
  return colon != std::string_view::npos && colon > 0 && specifier.find_first_of("/@.#") > colon;
}

bool is_relative(std::string_view specifier) {
  return specifier.starts_with("./") || specifier.starts_with("../") || specifier == "." ||
         specifier == "..";
}

// The extensions that TypeScript exchanges for one another, `.d.ts` and its like included.
std::string_view module_extension(std::string_view path) {
  const std::string_view name = path.substr(path.rfind('/') + 1);
  for (const std::string_view extension : {".d.ts",
                                           ".d.mts",
                                           ".d.cts",
                                           ".ts",
                                           ".tsx",
                                           ".js",
                                           ".jsx",
                                           ".mts",
                                           ".mjs",
                                           ".cts",
                                           ".cjs"}) {
    if (name.size() > extension.size() && name.ends_with(extension)) {
      return extension;
    }
  }
  return {};
}

bool is_in_packages(std::string_view path) {
  return path.find("/node_modules/") != std::string_view::npos;
}

}  // namespace

// Best first, for a path that is written with `extension` or, if that is empty, with none.
std::vector<const char*> ModuleSearch::extensions_for(std::string_view extension) const {
  /// Two per kind of file, in the order of Pass.
  using Table = std::array<std::array<const char*, 2>, 3>;
  static constexpr Table k_plain = {{{".ts", ".tsx"}, {".js", ".jsx"}, {".d.ts", nullptr}}};
  static constexpr Table k_jsx = {{{".tsx", ".ts"}, {".jsx", ".js"}, {".d.ts", nullptr}}};
  static constexpr Table k_module = {{{".mts", nullptr}, {".mjs", nullptr}, {".d.mts", nullptr}}};
  static constexpr Table k_common = {{{".cts", nullptr}, {".cjs", nullptr}, {".d.cts", nullptr}}};
  const Table* table = &k_plain;
  if (extension == ".mjs" || extension == ".mts" || extension == ".d.mts") {
    table = &k_module;
  } else if (extension == ".cjs" || extension == ".cts" || extension == ".d.cts") {
    table = &k_common;
  } else if (extension == ".jsx" || extension == ".tsx") {
    table = &k_jsx;
  }
  std::vector<const char*> extensions;
  for (std::size_t kind = 0; kind < table->size(); ++kind) {
    if (pass_ != Pass::all && static_cast<std::size_t>(pass_) != kind + 1) {
      continue;
    }
    for (const char* one : (*table)[kind]) {
      if (one != nullptr) {
        extensions.push_back(one);
      }
    }
  }
  return extensions;
}

bool ModuleSearch::try_exact(const std::string& path) {
  if (sources_.folders.is_file(path)) {
    return true;
  }
  result_.missing.push_back(path);
  return false;
}

// The path as it is written, or with the extension that stands behind the one written (`.js` for
// `.ts`).
ModuleSearch::Found ModuleSearch::try_written(const std::string& candidate) {
  const std::string_view extension = module_extension(candidate);
  if (!extension.empty()) {
    const std::string stem = candidate.substr(0, candidate.size() - extension.size());
    for (const char* other : extensions_for(extension)) {
      if (try_exact(stem + other)) {
        return stem + other;
      }
    }
    return std::nullopt;
  }
  const bool has_extension = candidate.find('.', candidate.rfind('/') + 1) != std::string::npos;
  if (has_extension && (pass_ == Pass::all || pass_ == Pass::script)) {
    // What bundlers load: documents, JSON, styles, images; `?raw` and the like are for the bundler.
    const std::string file = candidate.substr(0, candidate.find('?'));
    if (try_exact(file)) {
      return file;
    }
  }
  return std::nullopt;
}

ModuleSearch::Found ModuleSearch::try_file(const std::string& candidate) {
  if (Found written = try_written(candidate)) {
    return written;
  }
  for (const char* added : extensions_for({})) {
    if (try_exact(candidate + added)) {
      return candidate + added;
    }
  }
  return std::nullopt;
}

// What `main` and its like of a package.json say: a file, a file without its extension, a folder.
ModuleSearch::Found ModuleSearch::try_entry(const std::string& package_folder,
                                            const std::string& entry) {
  const std::string path = base::join_path(package_folder, entry);
  if (Found found = find_target(package_folder, entry)) {
    return found;
  }
  if (Found file = try_file(path)) {
    return file;
  }
  return sources_.folders.is_folder(path) ? try_file(base::join_path(path, "index")) : std::nullopt;
}

ModuleSearch::Found ModuleSearch::try_folder(const std::string& candidate) {
  if (!sources_.folders.is_folder(candidate)) {
    result_.missing.push_back(candidate);
    return std::nullopt;
  }
  const PackageJson* const package = sources_.packages.load(candidate);
  if (package == nullptr) {
    result_.missing.push_back(base::join_path(candidate, "package.json"));
  } else {
    use(package);
    if (!package->entry_point.empty()) {
      if (Found found = try_entry(candidate, package->entry_point)) {
        return found;
      }
    }
  }
  return try_file(base::join_path(candidate, "index"));
}

ModuleSearch::Found ModuleSearch::try_path(const std::string& candidate, bool is_folder) {
  if (!is_folder) {
    if (Found file = try_file(candidate)) {
      return file;
    }
  }
  return try_folder(candidate);
}

// The source behind a build output of a package: `dist/a.d.ts` is made from `src/a.ts`. What
// `outDir` says decides; without it, the names that everybody uses. Outputs may not be built yet,
// and hold no documents that we could read.
ModuleSearch::Found ModuleSearch::try_source_of_output(const std::string& package_folder,
                                                       const std::string& output) {
  std::vector<std::pair<std::string, std::string>> mappings;
  const TsConfig* const config = sources_.configs.nearest(package_folder);
  if (config != nullptr && config->path.starts_with(package_folder + "/")) {
    for (const std::string& out : {config->out_dir, config->declaration_dir}) {
      if (out.empty()) {
        continue;
      }
      if (!config->root_dir.empty()) {
        mappings.emplace_back(out, config->root_dir);
      } else {
        mappings.emplace_back(out, package_folder + "/src");
        mappings.emplace_back(out, package_folder);
      }
    }
  }
  for (const char* out : {"/dist", "/lib", "/build"}) {
    mappings.emplace_back(package_folder + out, package_folder + "/src");
  }
  for (const auto& [out, source] : mappings) {
    if (out != source && output.starts_with(out + "/")) {
      if (Found file = try_file(source + output.substr(out.size()))) {
        return file;
      }
    }
  }
  return std::nullopt;
}

ModuleSearch::Found ModuleSearch::find_relative(const std::string& specifier) {
  const std::string candidate = base::join_path(folder_, specifier);
  const bool is_folder = specifier.ends_with('/') || specifier == "." || specifier == ".." ||
                         specifier.ends_with("/.") || specifier.ends_with("/..");
  if (config_ != nullptr && !config_->root_dirs.empty()) {
    if (Found found = find_in_root_dirs(candidate, is_folder)) {
      return found;
    }
  }
  return try_path(candidate, is_folder);
}

// Several folders that stand for one: what is not in the importer's may be in another.
ModuleSearch::Found ModuleSearch::find_in_root_dirs(const std::string& candidate, bool is_folder) {
  const std::string* own = nullptr;
  for (const std::string& root : config_->root_dirs) {
    const bool is_inside = candidate.starts_with(root + "/") || (is_folder && candidate == root);
    if (is_inside && (own == nullptr || root.size() > own->size())) {
      own = &root;
    }
  }
  if (own == nullptr) {
    return std::nullopt;
  }
  if (Found found = try_path(candidate, is_folder)) {
    return found;
  }
  for (const std::string& root : config_->root_dirs) {
    if (root != *own) {
      if (Found found = try_path(root + candidate.substr(own->size()), is_folder)) {
        return found;
      }
    }
  }
  return std::nullopt;
}

// `paths` of the config: the exact key, else the pattern with the longest prefix.
ModuleSearch::Found ModuleSearch::find_by_alias(const std::string& specifier, bool& is_matched) {
  const PathAlias* best = nullptr;
  std::string star;
  for (const PathAlias& alias : config_->paths) {
    if (!alias.has_star && alias.prefix == specifier) {
      best = &alias;
      star.clear();
      break;
    }
    const bool fits = alias.has_star &&
                      specifier.size() >= alias.prefix.size() + alias.suffix.size() &&
                      specifier.starts_with(alias.prefix) && specifier.ends_with(alias.suffix);
    if (fits && (best == nullptr || alias.prefix.size() > best->prefix.size())) {
      best = &alias;
      star = specifier.substr(alias.prefix.size(),
                              specifier.size() - alias.prefix.size() - alias.suffix.size());
    }
  }
  is_matched = best != nullptr;
  is_claimed_ = is_claimed_ || (is_matched && !best->prefix.empty());
  if (best == nullptr) {
    return std::nullopt;
  }
  for (std::string target : best->targets) {
    const std::size_t at = target.find('*');
    if (at != std::string::npos) {
      target.replace(at, 1, star);
    }
    if (Found found = try_path(base::normalize_path(target), target.ends_with('/'))) {
      return found;
    }
  }
  return std::nullopt;
}

ModuleSearch::Found ModuleSearch::find_bare(const std::string& specifier) {
  if (config_ != nullptr) {
    bool is_alias = false;
    if (Found found = find_by_alias(specifier, is_alias)) {
      return found;
    }
    if (!config_->base_url.empty()) {
      const std::string candidate = base::join_path(config_->base_url, specifier);
      const std::size_t slash = specifier.find('/');
      if (slash != std::string::npos) {
        claim_below(base::join_path(config_->base_url, specifier.substr(0, slash)));
      }
      // An alias that fits, found or not, is the only place where TypeScript looks.
      Found found = is_alias ? std::nullopt : try_path(candidate, specifier.ends_with('/'));
      if (found) {
        return found;
      }
    }
  }
  if (specifier.starts_with('/') || specifier.starts_with('#')) {
    return std::nullopt;
  }
  const PackageRequest request = split_package_request(specifier);
  if (Found found = find_in_own_package(request)) {
    return found;
  }
  const Package& package = locate(request.name);
  switch (package.kind) {
    case Package::Kind::member:
      return find_in_package(package.folder, request.subpath);
    case Package::Kind::nowhere:
      return find_below_packages(specifier);
    case Package::Kind::foreign:
      return std::nullopt;
  }
  return std::nullopt;
}

// Where the folder that a specifier begins with is the project's, what is missing in it is so too.
bool ModuleSearch::claim_below(const std::string& folder) {
  if (!sources_.folders.is_folder(folder)) {
    result_.missing.push_back(folder);
    return false;
  }
  is_claimed_ = true;
  return true;
}

// `shared/queries/user` in projects that let their bundler look into the folder of a package.json
// (NODE_PATH, webpack's resolve.modules) and have no config to say so.
ModuleSearch::Found ModuleSearch::find_below_packages(const std::string& specifier) {
  const std::size_t slash = specifier.find('/');
  if (slash == std::string::npos || specifier.starts_with('@')) {
    return std::nullopt;
  }
  std::string at = folder_;
  while (true) {
    if (sources_.packages.load(at) != nullptr) {
      const std::string first = base::join_path(at, specifier.substr(0, slash));
      if (claim_below(first)) {
        if (Found found = try_path(base::join_path(at, specifier), specifier.ends_with('/'))) {
          return found;
        }
      }
    }
    if (at == "/") {
      return std::nullopt;
    }
    at = base::parent_path(at);
  }
}

// The package that the importing file is in.
const PackageJson* ModuleSearch::own_package(std::string& package_folder) {
  package_folder = folder_;
  while (true) {
    if (const PackageJson* const package = sources_.packages.load(package_folder)) {
      return package;
    }
    if (package_folder == "/") {
      return nullptr;
    }
    package_folder = base::parent_path(package_folder);
  }
}

// A package with `exports` may import itself by its name.
ModuleSearch::Found ModuleSearch::find_in_own_package(const PackageRequest& request) {
  std::string package_folder;
  const PackageJson* const package = own_package(package_folder);
  if (package == nullptr || !package->exports || package->name != request.name) {
    return std::nullopt;
  }
  return find_once_in_package(package_folder, request.subpath);
}

// `#internal`, by `imports` of the package that the importing file is in.
ModuleSearch::Found ModuleSearch::find_internal(const std::string& specifier) {
  std::string package_folder;
  const PackageJson* const package = own_package(package_folder);
  if (package == nullptr) {
    return std::nullopt;
  }
  use(package);
  for (const std::string& target : export_targets(package->imports, specifier, conditions())) {
    Found found;
    if (is_relative(target)) {
      found = find_target(package_folder, target);
    } else if (++hops_ <= k_hop_limit) {
      found = find_bare(target);
      if (!found && foreign_.empty()) {
        const std::string name = split_package_request(target).name;
        foreign_ = locate(name).kind == Package::Kind::foreign ? name : "";
      }
    }
    if (found) {
      return found;
    }
  }
  return std::nullopt;
}

// A target of `exports` or `imports` names one file: nothing is added to it, and only the
// extension of an output is exchanged.
ModuleSearch::Found ModuleSearch::find_target(const std::string& package_folder,
                                              const std::string& target) {
  const std::string path = base::join_path(package_folder, target);
  if (Found source = try_source_of_output(package_folder, path)) {
    return source;
  }
  const std::string_view extension = module_extension(path);
  const bool is_script =
      extension == ".js" || extension == ".jsx" || extension == ".mjs" || extension == ".cjs";
  if (extension.empty() || is_script || pass_ == Pass::script) {
    return try_written(path);
  }
  const bool is_asked_for =
      pass_ == Pass::all || (pass_ == Pass::declaration) == extension.starts_with(".d.");
  return is_asked_for && try_exact(path) ? Found(path) : std::nullopt;
}

ModuleSearch::Found ModuleSearch::find_in_package(const std::string& package_folder,
                                                  const std::string& subpath) {
  for (const Pass pass : {Pass::code, Pass::script, Pass::declaration}) {
    pass_ = pass;
    Found found = find_once_in_package(package_folder, subpath);
    pass_ = Pass::all;
    if (found) {
      return found;
    }
  }
  return std::nullopt;
}

ModuleSearch::Found ModuleSearch::find_once_in_package(const std::string& package_folder,
                                                       const std::string& subpath) {
  const PackageJson* const package = sources_.packages.load(package_folder);
  use(package);
  if (package == nullptr || !package->exports) {
    return try_path(base::join_path(package_folder, subpath), subpath == ".");
  }
  for (const std::string& target : export_targets(*package->exports, subpath, conditions())) {
    if (Found found = find_target(package_folder, target)) {
      return found;
    }
  }
  return std::nullopt;
}

std::vector<std::string> ModuleSearch::conditions() const {
  std::vector<std::string> all = {"types", "import"};
  if (config_ != nullptr) {
    all.insert(all.end(), config_->custom_conditions.begin(), config_->custom_conditions.end());
  }
  return all;
}

const ModuleSearch::Package& ModuleSearch::locate(const std::string& name) {
  const auto known = located_.find(name);
  if (known != located_.end()) {
    return known->second;
  }
  return located_.emplace(name, locate_package(name)).first->second;
}

ModuleSearch::Package ModuleSearch::locate_package(const std::string& name) {
  std::string at = folder_;
  while (true) {
    const std::string modules = base::join_path(at, "node_modules");
    const bool is_inside_one = at.ends_with("/node_modules");
    if (!is_inside_one && sources_.folders.is_folder(modules)) {
      const std::string folder = base::join_path(modules, name);
      if (sources_.folders.is_folder(folder)) {
        const std::string real_path = sources_.folders.real_path(folder);
        const bool is_foreign = is_in_packages(real_path);
        return {is_foreign ? Package::Kind::foreign : Package::Kind::member, real_path};
      }
      result_.missing.push_back(folder);
    } else if (!is_inside_one) {
      result_.missing.push_back(modules);
    }
    if (at == "/") {
      break;
    }
    at = base::parent_path(at);
  }
  if (std::optional<std::string> member = sources_.workspaces.member(folder_, name)) {
    return {Package::Kind::member, *std::move(member)};
  }
  const bool is_foreign =
      sources_.workspaces.is_dependency(folder_, name) || is_builtin_module(name);
  return {is_foreign ? Package::Kind::foreign : Package::Kind::nowhere, {}};
}

void ModuleSearch::use(const PackageJson* package) {
  if (package != nullptr) {
    result_.config_files.push_back(package->path);
  }
}

ModuleSearch::Found ModuleSearch::find(const std::string& specifier) {
  if (is_relative(specifier)) {
    return find_relative(specifier);
  }
  if (specifier.starts_with('#')) {
    if (Found found = find_internal(specifier)) {
      return found;
    }
  }
  return find_bare(specifier);
}

// Whether a name that leads to no file is that of a package. It need not be installed or listed:
// what nobody in the project claims is somebody else's, so that outputs are the same before and
// after `npm install`.
bool ModuleSearch::is_foreign_package(const std::string& name, bool is_bare) {
  switch (locate(name).kind) {
    case Package::Kind::foreign:
      return true;
    case Package::Kind::member:
      return false;
    case Package::Kind::nowhere:
      break;
  }
  return is_bare && !is_claimed_ && is_package_name(name) && !is_package_above(name);
}

// Whether the importing file is in a package of that name.
bool ModuleSearch::is_package_above(const std::string& name) {
  for (std::string at = folder_;; at = base::parent_path(at)) {
    const PackageJson* const package = sources_.packages.load(at);
    if (package != nullptr && package->name == name) {
      return true;
    }
    if (at == "/") {
      return false;
    }
  }
}

ModuleResolution ModuleSearch::run(std::string_view specifier) {
  const std::string text(specifier);
  if (config_ != nullptr) {
    result_.config_files = config_->files_read;
  }
  Found found;
  if (!text.empty() && !has_scheme(text) && text.find('\0') == std::string::npos) {
    found = find(text);
  }
  const bool is_bare = !is_relative(text) && !text.starts_with('/') && !text.starts_with('#');
  const std::string package = is_bare ? split_package_request(text).name : foreign_;
  if (found) {
    result_.absolute_path = sources_.folders.real_path(*found);
    const bool is_foreign = !is_relative(text) && is_in_packages(result_.absolute_path);
    result_.kind = is_foreign                           ? ModuleResolution::Kind::package
                   : language_of(result_.absolute_path) ? ModuleResolution::Kind::source
                                                        : ModuleResolution::Kind::other_file;
  } else if (has_scheme(text) || (!package.empty() && is_foreign_package(package, is_bare))) {
    result_.kind = ModuleResolution::Kind::package;
  }
  if (result_.kind == ModuleResolution::Kind::package) {
    result_.package = has_scheme(text) ? text : package;
    result_.absolute_path.clear();
  }
  for (std::vector<std::string>* paths : {&result_.missing, &result_.config_files}) {
    std::sort(paths->begin(), paths->end());
    paths->erase(std::unique(paths->begin(), paths->end()), paths->end());
  }
  return std::move(result_);
}

}  // namespace discovery
