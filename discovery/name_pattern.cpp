#include "discovery/name_pattern.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "base/utf8.h"

namespace discovery {
namespace {

using Element = NamePattern::Element;
using Sequence = NamePattern::Sequence;
using Kind = NamePattern::Element::Kind;

/// Reads a pattern into elements.
class Parser {
 public:
  explicit Parser(std::string_view pattern) : pattern_(pattern) {}

  base::Result<Sequence> parse();
  std::uint32_t group_count() const { return group_count_; }

 private:
  base::Result<Sequence> parse_sequence(unsigned depth);
  base::Result<Element> parse_group(unsigned depth);
  std::optional<Element> parse_set();
  static void append_text(Sequence& sequence, std::string_view text);

  std::string_view pattern_;
  std::size_t at_ = 0;
  std::uint32_t group_count_ = 0;
};

void Parser::append_text(Sequence& sequence, std::string_view text) {
  if (sequence.empty() || sequence.back().kind != Kind::text) {
    sequence.emplace_back();
  }
  sequence.back().text += text;
}

// `[...]`; nothing if it is not closed, in which case `[` is a plain character.
std::optional<Element> Parser::parse_set() {
  Element set;
  set.kind = Kind::set;
  std::size_t at = at_ + 1;
  if (at < pattern_.size() && (pattern_[at] == '!' || pattern_[at] == '^')) {
    set.is_negated = true;
    ++at;
  }
  const std::size_t first = at;
  const auto next_character = [&] {
    if (pattern_[at] == '\\' && at + 1 < pattern_.size()) {
      ++at;
    }
    const base::CodePoint point = base::code_point_at(pattern_, at);
    at += point.length;
    return point.value;
  };
  while (at < pattern_.size()) {
    // A `]` right at the start stands for itself.
    if (pattern_[at] == ']' && at > first) {
      at_ = at + 1;
      return set;
    }
    NamePattern::Range range;
    range.first = range.last = next_character();
    if (at + 1 < pattern_.size() && pattern_[at] == '-' && pattern_[at + 1] != ']') {
      ++at;
      range.last = next_character();
    }
    set.ranges.push_back(range);
  }
  return std::nullopt;
}

base::Result<Element> Parser::parse_group(unsigned depth) {
  if (depth >= NamePattern::k_depth_limit) {
    return base::fail(base::ErrorCode::invalid_config, "groups are nested too deeply");
  }
  Element group;
  group.kind = Kind::group;
  group.operation = pattern_[at_];
  group.group = group_count_++;
  at_ += 2;
  while (true) {
    TRY_ASSIGN(Sequence alternative, parse_sequence(depth + 1));
    group.alternatives.push_back(std::move(alternative));
    const char end = pattern_[at_++];
    if (end == ')') {
      return group;
    }
  }
}

// Reads up to the end or, in a group, up to the `|` or `)` that ends the alternative.
base::Result<Sequence> Parser::parse_sequence(unsigned depth) {
  Sequence sequence;
  // Plain parentheses in a group stand for themselves but must balance.
  unsigned open = 0;
  while (at_ < pattern_.size()) {
    const char c = pattern_[at_];
    if (depth > 0 && open == 0 && (c == '|' || c == ')')) {
      return sequence;
    }
    if (end_of_group(pattern_, at_) != std::string_view::npos) {
      TRY_ASSIGN(Element group, parse_group(depth));
      sequence.push_back(std::move(group));
      continue;
    }
    if (c == '[') {
      if (std::optional<Element> set = parse_set()) {
        sequence.push_back(std::move(*set));
        continue;
      }
    }
    if (c == '/') {
      return base::fail(base::ErrorCode::invalid_config,
                        "a group other than \"@(...)\" holds a \"/\"");
    }
    open += c == '(' ? 1U : 0U;
    open -= c == ')' && open > 0 ? 1U : 0U;
    if (c == '*' || c == '?') {
      // Stars in a row say no more than one.
      const bool repeats = c == '*' && !sequence.empty() && sequence.back().kind == Kind::star;
      if (!repeats) {
        sequence.emplace_back().kind = c == '*' ? Kind::star : Kind::any_character;
      }
    } else {
      at_ += c == '\\' && at_ + 1 < pattern_.size() ? 1U : 0U;
      append_text(sequence, pattern_.substr(at_, 1));
    }
    ++at_;
  }
  return sequence;
}

base::Result<Sequence> Parser::parse() {
  return parse_sequence(0);
}

// How many bytes of `name` at `at` the element takes, if it is one that takes a fixed number.
std::optional<std::size_t> fixed_length(const Element& element,
                                        std::string_view name,
                                        std::size_t at,
                                        DotNames dots) {
  if (element.kind == Kind::text) {
    const bool fits = name.substr(at).starts_with(element.text);
    return fits ? std::optional(element.text.size()) : std::nullopt;
  }
  if (at >= name.size() || (at == 0 && name[0] == '.' && dots == DotNames::spelled_out)) {
    return std::nullopt;
  }
  const base::CodePoint point = base::code_point_at(name, at);
  if (element.kind == Kind::set) {
    const bool is_in = std::any_of(
        element.ranges.begin(), element.ranges.end(), [&](const NamePattern::Range& range) {
          return range.first <= point.value && point.value <= range.last;
        });
    if (is_in == element.is_negated) {
      return std::nullopt;
    }
  }
  return point.length;
}

// Whether a wildcard that starts at `at` may take anything at all.
bool may_start(std::string_view name, std::size_t at, DotNames dots) {
  return at != 0 || dots == DotNames::any || !name.starts_with('.');
}

// Without groups, going back to the last star only is enough: time is at most the product of the
// lengths.
bool matches_simple(const Sequence& sequence, std::string_view name, DotNames dots) {
  std::size_t element = 0;
  std::size_t at = 0;
  std::optional<std::pair<std::size_t, std::size_t>> last_star;
  while (element < sequence.size() || at < name.size()) {
    if (element < sequence.size() && sequence[element].kind == Kind::star) {
      if (!may_start(name, at, dots)) {
        return false;
      }
      last_star = {element, at};
      ++element;
      continue;
    }
    std::optional<std::size_t> length;
    if (element < sequence.size()) {
      length = fixed_length(sequence[element], name, at, dots);
    }
    if (length) {
      ++element;
      at += *length;
    } else if (last_star && last_star->second < name.size()) {
      at = ++last_star->second;
      element = last_star->first + 1;
    } else {
      return false;
    }
  }
  return true;
}

/// A set of offsets into a name, its end included.
class Offsets {
 public:
  explicit Offsets(std::size_t name_size) : words_(name_size / 64 + 1) {}

  bool has(std::size_t at) const { return (words_[at / 64] >> (at % 64) & 1U) != 0; }
  void add(std::size_t at) { words_[at / 64] |= std::uint64_t{1} << (at % 64); }
  void add(const Offsets& other) {
    for (std::size_t i = 0; i < words_.size(); ++i) {
      words_[i] |= other.words_[i];
    }
  }
  void remove(const Offsets& other) {
    for (std::size_t i = 0; i < words_.size(); ++i) {
      words_[i] &= ~other.words_[i];
    }
  }
  bool meets(const Offsets& other) const {
    std::uint64_t common = 0;
    for (std::size_t i = 0; i < words_.size(); ++i) {
      common |= words_[i] & other.words_[i];
    }
    return common != 0;
  }

 private:
  std::vector<std::uint64_t> words_;
};

/// One match of a pattern with groups against one name.
class GroupMatch {
 public:
  GroupMatch(std::string_view name, DotNames dots, std::uint32_t group_count)
      : name_(name),
        dots_(dots),
        ends_of_groups_(group_count * (name.size() + 1)),
        ends_of_alternatives_(group_count * (name.size() + 1)) {}

  bool matches(const Sequence& sequence);

 private:
  using Remembered = std::vector<std::optional<Offsets>>;

  bool reaches(const Element& element, std::size_t at, const Offsets& goals);
  Offsets ends_of(const Sequence& sequence, std::size_t at);
  Offsets ends_of(const Element& element, std::size_t at);
  const Offsets& ends_of_group(const Element& group, std::size_t at);
  const Offsets& ends_of_alternatives(const Element& group, std::size_t at);
  Offsets ends_of_repetition(const Element& group, std::size_t at);

  Offsets none() const { return Offsets(name_.size()); }
  // What any text from `at` on can end at, as far as dots allow.
  Offsets all_from(std::size_t at) const {
    Offsets offsets = none();
    for (std::size_t i = at; i <= name_.size() && may_start(name_, at, dots_); ++i) {
      offsets.add(i);
    }
    return offsets;
  }

  std::string_view name_;
  DotNames dots_;
  Remembered ends_of_groups_;
  Remembered ends_of_alternatives_;
};

// From the last element backwards: `goals` are the offsets from which all that follows matches.
// That is what `!(…)` needs to know.
bool GroupMatch::matches(const Sequence& sequence) {
  Offsets goals = none();
  goals.add(name_.size());
  for (std::size_t i = sequence.size(); i > 0; --i) {
    Offsets starts = none();
    for (std::size_t at = 0; at <= name_.size(); ++at) {
      if (reaches(sequence[i - 1], at, goals)) {
        starts.add(at);
      }
    }
    goals = std::move(starts);
  }
  return goals.has(0);
}

bool GroupMatch::reaches(const Element& element, std::size_t at, const Offsets& goals) {
  if (element.kind == Kind::group && element.operation == '!') {
    return !ends_of_alternatives(element, at).meets(goals) && all_from(at).meets(goals);
  }
  return ends_of(element, at).meets(goals);
}

Offsets GroupMatch::ends_of(const Sequence& sequence, std::size_t at) {
  Offsets ends = none();
  ends.add(at);
  for (const Element& element : sequence) {
    Offsets next = none();
    for (std::size_t i = at; i <= name_.size(); ++i) {
      if (ends.has(i)) {
        next.add(ends_of(element, i));
      }
    }
    ends = std::move(next);
  }
  return ends;
}

Offsets GroupMatch::ends_of(const Element& element, std::size_t at) {
  if (element.kind == Kind::group) {
    return ends_of_group(element, at);
  }
  if (element.kind == Kind::star) {
    return all_from(at);
  }
  Offsets ends = none();
  if (const std::optional<std::size_t> length = fixed_length(element, name_, at, dots_)) {
    ends.add(at + *length);
  }
  return ends;
}

const Offsets& GroupMatch::ends_of_alternatives(const Element& group, std::size_t at) {
  std::optional<Offsets>& known = ends_of_alternatives_[group.group * (name_.size() + 1) + at];
  if (!known) {
    Offsets ends = none();
    for (const Sequence& alternative : group.alternatives) {
      ends.add(ends_of(alternative, at));
    }
    known = std::move(ends);
  }
  return *known;
}

// All that one or more readings of the alternatives in a row can reach. Readings only go forward,
// so one pass from left to right finds everything.
Offsets GroupMatch::ends_of_repetition(const Element& group, std::size_t at) {
  Offsets ends = ends_of_alternatives(group, at);
  for (std::size_t i = at + 1; i <= name_.size(); ++i) {
    if (ends.has(i)) {
      ends.add(ends_of_alternatives(group, i));
    }
  }
  return ends;
}

const Offsets& GroupMatch::ends_of_group(const Element& group, std::size_t at) {
  std::optional<Offsets>& known = ends_of_groups_[group.group * (name_.size() + 1) + at];
  if (known) {
    return *known;
  }
  const bool repeats = group.operation == '*' || group.operation == '+';
  Offsets ends = repeats ? ends_of_repetition(group, at) : ends_of_alternatives(group, at);
  if (group.operation == '!') {
    Offsets others = all_from(at);
    others.remove(ends);
    ends = std::move(others);
  }
  if (group.operation == '?' || group.operation == '*') {
    ends.add(at);
  }
  known = std::move(ends);
  return *known;
}

}  // namespace

std::size_t end_of_group(std::string_view pattern, std::size_t at) {
  if (at + 1 >= pattern.size() || pattern[at + 1] != '(' ||
      std::string_view("@?*+!").find(pattern[at]) == std::string_view::npos) {
    return std::string_view::npos;
  }
  unsigned depth = 0;
  for (std::size_t i = at + 1; i < pattern.size(); ++i) {
    if (pattern[i] == '\\') {
      ++i;
    } else if (pattern[i] == '(') {
      ++depth;
    } else if (pattern[i] == ')' && --depth == 0) {
      return i + 1;
    }
  }
  return std::string_view::npos;
}

base::Result<NamePattern> NamePattern::compile(std::string_view pattern) {
  Parser parser(pattern);
  NamePattern compiled;
  TRY_ASSIGN(compiled.sequence_, parser.parse());
  compiled.group_count_ = parser.group_count();
  const Sequence& elements = compiled.sequence_;
  if (parser.group_count() > 0) {
    if (pattern.size() > k_group_bytes) {
      return base::fail(
          base::ErrorCode::invalid_config,
          "a part with groups is longer than " + std::to_string(k_group_bytes) + " bytes");
    }
    compiled.shape_ = Shape::groups;
  } else if (elements.empty() || (elements.size() == 1 && elements[0].kind == Kind::text)) {
    compiled.shape_ = Shape::literal;
    compiled.literal_ = elements.empty() ? "" : elements[0].text;
  } else if (elements.size() == 1 && elements[0].kind == Kind::star) {
    compiled.shape_ = Shape::anything;
  } else if (elements.size() == 2 && elements[0].kind == Kind::star &&
             elements[1].kind == Kind::text) {
    compiled.shape_ = Shape::suffix;
    compiled.literal_ = elements[1].text;
  } else {
    compiled.shape_ = Shape::simple;
  }
  return compiled;
}

NamePattern NamePattern::literal_name(std::string name) {
  NamePattern pattern;
  pattern.literal_ = std::move(name);
  return pattern;
}

bool NamePattern::matches(std::string_view name, DotNames dots) const {
  switch (shape_) {
    case Shape::literal:
      return name == literal_;
    case Shape::anything:
      return may_start(name, 0, dots);
    case Shape::suffix:
      return name.ends_with(literal_) && may_start(name, 0, dots);
    case Shape::simple:
      return matches_simple(sequence_, name, dots);
    case Shape::groups:
      return GroupMatch(name, dots, group_count_).matches(sequence_);
  }
  return false;
}

}  // namespace discovery
