// Memory and threads that are kept between calls.
#ifndef CHAINRULE_POOL_H
#define CHAINRULE_POOL_H

#include <stddef.h>

// At least `bytes` of memory of the calling thread's own, aligned to 64, valid until its next call. It is
// kept and reused, so only a call for more than ever before allocates; freed when the thread ends.
void *ck_scratch(size_t bytes);

#endif
