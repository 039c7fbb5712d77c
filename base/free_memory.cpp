#include "base/free_memory.h"

#include <cstddef>
// Tells which C library this is.
#include <cstdlib>

#ifdef __GLIBC__
#include <malloc.h>
#endif

// jemalloc's interface, of programs that are linked with it; null in others (decision 0196). Both
// names are its own.
extern "C" {
int mallctl(const char* name,
            void* old_value,
            std::size_t* old_bytes,
            void* value,
            std::size_t bytes) __attribute__((weak));

// A thread keeps small pieces for itself, many of each size and for long, so one arena is
// enough for many threads: 33,000 calls of a cold build of 10,000 files reach it. What is not used
// for a fifth of a second goes back.
const char* malloc_conf =
    "narenas:1,lg_tcache_max:12,tcache_nslots_small_max:400,lg_tcache_nslots_mul:2,"
    "tcache_gc_incr_bytes:1048576,dirty_decay_ms:200,muzzy_decay_ms:0";
}

namespace base {

void give_back_free_memory() {
  if (mallctl != nullptr) {
    mallctl("thread.tcache.flush", nullptr, nullptr, nullptr, 0);
    // Of all arenas.
    mallctl("arena.4096.purge", nullptr, nullptr, nullptr, 0);
    return;
  }
#ifdef __GLIBC__
  malloc_trim(0);
#endif
}

}  // namespace base
