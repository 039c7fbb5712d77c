#include "base/source_path.h"

#include <string_view>
#include <vector>

#include <doctest/doctest.h>

#include "tests/support/printers.h"

using base::SourcePath;

namespace {

struct NormalCase {
  const char* name;
  std::string_view path;
  std::string_view normal;
};

const NormalCase k_normal_cases[] = {
    {"a normal path stays", "src/a.ts", "src/a.ts"},
    {"empty names go", "src//a.ts/", "src/a.ts"},
    {"dots go", "./src/./a.ts", "src/a.ts"},
    {"a name and the way up cancel out", "src/x/../a.ts", "src/a.ts"},
    {"the way up stays at the front", "../x/../../a.ts", "../../a.ts"},
    {"everything may cancel out", "a/..", ""},
    {"the root has nothing above it", "/../a", "/a"},
    {"the root stays", "//", "/"},
    {"three dots are a name", "a/.../b", "a/.../b"},
    {"bytes that are not UTF-8 stay", "a/\xFF", "a/\xFF"},
};

struct RelativeCase {
  const char* name;
  std::string_view root;
  std::string_view path;
  std::string_view relative;
};

const RelativeCase k_relative_cases[] = {
    {"a file in the root", "/p", "/p/a.ts", "a.ts"},
    {"a file below", "/p/", "/p/src/a.ts", "src/a.ts"},
    {"a file beside the root", "/p/app", "/p/lib/a.ts", "../lib/a.ts"},
    {"a name that only begins like the root", "/p/app", "/p/app2/a.ts", "../app2/a.ts"},
    {"the root itself", "/p", "/p", ""},
    {"the file system's root as root", "/", "/a.ts", "a.ts"},
    {"nothing in common", "/p/q", "/a.ts", "../../a.ts"},
    {"paths that are not normal", "/p/./x/..", "/p//a.ts", "a.ts"},
};

}  // namespace

TEST_SUITE("base/source_path") {
  TEST_CASE("normalize_path works on the text alone") {
    for (const NormalCase& row : k_normal_cases) {
      SUBCASE(row.name) {
        CHECK(base::normalize_path(row.path) == row.normal);
        CHECK(base::normalize_path(row.normal) == row.normal);
      }
    }
  }

  TEST_CASE("relative_to names a file seen from the root, and join_path leads back") {
    for (const RelativeCase& row : k_relative_cases) {
      SUBCASE(row.name) {
        const SourcePath path = SourcePath::relative_to(row.root, row.path);

        CHECK(path.text() == row.relative);
        CHECK(base::join_path(row.root, path.text()) == base::normalize_path(row.path));
      }
    }
  }

  TEST_CASE("an absolute path is joined as it is") {
    CHECK(base::join_path("/p", "/q/../a.ts") == "/a.ts");
  }

  TEST_CASE("a path knows its last name and its folder") {
    const SourcePath deep("src/ui/a.ts");
    const SourcePath shallow("a.ts");

    CHECK(deep.file_name() == "a.ts");
    CHECK(deep.folder() == "src/ui");
    CHECK(shallow.file_name() == "a.ts");
    CHECK(shallow.folder().empty());
  }

  TEST_CASE("a path knows whether it lies in the root") {
    CHECK(SourcePath("a.ts").is_inside_root());
    CHECK(SourcePath("..a/b.ts").is_inside_root());
    CHECK_FALSE(SourcePath("../a.ts").is_inside_root());
    CHECK_FALSE(SourcePath("..").is_inside_root());
  }

  TEST_CASE("copies share one text; paths of one text are equal, and hashed alike") {
    const SourcePath path("src/a/long/enough/to/be/on/the/heap.ts");
    const SourcePath copy = path;
    const SourcePath other("src/./a/long/enough/to/be/on/the/heap.ts");

    CHECK(&copy.text() == &path.text());
    CHECK(&other.text() != &path.text());
    CHECK(other == path);
    CHECK(other.hash() == path.hash());
    CHECK_FALSE(other < path);
    CHECK(SourcePath("src/a") < path);
    CHECK(SourcePath() < path);
    CHECK(SourcePath() == SourcePath(""));
    CHECK(SourcePath().hash() == SourcePath("").hash());
  }

  TEST_CASE("parent_path takes the last name away") {
    CHECK(base::parent_path("/a/b") == "/a");
    CHECK(base::parent_path("/a") == "/");
    CHECK(base::parent_path("a/b") == "a");
    CHECK(base::parent_path("a").empty());
  }
}
