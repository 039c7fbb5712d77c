#include "discovery/brace_expansion.h"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <optional>

namespace discovery {
namespace {

/// A bracketed group in a pattern and its alternatives.
struct Group {
  std::size_t begin = 0;
  std::size_t end = 0;
  std::vector<std::string> alternatives;
};

// The offset behind the character at `at`, which may be escaped.
std::size_t after_character(std::string_view pattern, std::size_t at) {
  return std::min(at + (pattern[at] == '\\' ? 2 : 1), pattern.size());
}

/// A number of a range, with the width that leading zeros ask for.
struct RangeBound {
  std::int64_t value = 0;
  std::size_t width = 0;
};

std::optional<RangeBound> number_of(std::string_view text) {
  RangeBound bound;
  const char* const end = text.data() + text.size();
  const auto [rest, error] = std::from_chars(text.data(), end, bound.value);
  if (error != std::errc() || rest != end || std::abs(bound.value) > 1'000'000'000) {
    return std::nullopt;
  }
  const std::string_view digits = text.substr(text.front() == '-' ? 1 : 0);
  if (digits.size() > 1 && digits.front() == '0') {
    bound.width = text.size();
  }
  return bound;
}

std::string padded(std::int64_t value, std::size_t width) {
  std::string digits = std::to_string(std::abs(value));
  const std::size_t sign = value < 0 ? 1 : 0;
  if (digits.size() + sign < width) {
    digits.insert(0, width - sign - digits.size(), '0');
  }
  return (value < 0 ? "-" : "") + digits;
}

bool is_letter(std::string_view text) {
  return text.size() == 1 &&
         ((text[0] >= 'a' && text[0] <= 'z') || (text[0] >= 'A' && text[0] <= 'Z'));
}

// `1..3`, `01..10`, `a..e`, each with an optional `..step`; nothing if `text` is no range.
std::optional<std::vector<std::string>> range_of(std::string_view text) {
  const std::size_t first_dots = text.find("..");
  if (first_dots == std::string_view::npos || first_dots == 0) {
    return std::nullopt;
  }
  const std::string_view from = text.substr(0, first_dots);
  std::string_view to = text.substr(first_dots + 2);
  std::int64_t step = 1;
  const std::size_t second_dots = to.find("..");
  if (second_dots != std::string_view::npos) {
    const std::optional<RangeBound> number = number_of(to.substr(second_dots + 2));
    if (!number) {
      return std::nullopt;
    }
    step = std::max<std::int64_t>(std::abs(number->value), 1);
    to = to.substr(0, second_dots);
  }
  const bool has_letters = is_letter(from) && is_letter(to);
  const std::optional<RangeBound> first = has_letters ? RangeBound{from[0], 0} : number_of(from);
  const std::optional<RangeBound> last = has_letters ? RangeBound{to[0], 0} : number_of(to);
  if (!first || !last) {
    return std::nullopt;
  }
  std::vector<std::string> values;
  const std::int64_t sign = first->value <= last->value ? 1 : -1;
  const std::int64_t count = std::abs(last->value - first->value) / step + 1;
  // One above the limit is enough for the caller to see that it is too many.
  for (std::int64_t i = 0; i < count && values.size() <= k_expansion_limit; ++i) {
    const std::int64_t value = first->value + sign * i * step;
    values.push_back(has_letters ? std::string(1, static_cast<char>(value))
                                 : padded(value, std::max(first->width, last->width)));
  }
  return values;
}

// Reads the group that opens at `open` (behind it: `inner`), which `close` ends and `separator`
// divides. Nothing if it is never closed.
std::optional<Group> read_group(std::string_view pattern,
                                std::size_t open,
                                std::size_t inner,
                                char separator) {
  const char opener = pattern[inner - 1];
  const char close = opener == '{' ? '}' : ')';
  Group group;
  group.begin = open;
  std::size_t depth = 0;
  std::size_t part = inner;
  for (std::size_t at = inner; at < pattern.size(); at = after_character(pattern, at)) {
    const char c = pattern[at];
    if (c == opener) {
      ++depth;
    } else if (c == close && depth > 0) {
      --depth;
    } else if (depth == 0 && (c == close || c == separator)) {
      group.alternatives.emplace_back(pattern.substr(part, at - part));
      part = at + 1;
      if (c == close) {
        group.end = at + 1;
        return group;
      }
    }
  }
  return std::nullopt;
}

// The group that opens at `at`, if one does and it is to be written out.
std::optional<Group> group_at(std::string_view pattern, std::size_t at) {
  if (pattern[at] == '{') {
    std::optional<Group> group = read_group(pattern, at, at + 1, ',');
    if (group && group->alternatives.size() == 1) {
      std::optional<std::vector<std::string>> range = range_of(group->alternatives.front());
      if (!range) {
        return std::nullopt;
      }
      group->alternatives = std::move(*range);
    }
    return group;
  }
  if (pattern.substr(at).starts_with("@(")) {
    std::optional<Group> group = read_group(pattern, at, at + 2, '|');
    const auto crosses_names = [](const std::string& text) {
      return text.find('/') != std::string::npos;
    };
    if (group &&
        std::any_of(group->alternatives.begin(), group->alternatives.end(), crosses_names)) {
      return group;
    }
  }
  return std::nullopt;
}

// The first group at or behind `from`.
std::optional<Group> find_group(std::string_view pattern, std::size_t from) {
  for (std::size_t at = from; at < pattern.size(); at = after_character(pattern, at)) {
    if (std::optional<Group> group = group_at(pattern, at)) {
      return group;
    }
  }
  return std::nullopt;
}

}  // namespace

base::Result<std::vector<std::string>> expand_braces(std::string_view pattern) {
  /// A pattern whose text before `done` needs no more work.
  struct Pending {
    std::string text;
    std::size_t done = 0;
  };
  std::vector<std::string> expanded;
  std::vector<Pending> pending = {{std::string(pattern), 0}};
  std::size_t bytes = 0;
  // The top of the stack is the leftmost alternative, so that the results come in order.
  while (!pending.empty()) {
    const Pending next = std::move(pending.back());
    pending.pop_back();
    const std::optional<Group> group = find_group(next.text, next.done);
    if (!group) {
      expanded.push_back(next.text);
    } else {
      const std::string_view text = next.text;
      for (std::size_t i = group->alternatives.size(); i > 0; --i) {
        std::string written(text.substr(0, group->begin));
        written.append(group->alternatives[i - 1]).append(text.substr(group->end));
        bytes += written.size();
        pending.push_back({std::move(written), group->begin});
      }
    }
    if (expanded.size() + pending.size() > k_expansion_limit || bytes > k_expansion_bytes) {
      return base::fail(base::ErrorCode::invalid_config,
                        "the braces of the pattern \"" + std::string(pattern.substr(0, 80)) +
                            "\" stand for more than " + std::to_string(k_expansion_limit) +
                            " patterns");
    }
  }
  return expanded;
}

}  // namespace discovery
