#include "session/watch/feedback_guard.h"

#include <algorithm>

namespace session {
namespace {

constexpr int k_max_chain = 5;
constexpr std::int64_t k_moment_ns = 2'000'000'000;

}  // namespace

void FeedbackGuard::start_over(std::set<std::string> folders) {
  *this = FeedbackGuard();
  folders_ = std::move(folders);
}

bool FeedbackGuard::note(bool is_about_outputs, const SessionBuild& build, std::int64_t now_ns) {
  if (!is_about_outputs) {
    chain_ = 0;
    was_muted_ = was_muted_ || is_muted_;
    is_muted_ = false;
    return false;
  }
  if (build.report.written.empty() && build.report.removed.empty()) {
    return false;
  }
  chain_ = now_ns - last_ns_ <= k_moment_ns ? chain_ + 1 : 1;
  last_ns_ = now_ns;
  last_written_ = build.report.written;
  if (chain_ < k_max_chain || is_muted_) {
    return false;
  }
  is_muted_ = true;
  return true;
}

bool FeedbackGuard::is_muted(const std::string& path) const {
  return is_muted_ && std::any_of(folders_.begin(), folders_.end(), [&](const auto& folder) {
           return path == folder || path.starts_with(folder + "/");
         });
}

std::string FeedbackGuard::message(const std::string& root) const {
  const std::string example =
      last_written_.empty() ? std::string("outputs") : last_written_.front();
  return "Builds lead to builds: each time that " + example +
         " is written, something changes it, or changes the sources that it is made of. Outputs "
         "are not looked after until another file changes. Exclude the out folder from what "
         "formats, generates or watches in " +
         root + ".";
}

}  // namespace session
