// One variant: every kernel for float and double in the instruction set that the including file has set up
// by defining VECTOR_BYTES, LANES_F32, LANES_F64, TILE_ROWS and TABLE(suffix), the tables' names; and HAS_MASKS where
// masked_load and masked_store reach a part of a vector.

#include <float.h>
#include <math.h>
#include <string.h>

#include "Pool.h"
#include "Table.h"

#ifndef HAS_MASKS
#define HAS_MASKS 0
#endif
#define INLINE static inline __attribute__((always_inline))
#define UNROLL _Pragma("clang loop unroll(full)")
#define PASTE_(a, b) a##b
#define PASTE(a, b) PASTE_(a, b)

#define T float
#define F(name) name##_f32
#define LIBM(name) name##f
#define Integer int32_t
#define Unsigned uint32_t
#define LANES LANES_F32
#define V PASTE(V, _f32)
#define I PASTE(I, _f32)
#include "CoefficientsF32.h"
#include "Families.h"
#undef T
#undef F
#undef LIBM
#undef Integer
#undef Unsigned
#undef LANES
#undef V
#undef I

#define T double
#define F(name) name##_f64
#define LIBM(name) name
#define Integer int64_t
#define Unsigned uint64_t
#define LANES LANES_F64
#define V PASTE(V, _f64)
#define I PASTE(I, _f64)
#include "CoefficientsF64.h"
#include "Families.h"
