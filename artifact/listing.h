#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "artifact/spliced_text.h"
#include "base/fingerprint.h"
#include "base/source_path.h"

namespace artifact {

/// What stands around the items of a listing.
struct ListingFrame {
  std::string head;
  /// Before an item; all but the first have a comma before it.
  std::string_view separator;
  /// Behind the items, and on a line of its own if there are any.
  std::string_view tail;
};

/// A text that lists what the source files of a project hold, as `artifact.json`, `manifest.json`
/// and `positions.json` do: where in it the part of each file is, so that a change of some files
/// need not make the parts of the others again.
///
/// Invariant: splice() describes the text that write() would make of the parts as they are then.
class Listing {
 public:
  enum class Order : std::uint8_t {
    /// That of paths.
    by_path,
    /// That of canonical ids, which have `::` behind the path. No path may have a `:`.
    by_id,
  };

  /// The items of one file, with the separators between them; empty: the file has none.
  struct Part {
    base::SourcePath path;
    std::string text;
  };

  explicit Listing(Order order) : order_(order) {}

  static bool is_before(Order order, const base::SourcePath& left, const base::SourcePath& right);

  /// The whole text. `append_part(i, out)` is called for each of `paths`, which are in order, and
  /// appends the items of that file, or nothing. `size_bytes`: about how large it will be.
  std::string write(const ListingFrame& frame,
                    const std::vector<base::SourcePath>& paths,
                    std::size_t size_bytes,
                    const std::function<void(std::size_t, std::string&)>& append_part);

  /// The text that follows the last one once the files of `changed`, which are in order, have these
  /// parts. If it does not get to the disk, nothing is known any more.
  SplicedText splice(const ListingFrame& frame, const std::vector<Part>& changed);

 private:
  class Splicer;

  Order order_;
  std::string head_;
  /// Of the files with items; the three belong together, so that sizes, which are all added up for
  /// a splice, are next to each other.
  std::vector<base::SourcePath> paths_;
  std::vector<std::uint32_t> sizes_;
  std::vector<base::Fingerprint> hashes_;
};

}  // namespace artifact
