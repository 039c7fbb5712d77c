#include "base/diagnostic.h"

#include <string>
#include <string_view>
#include <vector>

#include <doctest/doctest.h>

#include "tests/support/printers.h"

using base::Diagnostic;
using base::Severity;

namespace {

Diagnostic diagnostic(std::string_view path, std::uint32_t begin, std::string message) {
  Diagnostic made;
  made.range = {base::SourcePath(path), {begin, begin + 1}};
  made.code = "Rule";
  made.message = std::move(message);
  return made;
}

}  // namespace

TEST_SUITE("base/diagnostic") {
  TEST_CASE("diagnostics are reported by place, then message, each once") {
    const Diagnostic project = diagnostic("", 0, "No definition.");
    const Diagnostic first = diagnostic("a.ts", 5, "One.");
    const Diagnostic second = diagnostic("a.ts", 5, "Two.");
    const Diagnostic later = diagnostic("a.ts", 40, "A.");
    const Diagnostic other_file = diagnostic("b.ts", 1, "A.");
    std::vector<Diagnostic> found = {other_file, later, second, project, first, second};

    base::sort_diagnostics(found);

    CHECK(found == std::vector{project, first, second, later, other_file});
  }

  TEST_CASE("warnings alone are no errors") {
    Diagnostic warning = diagnostic("a.ts", 0, "Deprecated.");
    warning.severity = Severity::warning;

    CHECK_FALSE(base::has_errors({}));
    CHECK_FALSE(base::has_errors({warning}));
    CHECK(base::has_errors({warning, diagnostic("a.ts", 9, "Wrong.")}));
  }
}
