#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.h"
#include "base/fingerprint.h"
#include "base/source_path.h"
#include "builder/rule_levels.h"
#include "builder/tag_rules.h"
#include "discovery/resolved_name.h"
#include "discovery/source_facts.h"

namespace graphql {
class Schema;
}

namespace builder {

/// One file that takes part in a build.
struct SourceInput {
  base::SourcePath path;
  /// Of the bytes that `facts` were read from.
  base::Fingerprint fingerprint;
  /// Never null; kept alive by the caller until the build is over.
  const discovery::SourceFacts* facts = nullptr;
  /// Whether its definitions are built. Other files serve bindings and constants only.
  bool is_included = true;
  /// Labels of the schemas whose globs claim the file, sorted.
  std::vector<std::string> schema_labels;
};

struct SchemaInput {
  std::string label;
  std::shared_ptr<const graphql::Schema> schema;
  /// As the artifact names it; equal schemas have equal hashes.
  std::string hash;
};

/// What the names in the templates of one file stand for, by key of the name.
using FileNames = std::map<std::string, discovery::ResolvedName>;

/// What the names in templates stand for, by index of the source and key of the name.
/// Holds every tag and every `${name}` of the included sources; and by composer_name() the names
/// that the evaluation of definitions of the composer dialect may ask for.
class NameTable {
 public:
  /// Adds the names of the next source, which the caller keeps alive.
  void add(const FileNames& names) { by_source_.push_back(&names); }

  /// Null for a name that nobody asked for.
  const discovery::ResolvedName* find(std::uint32_t source, const std::string& key) const {
    const auto name = by_source_[source]->find(key);
    return name == by_source_[source]->end() ? nullptr : &name->second;
  }
  const FileNames& of(std::uint32_t source) const { return *by_source_[source]; }

 private:
  std::vector<const FileNames*> by_source_;
};

/// How NameTable knows a name in an expression. Unlike that of a template, it stands for what
/// declares it and not for what that calls, and nobody looks into the module of a composer.
std::string composer_name(const std::vector<std::string>& names);

std::string joined_by_dots(const std::vector<std::string>& names);

/// The same text for the same names in the same scope of one file, and for no others.
std::string name_key(const std::vector<std::string>& names, base::Span scope);

enum class ModuleFormat : std::uint8_t { esm, cjs };

enum class OnError : std::uint8_t { stub, omit };

struct BuildOptions {
  TagConfig tags;
  /// Specifiers from which a composer comes, beyond those that end in `/graphql-system`.
  std::vector<std::string> composer_modules;
  RuleLevels rules;
  ModuleFormat module_format = ModuleFormat::esm;
  OnError on_error = OnError::stub;
};

/// Everything that a build depends on, and nothing else: equal inputs give equal outputs, byte for
/// byte. Refers to facts and schemas that the caller keeps alive.
struct BuildInput {
  /// Sorted by path, without repeats.
  std::vector<SourceInput> sources;
  NameTable names;
  /// Sorted by label; not empty.
  std::vector<SchemaInput> schemas;
  BuildOptions options;
};

}  // namespace builder
