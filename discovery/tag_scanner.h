#pragma once

#include <cstdint>
#include <vector>

#include "discovery/reassignments.h"
#include "discovery/scanner/draft_tree.h"
#include "discovery/scanner/token.h"
#include "discovery/source_reader.h"

namespace discovery {

/// Reads TypeScript and JavaScript without a parser: one lexical pass, and a look at the structure
/// of those statements that facts come from. The facts are those of TypeScriptReader, or the answer
/// is NeedsParse: where the tokens alone do not decide what the code means, and in most broken
/// files. A file that is broken where nothing is looked at is read as if it were sound.
///
/// Which of both it is depends on the bytes alone, never on the tier. One per thread: it keeps
/// memory.
class TagScanner {
 public:
  /// Facts of exactly the tier asked for, those of compositions aside, which it does not know.
  /// `request.text` is well-formed UTF-8 without NUL bytes.
  ReadOutcome read(const ReadRequest& request);

 private:
  std::vector<std::uint32_t> possible_writes(const PossibleWrites& writes) const;

  scanner::TokenList tokens_;
  scanner::DraftTree drafts_;
};

}  // namespace discovery
