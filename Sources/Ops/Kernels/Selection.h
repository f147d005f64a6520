// Comparisons as 0 and 1, and choices by a comparison.

#define COMPARISON(name, CONDITION)                                      \
  BINARY(name, F(choose)(CONDITION, F(splat)(1), (V){0}))                \
  static void F(select_##name)(size_t n, const T *x, const T *y, const T *a, const T *b, T *out) { \
    MAP(n, out, F(choose)(CONDITION, AT(a), AT(b)));                     \
  }

COMPARISON(less, AT(x) < AT(y))
COMPARISON(less_equal, AT(x) <= AT(y))
COMPARISON(equal, AT(x) == AT(y))

static void F(select)(size_t n, const T *condition, const T *a, const T *b, T *out) {
  MAP(n, out, F(choose)(AT(condition) != 0, AT(a), AT(b)));
}

static void F(gate)(size_t n, const T *x, const T *g, T *out) {
  MAP(n, out, F(choose)(AT(x) > 0, AT(g), (V){0}));
}

// The product of the chain rule: a factor 0 lets nothing through, be the other one infinite or NaN.
static void F(chain)(size_t n, const T *x, const T *y, T *out) {
  MAP(n, out, F(choose)((AT(x) != 0) & (AT(y) != 0), AT(x) * AT(y), (V){0}));
}

#undef COMPARISON
