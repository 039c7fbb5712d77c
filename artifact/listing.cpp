#include "artifact/listing.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace artifact {
namespace {

void append_end(std::string& out, const ListingFrame& frame, bool has_items) {
  out.append(has_items ? "\n  " : "").append(frame.tail);
}

void append_separator(std::string& out, const ListingFrame& frame, bool has_items) {
  out.append(has_items ? "," : "").append(frame.separator);
}

}  // namespace

bool Listing::is_before(Order order, const base::SourcePath& left, const base::SourcePath& right) {
  const std::string& a = left.text();
  const std::string& b = right.text();
  if (order == Order::by_path || a.size() == b.size()) {
    return a < b;
  }
  const std::size_t common = std::min(a.size(), b.size());
  const int difference = a.compare(0, common, b, 0, common);
  if (difference != 0) {
    return difference < 0;
  }
  const auto next = static_cast<unsigned char>(a.size() > common ? a[common] : b[common]);
  return a.size() < b.size() ? ':' < next : next < ':';
}

std::string Listing::write(const ListingFrame& frame,
                           const std::vector<base::SourcePath>& paths,
                           std::size_t size_bytes,
                           const std::function<void(std::size_t, std::string&)>& append_part) {
  head_ = frame.head;
  paths_.clear();
  sizes_.clear();
  hashes_.clear();
  std::string out;
  out.reserve(size_bytes);
  out += frame.head;
  for (std::size_t i = 0; i < paths.size(); ++i) {
    const std::size_t before = out.size();
    append_separator(out, frame, !paths_.empty());
    const std::size_t begin = out.size();
    append_part(i, out);
    if (out.size() == begin) {
      out.resize(before);
      continue;
    }
    const std::string_view part = std::string_view(out).substr(begin);
    paths_.push_back(paths[i]);
    sizes_.push_back(static_cast<std::uint32_t>(part.size()));
    hashes_.push_back(base::fingerprint_of(part));
  }
  append_end(out, frame, !paths_.empty());
  return out;
}

/// Goes through the old text and the changes side by side. One use.
class Listing::Splicer {
 public:
  Splicer(Listing& listing, const ListingFrame& frame)
      : listing_(listing), frame_(frame), offset_(listing.head_.size()) {}

  SplicedText splice(const std::vector<Part>& changed) {
    paths_.reserve(listing_.paths_.size() + changed.size());
    sizes_.reserve(paths_.capacity());
    hashes_.reserve(paths_.capacity());
    bytes_ = frame_.head;
    bool is_same = frame_.head == listing_.head_;
    for (const Part& part : changed) {
      is_same = apply(part) && is_same;
    }
    keep_until(listing_.paths_.size());
    append_end(bytes_, frame_, has_items_);
    result_.pieces.push_back({std::move(bytes_), 0, 0});
    result_.is_same = is_same;
    listing_.head_ = frame_.head;
    listing_.paths_ = std::move(paths_);
    listing_.sizes_ = std::move(sizes_);
    listing_.hashes_ = std::move(hashes_);
    return std::move(result_);
  }

 private:
  /// False if the part differs from before.
  bool apply(const Part& part) {
    const std::vector<base::SourcePath>& paths = listing_.paths_;
    const auto place = std::lower_bound(paths.begin() + static_cast<std::ptrdiff_t>(next_),
                                        paths.end(),
                                        part.path,
                                        [this](const auto& left, const auto& right) {
                                          return is_before(listing_.order_, left, right);
                                        });
    const auto index = static_cast<std::size_t>(place - paths.begin());
    const bool is_there = place != paths.end() && *place == part.path;
    const base::Fingerprint hash = base::fingerprint_of(part.text);
    if (is_there ? listing_.sizes_[index] == part.text.size() && listing_.hashes_[index] == hash
                 : part.text.empty()) {
      return true;
    }
    keep_until(index);
    if (is_there) {
      offset_ += separator_bytes() + listing_.sizes_[index];
      ++next_;
    }
    if (!part.text.empty()) {
      append_separator(bytes_, frame_, has_items_);
      bytes_ += part.text;
      has_items_ = true;
      paths_.push_back(part.path);
      sizes_.push_back(static_cast<std::uint32_t>(part.text.size()));
      hashes_.push_back(hash);
    }
    return false;
  }

  /// What is before the old part that comes next.
  std::uint64_t separator_bytes() const { return frame_.separator.size() + (next_ > 0 ? 1 : 0); }

  /// Takes the old parts up to `end` as they are.
  void keep_until(std::size_t end) {
    if (next_ == end) {
      return;
    }
    const std::uint64_t begin = offset_ + separator_bytes();
    move_part(listing_.paths_, end, paths_);
    move_part(listing_.sizes_, end, sizes_);
    move_part(listing_.hashes_, end, hashes_);
    for (; next_ < end; ++next_) {
      offset_ += separator_bytes() + listing_.sizes_[next_];
    }
    append_separator(bytes_, frame_, has_items_);
    has_items_ = true;
    result_.pieces.push_back({std::exchange(bytes_, {}), begin, offset_});
  }

  /// Moved, since a copy of a path would touch its text.
  template <typename Item>
  void move_part(std::vector<Item>& from, std::size_t end, std::vector<Item>& to) const {
    to.insert(to.end(),
              std::make_move_iterator(from.begin() + static_cast<std::ptrdiff_t>(next_)),
              std::make_move_iterator(from.begin() + static_cast<std::ptrdiff_t>(end)));
  }

  Listing& listing_;
  const ListingFrame& frame_;
  /// In the old text, behind the part before next_.
  std::uint64_t offset_;
  /// The first old part that was not dealt with.
  std::size_t next_ = 0;
  /// Of the new text, since the last range.
  std::string bytes_;
  bool has_items_ = false;
  SplicedText result_;
  std::vector<base::SourcePath> paths_;
  std::vector<std::uint32_t> sizes_;
  std::vector<base::Fingerprint> hashes_;
};

SplicedText Listing::splice(const ListingFrame& frame, const std::vector<Part>& changed) {
  return Splicer(*this, frame).splice(changed);
}

}  // namespace artifact
