#pragma once

#include <compare>
#include <cstddef>
#include <string>
#include <string_view>

namespace base {

/// A file's name relative to the project root: `/` between names, no `.` and no empty names, `..`
/// only at the front (inputs may lie outside the root). The only path type that outputs, ids and
/// diagnostics see; absolute paths stay in the layers that touch the disk.
///
/// Bytes, not text: a file name need not be UTF-8. Ordered by bytes.
class SourcePath {
 public:
  SourcePath() = default;

  /// Normalises `relative`, which is relative to the root already.
  explicit SourcePath(std::string_view relative);

  /// The name of `absolute` seen from `absolute_root`; both must be absolute.
  static SourcePath relative_to(std::string_view absolute_root, std::string_view absolute);

  const std::string& text() const { return text_; }
  bool empty() const { return text_.empty(); }

  /// The last name, or empty.
  std::string_view file_name() const;
  /// The path without its last name; empty for a file in the root.
  std::string_view folder() const;
  /// Whether the file lies in the root.
  bool is_inside_root() const { return !text_.starts_with("../") && text_ != ".."; }

  friend auto operator<=>(const SourcePath&, const SourcePath&) = default;

 private:
  std::string text_;
};

/// `absolute_root` / `path`, without `..` and `.`: the lexical join that open() is given.
std::string join_path(std::string_view absolute_root, std::string_view path);

/// `path` with `.`, empty names and `a/..` resolved by its text alone (symlinks are not looked at).
/// Keeps a leading `/` or leading `..`.
std::string normalize_path(std::string_view path);

/// Everything before the last `/` (`/` for a file in the file system's root, empty without a `/`).
std::string_view parent_path(std::string_view path);

}  // namespace base

template <>
struct std::hash<base::SourcePath> {
  std::size_t operator()(const base::SourcePath& path) const noexcept {
    return std::hash<std::string>{}(path.text());
  }
};
