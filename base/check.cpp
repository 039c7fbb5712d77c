#include "base/check.h"

#include <cstdio>
#include <cstdlib>

namespace base {

void check(bool claim, const char* what, std::source_location where) {
  if (claim) {
    return;
  }
  std::fprintf(
      stderr, "builder: internal error: %s (%s:%u)\n", what, where.file_name(), where.line());
  std::abort();
}

}  // namespace base
