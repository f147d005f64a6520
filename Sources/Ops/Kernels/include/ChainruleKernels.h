/// The numerical kernels: matrix product, vector mathematics and data movement on plain arrays.
///
/// Every kernel exists for `float` (suffix `_f32`), for `double` (`_f64`) and for whichever its first argument says (no
/// suffix), and in several variants, one per
/// instruction set, all compiled from the same text. The best variant of this processor is chosen when the
/// program is loaded. Within one variant a result depends on values, shapes and flags alone: not on the
/// alignment of an array, nor on the number of threads.
///
/// Arrays are contiguous unless a stride is given. Pointers need the alignment of their element only;
/// matrices at multiples of 64 bytes are multiplied up to a tenth faster.
/// The result array may be one of the input arrays itself (in place) unless a function says otherwise;
/// partial overlap is not allowed.
#ifndef CHAINRULE_KERNELS_H
#define CHAINRULE_KERNELS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/// Points that a program of elementary operations takes at a time.
enum { CK_STRIP = 32 };

/// What a step of such a program does: the elementary operations in the order of Swift's `Elementary`, and what is made of
/// several of them. Some go on in `b` steps behind them, which do nothing else: a dot adds products to a, their factors are
/// a, a strip, and b of these steps; totals are sums over all points of products of a and the a, strips, of these steps,
/// each with its own `out`. A total has as many sums as a vector has lanes. A slope goes to `b`.
enum ck_operation {
  CK_ADD, CK_SUBTRACT, CK_MULTIPLY, CK_DIVIDE, CK_NEGATE,
  CK_EXP, CK_EXPM1, CK_LOG, CK_LOG1P, CK_SQRT, CK_POW,
  CK_SIN, CK_COS, CK_TAN, CK_ASIN, CK_ACOS, CK_ATAN, CK_SINH, CK_COSH, CK_TANH, CK_ASINH, CK_ACOSH, CK_ATANH,
  CK_ERF, CK_ERFC, CK_LGAMMA, CK_POLYGAMMA, CK_ABS, CK_FLOOR, CK_REMAINDER, CK_LESS, CK_EQUAL, CK_SELECT, CK_CHAIN,
  CK_DOT, CK_CHAIN_DOT, CK_COPY, CK_TOTAL, CK_CHAIN_TOTALS, CK_TANH_AND_SLOPE
};

/// One step: where the result goes and the operands stand, in elements from the beginning of the memory. Those of operands
/// are doubled, with a 1 added for one number that stands for all points, which fills the 64 bytes there.
struct ck_step {
  uint32_t operation, out, a, b, c;
};

#define CK_FUNCTION(result, name, parameters, arguments) result CK_NAME(name) parameters;

#define CK_T float
#define CK_S float
#define CK_NAME(name) ck_##name##_f32
#include "KernelList.h"
#undef CK_T
#undef CK_S
#undef CK_NAME

#define CK_T double
#define CK_S double
#define CK_NAME(name) ck_##name##_f64
#include "KernelList.h"
#undef CK_T
#undef CK_S
#undef CK_NAME
#undef CK_FUNCTION

// The same of either precision, by its first argument: arrays are untyped, numbers are double.
#define CK_T void
#define CK_S double
#define CK_OF_EITHER(...) (bool single, __VA_ARGS__)
#define CK_FUNCTION(result, name, parameters, arguments) result ck_##name CK_OF_EITHER parameters;
#include "KernelList.h"
#undef CK_FUNCTION
#undef CK_T
#undef CK_S

/// The instruction sets a variant may be compiled for, in rising order of preference.
enum { CK_PORTABLE = 0, CK_AVX2 = 1, CK_AVX512 = 2 };

/// The variant in use on this thread: one of the constants above.
int ck_variant(void);

/// Uses another variant on the calling thread from now on, for tests; −1 returns to the best. Returns false,
/// and changes nothing, where this processor or build does not have it.
bool ck_force_variant(int variant);

/// Calls `body(context, part)` once for every part in 0 ..< parts, on at most `threads` threads, the
/// caller's included, and returns when all are done. Which thread takes a part is not fixed, so parts must
/// be independent; results are then the same for any number of threads. A call from inside a part, or while
/// another caller has the workers, runs on its own thread alone. Workers are created on first use and parked.
void ck_parallel(size_t parts, int threads, void (*body)(void *context, size_t part), void *context);

#endif
