#include "base/free_memory.h"

// Tells which C library this is.
#include <cstdlib>

#ifdef __GLIBC__
#include <malloc.h>
#endif

namespace base {

void give_back_free_memory() {
#ifdef __GLIBC__
  malloc_trim(0);
#endif
}

}  // namespace base
