#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/diagnostic.h"
#include "base/mapped_text.h"
#include "builder/build_input.h"
#include "builder/composer/composer_project.h"
#include "builder/unknown_tag.h"
#include "graphql/arena.h"
#include "graphql/ast.h"

namespace builder {

/// The text of a template and what was read from it. Nothing of it changes afterwards, so that
/// several builds may share it.
struct UnitText {
  base::MappedText text;
  /// Views `text`.
  graphql::Document document;
  /// By definition of the document: graphql::print of it, if it is executable.
  std::vector<std::string> printed;
};

/// What a unit is in the composer dialect: a call of a composer, whose text was made up.
struct CompositionUnit {
  composer::CompositionKind kind = composer::CompositionKind::unknown;
  /// Index in ComposerProject::compositions().
  std::uint32_t index = composer::k_no_composition;
  /// Of the operation or the fragment; known of broken ones too where it could be read.
  std::string name;
  /// Of a slice: "query", "mutation" or "subscription".
  std::string operation_type;
  /// Its content as JSON; empty if there is none.
  std::string metadata;
  /// The composer's name in the source.
  base::Span callee;
  /// The places of the text's pieces; owners are indices of compositions.
  composer::ComposedText text;
  /// Units that it expands, directly or not; sorted.
  std::vector<std::uint32_t> expanded;

  bool is_document() const {
    return kind == composer::CompositionKind::operation ||
           kind == composer::CompositionKind::fragment;
  }
};

/// One template, or one document file, that was recognised as GraphQL; or one composition. Its
/// index in the build is the `source_id` of everything that is parsed from it.
struct TemplateUnit {
  enum class Role : std::uint8_t {
    executable,
    /// Type-system definitions only: left alone.
    type_system,
    /// Both kinds: an error.
    mixed,
    /// No definition at all: white space and comments.
    empty,
    /// Its text cannot be known or read: an error that is reported already.
    broken,
  };

  /// Index in BuildInput::sources, and in the templates of its facts, or of a composition in its
  /// composition sites.
  std::uint32_t source = 0;
  std::uint32_t site = 0;
  /// Nothing for a template.
  std::optional<CompositionUnit> composition;
  Role role = Role::executable;
  /// Spreads resolve in `fragment_units` only, and names need not be unique.
  bool is_scoped = false;
  /// Of the schema that it is written against; empty if there is none, which breaks the unit.
  std::string label;
  /// Units named by the array that is the second argument, in its order.
  std::vector<std::uint32_t> fragment_units;
  /// Why a broken unit is broken.
  base::Diagnostic error;
  /// What is wrong with it and cannot be laid to one of its definitions.
  std::vector<base::Diagnostic> diagnostics;
  /// Null as long as nothing is known of it.
  std::shared_ptr<const UnitText> content;
  /// Those of `content`, with the unit's index as their `source_id`.
  graphql::List<const graphql::Definition*> definitions;

  const base::MappedText& text() const;
};

/// The templates of a project that hold GraphQL.
struct CollectedTemplates {
  /// In the order of sources, then of places.
  std::vector<TemplateUnit> units;
  /// Holds definitions of units whose texts an earlier build read.
  graphql::Arena arena;
  /// In source order, those of one file by package.
  std::vector<UnknownTag> unknown_tags;
  /// Mistakes that are the config's: nothing may be built.
  std::vector<base::Diagnostic> config_errors;
  /// Null where no file holds a composition.
  std::shared_ptr<const composer::ComposerProject> composer;
};

/// The whole expression of a unit in its file, the same in UTF-16 code units, and how the file's
/// code reaches its value.
base::Span site_of(const BuildInput& input, const TemplateUnit& unit);
base::Span utf16_site_of(const BuildInput& input, const TemplateUnit& unit);
const std::vector<std::string>& binding_of(const BuildInput& input, const TemplateUnit& unit);

/// The place in a file that `span` of a unit's text stands for.
base::SourceRange source_range(const BuildInput& input, const TemplateUnit& unit, base::Span span);

}  // namespace builder
