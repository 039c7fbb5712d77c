#include "discovery/file_scanner.h"

#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "tests/support/memory_file_system.h"
#include "tests/support/printers.h"

using discovery::ScanRequest;
using discovery::ScanResult;
using support::MemoryFileSystem;
using support::Operation;

namespace {

ScanRequest request(std::vector<std::string> include, std::vector<std::string> exclude = {}) {
  ScanRequest result;
  result.root = "/project/app";
  result.include = std::move(include);
  result.exclude = std::move(exclude);
  return result;
}

void put_files(MemoryFileSystem& files, const std::vector<std::string>& names) {
  for (const std::string& name : names) {
    files.put(base::join_path("/project/app", name), "");
  }
}

std::vector<std::string> names_of(const ScanResult& result) {
  std::vector<std::string> names;
  for (const discovery::ScannedFile& file : result.files) {
    names.push_back(file.path.text());
  }
  return names;
}

std::vector<std::string> problems_of(const ScanResult& result) {
  std::vector<std::string> texts;
  for (const base::Diagnostic& problem : result.problems) {
    texts.push_back(problem.range.path.text() + " " + problem.code);
  }
  return texts;
}

std::vector<std::string> scan(MemoryFileSystem& files, const ScanRequest& wanted) {
  const auto result = discovery::scan_files(files, wanted);
  REQUIRE(result.has_value());
  CHECK(problems_of(*result) == std::vector<std::string>{});
  return names_of(*result);
}

using Names = std::vector<std::string>;

}  // namespace

TEST_SUITE("discovery/file_scanner") {
  TEST_CASE("a scan finds what is included and not excluded, in the order of the paths") {
    MemoryFileSystem files;
    put_files(files,
              {"src/b.ts",
               "src/a/x.tsx",
               "src/a.ts",
               "src/a-b.ts",
               "src/a/.hidden.ts",
               "src/note.txt",
               "src/q.graphql",
               "src/gen/x.ts",
               "lib/y.ts",
               "src/z.d.ts",
               "src/__generated__/g.ts",
               "src/generated/g.ts",
               "src/x.generated.ts",
               "src/deep/dist/g.ts"});

    CHECK(scan(files, request({"src/**"}, {"src/gen"})) ==
          Names{"src/a-b.ts", "src/a.ts", "src/a/x.tsx", "src/b.ts", "src/q.graphql"});
  }

  TEST_CASE("the default excludes can be switched off, all of them or one") {
    MemoryFileSystem files;
    put_files(files, {"a.ts", "a.d.ts", "generated/b.ts", "dist/c.ts"});
    ScanRequest all = request({"**/*.ts"});
    all.has_default_excludes = false;

    CHECK(scan(files, all) == Names{"a.d.ts", "a.ts", "dist/c.ts", "generated/b.ts"});
    CHECK(scan(files, request({"**/*.ts"}, {"!**/generated/**"})) ==
          Names{"a.ts", "generated/b.ts"});
  }

  TEST_CASE("the result says where each file is and how it is read") {
    MemoryFileSystem files;
    put_files(files, {"a.mts", "b.jsx", "c.gql", "d.json"});
    ScanRequest wanted = request({"*"});

    CHECK(discovery::scan_files(files, wanted)->files ==
          std::vector<discovery::ScannedFile>{
              {base::SourcePath("a.mts"), "/project/app/a.mts", discovery::Language::typescript},
              {base::SourcePath("b.jsx"), "/project/app/b.jsx", discovery::Language::tsx},
              {base::SourcePath("c.gql"), "/project/app/c.gql", discovery::Language::graphql}});

    wanted.files = ScanRequest::Files::any;
    CHECK(names_of(*discovery::scan_files(files, wanted)) ==
          Names{"a.mts", "b.jsx", "c.gql", "d.json"});
  }

  TEST_CASE("only the folders that can matter are listed, each once, and no file is looked at") {
    MemoryFileSystem files;
    put_files(files,
              {"src/a/x.ts",
               "src/b/y.ts",
               "src/b/dist/z.ts",
               "lib/z.ts",
               "node_modules/p/i.ts",
               ".git/config.ts",
               "src/node_modules/q/i.ts"});

    const auto result = discovery::scan_files(files, request({"src/**/*.ts", "src/a/x.ts"}));

    const Names folders = {"/project/app/src", "/project/app/src/a", "/project/app/src/b"};
    CHECK(result->folders == folders);
    CHECK(files.count(Operation::list) == folders.size());
    CHECK(files.count(Operation::status) == 0);
    CHECK(files.count(Operation::read) == 0);
    // The root and the folder that the walk starts in.
    CHECK(files.count(Operation::real_path) == 2);
  }

  TEST_CASE("node_modules is entered only where a glob names it") {
    MemoryFileSystem files;
    put_files(files,
              {"a.ts",
               "node_modules/ui/src/b.ts",
               "node_modules/ui/node_modules/c.ts",
               "node_modules/other/d.ts"});

    CHECK(scan(files, request({"**/*.ts"})) == Names{"a.ts"});
    CHECK(scan(files, request({"**/*.ts", "node_modules/ui/**/*.ts"})) ==
          Names{"a.ts", "node_modules/ui/src/b.ts"});
  }

  TEST_CASE("out and cache folders are never entered, even where a glob names them") {
    MemoryFileSystem files;
    put_files(files, {"a.ts", ".builder/modules/a.ts", "out/b.ts"});
    files.put_symlink("/project/app/link", "out");
    ScanRequest wanted = request({"**/*.ts", ".builder/**/*.ts", "out/*.ts"});
    wanted.forbidden_folders = {"/project/app/.builder", "/project/app/out", "/project/app/none"};

    CHECK(scan(files, wanted) == Names{"a.ts"});
  }

  TEST_CASE("inputs outside the root are named relative to it") {
    MemoryFileSystem files;
    put_files(files, {"a.ts", "../lib/b.ts", "../lib/dist/c.ts", "../../else/d.ts"});

    CHECK(scan(files, request({"*.ts", "../lib/**", "/else/*.ts"})) ==
          Names{"../../else/d.ts", "../lib/b.ts", "a.ts"});
  }

  TEST_CASE("a file reached by several names is one file with one name") {
    MemoryFileSystem files;
    put_files(files, {"src/real/a.ts", "../lib/b.ts", "../lib/c.ts"});
    files.put_symlink("/project/app/src/again", "real");
    files.put_symlink("/project/app/src/0.ts", "real/a.ts");
    files.put_symlink("/project/app/src/z-lib", "../../lib");
    files.put_symlink("/project/app/src/lib", "/project/lib");
    files.put_symlink("/project/app/src/zz.ts", "../../lib/b.ts");

    CHECK(scan(files, request({"src/**/*.ts"})) ==
          Names{"src/lib/b.ts", "src/lib/c.ts", "src/real/a.ts"});
    CHECK(scan(files, request({"src/**/*.ts", "../lib/*.ts"})) ==
          Names{"src/lib/b.ts", "src/lib/c.ts", "src/real/a.ts"});
    CHECK(scan(files, request({"src/**/*.ts"}, {"src/real"})) ==
          Names{"src/lib/b.ts", "src/lib/c.ts"});
    CHECK(
        discovery::scan_files(files, request({"src/zz.ts"}))->files ==
        std::vector<discovery::ScannedFile>{
            {base::SourcePath("src/zz.ts"), "/project/lib/b.ts", discovery::Language::typescript}});
  }

  TEST_CASE("a root that is a symlink names its files as the real root does") {
    MemoryFileSystem files;
    put_files(files, {"src/a.ts"});
    files.put_symlink("/link", "/project/app");
    ScanRequest wanted = request({"src/**"});
    wanted.root = "/link";

    const auto result = discovery::scan_files(files, wanted);
    CHECK(result->root == "/project/app");
    CHECK(names_of(*result) == Names{"src/a.ts"});
    CHECK(result->files[0].absolute_path == "/project/app/src/a.ts");
  }

  TEST_CASE("loops of symlinks end") {
    MemoryFileSystem files;
    put_files(files, {"src/a.ts", "src/b/c.ts"});
    files.put_symlink("/project/app/src/up", "..");
    files.put_symlink("/project/app/src/b/self", ".");
    files.put_symlink("/project/app/src/b/root", "/project/app");
    files.put_symlink("/project/app/again", "src");

    CHECK(scan(files, request({"**/*.ts"})) == Names{"src/a.ts", "src/b/c.ts"});
    CHECK(files.count(Operation::list) < 12);
  }

  TEST_CASE("what is no readable file is a problem, and the rest is found") {
    MemoryFileSystem files;
    put_files(
        files,
        {"src/a.ts", "src/secret/b.ts", "src/caf\xE9.ts", "src/b\xFF/c.ts", "src/b\xFF/c.txt"});
    files.set_mode("/project/app/src/secret", 0);
    files.put_other("/project/app/src/pipe.ts");
    files.put_other("/project/app/src/pipe.txt");
    files.put_symlink("/project/app/src/gone.ts", "nowhere");
    files.put_symlink("/project/app/src/gone.txt", "nowhere");
    files.put_symlink("/project/app/src/loop.ts", "loop.ts");

    const auto result = discovery::scan_files(files, request({"src/**"}));

    CHECK(names_of(*result) == Names{"src/a.ts"});
    CHECK(problems_of(*result) == Names{"src/b\xFF/c.ts InvalidFileName",
                                        "src/caf\xE9.ts InvalidFileName",
                                        "src/gone.ts UnreadableFile",
                                        "src/loop.ts UnreadableFile",
                                        "src/pipe.ts UnreadableFile",
                                        "src/secret UnreadableFolder"});
    CHECK(result->problems[2].message == "This symlink leads to nothing.");
  }

  TEST_CASE("what cannot be read is reported once, whatever leads to it") {
    MemoryFileSystem files;
    put_files(files, {"src/deep/a.ts", "src/deep/secret/b.ts"});
    files.put_symlink("/project/app/src/deep/gone.ts", "nowhere");
    files.put_symlink("/project/app/src/again", "deep");
    files.put_symlink("/project/app/src/more", "deep");
    files.set_mode("/project/app/src/deep/secret", 0);

    const auto result = discovery::scan_files(files, request({"src/**"}));

    CHECK(names_of(*result) == Names{"src/deep/a.ts"});
    CHECK(problems_of(*result) ==
          Names{"src/deep/gone.ts UnreadableFile", "src/deep/secret UnreadableFolder"});
  }

  TEST_CASE("an excluded or unwanted thing is no problem") {
    MemoryFileSystem files;
    put_files(files, {"a.ts", "dist/b.ts"});
    files.set_mode("/project/app/dist", 0);
    files.put_other("/project/app/x.d.ts");
    files.put_symlink("/project/app/.#a.ts", "me@host.123");

    CHECK(scan(files, request({"**/*.ts"})) == Names{"a.ts"});
  }

  TEST_CASE("nothing depends on the order of folders") {
    Names expected;
    for (std::uint64_t seed = 0; seed < 20; ++seed) {
      MemoryFileSystem files;
      put_files(files, {"src/a.ts", "src/b/c.ts", "src/b/d.ts", "../lib/x.ts", "src/b.ts"});
      files.put_symlink("/project/app/src/l1", "../../lib");
      files.put_symlink("/project/app/src/l2", "../../lib");
      files.put_symlink("/project/app/src/b/l3", "..");
      files.shuffle(seed);

      const Names names = scan(files, request({"src/**/*.ts"}));

      expected = expected.empty() ? names : expected;
      CHECK(names == expected);
    }
    CHECK(expected == Names{"src/a.ts", "src/b.ts", "src/b/c.ts", "src/b/d.ts", "src/l1/x.ts"});
  }

  TEST_CASE("a bad glob and a missing root are failures") {
    MemoryFileSystem files;
    CHECK(discovery::scan_files(files, request({"**"})).error().code == base::ErrorCode::not_found);
    files.put_directory("/project/app");
    CHECK(discovery::scan_files(files, request({"**"}, {""})).error().message ==
          "bad glob \"\": the pattern is empty");
    CHECK(scan(files, request({"missing/**"})).empty());
  }
}
