#include "session/locate_diagnostics.h"

#include <algorithm>
#include <map>
#include <utility>

namespace session {
namespace {

constexpr std::uint32_t k_lines_before = 2;
constexpr std::uint32_t k_lines_after = 1;
/// Of a line on either side of the place. A minified file may be one line of megabytes, and a
/// hundred diagnostics in it must not be a hundred copies of it.
constexpr std::size_t k_kept_bytes = 400;

bool is_continuation_byte(char c) {
  return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U;
}

/// The part of a line around its byte at `anchor`.
FrameLine frame_line(const base::LineIndex& index,
                     std::uint32_t number,
                     std::uint32_t line_begin,
                     std::size_t anchor) {
  const std::string_view line = index.line(number);
  std::size_t begin = anchor > k_kept_bytes ? anchor - k_kept_bytes : 0;
  std::size_t end = std::min(line.size(), std::max(anchor, begin) + k_kept_bytes);
  while (begin > 0 && is_continuation_byte(line[begin])) {
    --begin;
  }
  while (end < line.size() && is_continuation_byte(line[end])) {
    ++end;
  }
  FrameLine frame;
  frame.number = number;
  frame.first_column = index.position(line_begin + static_cast<std::uint32_t>(begin)).column;
  frame.text = std::string(line.substr(begin, end - begin));
  return frame;
}

/// Finds places in files; each file's lines are indexed once.
class Locator {
 public:
  explicit Locator(const TextLookup& text_of) : text_of_(text_of) {}

  LocatedPlace locate(const base::SourceRange& range, std::string message) {
    LocatedPlace place;
    place.path = range.path;
    place.message = std::move(message);
    const File* file = file_of(range.path);
    if (file == nullptr) {
      return place;
    }
    const base::LineIndex* index = &file->lines;
    place.start = index->position(range.span.begin);
    place.end = index->position(std::max(range.span.begin, range.span.end));
    const std::uint32_t line = place.start.line;
    const std::uint32_t first = line > k_lines_before ? line - k_lines_before : 1;
    const std::uint32_t last = std::min(line + k_lines_after, index->line_count());
    for (std::uint32_t number = first; number <= last; ++number) {
      const std::string_view text = index->line(number);
      const auto line_begin = static_cast<std::size_t>(text.data() - file->text.data());
      const bool holds_place = number == line && range.span.begin >= line_begin;
      place.lines.push_back(
          frame_line(*index,
                     number,
                     static_cast<std::uint32_t>(line_begin),
                     holds_place ? std::min(range.span.begin - line_begin, text.size()) : 0));
    }
    return place;
  }

 private:
  struct File {
    explicit File(std::string_view content) : text(content), lines(content) {}

    std::string_view text;
    base::LineIndex lines;
  };

  const File* file_of(const base::SourcePath& path) {
    if (path.empty()) {
      return nullptr;
    }
    const auto [entry, is_new] = files_.try_emplace(path);
    if (is_new) {
      if (const std::optional<std::string_view> text = text_of_(path)) {
        entry->second.emplace(*text);
      }
    }
    return entry->second ? &*entry->second : nullptr;
  }

  const TextLookup& text_of_;
  std::map<base::SourcePath, std::optional<File>> files_;
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
