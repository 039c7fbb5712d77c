#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "builder/compiled_project.h"

namespace perf {

/// A definition that can be edited without a mistake coming of it.
struct EditTarget {
  enum class Form : std::uint8_t {
    tag_operation,
    tag_fragment,
    composer_operation,
    composer_model
  };

  /// Relative to the project's root.
  std::string path;
  Form form = Form::tag_operation;
  /// In GraphQL; of a model, the binding that holds it.
  std::string name;
  /// Definitions that use it, directly or not.
  std::size_t users = 0;
};

/// What there is to edit in a project.
struct EditTargets {
  /// One definition a file, used by nobody, from all over the project; where some of them spread
  /// fragments, those alone.
  std::vector<EditTarget> leaves;
  /// The definition whose users come nearest to k_wanted_users; of two the one of the smaller id.
  std::optional<EditTarget> shared;

  /// What the goals of design and issues speak of.
  static constexpr std::size_t k_wanted_users = 150;
  static constexpr std::size_t k_max_leaves = 50;
};

/// Whether edit_definition() finds the target in its file.
using EditProbe = std::function<bool(const EditTarget& target)>;

/// The same project gives the same targets.
EditTargets choose_targets(const builder::CompiledProject& project, const EditProbe& can_edit);

/// The text with another selection, or another name of the operation, in that definition; each
/// number gives another text. Nothing where the definition cannot be found in it.
std::optional<std::string> edit_definition(const std::string& source,
                                           const EditTarget& target,
                                           unsigned number);

/// Puts a line of comment above everything.
std::string add_comment(const std::string& source, const std::string& path, unsigned number);

/// Gives the first description of a schema another text, or the first type a description.
/// Nothing where there is neither.
std::optional<std::string> edit_schema(const std::string& source, unsigned number);

}  // namespace perf
