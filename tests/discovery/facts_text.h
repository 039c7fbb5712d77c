#pragma once

#include <string>
#include <string_view>

#include "discovery/source_facts.h"

namespace discovery {

/// Facts as text, one line each, so that a test compares whole facts and shows how they differ.
/// Spans are shown as the text of `source` that they cover.
std::string import_lines(const SourceFacts& facts);
std::string export_lines(const SourceFacts& facts);
std::string constant_lines(const SourceFacts& facts);
std::string template_lines(const SourceFacts& facts, std::string_view source);
std::string problem_lines(const SourceFacts& facts);

/// Reads `source` at the documents tier with a fresh reader.
SourceFacts read_documents(std::string_view source, Language language = Language::tsx);

/// With line breaks as `\n` and quotes around.
std::string quoted(std::string_view text);

}  // namespace discovery
