#include "artifact/spliced_text.h"

#include <algorithm>
#include <string_view>
#include <utility>

namespace artifact {
namespace {

// Small enough to stay in the cache of a core, so that a byte that was read is hashed and written
// from there.
constexpr std::uint64_t k_block_bytes = 262'144;
constexpr std::size_t k_small_bytes = k_block_bytes / 4;

/// A file that grows, and its fingerprint.
class GrowingFile {
 public:
  GrowingFile(base::FileSystem& files, const std::string& path) : files_(files), path_(path) {}

  base::Status write(std::string_view bytes) {
    hash_.add(bytes);
    if (bytes.size() < k_small_bytes && buffer_.size() + bytes.size() <= k_block_bytes) {
      buffer_ += bytes;
      return {};
    }
    TRY(flush());
    return put(bytes);
  }

  base::Result<SplicedFile> finish() {
    TRY(flush());
    return SplicedFile{hash_.finish(), stamp_};
  }

 private:
  base::Status flush() {
    TRY(put(buffer_));
    buffer_.clear();
    return {};
  }

  base::Status put(std::string_view bytes) {
    if (bytes.empty()) {
      return {};
    }
    if (std::exchange(is_new_, false)) {
      TRY_ASSIGN(const base::FileStatus written, files_.write_file(path_, bytes));
      stamp_ = written.stamp;
      return {};
    }
    TRY(files_.append(path_, bytes));
    const std::uint64_t size = stamp_.size_bytes + bytes.size();
    TRY_ASSIGN(const base::FileStatus grown, files_.status(path_));
    stamp_ = grown.stamp;
    return grown.stamp.size_bytes == size
               ? base::Status()
               : base::Status(base::fail(base::ErrorCode::corrupt, path_ + " was changed"));
  }

  base::FileSystem& files_;
  const std::string& path_;
  base::FingerprintStream hash_;
  /// Small pieces until there are enough for a call.
  std::string buffer_;
  /// Of the file as it was left.
  base::FileStamp stamp_;
  bool is_new_ = true;
};

/// Puts the pieces together, from one block of the old file after the other.
class Splicer {
 public:
  Splicer(const std::vector<SplicedText::Piece>& pieces, GrowingFile& file)
      : pieces_(pieces), file_(file) {}

  bool is_done() const { return next_ == pieces_.size(); }

  /// What stands before the next range.
  base::Status begin_piece() {
    return is_done() ? base::Status() : file_.write(pieces_[next_].bytes);
  }

  /// `block` is what the old file holds from `at` on.
  base::Status copy(std::uint64_t at, std::string_view block) {
    const std::uint64_t block_end = at + block.size();
    while (!is_done() && pieces_[next_].begin < block_end) {
      const SplicedText::Piece& piece = pieces_[next_];
      const std::uint64_t begin = std::max(piece.begin, at);
      const std::uint64_t end = std::min(piece.end, block_end);
      if (begin < end) {
        TRY(file_.write(block.substr(begin - at, end - begin)));
      }
      if (piece.end > block_end) {
        return {};
      }
      ++next_;
      TRY(begin_piece());
    }
    return {};
  }

 private:
  const std::vector<SplicedText::Piece>& pieces_;
  GrowingFile& file_;
  std::size_t next_ = 0;
};

}  // namespace

base::Result<SplicedFile> write_spliced(base::FileSystem& files,
                                        const SplicedText& text,
                                        const std::string& from,
                                        const base::Fingerprint& from_hash,
                                        const std::string& to) {
  TRY_ASSIGN(const auto old, files.open_file(from));
  const std::uint64_t size = old->size_bytes();
  GrowingFile file(files, to);
  Splicer splicer(text.pieces, file);
  base::FingerprintStream old_hash;
  std::string block;
  TRY(splicer.begin_piece());
  for (std::uint64_t at = 0; at < size; at += block.size()) {
    block.resize(static_cast<std::size_t>(std::min(k_block_bytes, size - at)));
    TRY(old->read_at(at, block));
    old_hash.add(block);
    TRY(splicer.copy(at, block));
  }
  if (!splicer.is_done() || old_hash.finish() != from_hash) {
    return base::fail(base::ErrorCode::corrupt, from + " is not as it was left");
  }
  return file.finish();
}

}  // namespace artifact
