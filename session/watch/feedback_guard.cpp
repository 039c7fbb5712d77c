#include "session/watch/feedback_guard.h"

#include <algorithm>
#include <vector>

namespace session {
namespace {

constexpr int k_max_times = 5;
constexpr std::int64_t k_moment_ns = 2'000'000'000;

}  // namespace

void FeedbackGuard::start_over(std::set<std::string> folders) {
  *this = FeedbackGuard();
  folders_ = std::move(folders);
}

bool FeedbackGuard::note(bool is_about_outputs, const SessionBuild& build, std::int64_t now_ns) {
  if (!is_about_outputs) {
    times_.clear();
    was_muted_ = was_muted_ || is_muted_;
    is_muted_ = false;
    return false;
  }
  if (build.report.written.empty() && build.report.removed.empty()) {
    return false;
  }
  if (now_ns - last_ns_ > k_moment_ns) {
    times_.clear();
  }
  last_ns_ = now_ns;
  for (const std::vector<std::string>& paths : {build.report.written, build.report.removed}) {
    for (const std::string& path : paths) {
      // These two tell of builds, and so follow each of them.
      if (path == k_report_name || path == k_delta_name) {
        continue;
      }
      if (++times_[path] >= k_max_times && !is_muted_) {
        is_muted_ = true;
        example_ = path;
        return true;
      }
    }
  }
  return false;
}

bool FeedbackGuard::is_muted(const std::string& path) const {
  return is_muted_ && std::any_of(folders_.begin(), folders_.end(), [&](const auto& folder) {
           return path == folder || path.starts_with(folder + "/");
         });
}

std::string FeedbackGuard::message(const std::string& root) const {
  return "Builds lead to builds: each time that " + example_ +
         " is written, something changes it, or changes the sources that it is made of. Outputs "
         "are not looked after until another file changes. Exclude the out folder from what "
         "formats, generates or watches in " +
         root + ".";
}

}  // namespace session
