#include "cli/text_cells.h"

#include <algorithm>
#include <iterator>

#include "base/utf8.h"

namespace cli {
namespace {

constexpr std::uint32_t k_tab_stop = 4;
constexpr std::uint32_t k_replacement = 0xFFFD;

struct Range {
  std::uint32_t first;
  std::uint32_t last;
};

constexpr Range k_zero_width[] = {{0x300, 0x36F},
                                  {0x483, 0x489},
                                  {0x591, 0x5BD},
                                  {0x610, 0x61A},
                                  {0x64B, 0x65F},
                                  {0x1AB0, 0x1AFF},
                                  {0x1DC0, 0x1DFF},
                                  {0x200B, 0x200D},
                                  {0x20D0, 0x20FF},
                                  {0xFE00, 0xFE0F},
                                  {0xFE20, 0xFE2F},
                                  {0xFEFF, 0xFEFF},
                                  {0x1F3FB, 0x1F3FF},
                                  {0xE0100, 0xE01EF}};

constexpr Range k_double_width[] = {{0x1100, 0x115F},
                                    {0x231A, 0x231B},
                                    {0x23E9, 0x23EC},
                                    {0x2E80, 0x303E},
                                    {0x3041, 0x33FF},
                                    {0x3400, 0x4DBF},
                                    {0x4E00, 0x9FFF},
                                    {0xA000, 0xA4CF},
                                    {0xA960, 0xA97F},
                                    {0xAC00, 0xD7A3},
                                    {0xF900, 0xFAFF},
                                    {0xFE30, 0xFE6F},
                                    {0xFF00, 0xFF60},
                                    {0xFFE0, 0xFFE6},
                                    {0x1F300, 0x1F64F},
                                    {0x1F680, 0x1F6FF},
                                    {0x1F900, 0x1FAFF},
                                    {0x20000, 0x3FFFD}};

/// C0, DEL, C1, and the marks that turn or isolate the direction of writing.
constexpr Range k_steering[] = {{0x0, 0x1F},
                                {0x7F, 0x9F},
                                {0x61C, 0x61C},
                                {0x200E, 0x200F},
                                {0x2028, 0x202E},
                                {0x2066, 0x2069}};

template <std::size_t N>
bool lies_in(std::uint32_t code_point, const Range (&ranges)[N]) {
  const Range* range = std::find_if(std::begin(ranges), std::end(ranges), [&](const Range& one) {
    return code_point <= one.last;
  });
  return range != std::end(ranges) && code_point >= range->first;
}

}  // namespace

std::uint32_t terminal_width(std::uint32_t code_point) {
  if (lies_in(code_point, k_zero_width)) {
    return 0;
  }
  return lies_in(code_point, k_double_width) ? 2 : 1;
}

std::vector<Cell> lay_out(std::string_view line, std::uint32_t first_column) {
  std::vector<Cell> cells;
  std::uint32_t column = first_column;
  std::uint32_t offset = first_column - 1;
  for (std::size_t at = 0; at < line.size();) {
    const base::CodePoint point = base::code_point_at(line, at);
    Cell cell;
    cell.column = column;
    cell.offset = offset;
    if (point.value == '\t') {
      cell.width = k_tab_stop - offset % k_tab_stop;
      cell.text.assign(cell.width, ' ');
    } else {
      const std::uint32_t shown = lies_in(point.value, k_steering) ? k_replacement : point.value;
      cell.width = terminal_width(shown);
      base::append_utf8(cell.text, shown);
    }
    column += point.value > 0xFFFF ? 2 : 1;
    offset += cell.width;
    at += point.length;
    cells.push_back(std::move(cell));
  }
  return cells;
}

std::string printable(std::string_view text) {
  std::string result;
  for (std::size_t at = 0; at < text.size();) {
    const base::CodePoint point = base::code_point_at(text, at);
    const bool is_kept =
        point.value == '\n' || point.value == '\t' || !lies_in(point.value, k_steering);
    base::append_utf8(result, is_kept ? point.value : k_replacement);
    at += point.length;
  }
  return result;
}

std::string printable_name(std::string_view text) {
  std::string line;
  for (const char c : text) {
    switch (c) {
      case '\n':
        line += "\\n";
        break;
      case '\r':
        line += "\\r";
        break;
      case '\t':
        line += "\\t";
        break;
      default:
        line += c;
    }
  }
  return printable(line);
}

}  // namespace cli
