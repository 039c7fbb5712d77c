#include "session/compare_readers.h"

#include <cstddef>
#include <optional>
#include <string_view>
#include <variant>

#include "base/line_index.h"
#include "base/thread_pool.h"
#include "base/utf8.h"
#include "discovery/facts_difference.h"
#include "discovery/tag_scanner.h"
#include "discovery/typescript_reader.h"
#include "session/source_inputs.h"

namespace session {

namespace {

/// Of one thread.
struct Readers {
  discovery::TagScanner scanner;
  discovery::TypeScriptReader parser;
  std::string buffer;
};

std::optional<discovery::FactsDifference> difference(const discovery::ReadRequest& request,
                                                     Readers& readers) {
  const discovery::ReadOutcome outcome = readers.scanner.read(request);
  const auto* const scanned = std::get_if<discovery::SourceFacts>(&outcome);
  if (scanned == nullptr) {
    return std::nullopt;
  }
  const discovery::SourceFacts parsed = readers.parser.read(request);
  return readers.parser.has_error() ? std::nullopt : discovery::find_difference(*scanned, parsed);
}

/// Empty if the readers agree.
std::string disagreement(base::FileSystem& files,
                         const discovery::SourceStore::Input& input,
                         std::uint64_t limit,
                         Readers& readers) {
  if (input.language == discovery::Language::graphql ||
      !files.read(input.absolute_path, readers.buffer, limit)) {
    return "";
  }
  const std::string_view text = readers.buffer;
  if (base::find_invalid_utf8(text) < text.size() || text.find('\0') != std::string_view::npos) {
    return "";
  }
  const auto found = difference({text, input.language, discovery::FactsTier::documents}, readers);
  if (!found) {
    return "";
  }
  const base::Position place = base::LineIndex(text).position(found->offset);
  return input.path.text() + ":" + std::to_string(place.line) + ":" + std::to_string(place.column) +
         ": " + found->text;
}

}  // namespace

base::Result<std::vector<std::string>> compare_readers(base::FileSystem& files,
                                                       const ProjectConfig& project,
                                                       unsigned threads) {
  TRY_ASSIGN(const ScannedSources sources, scan_sources(files, project));
  base::ThreadPool pool(threads);
  std::vector<Readers> readers(pool.thread_count());
  std::vector<std::string> answers(sources.inputs.size());
  pool.parallel_for(answers.size(), [&](std::size_t index, unsigned worker) {
    answers[index] =
        disagreement(files, sources.inputs[index], project.max_file_bytes, readers[worker]);
  });
  std::vector<std::string> disagreements;
  for (std::string& answer : answers) {
    if (!answer.empty()) {
      disagreements.push_back(std::move(answer));
    }
  }
  return disagreements;
}

}  // namespace session
