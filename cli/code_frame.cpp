#include "cli/code_frame.h"

#include <algorithm>
#include <string_view>
#include <vector>

#include "cli/text_cells.h"

namespace cli {
namespace {

constexpr std::string_view k_cut = "...";
constexpr std::uint32_t k_cut_width = 3;
constexpr std::uint32_t k_least_window = 30;

/// A range of terminal columns.
struct Window {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
};

std::uint32_t end_of(const std::vector<Cell>& cells) {
  return cells.empty() ? 0 : cells.back().offset + cells.back().width;
}

/// Where the caret stands below the line of `place.start`.
Window caret_window(const session::LocatedPlace& place, const std::vector<Cell>& cells) {
  const auto offset_of = [&](std::uint32_t column) {
    for (const Cell& cell : cells) {
      if (cell.column >= column) {
        return cell.offset;
      }
    }
    return end_of(cells);
  };
  Window caret;
  caret.begin = offset_of(place.start.column);
  caret.end = place.end.line == place.start.line ? offset_of(place.end.column) : end_of(cells);
  caret.end = std::max(caret.end, caret.begin + 1);
  return caret;
}

/// The part of all lines that is shown, so that the caret is in it with some text before it.
Window shown_window(const Window& caret, std::uint32_t room) {
  Window window{0, room};
  if (caret.begin + room / 4 > room) {
    window.begin = caret.begin - room / 3;
    window.end = window.begin + room;
  }
  return window;
}

std::string cut(const std::vector<Cell>& cells, const Window& window) {
  std::string text;
  const bool is_cut_before = !cells.empty() && window.begin > 0;
  const bool is_cut_behind = end_of(cells) > window.end;
  const std::uint32_t begin = window.begin + (is_cut_before ? k_cut_width : 0U);
  const std::uint32_t end = window.end - (is_cut_behind ? k_cut_width : 0U);
  if (is_cut_before) {
    text += k_cut;
  }
  std::uint32_t at = begin;
  for (const Cell& cell : cells) {
    if (cell.offset >= begin && cell.offset + cell.width <= end) {
      // A wide character may have been cut at the window's begin.
      text.append(cell.offset > at ? cell.offset - at : 0, ' ');
      text += cell.text;
      at = cell.offset + cell.width;
    }
  }
  if (is_cut_behind) {
    text += k_cut;
  }
  const std::size_t last = text.find_last_not_of(' ');
  return text.substr(0, last == std::string::npos ? 0 : last + 1);
}

}  // namespace

Palette::Palette(const TextStyle& style) {
  if (style.has_color) {
    bold = "\x1b[1m";
    dim = "\x1b[2m";
    error = "\x1b[1;31m";
    warning = "\x1b[1;33m";
    path = "\x1b[36m";
    good = "\x1b[32m";
    reset = "\x1b[0m";
  }
}

std::string render_frame(const session::LocatedPlace& place,
                         const TextStyle& style,
                         std::string_view caret_color) {
  if (place.lines.empty()) {
    return {};
  }
  const Palette palette(style);
  const std::size_t digits = std::to_string(place.lines.back().number).size();
  const auto gutter_width = static_cast<std::uint32_t>(digits + 7);
  const std::uint32_t room =
      std::max(k_least_window, style.width > gutter_width ? style.width - gutter_width : 0);
  Window caret;
  for (const session::FrameLine& line : place.lines) {
    if (line.number == place.start.line) {
      caret = caret_window(place, lay_out(line.text, line.first_column));
    }
  }
  const Window window = shown_window(caret, room);
  std::string frame;
  for (const session::FrameLine& line : place.lines) {
    const bool is_start = line.number == place.start.line;
    const std::string number = std::to_string(line.number);
    frame += is_start ? "  > " : "    ";
    frame += palette.dim;
    frame += std::string(digits - number.size(), ' ') + number + " |";
    frame += palette.reset;
    const std::string text = cut(lay_out(line.text, line.first_column), window);
    frame += (text.empty() ? "" : " ") + text + "\n";
    if (is_start) {
      const std::uint32_t end = std::min(caret.end, window.end);
      frame += "    " + std::string(digits, ' ');
      frame += palette.dim;
      frame += " |";
      frame += palette.reset;
      frame += " " + std::string(caret.begin - window.begin, ' ');
      frame += caret_color;
      frame.append(std::max(end, caret.begin + 1) - caret.begin, '^');
      frame += palette.reset;
      frame += "\n";
    }
  }
  return frame;
}

}  // namespace cli
