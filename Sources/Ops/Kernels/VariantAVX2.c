// The variant for x86 processors with AVX2 and FMA: 32-byte vectors, 16 registers.

#if defined(__x86_64__)

#define VECTOR_BYTES 32
#define LANES_F32 8
#define LANES_F64 4
#define TILE_ROWS 6
#define TABLE(suffix) PASTE(ck_avx2, suffix)

#pragma clang attribute push(__attribute__((target("avx2,fma"))), apply_to = function)
#include "Variant.h"
#pragma clang attribute pop

#endif
