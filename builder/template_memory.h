#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "base/source_path.h"
#include "builder/template_unit.h"

namespace builder {

/// The templates of files as earlier builds of a session read them, so that a build reads the files
/// that changed and not those that they reach.
///
/// Only of files whose templates say the same whatever else is built: valid ones of the tag dialect
/// that take no fragments from a list. Who keeps a memory forgets each file of which the bytes
/// changed, or the names, or what those lead to. One thread at a time.
class TemplateMemory {
 public:
  struct Template {
    /// In the templates of the file's facts.
    std::uint32_t site = 0;
    std::string label;
    std::shared_ptr<const UnitText> content;
  };
  /// In source order; a file may have none.
  using File = std::vector<Template>;

  /// Null where nothing is known of the file.
  const File* find(const base::SourcePath& path) const {
    const auto file = files_.find(path.text());
    return file == files_.end() ? nullptr : &file->second;
  }
  void keep(const base::SourcePath& path, File file) {
    files_.insert_or_assign(path.text(), std::move(file));
  }
  void forget(const base::SourcePath& path) { files_.erase(path.text()); }
  void clear() { files_.clear(); }

 private:
  std::unordered_map<std::string, File> files_;
};

/// Whether a unit may be kept in a TemplateMemory.
bool is_plain(const TemplateUnit& unit);

}  // namespace builder
