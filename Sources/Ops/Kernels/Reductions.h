// Sums and the largest. A sum is taken over blocks of rows of STRIP vectors, blocks are added pairwise: partial
// sums of equal size meet in a stack, as carries do in a binary counter, so rounding errors grow with log n.

#define STRIP 4         // vectors summed side by side: enough to hide the latency of an addition
#define BLOCK_ROWS 32   // rows added one after the other in a block
#define LEVELS 48       // 2^48 blocks are more than memory holds

// sums[0 ..< STRIP] = the sums over `rows` rows, `stride` elements apart, of EXPRESSION(AT(x), AT(y)).
#define PAIRWISE(name, EXPRESSION)                                                                    \
  INLINE void F(name##_block)(int strip, size_t width, size_t rows, size_t stride, const T *x, const T *y, V *sum) { \
    UNROLL for (int v = 0; v < strip; v++) sum[v] = (V){0};                                           \
    for (size_t r = 0; r < rows; r++) {                                                               \
      UNROLL for (int v = 0; v < strip; v++) {                                                        \
        size_t i = r * stride + v * L;                                                                      \
        sum[v] += EXPRESSION;                                                                         \
      }                                                                                               \
    }                                                                                                 \
  }                                                                                                   \
  INLINE void F(name##_strip)(int strip, size_t width, size_t rows, size_t stride, const T *x, const T *y, V *sum) { \
    V stack[LEVELS][STRIP];                                                                           \
    int depth = 0;                                                                                    \
    size_t blocks = 0;                                                                                \
    for (; rows >= BLOCK_ROWS; rows -= BLOCK_ROWS, x += BLOCK_ROWS * stride, y += BLOCK_ROWS * stride) { \
      F(name##_block)(strip, width, BLOCK_ROWS, stride, x, y, stack[depth++]);                               \
      for (size_t carry = ++blocks; carry % 2 == 0; carry /= 2, depth--)                              \
        UNROLL for (int v = 0; v < strip; v++) stack[depth - 2][v] += stack[depth - 1][v];            \
    }                                                                                                 \
    F(name##_block)(strip, width, rows, stride, x, y, sum);                                                  \
    while (depth-- > 0)                                                                               \
      UNROLL for (int v = 0; v < strip; v++) sum[v] = stack[depth][v] + sum[v];                       \
  }                                                                                                   \
  static T F(name##_total)(size_t n, const T *x, const T *y) {                                        \
    V sum[STRIP] = {{0}};                                                                             \
    size_t rows = n / (STRIP * L), done = rows * STRIP * L;                                           \
    if (rows > 0) F(name##_strip)(STRIP, L, rows, STRIP * L, x, y, sum);                                 \
    for (size_t i = done; i < n; i += L) {                                                            \
      size_t width = n - i < L ? n - i : L;                                                           \
      sum[(i - done) / L] += EXPRESSION;                                                              \
    }                                                                                                 \
    return F(fold)((sum[0] + sum[1]) + (sum[2] + sum[3]));                                            \
  }

PAIRWISE(plain, AT(x))
PAIRWISE(squares, AT(x) * AT(x))
PAIRWISE(products, AT(x) * AT(y))

static T F(sum)(size_t n, const T *x) { return F(plain_total)(n, x, x); }
static T F(sum_squares)(size_t n, const T *x) { return F(squares_total)(n, x, x); }
static T F(dot)(size_t n, const T *x, const T *y) { return F(products_total)(n, x, y); }

static void F(sum_rows)(size_t rows, size_t cols, const T *x, bool accumulate, T *out) {
  for (size_t r = 0; r < rows; r++) out[r] = F(sum)(cols, x + r * cols) + (accumulate ? out[r] : 0);
}

// Adds the sums to `out` or writes them there, without reading it then. Of the first vector, `keep` lanes
// are left as they are.
INLINE void F(put_sums)(int strip, const V *sum, size_t keep, size_t width, bool accumulate, T *out) {
  UNROLL for (int v = 0; v < strip; v++) {
    V old = accumulate ? F(take)(out + v * L, width) : (V){0};
    if (keep > 0) {
      for (size_t i = keep; i < L; i++) out[i] = sum[v][i] + old[i];
    } else {
      F(put)(out + v * L, width, accumulate ? sum[v] + old : sum[v]);
    }
  }
}

static void F(sum_columns)(size_t rows, size_t cols, const T *x, bool accumulate, T *out) {
  if (cols == 1) return F(sum_rows)(1, rows, x, accumulate, out);
  V sum[STRIP];
  size_t c = 0;
  for (; c + STRIP * L <= cols; c += STRIP * L) {
    F(plain_strip)(STRIP, L, rows, cols, x + c, x, sum);
    F(put_sums)(STRIP, sum, 0, L, accumulate, out + c);
  }
  for (; c + L <= cols; c += L) {
    F(plain_strip)(1, L, rows, cols, x + c, x, sum);
    F(put_sums)(1, sum, 0, L, accumulate, out + c);
  }
  if (c == cols) return;
  if (cols < L) {
    F(plain_strip)(1, cols, rows, cols, x, x, sum);
    F(put_sums)(1, sum, 0, cols, accumulate, out);
  } else {  // the last full vector overlaps columns already done
    F(plain_strip)(1, L, rows, cols, x + cols - L, x, sum);
    F(put_sums)(1, sum, c - (cols - L), L, accumulate, out + cols - L);
  }
}

INLINE T F(larger_scalar)(T x, T y) { return x > y || x != x ? x : y; }

static T F(maximum)(size_t n, const T *x) {
  T best = -(T)INFINITY;
  size_t i = 0;
  if (n >= STRIP * L) {
    V b[STRIP], all;
    UNROLL for (int v = 0; v < STRIP; v++) b[v] = F(splat)(best);
    for (; i + STRIP * L <= n; i += STRIP * L) {
      UNROLL for (int v = 0; v < STRIP; v++) b[v] = F(larger)(b[v], F(load)(x + i + v * L));
    }
    all = F(larger)(F(larger)(b[0], b[1]), F(larger)(b[2], b[3]));
    for (int v = 0; v < L; v++) best = F(larger_scalar)(best, all[v]);
  }
  for (; i < n; i++) best = F(larger_scalar)(best, x[i]);
  return best;
}

static void F(max_rows)(size_t rows, size_t cols, const T *x, T *out) {
  for (size_t r = 0; r < rows; r++) out[r] = F(maximum)(cols, x + r * cols);
}

#undef PAIRWISE
#undef STRIP
#undef BLOCK_ROWS
#undef LEVELS
