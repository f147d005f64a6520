// sin and cos. With n = round(x / (π/2)) and r = x − n·π/2 kept in two numbers, both follow from
// polynomials in r on [−π/4, π/4]; n mod 4 says which of them, and the sign.

// Returns n; r through `rest`, and through `error` what rounding took from it.
INLINE I F(reduce_angle)(V x, V *rest, V *error) {
  V rounded = x * (T)0.636619772367581343076 + ROUNDER;
  V n = rounded - ROUNDER;
  V products[3] = {n * F(half_pi_c)[0], n * F(half_pi_c)[1], n * F(half_pi_c)[2]};  // exact
  V first = x - products[0];                                                    // exact
  V second = first - products[1], lost = (first - second) - products[1];
  V third = second - products[2];
  lost += (second - third) - products[2];
  lost -= n * F(half_pi_c)[3];
  *rest = third + lost;
  *error = (third - *rest) + lost;
  return (I)rounded - (I)F(splat)(ROUNDER);
}

// sin(x + turns·π/2)
INLINE V F(sine_lanes)(V x, Integer turns) {
  V r, error;
  I quadrant = F(reduce_angle)(x, &r, &error) + turns;
  V z = r * r, half = (T)0.5 * z, one = 1 - half;
  V sine = F(choose)(x == 0, x, r + (r * z * POLYNOMIAL(z, sin_c) + error));  // keeps −0
  V cosine = one + (((1 - one) - half) + (z * z * POLYNOMIAL(z, cos_c) - r * error));
  V y = F(choose)((quadrant & 1) != 0, cosine, sine);
  return (V)((I)y ^ ((quadrant >> 1) << (8 * sizeof(T) - 1)));
}

#define SINE(name, turns)                                                                        \
  INLINE V F(name##_lanes)(V x) {                                                                \
    V y = F(sine_lanes)(x, turns);                                                               \
    if (__builtin_expect(F(any)(~(F(magnitude)(x) < F(trigonometric_limit))), 0)) {                 \
      for (int i = 0; i < L; i++) {                                                              \
        if (!(LIBM(fabs)(x[i]) < F(trigonometric_limit))) y[i] = LIBM(name)(x[i]);                  \
      }                                                                                          \
    }                                                                                            \
    return y;                                                                                    \
  }                                                                                              \
  UNARY(name, F(name##_lanes)(AT(x)))

SINE(sin, 0)
SINE(cos, 1)

#undef SINE
