// The kernels against plain loops in `long double`, for processors that the Swift tests do not run on: see arm.sh.
// Prints what is wrong, and how many comparisons were made.

#include <float.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "ChainruleKernels.h"

typedef long double Real;

static long compared, wrong;

static void report(bool right, const char *what, const char *type, Real got, Real truth) {
  compared++;
  if (right) return;
  if (wrong++ < 50) printf("%s of %s: %Lg, not %Lg\n", what, type, got, truth);
}

// Reproducible numbers in -1 ..< 1.
static Real number(void) {
  static uint64_t state = 0x9E3779B97F4A7C15u;
  state = state * 6364136223846793005u + 1442695040888963407u;
  return (Real)((int64_t)state >> 11) * 0x1p-52L;
}
// Quarters from -2 to 2, whose sums and products are exact.
static Real quarter(void) { return roundl(number() * 8) / 4; }

static Real addition(Real x, Real y) { return x + y; }
static Real subtraction(Real x, Real y) { return x - y; }
static Real multiplication(Real x, Real y) { return x * y; }
static Real division(Real x, Real y) { return x / y; }
static Real reversed_subtraction(Real x, Real y) { return y - x; }
static Real reversed_division(Real x, Real y) { return y / x; }
static Real is_less(Real x, Real y) { return x < y; }
static Real is_equal(Real x, Real y) { return x == y; }
static Real negation(Real x) { return -x; }
static Real square(Real x) { return x * x; }
static Real rectified(Real x) { return x > 0 || isnan(x) ? x : 0; }
static Real identity(Real x) { return x; }
static Real logistic(Real x) { return x < 0 ? expl(x) / (1 + expl(x)) : 1 / (1 + expl(-x)); }
static Real density(Real x) { return logistic(x) * logistic(-x); }
static Real soft_plus(Real x) { return fmaxl(x, 0) + log1pl(expl(-fabsl(x))); }

#define T float
#define F(name) name##_f32
#define EPSILON FLT_EPSILON
#define SMALLEST FLT_MIN
#define TYPE "float"
#include "kernels-of-type.h"
#undef T
#undef F
#undef EPSILON
#undef SMALLEST
#undef TYPE

#define T double
#define F(name) name##_f64
#define EPSILON DBL_EPSILON
#define SMALLEST DBL_MIN
#define TYPE "double"
#include "kernels-of-type.h"

int main(void) {
  if (!ck_force_variant(CK_PORTABLE)) return 1;
  all_f32();
  all_f64();
  printf("%ld comparisons, %ld wrong\n", compared, wrong);
  return wrong > 0;
}
