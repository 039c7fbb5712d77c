#include "discovery/scanner/words.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <utility>

namespace discovery::scanner {

namespace {

struct KnownWord {
  std::string_view text;
  WordClass kind;
};

/// Sorted by text. `await`, `yield` and `let` are names in some places.
constexpr std::array<KnownWord, 47> k_words = {{
    {"as", WordClass::contextual},      {"async", WordClass::async},
    {"await", WordClass::contextual},   {"break", WordClass::reserved},
    {"case", WordClass::expression},    {"catch", WordClass::reserved},
    {"class", WordClass::reserved},     {"const", WordClass::reserved},
    {"continue", WordClass::reserved},  {"debugger", WordClass::reserved},
    {"default", WordClass::expression}, {"delete", WordClass::unary},
    {"do", WordClass::unary},           {"else", WordClass::expression},
    {"enum", WordClass::reserved},      {"export", WordClass::reserved},
    {"extends", WordClass::reserved},   {"false", WordClass::value},
    {"finally", WordClass::reserved},   {"for", WordClass::reserved},
    {"function", WordClass::function},  {"if", WordClass::reserved},
    {"import", WordClass::reserved},    {"in", WordClass::unary},
    {"instanceof", WordClass::unary},   {"keyof", WordClass::contextual},
    {"let", WordClass::contextual},     {"new", WordClass::unary},
    {"null", WordClass::value},         {"of", WordClass::contextual},
    {"return", WordClass::expression},  {"satisfies", WordClass::contextual},
    {"super", WordClass::value},        {"switch", WordClass::reserved},
    {"this", WordClass::value},         {"throw", WordClass::unary},
    {"true", WordClass::value},         {"try", WordClass::reserved},
    {"typeof", WordClass::unary},       {"undefined", WordClass::value},
    {"unique", WordClass::contextual},  {"using", WordClass::contextual},
    {"var", WordClass::reserved},       {"void", WordClass::unary},
    {"while", WordClass::reserved},     {"with", WordClass::reserved},
    {"yield", WordClass::contextual},
}};

}  // namespace

WordClass classify_word(std::string_view word) {
  // Most words are no keywords, and tell so by their length or first letter.
  if (word.size() < 2 || word.size() > 10 || word[0] < 'a' || word[0] > 'y') {
    return WordClass::name;
  }
  const auto* const found = std::lower_bound(
      k_words.begin(), k_words.end(), word, [](const KnownWord& known, std::string_view text) {
        return known.text < text;
      });
  return found != k_words.end() && found->text == word ? found->kind : WordClass::name;
}

}  // namespace discovery::scanner
