#include "base/check.h"

#include <cstdio>
#include <cstdlib>

namespace base {

void check(bool claim, const char* what, const char* file, int line) {
  if (claim) {
    return;
  }
  std::fprintf(stderr, "builder: internal error: %s (%s:%d)\n", what, file, line);
  std::abort();
}

}  // namespace base
