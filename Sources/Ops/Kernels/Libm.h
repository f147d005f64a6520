// Functions the system's libm computes, element by element.

#define THROUGH_LIBM(name)                                          \
  static void F(name)(size_t n, const T *x, T *out) {               \
    for (size_t i = 0; i < n; i++) out[i] = LIBM(name)(x[i]);       \
  }

THROUGH_LIBM(tan)
THROUGH_LIBM(asin)
THROUGH_LIBM(acos)
THROUGH_LIBM(atan)
THROUGH_LIBM(sinh)
THROUGH_LIBM(cosh)
THROUGH_LIBM(erf)

static void F(pow)(size_t n, const T *x, const T *y, T *out) {
  for (size_t i = 0; i < n; i++) out[i] = LIBM(pow)(x[i], y[i]);
}

static void F(pow_scalar)(size_t n, const T *x, T s, T *out) {
  for (size_t i = 0; i < n; i++) out[i] = LIBM(pow)(x[i], s);
}

#undef THROUGH_LIBM
