// Plots as inline SVG. No scripts: what a page says beyond its pictures is in <title> elements,
// which browsers show when the pointer rests on a shape, and in the tables beside them.
#include "perf/report/svg.h"

#include <algorithm>
#include <cmath>
#include <map>

#include "perf/report/table.h"

namespace perf {
namespace {

constexpr double k_width = 860;
constexpr double k_label_width = 230;
constexpr double k_note_width = 120;
constexpr double k_row_height = 26;
constexpr double k_bar_height = 16;
constexpr std::size_t k_colours = 12;
/// How far from its middle a sample is drawn: half of it, and one and a half times.
constexpr double k_spread = 0.5;

std::string number(double value) {
  return fixed(value, 1);
}

std::string open_svg(double height, std::string_view title) {
  return "<svg viewBox=\"0 0 " + number(k_width) + " " + number(height) +
         "\" role=\"img\" aria-label=\"" + html_text(title) + "\">\n";
}

std::string text_at(double x, double y, std::string_view text, std::string_view kind = "") {
  return "<text x=\"" + number(x) + "\" y=\"" + number(y) + "\"" +
         (kind.empty() ? "" : " class=\"" + std::string(kind) + "\"") + ">" + html_text(text) +
         "</text>\n";
}

struct Bar {
  double x = 0;
  double y = 0;
  double width = 0;
};

std::string rectangle(const Bar& bar, const std::string& kind, std::string_view title) {
  return "<rect x=\"" + number(bar.x) + "\" y=\"" + number(bar.y) + "\" width=\"" +
         number(bar.width) + "\" height=\"" + number(k_bar_height) + "\" class=\"" + kind +
         "\"><title>" + html_text(title) + "</title></rect>\n";
}

std::string vertical_line(double x, double top, double bottom, const std::string& kind) {
  return "<line x1=\"" + number(x) + "\" x2=\"" + number(x) + "\" y1=\"" + number(top) +
         "\" y2=\"" + number(bottom) + "\" class=\"" + kind + "\"/>\n";
}

/// The last colour is that of all that are too many.
std::string colour_of(std::size_t index) {
  return "c" + std::to_string(std::min(index, k_colours - 1));
}

/// Label -> place among the colours, the greatest parts first.
std::map<std::string, std::size_t> colours_of(const std::vector<StackedRow>& rows) {
  std::map<std::string, double> shares;
  for (const StackedRow& row : rows) {
    double sum = 0;
    for (const PlotPart& part : row.parts) {
      sum += part.value;
    }
    for (const PlotPart& part : row.parts) {
      shares[part.label] += sum > 0 ? part.value / sum : 0;
    }
  }
  std::vector<std::pair<double, std::string>> order;
  order.reserve(shares.size());
  for (const auto& [label, share] : shares) {
    order.emplace_back(-share, label);
  }
  std::sort(order.begin(), order.end());
  std::map<std::string, std::size_t> colours;
  for (const auto& [share, label] : order) {
    colours.emplace(label, colours.size());
  }
  return colours;
}

std::string legend(const std::map<std::string, std::size_t>& colours) {
  std::vector<std::string> labels(colours.size());
  for (const auto& [label, index] : colours) {
    labels[index] = label;
  }
  std::string text = "<ul class=\"legend\">";
  for (std::size_t i = 0; i < std::min(labels.size(), k_colours); ++i) {
    const bool is_rest = i + 1 == k_colours && labels.size() > k_colours;
    text += "<li><span class=\"" + colour_of(i) + "\"></span>" +
            (is_rest ? "smaller ones" : html_text(labels[i])) + "</li>";
  }
  return text + "</ul>\n";
}

/// Maps logarithms to a range of pixels.
struct Scale {
  double least = 1;
  double most = 10;
  double begin = 0;
  double end = 1;

  double at(double value) const {
    return begin + (std::log10(value) - std::log10(least)) /
                       (std::log10(most) - std::log10(least)) * (end - begin);
  }

  /// The powers of ten in it; both ends are some.
  std::vector<double> decades() const {
    const auto first = std::lround(std::log10(least));
    const auto last = std::lround(std::log10(most));
    std::vector<double> values;
    values.reserve(static_cast<std::size_t>(last - first + 1));
    for (auto power = first; power <= last; ++power) {
      values.push_back(std::pow(10, static_cast<double>(power)));
    }
    return values;
  }
};

Scale scale_of(std::vector<double> values, double begin, double end) {
  const auto [least, most] = std::minmax_element(values.begin(), values.end());
  Scale scale{std::pow(10, std::floor(std::log10(*least))),
              std::pow(10, std::ceil(std::log10(*most))),
              begin,
              end};
  scale.most = scale.most > scale.least ? scale.most : scale.least * 10;
  return scale;
}

std::string axis_number(double value) {
  return value >= 1 ? with_commas(value)
                    : fixed(value, static_cast<int>(-std::floor(std::log10(value))));
}

std::string line_through(const PlotLine& line, const Scale& x, const Scale& y, std::size_t index) {
  std::string points;
  std::string dots;
  for (const auto& [from, to] : line.points) {
    points += number(x.at(from)) + "," + number(y.at(to)) + " ";
    dots += "<circle cx=\"" + number(x.at(from)) + "\" cy=\"" + number(y.at(to)) +
            "\" r=\"4\" class=\"" + colour_of(index) + "\"><title>" +
            html_text(line.label + ": " + axis_number(from) + ", " + shown_ms(to)) +
            "</title></circle>\n";
  }
  return "<polyline points=\"" + points + "\" class=\"line " + colour_of(index) + "\"/>\n" + dots;
}

/// At the ends of the lines, moved down where they would stand in each other.
std::string line_labels(const std::vector<PlotLine>& lines, const Scale& x, const Scale& y) {
  constexpr double k_line_height = 15;
  std::vector<const PlotLine*> order;
  order.reserve(lines.size());
  for (const PlotLine& line : lines) {
    order.push_back(&line);
  }
  std::stable_sort(order.begin(), order.end(), [](const PlotLine* left, const PlotLine* right) {
    return left->points.back().second > right->points.back().second;
  });
  std::string text;
  // By where lines end.
  std::map<double, double> free;
  for (const PlotLine* line : order) {
    const auto& [last_x, last_y] = line->points.back();
    const double at = std::max(y.at(last_y) + 4, free[last_x]);
    text += text_at(x.at(last_x) + 10, at, line->label);
    free[last_x] = at + k_line_height;
  }
  return text;
}

}  // namespace

std::string html_text(std::string_view text) {
  std::string escaped;
  for (const char c : text) {
    switch (c) {
      case '&':
        escaped += "&amp;";
        break;
      case '<':
        escaped += "&lt;";
        break;
      case '>':
        escaped += "&gt;";
        break;
      case '"':
        escaped += "&quot;";
        break;
      default:
        escaped += c;
    }
  }
  return escaped;
}

std::string stacked_bars(const std::vector<StackedRow>& rows, std::string_view unit) {
  const std::map<std::string, std::size_t> colours = colours_of(rows);
  const double width = k_width - k_label_width - k_note_width;
  std::string text = open_svg(static_cast<double>(rows.size()) * k_row_height, "shares of phases");
  double y = 0;
  for (const StackedRow& row : rows) {
    double sum = 0;
    for (const PlotPart& part : row.parts) {
      sum += part.value;
    }
    text += text_at(0, y + 17, row.label);
    double x = k_label_width;
    for (const PlotPart& part : row.parts) {
      const double share = sum > 0 ? part.value / sum : 0;
      if (share > 0) {
        text += rectangle({x, y + 5, share * width},
                          colour_of(colours.at(part.label)),
                          part.label + ": " + shown_ms(part.value) + " " + std::string(unit) +
                              ", " + fixed(100 * share, 1) + " %");
      }
      x += share * width;
    }
    text += text_at(k_width - k_note_width + 8, y + 17, shown_ms(sum) + " " + std::string(unit));
    y += k_row_height;
  }
  return text + "</svg>\n" + legend(colours);
}

std::string spread_plot(const std::vector<SpreadRow>& rows) {
  const double width = k_width - k_label_width - k_note_width;
  const double height = static_cast<double>(rows.size()) * k_row_height + 20;
  const auto place = [width](double ratio) {
    return k_label_width +
           (std::clamp(ratio, 1 - k_spread, 1 + k_spread) - 1 + k_spread) / (2 * k_spread) * width;
  };
  std::string text = open_svg(height, "spread of samples");
  for (const double ratio : {0.5, 0.75, 1.0, 1.25, 1.5}) {
    text += vertical_line(place(ratio), 0, height - 20, ratio == 1 ? "mark" : "grid");
    text += text_at(place(ratio), height - 4, fixed(100 * ratio, 0) + " %", "tick");
  }
  double y = 0;
  for (const SpreadRow& row : rows) {
    text += text_at(0, y + 17, row.label);
    for (const double value : row.values) {
      text += "<circle cx=\"" + number(place(row.middle > 0 ? value / row.middle : 1)) +
              "\" cy=\"" + number(y + 13) + "\" r=\"4\" class=\"dot\"><title>" +
              html_text(shown_ms(value)) + "</title></circle>\n";
    }
    text += text_at(k_width - k_note_width + 8, y + 17, row.note);
    y += k_row_height;
  }
  return text + "</svg>\n";
}

std::string value_bars(const std::vector<PlotPart>& rows, std::string_view unit, double mark) {
  const double width = k_width - k_label_width - k_note_width;
  const double height = static_cast<double>(rows.size()) * k_row_height;
  double most = mark;
  for (const PlotPart& row : rows) {
    most = std::max(most, row.value);
  }
  const double scale = most > 0 ? width / most : 0;
  std::string text = open_svg(height, "values");
  double y = 0;
  for (const PlotPart& row : rows) {
    const std::string value = fixed(row.value, 2) + " " + std::string(unit);
    text += text_at(0, y + 17, row.label);
    text += rectangle({k_label_width, y + 5, row.value * scale}, "c0", row.label + ": " + value);
    text += text_at(k_label_width + row.value * scale + 8, y + 17, value);
    y += k_row_height;
  }
  if (mark > 0) {
    text += vertical_line(k_label_width + mark * scale, 0, height, "mark");
  }
  return text + "</svg>\n";
}

std::string scaling_plot(const std::vector<PlotLine>& lines,
                         std::string_view x_title,
                         std::string_view y_title) {
  constexpr double k_height = 380;
  std::vector<double> xs;
  std::vector<double> ys;
  for (const PlotLine& line : lines) {
    for (const auto& [x, y] : line.points) {
      xs.push_back(x);
      ys.push_back(y);
    }
  }
  if (xs.empty()) {
    return {};
  }
  const Scale x = scale_of(xs, 80, k_width - k_label_width);
  const Scale y = scale_of(ys, k_height - 50, 10);
  std::string text = open_svg(k_height, "growth");
  for (const double value : x.decades()) {
    text += vertical_line(x.at(value), y.end, y.begin, "grid");
    text += text_at(x.at(value), k_height - 30, axis_number(value), "tick");
  }
  for (const double value : y.decades()) {
    text += "<line x1=\"" + number(x.begin) + "\" x2=\"" + number(x.end) + "\" y1=\"" +
            number(y.at(value)) + "\" y2=\"" + number(y.at(value)) + "\" class=\"grid\"/>\n";
    text += text_at(x.begin - 8, y.at(value) + 4, axis_number(value), "end");
  }
  text += text_at((x.begin + x.end) / 2, k_height - 8, x_title, "tick");
  text += text_at(0, 20, y_title);
  for (std::size_t i = 0; i < lines.size(); ++i) {
    text += line_through(lines[i], x, y, i);
  }
  return text + line_labels(lines, x, y) + "</svg>\n";
}

std::string_view plot_styles() {
  return R"(svg{width:100%;height:auto;font:13px system-ui,sans-serif}
svg text{fill:var(--text)}
svg .tick{text-anchor:middle;fill:var(--faint)}
svg .end{text-anchor:end;fill:var(--faint)}
.grid{stroke:var(--line)}
.mark{stroke:var(--text);stroke-dasharray:4 3}
.dot{fill:var(--c0);fill-opacity:.45}
svg .line{fill:none;stroke-width:2}
.legend{display:flex;flex-wrap:wrap;gap:.3em 1.2em;list-style:none;padding:0;font-size:.85em}
.legend span{display:inline-block;width:.8em;height:.8em;margin-right:.4em;border-radius:2px}
.c0{fill:var(--c0);stroke:var(--c0);background:var(--c0)}
.c1{fill:var(--c1);stroke:var(--c1);background:var(--c1)}
.c2{fill:var(--c2);stroke:var(--c2);background:var(--c2)}
.c3{fill:var(--c3);stroke:var(--c3);background:var(--c3)}
.c4{fill:var(--c4);stroke:var(--c4);background:var(--c4)}
.c5{fill:var(--c5);stroke:var(--c5);background:var(--c5)}
.c6{fill:var(--c6);stroke:var(--c6);background:var(--c6)}
.c7{fill:var(--c7);stroke:var(--c7);background:var(--c7)}
.c8{fill:var(--c8);stroke:var(--c8);background:var(--c8)}
.c9{fill:var(--c9);stroke:var(--c9);background:var(--c9)}
.c10{fill:var(--c10);stroke:var(--c10);background:var(--c10)}
.c11{fill:var(--c11);stroke:var(--c11);background:var(--c11)}
svg rect{stroke:none}
:root{--text:#1c2024;--faint:#60646c;--line:#d9d9e0;--page:#fff;--stripe:#f6f6f8;
--c0:#3b6fb6;--c1:#e08a2e;--c2:#3f9b63;--c3:#c5504f;--c4:#8465b5;--c5:#8c6a50;
--c6:#d476b0;--c7:#6f7782;--c8:#a8a13a;--c9:#35a3b5;--c10:#9fb8e6;--c11:#c9ccd3}
@media (prefers-color-scheme:dark){:root{--text:#edeef0;--faint:#a0a4ab;--line:#3a3d42;
--page:#18191b;--stripe:#202225;--c0:#6b9de8;--c1:#f0a657;--c2:#62c389;--c3:#ea7b78;
--c4:#ab8fe0;--c5:#b8937a;--c6:#ec9ccd;--c7:#9aa2ad;--c8:#cfc85c;--c9:#5fc9da;
--c10:#4c6aa3;--c11:#55585e}}
)";
}

}  // namespace perf
