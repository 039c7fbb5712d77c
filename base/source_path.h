#pragma once

#include <compare>
#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

namespace base {

/// A file's name relative to the project root: `/` between names, no `.` and no empty names, `..`
/// only at the front (inputs may lie outside the root). The only path type that outputs, ids and
/// diagnostics see; absolute paths stay in the layers that touch the disk.
///
/// Bytes, not text: a file name need not be UTF-8. Ordered by bytes.
///
/// A name stands in dozens of tables of a session, so copies share one text: a copy costs no
/// memory, and comparing two of them mostly no look at the text. Copies may live on any threads.
class SourcePath {
 public:
  SourcePath() = default;

  /// Normalises `relative`, which is relative to the root already.
  explicit SourcePath(std::string_view relative);

  /// The name of `absolute` seen from `absolute_root`; both must be absolute.
  static SourcePath relative_to(std::string_view absolute_root, std::string_view absolute);

  const std::string& text() const { return name_ == nullptr ? k_no_text : name_->text; }
  bool empty() const { return name_ == nullptr; }

  /// The last name, or empty.
  std::string_view file_name() const;
  /// The path without its last name; empty for a file in the root.
  std::string_view folder() const;
  /// Whether the file lies in the root.
  bool is_inside_root() const { return !text().starts_with("../") && text() != ".."; }

  /// Of the text; computed once.
  std::size_t hash() const { return name_ == nullptr ? 0 : name_->hash; }

  friend bool operator==(const SourcePath& left, const SourcePath& right) {
    return left.name_ == right.name_ ||
           (left.hash() == right.hash() && left.text() == right.text());
  }
  friend std::strong_ordering operator<=>(const SourcePath& left, const SourcePath& right) {
    return left.name_ == right.name_ ? std::strong_ordering::equal : left.text() <=> right.text();
  }

 private:
  struct Name {
    std::string text;
    std::size_t hash = 0;
  };

  /// Of a text that is normal already.
  void set(std::string text);

  static const std::string k_no_text;

  /// Null: empty.
  std::shared_ptr<const Name> name_;
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
  std::size_t operator()(const base::SourcePath& path) const noexcept { return path.hash(); }
};
