#pragma once

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/source_path.h"
#include "discovery/name_pattern.h"

namespace discovery {

/// What a list of globs is for; decides the rules that users know from fast-glob and tsconfig.
enum class GlobPurpose : std::uint8_t {
  /// `include`: wildcards take no name with a leading dot and no `node_modules`, unless the pattern
  /// spells it out; a plain name at the end takes the whole folder of that name (`src`).
  select,
  /// `exclude`, `overrides.files`: wildcards take every name, and a pattern that takes a folder
  /// takes all that is in it. A leading `**/` holds for inputs outside the root too.
  refuse,
};

/// An ordered list of globs below one root; the last one that matches a file decides, and those
/// that begin with `!` decide against it: `["src/**", "!src/gen/**", "src/gen/keep.ts"]`. In a list
/// to select, the negated ones follow the rules of `refuse`.
///
/// A pattern is relative to the root (`./` and `../` in front are fine) or absolute. `**` as a
/// whole name takes any number of folders; braces are written out (brace_expansion.h); what stands
/// between slashes is a NamePattern. Bytes are compared, case counts, on every system.
///
/// A walk asks folder by folder, from the top, so that it never enters a folder in which nothing
/// can match. Values are immutable once compiled and may be read from any thread.
class GlobList {
 public:
  /// How far each pattern has come in a folder. Equal progress means equal answers below.
  struct Progress {
    std::vector<std::uint32_t> positions;

    friend auto operator<=>(const Progress&, const Progress&) = default;
  };

  /// Matches nothing.
  GlobList() = default;

  /// `root` is absolute and without symlinks. Fails with ErrorCode::invalid_config, naming the
  /// pattern, on an empty pattern, `..` behind a wildcard, and what the parts fail on.
  static base::Result<GlobList> compile(std::string_view root,
                                        const std::vector<std::string>& patterns,
                                        GlobPurpose purpose);

  /// Whether the list decides for the file of that name.
  bool matches(const base::SourcePath& path) const;

  /// The absolute folders that hold everything that can match, none inside another, sorted.
  std::vector<std::string> start_folders() const;

  Progress at_folder(std::string_view absolute_path) const;
  Progress enter(const Progress& folder, std::string_view name) const;
  bool matches_file(const Progress& folder, std::string_view name) const;
  /// False only if no file below can match.
  bool may_match_below(const Progress& folder) const;
  /// True only if every file below matches. Lists to refuse only.
  bool matches_all_below(const Progress& folder) const;

 private:
  /// A place in a pattern: what the next name must be, or the end.
  struct Step {
    enum class Kind : std::uint8_t { name, any_folders, end };
    Kind kind = Kind::end;
    NamePattern name;
    std::uint32_t sequence = 0;
  };
  /// One pattern with its braces written out, as steps from the top of the file system.
  struct Sequence {
    std::uint32_t begin = 0;
    /// Which pattern of the list it comes from.
    std::uint32_t pattern = 0;
    bool is_negated = false;
    bool takes_all_names = false;
    /// How many leading steps spell the root, for a pattern that holds outside it too; else 0.
    std::uint32_t root_steps = 0;
  };

  base::Status add(std::string_view root, std::string_view written, GlobPurpose purpose);
  static base::Status add_steps(std::string_view pattern, std::vector<Step>& steps);
  base::Status add_sequence(std::string_view root, std::string_view pattern, Sequence rules);
  void append(const std::vector<Step>& steps, Sequence rules, bool takes_folder);
  void reach(std::uint32_t position, std::vector<std::uint32_t>& positions) const;
  void pass(std::uint32_t position, std::vector<std::uint32_t>& positions) const;
  bool takes(const Step& step, std::string_view name) const;
  void advance(std::uint32_t position, std::string_view name, Progress& result) const;
  bool ends_with(std::uint32_t position, std::string_view name) const;
  bool covers(std::uint32_t position) const;

  std::vector<Step> steps_;
  std::vector<Sequence> sequences_;
  std::uint32_t pattern_count_ = 0;
  std::string root_;
  Progress at_root_;
};

}  // namespace discovery
