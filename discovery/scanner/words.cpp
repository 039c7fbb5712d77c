#include "discovery/scanner/words.h"

#include <array>
#include <cstddef>
#include <cstdint>

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

constexpr std::size_t k_letters = 26;

/// Where the words of each letter begin in `k_words`, and where the last ones end.
constexpr std::array<std::uint8_t, k_letters + 1> first_words() {
  std::array<std::uint8_t, k_letters + 1> first{};
  std::size_t word = 0;
  for (std::size_t letter = 0; letter <= k_letters; ++letter) {
    while (word < k_words.size() &&
           static_cast<std::size_t>(k_words[word].text[0] - 'a') < letter) {
      ++word;
    }
    first[letter] = static_cast<std::uint8_t>(word);
  }
  return first;
}

constexpr std::array<std::uint8_t, k_letters + 1> k_first_words = first_words();

}  // namespace

WordClass classify_word(std::string_view word) {
  // Most words are no keywords, and tell so by their length or first letter.
  if (word.size() < 2 || word.size() > 10 || word[0] < 'a' || word[0] > 'y') {
    return WordClass::name;
  }
  const auto letter = static_cast<std::size_t>(word[0] - 'a');
  for (std::size_t i = k_first_words[letter]; i < k_first_words[letter + 1]; ++i) {
    if (k_words[i].text == word) {
      return k_words[i].kind;
    }
  }
  return WordClass::name;
}

}  // namespace discovery::scanner
