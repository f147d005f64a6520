// The variant for x86 processors with AVX-512: 64-byte vectors, 32 registers.

#if defined(__x86_64__)

#define VECTOR_BYTES 64
#define LANES_F32 16
#define LANES_F64 8
#define TILE_ROWS 14
#define TABLE(suffix) PASTE(ck_avx512, suffix)

#pragma clang attribute push(__attribute__((target("avx2,fma,avx512f,avx512dq,avx512vl,avx512bw"))), \
                             apply_to = function)
#include "Variant.h"
#pragma clang attribute pop

#endif
