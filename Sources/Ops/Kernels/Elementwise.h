// Arithmetic on whole arrays, one expression per kernel.

#define UNARY(name, EXPRESSION) \
  static void F(name)(size_t n, const T *x, T *out) { MAP(n, out, EXPRESSION); }
#define BINARY(name, EXPRESSION) \
  static void F(name)(size_t n, const T *x, const T *y, T *out) { MAP(n, out, EXPRESSION); }
#define WITH_SCALAR(name, EXPRESSION)                                \
  static void F(name)(size_t n, const T *x, T scalar, T *out) {      \
    V s = F(splat)(scalar);                                          \
    MAP(n, out, EXPRESSION);                                         \
  }

BINARY(add, AT(x) + AT(y))
BINARY(sub, AT(x) - AT(y))
BINARY(mul, AT(x) * AT(y))
BINARY(div, AT(x) / AT(y))

UNARY(neg, -AT(x))
UNARY(abs, F(magnitude)(AT(x)))
UNARY(square, AT(x) * AT(x))
UNARY(sqrt, __builtin_elementwise_sqrt(AT(x)))
UNARY(relu, F(larger)(AT(x), (V){0}))
UNARY(copy, AT(x))

WITH_SCALAR(add_scalar, AT(x) + s)
WITH_SCALAR(sub_scalar, AT(x) - s)
WITH_SCALAR(scalar_sub, s - AT(x))
WITH_SCALAR(mul_scalar, s * AT(x))
WITH_SCALAR(div_scalar, AT(x) / s)
WITH_SCALAR(scalar_div, s / AT(x))

static void F(axpy)(size_t n, T scalar, const T *x, T *y) {
  V s = F(splat)(scalar);
  MAP(n, y, s * AT(x) + AT(y));
}

static void F(fill)(size_t n, T scalar, T *out) {
  V s = F(splat)(scalar);
  MAP(n, out, s);
}

#undef WITH_SCALAR
