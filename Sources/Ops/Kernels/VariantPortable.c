// The variant for every processor: 16-byte vectors, which the compiler maps to SSE2 or NEON.

#define VECTOR_BYTES 16
#define LANES_F32 4
#define LANES_F64 2
#if defined(__aarch64__)
#define TILE_ROWS 14  // 32 vector registers
#else
#define TILE_ROWS 6  // 16 vector registers
#endif
#define TABLE(suffix) PASTE(ck_portable, suffix)

#include "Variant.h"
