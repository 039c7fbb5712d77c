#include "session/locate_diagnostics.h"

#include <algorithm>
#include <map>
#include <utility>

namespace session {
namespace {

constexpr std::uint32_t k_lines_before = 2;
constexpr std::uint32_t k_lines_after = 1;

/// Finds places in files; each file's lines are indexed once.
class Locator {
 public:
  explicit Locator(const TextLookup& text_of) : text_of_(text_of) {}

  LocatedPlace locate(const base::SourceRange& range, std::string message) {
    LocatedPlace place;
    place.path = range.path;
    place.message = std::move(message);
    const base::LineIndex* index = index_of(range.path);
    if (index == nullptr) {
      return place;
    }
    place.start = index->position(range.span.begin);
    place.end = index->position(std::max(range.span.begin, range.span.end));
    const std::uint32_t line = place.start.line;
    const std::uint32_t first = line > k_lines_before ? line - k_lines_before : 1;
    const std::uint32_t last = std::min(line + k_lines_after, index->line_count());
    for (std::uint32_t number = first; number <= last; ++number) {
      place.lines.push_back({number, std::string(index->line(number))});
    }
    return place;
  }

 private:
  const base::LineIndex* index_of(const base::SourcePath& path) {
    if (path.empty()) {
      return nullptr;
    }
    const auto [entry, is_new] = indexes_.try_emplace(path);
    if (is_new) {
      if (const std::optional<std::string_view> text = text_of_(path)) {
        entry->second.emplace(*text);
      }
    }
    return entry->second ? &*entry->second : nullptr;
  }

  const TextLookup& text_of_;
  std::map<base::SourcePath, std::optional<base::LineIndex>> indexes_;
};

}  // namespace

std::vector<LocatedDiagnostic> locate_diagnostics(const std::vector<base::Diagnostic>& diagnostics,
                                                  const TextLookup& text_of) {
  Locator locator(text_of);
  std::vector<LocatedDiagnostic> located;
  located.reserve(diagnostics.size());
  for (const base::Diagnostic& diagnostic : diagnostics) {
    LocatedDiagnostic entry;
    entry.severity = diagnostic.severity;
    entry.code = diagnostic.code;
    entry.message = diagnostic.message;
    entry.place = locator.locate(diagnostic.range, {});
    for (const base::RelatedPlace& related : diagnostic.related) {
      entry.related.push_back(locator.locate(related.range, related.message));
    }
    entry.blocked = diagnostic.blocked;
    located.push_back(std::move(entry));
  }
  return located;
}

}  // namespace session
