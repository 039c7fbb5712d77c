#include "artifact/listing.h"

#include <algorithm>
#include <map>
#include <random>

#include <doctest/doctest.h>

#include "artifact/spliced_text.h"
#include "tests/support/memory_file_system.h"
#include "tests/support/printers.h"

using artifact::Listing;
using artifact::ListingFrame;
using artifact::SplicedText;
using base::SourcePath;
using support::MemoryFileSystem;
/// By path, the items of a file.
using Files = std::map<SourcePath, std::string>;

namespace {

ListingFrame frame_of(std::string head) {
  return {std::move(head), "\n    ", "}\n"};
}

std::vector<SourcePath> in_order(const Files& files, Listing::Order order) {
  std::vector<SourcePath> paths;
  for (const auto& [path, items] : files) {
    paths.push_back(path);
  }
  std::sort(paths.begin(), paths.end(), [order](const auto& left, const auto& right) {
    return Listing::is_before(order, left, right);
  });
  return paths;
}

std::string write(Listing& listing,
                  Listing::Order order,
                  const Files& files,
                  const ListingFrame& frame) {
  const std::vector<SourcePath> paths = in_order(files, order);
  return listing.write(
      frame, paths, 0, [&](std::size_t i, std::string& out) { out += files.at(paths[i]); });
}

/// What a file that holds `old` becomes.
base::Result<std::string> splice_into(const std::string& old, const SplicedText& text) {
  MemoryFileSystem files;
  files.put("/f/old", old);
  TRY_ASSIGN(const artifact::SplicedFile file,
             artifact::write_spliced(files, text, "/f/old", base::fingerprint_of(old), "/f/new"));
  std::string content;
  TRY(files.read("/f/new", content, 1U << 30U));
  CHECK(file.hash == base::fingerprint_of(content));
  CHECK(file.stamp == files.status("/f/new")->stamp);
  return content;
}

}  // namespace

TEST_SUITE("artifact/listing") {
  TEST_CASE("a text is its items between head and tail, and files without items leave no trace") {
    Listing listing(Listing::Order::by_path);
    const Files files = {
        {SourcePath("a.ts"), "A"}, {SourcePath("b.ts"), ""}, {SourcePath("c.ts"), "C"}};

    CHECK(write(listing, Listing::Order::by_path, files, frame_of("{")) ==
          "{\n    A,\n    C\n  }\n");
    CHECK(write(listing, Listing::Order::by_path, {}, frame_of("{")) == "{}\n");
  }

  TEST_CASE("ids have `::` behind the path, which is behind `.` and before letters") {
    const auto is_before = [](const char* left, const char* right) {
      const bool result =
          Listing::is_before(Listing::Order::by_id, SourcePath(left), SourcePath(right));
      CHECK(result == (std::string(left) + "::" < std::string(right) + "::"));
      return result;
    };
    CHECK(is_before("a.ts.b.ts", "a.ts"));
    CHECK_FALSE(is_before("a.ts", "a.ts.b.ts"));
    CHECK(is_before("a.ts", "a.tsx"));
    CHECK(is_before("a.ts", "b"));
    CHECK_FALSE(is_before("a.ts", "a.ts"));
    CHECK(is_before("a.ts", "\xC3\xA9.ts"));
  }

  TEST_CASE("a splice makes what writing everything would make, whatever comes, goes and changes") {
    for (std::uint32_t seed = 0; seed < 200; ++seed) {
      CAPTURE(seed);
      std::mt19937 random(seed);
      const auto pick = [&random](std::uint32_t below) -> std::uint32_t {
        return static_cast<std::uint32_t>(random() % below);
      };
      const Listing::Order order = pick(2) == 0 ? Listing::Order::by_path : Listing::Order::by_id;
      const auto random_path = [&] {
        const char* const names[] = {"a.ts", "a.ts.b.ts", "a.tsx", "b/c.ts", "b.ts", "z.ts"};
        return SourcePath(std::string(1, static_cast<char>('a' + pick(3))) + names[pick(6)]);
      };
      // As everywhere, they tell whose they are.
      const auto add_random = [&](Files& files) {
        const SourcePath path = random_path();
        files[path] = pick(3) == 0 ? "" : path.text() + std::string(pick(9), '!');
      };
      Files files;
      for (std::uint32_t i = pick(12); i > 0; --i) {
        add_random(files);
      }
      Listing listing(order);
      std::string on_disk = write(listing, order, files, frame_of("{"));
      for (int step = 0; step < 6; ++step) {
        Files changed;
        for (std::uint32_t i = pick(5); i > 0; --i) {
          add_random(changed);
        }
        for (const auto& [path, items] : changed) {
          files[path] = items;
        }
        const ListingFrame frame = frame_of(pick(4) == 0 ? "{new" : "{");
        std::vector<Listing::Part> parts;
        for (const SourcePath& path : in_order(changed, order)) {
          parts.push_back({path, changed.at(path)});
        }
        const SplicedText spliced = listing.splice(frame, parts);
        Listing other(order);
        const std::string wanted = write(other, order, files, frame);
        CHECK(spliced.is_same == (wanted == on_disk));
        const auto made = splice_into(on_disk, spliced);
        REQUIRE(made.has_value());
        CHECK(*made == wanted);
        on_disk = wanted;
      }
    }
  }

  TEST_CASE("a text of many blocks is taken over range by range") {
    Files files;
    for (int i = 0; i < 900; ++i) {
      files[SourcePath("f" + std::to_string(1000 + i))] = std::string(1'000, 'x');
    }
    Listing listing(Listing::Order::by_path);
    const std::string old = write(listing, Listing::Order::by_path, files, frame_of("{"));
    std::vector<Listing::Part> parts;
    for (const int i : {0, 261, 262, 263, 524, 899}) {
      const SourcePath path("f" + std::to_string(1000 + i));
      parts.push_back({path, i == 262 ? "" : "y" + std::to_string(i)});
      files[path] = parts.back().text;
    }

    const auto made = splice_into(old, listing.splice(frame_of("{"), parts));

    Listing other(Listing::Order::by_path);
    CHECK(made.value() == write(other, Listing::Order::by_path, files, frame_of("{")));
  }

  TEST_CASE("a file that is not what it was is told, wherever it differs") {
    const SplicedText text{{{"new ", 4, 8}, {"!", 0, 0}}, false};
    const base::Fingerprint hash = base::fingerprint_of("old text");
    for (const char* content : {"Old text", "old texT", "old text ", "old tex", ""}) {
      CAPTURE(content);
      MemoryFileSystem files;
      files.put("/f/old", content);
      const auto written = artifact::write_spliced(files, text, "/f/old", hash, "/f/new");
      REQUIRE_FALSE(written.has_value());
      CHECK(written.error().code == base::ErrorCode::corrupt);
    }
    MemoryFileSystem files;
    files.put("/f/old", "old text");
    CHECK(artifact::write_spliced(files, text, "/f/old", hash, "/f/new")->hash ==
          base::fingerprint_of("new text!"));
  }
}
