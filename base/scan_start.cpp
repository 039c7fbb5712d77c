#include "base/scan_start.h"

#include <algorithm>

namespace base {

bool is_racy(const FileStamp& stamp, std::int64_t scan_start_ns) {
  return std::max(stamp.modified_ns, stamp.changed_ns) >= scan_start_ns;
}

bool ScanStart::is_racy(const FileStamp& stamp) const {
  const bool is_marked = time_.device && time_.device->device == stamp.device;
  return base::is_racy(stamp, is_marked ? time_.device->now_ns : time_.wall_ns - k_slack_ns);
}

}  // namespace base
