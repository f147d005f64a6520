// Comparisons as 0 and 1, and choices.

BINARY(less, F(choose)(AT(x) < AT(y), F(splat)(1), (V){0}))
BINARY(equal, F(choose)(AT(x) == AT(y), F(splat)(1), (V){0}))

static void F(select)(size_t n, const T *condition, const T *a, const T *b, T *out) {
  MAP(n, out, F(choose)(AT(condition) != 0, AT(a), AT(b)));
}

// The product of the chain rule: a factor 0 lets nothing through, be the other one infinite or NaN.
static void F(chain)(size_t n, const T *x, const T *y, T *out) {
  MAP(n, out, F(choose)((AT(x) != 0) & (AT(y) != 0), AT(x) * AT(y), (V){0}));
}
