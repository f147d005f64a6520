// Packing buffers: one per thread, growing, freed when the thread ends.

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

#include "Pool.h"

struct Scratch {
  void *memory;
  size_t bytes;
};

static _Thread_local struct Scratch mine;
static pthread_key_t key;
static pthread_once_t once = PTHREAD_ONCE_INIT;

static void create_key(void) { pthread_key_create(&key, free); }

static void grow(size_t bytes) {
  pthread_once(&once, create_key);
  bytes = (bytes + 4095) & ~(size_t)4095;
  free(mine.memory);
  mine = (struct Scratch){NULL, 0};
  if (posix_memalign(&mine.memory, 4096, bytes) != 0) {
    fprintf(stderr, "gemm: no memory for %zu bytes of packing buffers\n", bytes);
    abort();
  }
  mine.bytes = bytes;
  pthread_setspecific(key, mine.memory);
}

void *ck_scratch(size_t bytes) {
  if (bytes > mine.bytes) grow(bytes);
  return mine.memory;
}
