#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace discovery {

/// Names that a module certainly does not export, by the words of its text, without reading its
/// syntax: most files behind a barrel can be passed by so.
///
/// A module spells what it exports behind the word `export`, unless it passes on what others export
/// (`export *`, `export =`, CommonJS) or spells a name otherwise (escapes, names in quotes); then
/// it may export anything. Strings and comments count as code. Equal texts give equal filters.
/// Not spelled so are a constant's further names without type and value (`const a: T, b, c`), which
/// hold nothing that anybody could use.
class ExportFilter {
 public:
  /// Of a module that may export anything.
  ExportFilter() = default;
  explicit ExportFilter(std::string_view text);

  /// False is certain.
  bool may_export(std::string_view name) const;

 private:
  bool is_anything_ = true;
  /// Hashes of the words that may be names of exports; sorted.
  std::vector<std::uint32_t> words_;
};

}  // namespace discovery
