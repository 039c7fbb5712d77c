#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <utility>

#include "session/builder_session.h"

namespace session {

/// Finds out when builds lead to builds: outputs of one project are sources of another one and the
/// other way round, or a program changes outputs whenever they are written, and they are restored
/// each time.
///
/// A person deletes an output once, or many of them; a program does it to the same one again
/// within a moment. When builds for nothing but outputs follow each other so closely and write one
/// output again and again, events of out folders do not count any more until something else is
/// built.
class FeedbackGuard {
 public:
  /// Forgets everything. `folders` are those that builds write into.
  void start_over(std::set<std::string> folders);

  const std::set<std::string>& folders() const { return folders_; }

  /// A build ended at `now_ns`. `is_about_outputs`: outputs alone led to it. Says whether it is now
  /// clear that builds lead to builds.
  bool note(bool is_about_outputs, const SessionBuild& build, std::int64_t now_ns);

  /// Whether events of the path do not count.
  bool is_muted(const std::string& path) const;
  bool has_muted() const { return is_muted_; }
  /// Whether events of outputs were left out and count again, since the last call: then nobody
  /// knows what became of the outputs.
  bool take_unmuted() { return std::exchange(was_muted_, false); }

  /// What to tell people; `root` is that of the project whose build was one too many.
  std::string message(const std::string& root) const;

 private:
  std::set<std::string> folders_;
  /// How often each output was written or removed by builds that followed each other closely.
  std::map<std::string, int> times_;
  std::int64_t last_ns_ = 0;
  bool is_muted_ = false;
  bool was_muted_ = false;
  /// The output that was written too often.
  std::string example_;
};

}  // namespace session
