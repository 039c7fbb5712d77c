#include "base/scan_start.h"

#include <functional>
#include <string>

#include <doctest/doctest.h>

#include "tests/support/memory_file_system.h"
#include "tests/support/printers.h"

using base::DeviceTime;
using base::DiskTime;
using base::FileStamp;
using base::ScanStart;
using support::MemoryFileSystem;

namespace {

constexpr std::int64_t k_second_ns = 1'000'000'000;
constexpr std::int64_t k_start_ns = 1'000 * k_second_ns;

struct RacyCase {
  const char* name;
  std::int64_t modified_ns;
  std::int64_t changed_ns;
  std::uint64_t device;
  bool is_racy;
};

// The marker lies on device 1; the wall clock is 5 ms ahead of it.
const RacyCase k_racy_cases[] = {
    {"written long before", 0, 0, 1, false},
    {"written just before", k_start_ns - 1, k_start_ns - 1, 1, false},
    {"written in the same tick", k_start_ns, k_start_ns, 1, true},
    {"written later", k_start_ns + 1, k_start_ns + 1, 1, true},
    {"written in the same tick and backdated", 0, k_start_ns, 1, true},
    {"dated into the future", k_start_ns + k_second_ns, 0, 1, true},
    {"older than the slack, on another device",
     k_start_ns - 2 * k_second_ns,
     k_start_ns - 2 * k_second_ns,
     2,
     false},
    {"within the slack, on another device",
     k_start_ns - k_second_ns,
     k_start_ns - k_second_ns,
     2,
     true},
};

struct EditCase {
  const char* name;
  std::function<void(MemoryFileSystem&)> edit;
};

// Edits that keep the length, made in the tick in which the file was looked at: those which stamps
// of fewer fields were measured to miss.
const EditCase k_edit_cases[] = {
    {"written in place", [](MemoryFileSystem& files) { files.put("/p/a.ts", "new"); }},
    {"written in place and dated back",
     [](MemoryFileSystem& files) {
       files.put("/p/a.ts", "new");
       files.set_modified_ns("/p/a.ts", 7);
     }},
    {"deleted and made again",
     [](MemoryFileSystem& files) {
       files.erase("/p/a.ts");
       files.put("/p/a.ts", "new");
     }},
    {"saved through a rename",
     [](MemoryFileSystem& files) { files.put_by_rename("/p/a.ts", "new"); }},
    {"saved through a rename and dated back",
     [](MemoryFileSystem& files) {
       files.put("/p/.tmp", "new");
       files.set_modified_ns("/p/.tmp", 7);
       files.move("/p/.tmp", "/p/a.ts");
     }},
};

}  // namespace

TEST_SUITE("base/scan_start") {
  TEST_CASE("a file is racy unless both times are strictly before the scan") {
    const ScanStart marked(DiskTime{k_start_ns + 5'000'000, DeviceTime{1, k_start_ns}});
    for (const RacyCase& row : k_racy_cases) {
      SUBCASE(row.name) {
        const FileStamp stamp{3, row.modified_ns, row.changed_ns, 1, row.device};

        CHECK(marked.is_racy(stamp) == row.is_racy);
      }
    }
  }

  TEST_CASE("without a marker the wall clock decides, with slack") {
    const ScanStart unmarked(DiskTime{k_start_ns, std::nullopt});

    CHECK_FALSE(unmarked.is_racy({3, 0, k_start_ns - 2 * k_second_ns - 1, 1, 1}));
    CHECK(unmarked.is_racy({3, 0, k_start_ns - 2 * k_second_ns, 1, 1}));
  }

  TEST_CASE("every edit in the tick of the scan shows in the stamp, or the stamp was racy") {
    for (const EditCase& row : k_edit_cases) {
      for (const char* marker : {"/p/.cache/marker", "/no/such/folder/marker", ""}) {
        for (const std::int64_t age_ns : {0L, 1L, 10'000'000L, 3 * k_second_ns}) {
          SUBCASE((std::string(row.name) + ", " + marker + ", " + std::to_string(age_ns)).c_str()) {
            MemoryFileSystem files;
            files.put("/p/a.ts", "old");
            files.set_modified_ns("/p/a.ts", 7);
            files.put_directory("/p/.cache");
            files.tick(age_ns);

            const ScanStart start = ScanStart::take(files, marker);
            const FileStamp seen = files.status("/p/a.ts")->stamp;
            row.edit(files);

            const bool shows = files.status("/p/a.ts")->stamp != seen;
            CHECK((shows || start.is_racy(seen)));
          }
        }
      }
    }
  }

  TEST_CASE("a file that has rested is trusted though the wall clock is wrong") {
    MemoryFileSystem files;
    files.put("/p/a.ts", "old");
    files.put_directory("/p/.cache");
    files.set_wall_lead_ns(-3600 * k_second_ns);
    files.tick(1);

    const FileStamp stamp = files.status("/p/a.ts")->stamp;
    CHECK_FALSE(ScanStart::take(files, "/p/.cache/marker").is_racy(stamp));
    CHECK(ScanStart::take(files, "").is_racy(stamp));
  }
}
