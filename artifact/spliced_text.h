#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/file_system.h"
#include "base/fingerprint.h"
#include "base/result.h"

namespace artifact {

/// The new text of a file that is there already, as what is new and ranges of what it holds: to
/// change a line of a large file without making the others again.
struct SplicedText {
  /// Some bytes, and behind them a range of the file as it is.
  struct Piece {
    std::string bytes;
    std::uint64_t begin = 0;
    std::uint64_t end = 0;

    friend bool operator==(const Piece&, const Piece&) = default;
  };
  /// Their ranges do not overlap, and come in the order of the file.
  std::vector<Piece> pieces;
  /// Whether it says what the file says.
  bool is_same = false;
};

/// A file that was written.
struct SplicedFile {
  base::Fingerprint hash;
  base::FileStamp stamp;
};

/// Writes `text`, of which the ranges are those of the file `from`, to the file `to`, which is
/// replaced. Reads all of `from`: if it is not what `from_hash` is of, ErrorCode::corrupt, and `to`
/// may hold anything.
base::Result<SplicedFile> write_spliced(base::FileSystem& files,
                                        const SplicedText& text,
                                        const std::string& from,
                                        const base::Fingerprint& from_hash,
                                        const std::string& to);

}  // namespace artifact
