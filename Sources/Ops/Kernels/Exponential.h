// exp and what is built on it. With n = round(x / ln 2) and r = x − n·ln 2, eˣ = 2ⁿ·eʳ and
// eˣ − 1 = 2ⁿ·(eʳ − 1) + (2ⁿ − 1), where eʳ − 1 = r + r²·c(r).

// Adding it rounds to an integer, which then stands in the low bits: 1.5 · 2^(bits of the fraction).
#define ROUNDER ((T)1.5 / (T)(sizeof(T) == 4 ? FLT_EPSILON : DBL_EPSILON))
#define FRACTION_BITS (sizeof(T) == 4 ? FLT_MANT_DIG - 1 : DBL_MANT_DIG - 1)
#define EXPONENT_BIAS (sizeof(T) == 4 ? FLT_MAX_EXP - 1 : DBL_MAX_EXP - 1)

// 2ⁿ for n within the normal exponents.
INLINE V F(power_of_two)(I n) { return (V)((n + EXPONENT_BIAS) << FRACTION_BITS); }

// x between the bounds; NaN stays NaN.
INLINE V F(clamp)(V x, T lowest, T highest) {
  x = F(choose)(x < lowest, F(splat)(lowest), x);
  return F(choose)(x > highest, F(splat)(highest), x);
}

// Returns n, and eʳ − 1 through `rest`.
INLINE I F(reduce_exponential)(V x, V *rest) {
  V rounded = x * (T)1.44269504088896340736 + ROUNDER;
  V n = rounded - ROUNDER;
  V high = x - n * F(ln2_c)[0], low = n * F(ln2_c)[1];
  V r = high - low;
  V error = (high - r) - low;  // what rounding took from r
  *rest = r + (r * r * POLYNOMIAL(r, exp_c) + error);
  return (I)rounded - (I)F(splat)(ROUNDER);
}

INLINE V F(exp_lanes)(V x) {
  V rest;
  I n = F(reduce_exponential)(F(clamp)(x, F(exp_below), F(exp_above)), &rest);
  I half = n >> 1;  // two factors, because 2ⁿ alone may overflow or be subnormal
  return (1 + rest) * F(power_of_two)(half) * F(power_of_two)(n - half);
}

INLINE V F(expm1_lanes)(V x) {
  V rest;
  I n = F(reduce_exponential)(F(clamp)(x, F(expm1_below), F(exp_above)), &rest);
  V scale = F(power_of_two)(n - 1);  // half of 2ⁿ, which may overflow
  V y = (scale * rest + (scale - (T)0.5)) * 2;
  return F(choose)(n == 0, F(with_sign_of)(rest, x), y);
}

// a / b, given 1 / b with an error of rounding.
INLINE V F(quotient)(V a, V b, V inverse) {
#if defined(__FMA__) || defined(__ARM_FEATURE_FMA)
  V q = a * inverse;
  return q + (a - q * b) * inverse;  // what is missing from a is exact
#else
  return a / b;
#endif
}

// tanh |x| = −t / (t + 2) with t = e^(−2|x|) − 1. What rounding takes from t and from t + 2 is given back to
// the quotient: without it the error reaches 2.6 ulp.
// The slope is z · (2 / (1 + z))² with z = e^(−2|x|), which has digits where tanh x is next to 1.
INLINE V F(tanh_and_slope)(V x, V *slope) {
  V rest, doubled = -2 * F(magnitude)(x);
  T lowest = sizeof(T) == 4 ? -87 : -708;  // 2ⁿ stays a normal number
  I n = F(reduce_exponential)(F(choose)(doubled < lowest, F(splat)(lowest), doubled), &rest);
  V scale = F(power_of_two)(n), below = scale - 1;
  V product = scale * rest;  // exact
  V t = below + product, lost = (below - t) + product;
  V sum = t + 2, lost_too = ((2 - sum) + t) + lost, inverse = 1 / sum;
  V y = F(quotient)(-t, sum, inverse);
  *slope = (scale + product) * (4 * (inverse * inverse));
  return F(with_sign_of)(y - (lost + y * lost_too) * inverse, x);
}
INLINE V F(tanh_lanes)(V x) {
  V slope;
  return F(tanh_and_slope)(x, &slope);
}

// With z = e^(−|x|) ≤ 1 nothing overflows: 1 / (1 + z), or z / (1 + z) for x < 0. What rounding takes from
// 1 + z is given back, divided by 1 + z ≈ 1 / (1 − z/2): without it the error reaches 2.2 ulp.
INLINE V F(sigmoid_lanes)(V x) {
  V z = F(exp_lanes)(-F(magnitude)(x));
  V sum = 1 + z, lost = (1 - sum) + z;
  V y = F(choose)(x < 0, z, F(splat)(1)) / sum;
  return y - y * (lost * (1 - (T)0.5 * z));
}

// σ(x)·σ(−x) = z / (1 + z)², with the digits of z where it is small.
INLINE V F(logistic_density_lanes)(V x) {
  V z = F(exp_lanes)(-F(magnitude)(x)), sum = 1 + z;
  return z / (sum * sum);
}

UNARY(exp, F(exp_lanes)(AT(x)))
UNARY(expm1, F(expm1_lanes)(AT(x)))
UNARY(tanh, F(tanh_lanes)(AT(x)))
UNARY(sigmoid, F(sigmoid_lanes)(AT(x)))
UNARY(logistic_density, F(logistic_density_lanes)(AT(x)))
