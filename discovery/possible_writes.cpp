#include <algorithm>
#include <array>
#include <cctype>
#include <cstddef>
#include <cstdint>
#include <string>

#include "discovery/reassignments.h"
#include "discovery/syntax_names.h"

namespace discovery {

namespace {

/// How far a pattern or an index may reach; longer ones are no assignments that people write.
constexpr std::size_t k_window_bytes = 500;

/// The functions that write to their first argument.
constexpr std::array<std::string_view, 6> k_writers = {"Object.assign",
                                                       "Object.defineProperty",
                                                       "Object.defineProperties",
                                                       "Reflect.set",
                                                       "Reflect.defineProperty",
                                                       "Reflect.deleteProperty"};

class WriteFinder {
 public:
  explicit WriteFinder(std::string_view text) : text_(text) {}

  /// Whether the word `[begin, end)` may be the start of what is written to.
  bool is_possible(std::size_t begin, std::size_t end) const {
    const std::string_view before = trimmed_end(text_.substr(0, begin));
    if (before.ends_with('.') && !before.ends_with("...")) {
      return false;
    }
    if (before.ends_with("++") || before.ends_with("--") || before.ends_with("delete")) {
      return true;
    }
    if (before.ends_with('(')) {
      const std::string_view callee = trimmed_end(before.substr(0, before.size() - 1));
      if (ends_with_writer(callee) || callee.ends_with("delete")) {
        return true;
      }
    }
    const std::size_t behind = skip_members(end);
    return begins_write(behind) || ends_in_pattern(behind);
  }

 private:
  static std::string_view trimmed_end(std::string_view text) {
    const std::size_t last = text.find_last_not_of(" \t\r\n");
    return text.substr(0, last == std::string_view::npos ? 0 : last + 1);
  }

  std::size_t skip_spaces(std::size_t at) const {
    return std::min(text_.find_first_not_of(" \t\r\n", at), text_.size());
  }

  std::size_t skip_name(std::size_t at) const {
    while (at < text_.size() && (is_name_byte(text_[at]) || text_[at] == '#')) {
      ++at;
    }
    return at;
  }

  bool has_word(std::size_t at, std::string_view word) const {
    const std::size_t end = at + word.size();
    return text_.substr(at, word.size()) == word &&
           (end >= text_.size() || !is_name_byte(text_[end]));
  }

  /// Behind `.a`, `?.a`, `[b]`, `!` and ` as T)`, as many as there are.
  std::size_t skip_members(std::size_t at) const {
    while (true) {
      at = skip_spaces(at);
      const std::string_view rest = text_.substr(at);
      if (rest.starts_with('.') && !rest.starts_with("..")) {
        at = skip_name(skip_spaces(at + 1));
      } else if (rest.starts_with("?.")) {
        at = skip_name(skip_spaces(at + 2));
      } else if (rest.starts_with('[')) {
        const std::size_t close = closing_bracket(at);
        if (close == std::string_view::npos) {
          return at;
        }
        at = close + 1;
      } else if (rest.starts_with(')') || (rest.starts_with('!') && !rest.starts_with("!="))) {
        ++at;
      } else if (has_word(at, "as") || has_word(at, "satisfies")) {
        const std::size_t close = text_.substr(0, at + k_window_bytes).find(')', at);
        if (close == std::string_view::npos) {
          return at;
        }
        at = close + 1;
      } else {
        return at;
      }
    }
  }

  std::size_t closing_bracket(std::size_t open) const {
    std::size_t depth = 0;
    const std::size_t end = std::min(text_.size(), open + k_window_bytes);
    for (std::size_t at = open; at < end; ++at) {
      depth += text_[at] == '[' ? 1U : 0U;
      if (text_[at] == ']' && --depth == 0) {
        return at;
      }
    }
    return std::string_view::npos;
  }

  bool is_assignment(std::size_t at) const {
    const std::string_view rest = text_.substr(at);
    return rest.starts_with('=') && !rest.starts_with("==") && !rest.starts_with("=>");
  }

  /// `=`, `+=`, `&&=`, `++`, `of`, `in`.
  bool begins_write(std::size_t at) const {
    const std::string_view rest = text_.substr(at);
    if (rest.starts_with("++") || rest.starts_with("--") || has_word(at, "of") ||
        has_word(at, "in")) {
      return true;
    }
    const std::size_t operator_end =
        std::min(text_.find_first_not_of("+-*/%<>&|^?", at), text_.size());
    // `<=` and `>=` compare; taking them for writes costs a look at the tree.
    return operator_end - at <= 3 && is_assignment(operator_end);
  }

  /// Whether brackets close behind `at`, and then comes `=`, `of` or `in`.
  bool ends_in_pattern(std::size_t at) const {
    if (at >= text_.size() || (text_[at] != ',' && text_[at] != ']' && text_[at] != '}')) {
      return false;
    }
    std::size_t depth = 0;
    const std::size_t end = std::min(text_.size(), at + k_window_bytes);
    for (; at < end && text_[at] != ';'; ++at) {
      const char c = text_[at];
      if (c == '[' || c == '{' || c == '(') {
        ++depth;
      } else if (depth > 0 && (c == ']' || c == '}' || c == ')')) {
        --depth;
      } else if (c == ')') {
        return false;
      } else if (c == ']' || c == '}') {
        const std::size_t next = skip_spaces(at + 1);
        if (is_assignment(next) || has_word(next, "of") || has_word(next, "in")) {
          return true;
        }
      }
    }
    return false;
  }

  std::string_view text_;
};

}  // namespace

bool ends_with_writer(std::string_view text) {
  return std::any_of(k_writers.begin(), k_writers.end(), [&](std::string_view name) {
    return text.ends_with(name);
  });
}

PossibleWrites::PossibleWrites(std::string_view text, const SourceFacts& facts) : text_(text) {
  collect_names(facts);
}

/// The names whose members may be written, or that may be assigned themselves.
void PossibleWrites::collect_names(const SourceFacts& facts) {
  for (const ConstantFact& constant : facts.constants) {
    if (constant.path.size() > 1 || constant.kind == ConstantFact::Kind::alias) {
      add_name(constant.path.front());
    }
  }
  for (const TemplateSite& site : facts.templates) {
    if (!site.binding.empty()) {
      add_name(site.binding.front());
    }
  }
}

void PossibleWrites::add_name(std::string_view name) {
  if (!name.empty() && name != k_default_binding) {
    names_.insert(name);
    lengths_[static_cast<unsigned char>(name[0])] |= length_bit(name);
  }
}

bool PossibleWrites::begins_at(std::size_t begin, std::size_t end) const {
  const std::string_view word = text_.substr(begin, end - begin);
  return (lengths_[static_cast<unsigned char>(word[0])] & length_bit(word)) != 0 &&
         names_.count(word) > 0 && WriteFinder(text_).is_possible(begin, end);
}

std::vector<std::uint32_t> find_possible_writes(std::string_view text, const SourceFacts& facts) {
  std::vector<std::uint32_t> places;
  const PossibleWrites writes(text, facts);
  if (!writes.has_names()) {
    return places;
  }
  for (std::size_t at = 0; at < text.size();) {
    if (!is_name_byte(text[at])) {
      ++at;
      continue;
    }
    const std::size_t begin = at;
    while (at < text.size() && is_name_byte(text[at])) {
      ++at;
    }
    if (writes.begins_at(begin, at)) {
      places.push_back(static_cast<std::uint32_t>(begin));
    }
  }
  return places;
}

}  // namespace discovery
