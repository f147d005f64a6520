// Counts the calls that ask the C library for memory. Loaded before it (LD_PRELOAD); read by `benchmarks steady`.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stddef.h>

static _Atomic long count;
long allocation_count(void) { return count; }

// What dlsym itself asks for while the first of these is being looked up.
static char early[65536];
static size_t used;

#define NEXT(name) (next ? next : (next = dlsym(RTLD_NEXT, name)))

void *malloc(size_t size) {
  static void *(*next)(size_t);
  count++;
  return NEXT("malloc")(size);
}
void *realloc(void *block, size_t size) {
  static void *(*next)(void *, size_t);
  count++;
  return NEXT("realloc")(block, size);
}
void *calloc(size_t items, size_t size) {
  static void *(*next)(size_t, size_t);
  static int searching;
  count++;
  if (!next && searching) {
    void *block = early + used;
    used += (items * size + 15) / 16 * 16;
    return block;
  }
  searching = 1;
  NEXT("calloc");
  searching = 0;
  return next(items, size);
}
int posix_memalign(void **block, size_t alignment, size_t size) {
  static int (*next)(void **, size_t, size_t);
  count++;
  return NEXT("posix_memalign")(block, alignment, size);
}
void *aligned_alloc(size_t alignment, size_t size) {
  static void *(*next)(size_t, size_t);
  count++;
  return NEXT("aligned_alloc")(alignment, size);
}
