// log and what is built on it. x = 2ᵏ·m with m in [√½, √2), f = m − 1, s = f / (2 + f):
// ln(1 + f) = 2·atanh s = f − (f²/2 − s·(f²/2 + s²·c(s²))), and k·ln 2 is added in two parts.

INLINE V F(log_of_parts)(V k, V f) {
  V s = f / (2 + f), z = s * s;
  V half = (T)0.5 * f * f;
  return k * F(ln2_c)[0] - ((half - (s * (half + z * POLYNOMIAL(z, log_c)) + k * F(ln2_c)[1])) - f);
}

// Returns k for a normal x > 0, as integers.
INLINE I F(exponent)(V x) {
  const Integer root = (Integer)(sizeof(T) == 4 ? 0x3f3504f3 : 0x3fe6a09e667f3bcd);  // √½
  return ((I)x - root) >> FRACTION_BITS;
}

INLINE V F(as_floats)(I k) { return __builtin_convertvector(k, V); }

// The values where x is not positive and finite.
INLINE V F(log_special)(V x, V y) {
  y = F(choose)(x == 0, F(splat)(-INFINITY), y);
  y = F(choose)(x < 0, F(splat)(NAN), y);
  return F(choose)((x == INFINITY) | (x != x), x, y);
}

INLINE V F(log_lanes)(V x) {
  const T lift = (T)2 / (sizeof(T) == 4 ? FLT_EPSILON : DBL_EPSILON);  // makes a subnormal normal
  const T smallest = sizeof(T) == 4 ? FLT_MIN : (T)DBL_MIN;
  I small = x < smallest;
  V normal = F(choose)(small, x * lift, x);
  I k = F(exponent)(normal);
  V f = (V)((I)normal - (k << FRACTION_BITS)) - 1;
  return F(log_special)(x, F(log_of_parts)(F(as_floats)(k - (small & (FRACTION_BITS + 1))), f));
}

// u = 1 + x loses the low bits of x; what it lost is added to f.
INLINE V F(log1p_lanes)(V x) {
  V u = 1 + x;
  V lost = F(choose)(x > 1, 1 - (u - x), x - (u - 1));
  I k = F(exponent)(u);
  // From k = bias on, 2⁻ᵏ would be subnormal; there, and long before, what is lost is nothing to f.
  V scale = (V)((I)F(power_of_two)(-k) & (k < EXPONENT_BIAS));
  V f = ((V)((I)u - (k << FRACTION_BITS)) - 1) + lost * scale;
  V y = F(log_special)(u, F(log_of_parts)(F(as_floats)(k), f));
  return F(choose)(x == 0, x, y);  // keeps −0
}

// ln(1 + eˣ) = max(x, 0) + ln(1 + e^(−|x|))
INLINE V F(softplus_lanes)(V x) {
  return F(larger)(x, (V){0}) + F(log1p_lanes)(F(exp_lanes)(-F(magnitude)(x)));
}

UNARY(log, F(log_lanes)(AT(x)))
UNARY(log1p, F(log1p_lanes)(AT(x)))
UNARY(softplus, F(softplus_lanes)(AT(x)))
