// The variant for x86 processors with AVX-512: 64-byte vectors, 32 registers.

#if defined(__x86_64__)

#include <immintrin.h>
#include <stddef.h>

#define VECTOR_BYTES 64
#define LANES_F32 16
#define LANES_F64 8
#define TILE_ROWS 14
#define TABLE(suffix) PASTE(ck_avx512, suffix)

#pragma clang attribute push(__attribute__((target("avx2,fma,avx512f,avx512dq,avx512vl,avx512bw"))), \
                             apply_to = function)

// The first `width` lanes alone: memory behind them is not touched.
#define HAS_MASKS 1
static inline __m512 masked_load_f32(const float *p, size_t width) {
  return _mm512_maskz_loadu_ps((__mmask16)((1u << width) - 1), p);
}
static inline __m512d masked_load_f64(const double *p, size_t width) {
  return _mm512_maskz_loadu_pd((__mmask8)((1u << width) - 1), p);
}
static inline void masked_store_f32(float *p, size_t width, __m512 v) {
  _mm512_mask_storeu_ps(p, (__mmask16)((1u << width) - 1), v);
}
static inline void masked_store_f64(double *p, size_t width, __m512d v) {
  _mm512_mask_storeu_pd(p, (__mmask8)((1u << width) - 1), v);
}

#include "Variant.h"
#pragma clang attribute pop

#endif
