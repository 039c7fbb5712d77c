#include "perf/report/page.h"

#include <string>

#include <doctest/doctest.h>

#include "perf/report/svg.h"
#include "tests/perf/sample_metrics.h"

namespace {

bool holds(const std::string& page, const std::string& part) {
  return page.find(part) != std::string::npos;
}

}  // namespace

TEST_SUITE("perf/page") {
  TEST_CASE("text from outside cannot become markup") {
    CHECK(perf::html_text("<a href=\"x\">R&D</a>") ==
          "&lt;a href=&quot;x&quot;&gt;R&amp;D&lt;/a&gt;");

    perf::PageContent content;
    content.metrics = perf_test::sample_metrics();
    content.metrics.fixture = "<script>alert(1)</script>";
    content.metrics.scenarios[0].name = "\"><img src=x>";

    const std::string page = perf::render_page(content);

    CHECK_FALSE(holds(page, "<script"));
    CHECK_FALSE(holds(page, "<img"));
    CHECK(holds(page, "&lt;script&gt;alert(1)&lt;/script&gt;"));
  }

  TEST_CASE("a page asks nobody for anything") {
    perf::PageContent content;
    content.metrics = perf_test::sample_metrics();

    const std::string page = perf::render_page(content);

    CHECK_FALSE(holds(page, "http"));
    CHECK_FALSE(holds(page, "url("));
    CHECK_FALSE(holds(page, "@import"));
    CHECK(holds(page, "prefers-color-scheme:dark"));
  }

  TEST_CASE("a section is there where there is something to show") {
    perf::PageContent content;
    content.metrics = perf_test::sample_metrics();
    const std::string alone = perf::render_page(content);
    perf::Metrics& larger = content.others.emplace_back(content.metrics);
    larger.files = 12'000;
    for (double& value : larger.scenarios[0].measures[perf::Measure::wall]) {
      value *= 20;
    }
    content.peers.push_back({"relay", "cold", 3, 4.5});
    const std::string beside = perf::render_page(content);

    CHECK(holds(alone, "<h2>Beside floors</h2>"));
    CHECK_FALSE(holds(alone, "<h2>Growth</h2>"));
    CHECK_FALSE(holds(alone, "<h2>Beside other programs</h2>"));
    CHECK(holds(beside,
                "<td>1,200 to 12,000</td><td>1.250 to 25.00</td><td>20.00 x</td><td>1.30</td>"));
    CHECK(holds(beside, "relay cold"));
    CHECK(holds(beside, "4.50 x"));
  }

  TEST_CASE("a comparison with other programs is read for its medians") {
    const auto peers = perf::read_peers(
        R"({"results": [{"peer": "relay", "case": "edit", "wall": {"median": 12.5}, "cpu": null}]})");

    REQUIRE(peers.has_value());
    CHECK(*peers == std::vector<perf::PeerRatio>{{"relay", "edit", 12.5, 0}});
    CHECK_FALSE(perf::read_peers("{}").has_value());
  }
}
