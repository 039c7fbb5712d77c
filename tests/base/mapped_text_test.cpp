#include "base/mapped_text.h"

#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "tests/support/printers.h"

using base::MappedText;
using base::Span;

namespace {

// `{ a\n${b}c }` at byte 10 of a file, the interpolation replaced by "...F".
MappedText template_text() {
  MappedText text;
  text.append_verbatim("{ a", 10);
  text.append_replaced("\n", {13, 15});
  text.append_replaced("...F", {15, 19});
  text.append_verbatim("c }", 19);
  return text;
}

struct SourceCase {
  const char* name;
  Span span;
  Span source;
};

// The text is "{ a\n...Fc }".
const SourceCase k_source_cases[] = {
    {"verbatim bytes map one to one", {2, 3}, {12, 13}},
    {"a replaced byte maps to all that it replaces", {3, 4}, {13, 15}},
    {"a part of a replaced text maps to all that it replaces", {5, 6}, {15, 19}},
    {"a span over several segments reaches from the first to the last", {2, 9}, {12, 20}},
    {"the whole text maps to the whole source", {0, 11}, {10, 22}},
    {"an empty span is the place before its byte", {9, 9}, {20, 20}},
    {"an empty span in a replaced text is the start of what it replaces", {6, 6}, {15, 15}},
    {"the end of the text is the end of the source", {11, 11}, {22, 22}},
    {"a span that leaves the text ends with it", {10, 99}, {21, 22}},
    {"a span behind the text is its end", {50, 60}, {22, 22}},
};

}  // namespace

TEST_SUITE("base/mapped_text") {
  TEST_CASE("to_source finds the bytes of the file behind a span") {
    const MappedText text = template_text();
    REQUIRE(text.text() == "{ a\n...Fc }");

    for (const SourceCase& row : k_source_cases) {
      SUBCASE(row.name) {
        CHECK(text.to_source(row.span) == row.source);
      }
    }
  }

  TEST_CASE("an empty text has no source") {
    CHECK(MappedText().to_source({0, 5}) == Span{0, 0});
  }

  TEST_CASE("verbatim bytes that follow each other in the file are one segment") {
    MappedText text;

    text.append_verbatim("ab", 4);
    text.append_verbatim("cd", 6);
    text.append_verbatim("e", 9);

    CHECK(text.segments() ==
          std::vector<MappedText::Segment>{{0, true, {4, 8}}, {4, true, {9, 10}}});
  }

  TEST_CASE("appending nothing leaves no trace") {
    MappedText text;

    text.append_verbatim("", 4);
    text.append_replaced("", {4, 9});

    CHECK(text == MappedText());
  }

  TEST_CASE("slices put together are the whole") {
    const MappedText whole = template_text();

    for (std::uint32_t cut = 0; cut <= whole.text().size(); ++cut) {
      MappedText halves;
      halves.append_slice(whole, 0, cut);
      halves.append_slice(whole, cut, static_cast<std::uint32_t>(whole.text().size()));

      CAPTURE(cut);
      CHECK(halves.text() == whole.text());
      CHECK(halves.to_source({0, 11}) == whole.to_source({0, 11}));
      CHECK(halves.to_source({2, 9}) == whole.to_source({2, 9}));
    }
  }
}
