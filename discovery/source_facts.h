#pragma once

#include <compare>
#include <cstdint>
#include <string>
#include <vector>

#include "base/mapped_text.h"
#include "base/span.h"
#include "discovery/composition_facts.h"

namespace discovery {

/// How an input file is read. Decided by its extension alone.
enum class Language : std::uint8_t {
  /// .ts .mts .cts: `<T>x` is a cast, JSX does not exist.
  typescript,
  /// .tsx .js .jsx .mjs .cjs: JSX.
  tsx,
  /// .graphql .gql .graphqls
  graphql,
};

/// How much of a file has been read; each tier holds what those before it hold. Outputs never
/// depend on the tier that a file happened to reach, only on what was asked for.
enum class FactsTier : std::uint8_t {
  /// The specifiers of imports and re-exports with their spans, and nothing else of them: no names,
  /// no type-only marks, so that a light scanner and a parser give equal facts.
  specifiers,
  /// Imports and exports with names, constants.
  bindings,
  /// And the embedded documents.
  documents,
  /// And what the composer dialect needs. Read only for files that linking asks about.
  compositions,
};

/// The local name that ECMAScript gives to `export default <expression>`.
inline constexpr const char* k_default_binding = "*default*";

/// The exported name of `export = <expression>`, as TypeScript itself calls it. A default import
/// and `import x = require()` both yield it.
inline constexpr const char* k_export_assignment = "export=";

struct ImportedName {
  /// What the module calls it; "default" for a default import, "*" for the namespace.
  std::string imported;
  /// What this file calls it.
  std::string local;
  bool is_type_only = false;
  /// Of a `require` inside of a function: where the name is visible. Empty at module level.
  base::Span scope = {};

  friend bool operator==(const ImportedName&, const ImportedName&) = default;
};

/// One import statement, `import x = require("m")`, or `const x = require("m")` / `const { x } =
/// require("m")`: those at module level, and from the documents tier on those inside of functions
/// that a template's names lead to.
struct ImportFact {
  std::string specifier;
  /// The specifier's text without its quotes.
  base::Span span;
  bool is_type_only = false;
  /// Empty for an import for its effects; always empty at the specifiers tier.
  std::vector<ImportedName> names;

  friend bool operator==(const ImportFact&, const ImportFact&) = default;
};

/// One exported name, or one `export * from`.
///
/// CommonJS says the same in other words. `module.exports = x` is an export assignment of
/// `k_default_binding`, which stands for that object, `exports.x = y` and the members of an object
/// that is assigned are exports of their names with `k_default_binding` as local; what they are is
/// then the member of it that has the exported name. What comes by `require` or is spread from one
/// is a re-export.
struct ExportFact {
  /// "default", a name, "*" for `export * from "m"`, or `k_export_assignment` for `export = x`.
  /// Empty at the specifiers tier.
  std::string exported;
  /// Without a specifier: the local binding (`k_default_binding` where the expression has no name).
  /// With one: the name in that module, "*" for `export * as ns from "m"`, empty for `export *
  /// from`.
  std::string local;
  /// Of a re-export; empty for an export of this file's own bindings.
  std::string specifier;
  base::Span specifier_span;
  bool is_type_only = false;

  friend bool operator==(const ExportFact&, const ExportFact&) = default;
};

/// What the exporting module calls an export of its own: a name, or a member of what it assigns to
/// `module.exports`.
inline std::vector<std::string> exported_path(const ExportFact& fact) {
  const bool is_member = fact.local == k_default_binding && fact.exported != "default" &&
                         fact.exported != k_export_assignment;
  return is_member ? std::vector<std::string>{fact.local, fact.exported}
                   : std::vector<std::string>{fact.local};
}

/// What a binding that is never assigned again stands for, as far as linking can use it: of the
/// module level, and from the documents tier on those inside of functions that a template's names
/// lead to.
struct ConstantFact {
  enum class Kind : std::uint8_t {
    /// `const NAME = "text"`, a template without interpolations, a member of a string enum.
    string,
    /// `const NAME = other.name`: `target` says which.
    alias,
    /// `const NAME = callee(...)`: `target` is the callee, as in `initGraphQLTada<...>()`.
    call_result,
  };

  /// `{"NAME"}`; `{"Enum", "Member"}` for members of enums, of object literals and of classes
  /// (static), and for module-level assignments `A.b = ...`.
  std::vector<std::string> path;
  Kind kind = Kind::string;
  std::string text;
  NameChain target;
  /// Where the name is visible; empty at module level.
  base::Span scope = {};

  friend bool operator==(const ConstantFact&, const ConstantFact&) = default;
};

enum class TemplateForm : std::uint8_t {
  /// gql`...`
  tag,
  /// gql(`...`), graphql(/* GraphQL */ `...`, [fragments])
  call,
  /// /* GraphQL */ `...`
  comment,
  /// A template whose first line is `#graphql`.
  hash,
  /// A whole .graphql file.
  file,
};

/// `${...}` in a template.
struct Substitution {
  enum class Kind : std::uint8_t {
    /// `${Name}`, `${a.b.c}`
    name,
    /// `${"text"}`, or a template without interpolations
    literal,
    /// ${gql`...`}: a template that has a site of its own.
    inline_template,
    /// Anything else: not known without running code.
    other,
  };

  Kind kind = Kind::other;
  /// From `$` to behind `}`, in the file.
  base::Span span;
  /// Where it stands in TemplateSite::text, which has nothing in its place.
  std::uint32_t offset = 0;
  NameChain chain;
  std::string text;
  /// TemplateSite::site of an inline template.
  base::Span site;

  friend bool operator==(const Substitution&, const Substitution&) = default;
};

/// A template that may hold GraphQL. Whether its tag is a GraphQL tag needs other files and the
/// config, so every tagged template and every call with a template as first argument is a candidate
/// as long as the callee is a plain name chain.
struct TemplateSite {
  TemplateForm form = TemplateForm::tag;
  /// The callee; empty for the forms comment, hash and file.
  NameChain tag;
  /// A `/* GraphQL */` comment or a `#graphql` first line says that this is GraphQL whatever the
  /// tag is. Always set for the forms comment and hash, never for file.
  bool is_marked = false;
  /// The whole expression, tag included; the template alone for the forms comment and hash.
  base::Span site;
  /// The same in UTF-16 code units; noted by SourceReader.
  base::Span utf16_site = {};
  /// Between the backticks; the whole text of a file.
  base::Span content;
  /// What the template's value would be (escapes cooked, CRLF as LF), without its substitutions.
  base::MappedText text;
  std::vector<Substitution> substitutions;

  /// Of a call: whether there is a second argument that is an array, written there or a constant of
  /// this file, and its elements, those of arrays that it spreads among them.
  bool has_fragment_list = false;
  std::vector<NameChain> fragments;
  /// An element that is no name chain, or a second argument that is neither an array nor an object
  /// literal. Empty where there is none.
  base::Span opaque_fragment;

  /// How this file's code reaches the value: `const A = gql` is {"A"}, `const a = { b: gql }` and
  /// `a.b = gql` are {"a","b"}, `class A { static b = gql }` is {"A","b"}, `export default gql` is
  /// {k_default_binding}. Empty where nothing names it.
  std::vector<std::string> binding;
  /// Where the binding is visible: the block that holds it, or empty for all of the module.
  base::Span scope;
  /// The binding, or what it is a member of, is assigned elsewhere too: the name may stand for
  /// another value when it is used.
  bool is_reassigned = false;

  /// `// builder-ignore` stands before it.
  bool is_ignored = false;
  /// An escape that has no value (`\u{`, `\x4`) or none in UTF-8 (half a surrogate pair): the text
  /// is undefined. It holds the escape as it is written.
  bool has_invalid_escape = false;

  friend bool operator==(const TemplateSite&, const TemplateSite&) = default;
};

/// Something about the file's text that its author should know.
struct FactsProblem {
  /// As in base::Diagnostic.
  std::string code;
  std::string message;
  base::Span span;
  bool is_error = true;

  friend bool operator==(const FactsProblem&, const FactsProblem&) = default;
};

/// Everything that one file says, and nothing that needs another file or the config.
///
/// A function of the file's bytes, its language and the analyser's build; that is what lets facts
/// be cached by content. Everything is in source order, what is inside of functions behind the
/// rest.
struct SourceFacts {
  FactsTier tier = FactsTier::specifiers;
  std::vector<ImportFact> imports;
  std::vector<ExportFact> exports;
  std::vector<ConstantFact> constants;
  std::vector<TemplateSite> templates;
  /// Empty below the compositions tier.
  CompositionFacts compositions;
  std::vector<FactsProblem> problems;
  /// Nothing could be read but why, which `problems` says.
  bool is_unread = false;

  friend bool operator==(const SourceFacts&, const SourceFacts&) = default;
};

}  // namespace discovery
