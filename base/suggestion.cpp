#include "base/suggestion.h"

#include <algorithm>
#include <cstdint>
#include <numeric>
#include <optional>
#include <unordered_set>

#include "base/utf8.h"

namespace base {
namespace {

// Cells of tables of distances, some ten milliseconds' worth. Ten thousand names of forty letters
// each are less.
constexpr std::size_t k_max_cells = 20'000'000;

// UTF-16 units, because the reference implementation counts in them.
std::vector<std::uint32_t> utf16_units(std::string_view text) {
  std::vector<std::uint32_t> units;
  units.reserve(text.size());
  for (std::size_t offset = 0; offset < text.size();) {
    const CodePoint point = code_point_at(text, offset);
    if (point.value >= 0x10000) {
      units.push_back(0xD800 + ((point.value - 0x10000) >> 10));
      units.push_back(0xDC00 + ((point.value - 0x10000) & 0x3FF));
    } else {
      units.push_back(point.value);
    }
    offset += point.length;
  }
  return units;
}

std::vector<std::uint32_t> lower_cased(std::vector<std::uint32_t> units) {
  for (std::uint32_t& unit : units) {
    if (unit >= 'A' && unit <= 'Z') {
      unit += 'a' - 'A';
    }
  }
  return units;
}

// Optimal string alignment distance, or nothing above `threshold`.
std::optional<std::size_t> alignment_distance(const std::vector<std::uint32_t>& left,
                                              const std::vector<std::uint32_t>& right,
                                              std::size_t threshold) {
  const std::size_t difference =
      left.size() > right.size() ? left.size() - right.size() : right.size() - left.size();
  if (difference > threshold) {
    return std::nullopt;
  }
  std::vector<std::size_t> before_last(right.size() + 1);
  std::vector<std::size_t> last(right.size() + 1);
  std::vector<std::size_t> row(right.size() + 1);
  std::iota(last.begin(), last.end(), std::size_t{0});
  for (std::size_t i = 1; i <= left.size(); ++i) {
    row[0] = i;
    std::size_t smallest = row[0];
    for (std::size_t j = 1; j <= right.size(); ++j) {
      const std::size_t cost = left[i - 1] == right[j - 1] ? 0 : 1;
      row[j] = std::min({last[j] + 1, row[j - 1] + 1, last[j - 1] + cost});
      if (i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1]) {
        row[j] = std::min(row[j], before_last[j - 2] + 1);
      }
      smallest = std::min(smallest, row[j]);
    }
    if (smallest > threshold) {
      return std::nullopt;
    }
    std::swap(before_last, last);
    std::swap(last, row);
  }
  return last[right.size()] <= threshold ? std::optional(last[right.size()]) : std::nullopt;
}

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

// The number at `offset`. A leading zero is a number by itself, as in the reference implementation:
// "01" counts as 0 and then 1.
std::string_view number_at(std::string_view text, std::size_t& offset) {
  const std::size_t begin = offset;
  do {
    ++offset;
  } while (text[begin] != '0' && offset < text.size() && is_digit(text[offset]));
  return text.substr(begin, offset - begin);
}

}  // namespace

bool natural_less(std::string_view left, std::string_view right) {
  std::size_t i = 0;
  std::size_t j = 0;
  while (i < left.size() && j < right.size()) {
    if (is_digit(left[i]) && is_digit(right[j])) {
      const std::string_view left_number = number_at(left, i);
      const std::string_view right_number = number_at(right, j);
      if (left_number.size() != right_number.size()) {
        return left_number.size() < right_number.size();
      }
      if (left_number != right_number) {
        return left_number < right_number;
      }
      continue;
    }
    if (left[i] != right[j]) {
      return static_cast<unsigned char>(left[i]) < static_cast<unsigned char>(right[j]);
    }
    ++i;
    ++j;
  }
  return left.size() < right.size();
}

std::vector<std::string_view> suggestions_for(std::string_view input,
                                              std::span<const std::string_view> candidates) {
  struct Scored {
    std::size_t distance;
    std::string_view text;
  };
  const std::vector<std::uint32_t> exact = utf16_units(input);
  const std::vector<std::uint32_t> lowered = lower_cased(exact);
  const std::size_t threshold = exact.size() * 2 / 5 + 1;

  std::size_t cells = 0;
  std::vector<Scored> scored;
  // A set and not a search: a hostile schema has tens of thousands of names that are all near.
  std::unordered_set<std::string_view> seen;
  const auto add = [&](std::size_t distance, std::string_view candidate) {
    if (seen.insert(candidate).second) {
      scored.push_back({distance, candidate});
    }
  };
  for (const std::string_view candidate : candidates) {
    if (candidate == input) {
      add(0, candidate);
      continue;
    }
    const std::vector<std::uint32_t> other = lower_cased(utf16_units(candidate));
    if (other == lowered) {
      add(1, candidate);
      continue;
    }
    cells += other.size() * lowered.size();
    if (cells > k_max_cells) {
      continue;
    }
    if (const auto distance = alignment_distance(lowered, other, threshold)) {
      add(*distance, candidate);
    }
  }
  std::stable_sort(scored.begin(), scored.end(), [](const Scored& left, const Scored& right) {
    if (left.distance != right.distance) {
      return left.distance < right.distance;
    }
    return natural_less(left.text, right.text);
  });
  std::vector<std::string_view> texts;
  texts.reserve(scored.size());
  for (const Scored& entry : scored) {
    texts.push_back(entry.text);
  }
  return texts;
}

std::string did_you_mean(std::span<const std::string_view> suggestions, std::string_view kind) {
  if (suggestions.empty()) {
    return {};
  }
  const std::size_t count = std::min<std::size_t>(suggestions.size(), 5);
  std::string text = " Did you mean ";
  if (!kind.empty()) {
    text.append(kind).append(" ");
  }
  for (std::size_t i = 0; i < count; ++i) {
    if (i > 0) {
      text += count == 2 ? " or " : i + 1 == count ? ", or " : ", ";
    }
    text.append("\"").append(suggestions[i]).append("\"");
  }
  return text += "?";
}

}  // namespace base
