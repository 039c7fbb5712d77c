#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace base {

/// The candidates that a person who wrote `input` may have meant, best first, without duplicates.
///
/// The rule is graphql-js 16's, so that our suggestions are the ones that editors and servers make:
/// distance over lower-cased text with insertion, deletion, substitution and swap of neighbours at
/// cost 1 (equal but for case: 1); at most floor(0.4 x length) + 1, lengths in UTF-16 units; order
/// by distance, then with runs of digits compared as numbers. A hostile input of very many or long
/// names is not compared with all of them.
std::vector<std::string_view> suggestions_for(std::string_view input,
                                              std::span<const std::string_view> candidates);

/// ` Did you mean "a", "b", or "c"?` of the first five, or an empty text if there is none.
/// `kind` stands before the first one: "the enum value" gives ` Did you mean the enum value "a"?`.
std::string did_you_mean(std::span<const std::string_view> suggestions, std::string_view kind = {});

/// Whether `left` stands before `right` when runs of digits are compared as numbers.
bool natural_less(std::string_view left, std::string_view right);

}  // namespace base
