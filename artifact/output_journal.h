#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace artifact {

/// The name of the journal in the output folder. It is there only while outputs are written, or
/// after a run that was killed while it wrote.
inline constexpr std::string_view k_journal_name = ".builder-journal";

/// The text that announces work on `paths`. A journal is made of such texts, one behind the other.
std::string journal_text(const std::vector<std::string>& paths);

/// The paths that a journal announces, sorted, each once. A last line that was cut short is left
/// out: no work had begun when it was written.
std::vector<std::string> read_journal(std::string_view text);

}  // namespace artifact
