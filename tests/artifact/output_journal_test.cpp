#include "artifact/output_journal.h"

#include <doctest/doctest.h>

#include "tests/support/printers.h"

using artifact::journal_text;
using artifact::read_journal;
using Paths = std::vector<std::string>;

TEST_SUITE("artifact/output_journal") {
  TEST_CASE("a journal is read as it was written, sorted and without repeats") {
    const std::string text = journal_text({"modules/b.mjs", "modules/\"a\\.mjs"});

    CHECK(text == "\"modules/b.mjs\"\n\"modules/\\\"a\\\\.mjs\"\n");
    CHECK(read_journal(text + journal_text({"c", "modules/b.mjs"})) ==
          Paths{"c", "modules/\"a\\.mjs", "modules/b.mjs"});
    CHECK(read_journal("").empty());
  }

  TEST_CASE("a line that was cut short is left out, and so is what we would not have written") {
    const std::string text = journal_text({"modules/a.mjs", "modules/b.mjs"});

    for (std::size_t size = 0; size < text.size(); ++size) {
      CAPTURE(size);
      CHECK(read_journal(text.substr(0, size)) == (size < 16 ? Paths{} : Paths{"modules/a.mjs"}));
    }
    CHECK(read_journal("\"modules/a.m\n\"b\"\n") == Paths{"b"});
    CHECK(read_journal("\"/etc/passwd\"\n\"../a.ts\"\n\"a/../../b\"\n\"\"\n1\n{}\n[[\n").empty());
  }
}
