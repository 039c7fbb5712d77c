#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "base/file_system.h"

namespace base {

/// Whether a file may change without a change of `stamp`, the stamp it had when a scan looked at it
/// that began at `scan_start_ns` by the clock of the file's device.
///
/// A stamp proves nothing about a file that was written as late as the scan began. The clock that
/// writes stamps ticks every 4 ms on most machines: an editor saves, the scan reads, the editor
/// saves again, same length, in the same tick, and both contents carry one stamp. So such a file is
/// read again by the next scan, which costs microseconds. Equality counts as late: writes after a
/// marker was touched had its very time in 3,000 of 3,000 tries. A time that lies in the future is
/// late as well.
bool is_racy(const FileStamp& stamp, std::int64_t scan_start_ns);

/// When a scan of the disk began, by the clock of each device.
///
/// The time comes from a marker file that is touched as the scan begins, since stamps are not
/// written by the wall clock: they lag it by up to 5.6 ms on a local disk, and by anything where a
/// server writes them. Files on another device than the marker's, and all files if there is no
/// marker, are measured by the wall clock less `k_slack_ns`.
class ScanStart {
 public:
  /// For the coarsest stamps that there are (2 s on FAT) and a moderate difference of clocks.
  static constexpr std::int64_t k_slack_ns = 2'000'000'000;

  explicit ScanStart(const DiskTime& time) : time_(time) {}

  /// Takes the time now, before the scan looks at the first file. The marker must lie on the disk
  /// that is scanned, outside of what is scanned; empty for none.
  static ScanStart take(FileSystem& files, const std::string& marker_path) {
    return ScanStart(files.disk_time(marker_path));
  }

  bool is_racy(const FileStamp& stamp) const;

 private:
  DiskTime time_;
};

}  // namespace base
