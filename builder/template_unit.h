#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/diagnostic.h"
#include "base/mapped_text.h"
#include "builder/build_input.h"
#include "builder/unknown_tag.h"
#include "graphql/ast.h"

namespace builder {

/// One template, or one document file, that was recognised as GraphQL. Its index in the build is
/// the `source_id` of everything that is parsed from it.
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

  /// Index in BuildInput::sources, and in the templates of its facts.
  std::uint32_t source = 0;
  std::uint32_t site = 0;
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
  base::MappedText text;
  /// Views `text`.
  graphql::Document document;
};

/// The templates of a project that hold GraphQL.
struct CollectedTemplates {
  /// In the order of sources, then of places. Never resized after parsing: documents view the
  /// texts.
  std::vector<TemplateUnit> units;
  /// In source order, those of one file by package.
  std::vector<UnknownTag> unknown_tags;
  /// Mistakes that are the config's: nothing may be built.
  std::vector<base::Diagnostic> config_errors;
};

/// The place in a file that `span` of a unit's text stands for.
base::SourceRange source_range(const BuildInput& input, const TemplateUnit& unit, base::Span span);

}  // namespace builder
