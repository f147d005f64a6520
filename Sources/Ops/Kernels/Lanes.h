// Vectors of L lanes of T, named V, and of integers of the same size, named I: loading, storing, choosing.

#define L LANES
typedef T V __attribute__((vector_size(VECTOR_BYTES)));
typedef Integer I __attribute__((vector_size(VECTOR_BYTES)));
typedef T F(Unaligned) __attribute__((vector_size(VECTOR_BYTES), aligned(sizeof(T))));

INLINE V F(load)(const T *p) { return *(const F(Unaligned) *)p; }
INLINE void F(store)(T *p, V v) { *(F(Unaligned) *)p = v; }
INLINE V F(splat)(T s) { return s - (V){0}; }  // s + 0 would lose the sign of -0

// The first `width` lanes from memory; the others are 0.
INLINE V F(take)(const T *p, size_t width) {
  if (width == L) return F(load)(p);
#if HAS_MASKS
  return F(masked_load)(p, width);
#else
  V v = {0};
  for (size_t i = 0; i < width; i++) v[i] = p[i];
  return v;
#endif
}

INLINE void F(put)(T *p, size_t width, V v) {
  if (width == L) return F(store)(p, v);
#if HAS_MASKS
  F(masked_store)(p, width, v);
#else
  for (size_t i = 0; i < width; i++) p[i] = v[i];
#endif
}

// mask ? a : b, lane by lane, on bits: the lane not taken leaves no trace.
INLINE V F(choose)(I mask, V a, V b) { return (V)((mask & (I)a) | (~mask & (I)b)); }
INLINE bool F(any)(I mask) { return __builtin_reduce_or(mask) != 0; }

// 0, 1, 2, …
INLINE I F(iota)(void) {
  I lane;
  UNROLL for (int i = 0; i < L; i++) lane[i] = i;
  return lane;
}

#define SIGN_BIT ((Integer)((Unsigned)1 << (8 * sizeof(T) - 1)))
INLINE V F(magnitude)(V x) { return (V)((I)x & ~SIGN_BIT); }
INLINE V F(with_sign_of)(V x, V sign) { return (V)(((I)x & ~SIGN_BIT) | ((I)sign & SIGN_BIT)); }
INLINE V F(larger)(V x, V y) { return F(choose)((x > y) | (x != x), x, y); }

// c[0] + c[1]·x + c[2]·x² + … with `count` coefficients.
INLINE V F(polynomial)(V x, const T *c, int count) {
  V y = F(splat)(c[count - 1]);
  UNROLL for (int i = count - 2; i >= 0; i--) y = y * x + F(splat)(c[i]);
  return y;
}
#define POLYNOMIAL(x, c) F(polynomial)(x, F(c), sizeof(F(c)) / sizeof(T))

// out[i] = EXPRESSION for i in 0 ..< n, whole vectors first, then the rest; AT(x) is the vector at x[i].
#define MAP(n, out, EXPRESSION)                                  \
  do {                                                           \
    size_t i = 0, width = L;                                     \
    for (; i + L <= (n); i += L) F(put)((out) + i, L, EXPRESSION); \
    if (i < (n)) {                                               \
      width = (n) - i;                                           \
      F(put)((out) + i, width, EXPRESSION);                      \
    }                                                            \
  } while (0)
#define AT(x) F(take)((x) + i, width)
