#pragma once

#include "discovery/source_reader.h"

namespace discovery {

/// Reads the specifiers of a TypeScript or JavaScript file at memory speed (GB/s), without a lexer:
/// facts of the specifiers tier, or the wish for a parser. Never a wrong answer:
///
/// - The *head*, that is comments, directives, imports and re-exports up to the first other
///   statement, is parsed exactly. Nearly all files have their edges there.
/// - In the *tail*, all that follows, an edge needs one of the words `import`, `export` and
///   `require`. Wherever one of them could begin an edge, be it in a comment, a string or JSX text,
///   the answer is NeedsParse. So nobody has to know what is code.
///
/// Bytes outside of ASCII next to what matters are a doubt too: they may be spaces or line ends.
/// Expects a text without NUL bytes. `request.tier` does not matter.
ReadOutcome scan_imports(const ReadRequest& request);

}  // namespace discovery
