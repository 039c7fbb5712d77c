#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace perf {

/// `text` where a page shows text, or as the value of an attribute in quotes.
std::string html_text(std::string_view text);

/// One bar of several parts, or one of several bars beside each other.
struct PlotPart {
  std::string label;
  double value = 0;
};

/// A row of a plot of stacked bars: what a scenario's time is made of.
struct StackedRow {
  std::string label;
  std::vector<PlotPart> parts;
};

/// Horizontal bars of equal length, each divided by the shares of its parts; a part has one colour
/// in all rows, told by a legend; the smallest, where there are many, share the last one. Values
/// with their unit show when the pointer rests on them.
std::string stacked_bars(const std::vector<StackedRow>& rows, std::string_view unit);

/// A row of dots: all samples of a scenario.
struct SpreadRow {
  std::string label;
  std::vector<double> values;
  /// Its middle mark, and what is written behind the row.
  double middle = 0;
  std::string note;
};

/// Dots on a line for each row, by their ratio to the row's middle: how far samples lie apart. Dots
/// far out are drawn at the edge.
std::string spread_plot(const std::vector<SpreadRow>& rows);

/// Bars on one scale, with their values; `mark` is a vertical line (1 x) where it is above 0.
std::string value_bars(const std::vector<PlotPart>& rows, std::string_view unit, double mark);

/// A line through points (x, y).
struct PlotLine {
  std::string label;
  std::vector<std::pair<double, double>> points;
};

/// Both axes logarithmic, so that growth in proportion is a line of slope 1.
std::string scaling_plot(const std::vector<PlotLine>& lines,
                         std::string_view x_title,
                         std::string_view y_title);

/// The rules that plots need: colours for light and dark.
std::string_view plot_styles();

}  // namespace perf
