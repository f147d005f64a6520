// Copies of parts of A and B in the order in which the tiles read them, so that a large product walks
// through memory one line after the other.

// `n` columns of B into `out`, row by row, `width` ≥ n elements apart; those from n on are 0. Transposed, B's
// columns lie as rows.
static void F(pack_b)(size_t k, size_t width, size_t n, bool transposed, const T *b, size_t ldb, T *out) {
  if (transposed) {
    if (n < width) memset(out, 0, k * width * sizeof(T));
    return F(transpose)(n, k, b, ldb, out, width);
  }
  // The processor does not see ahead from row to row where they lie pages apart.
  for (size_t p = 0; p < k; p++, b += ldb, out += width) {
    for (size_t w = 0; w < width; w += L) {
      __builtin_prefetch(b + 16 * ldb + w);
      F(store)(out + w, F(take)(b + w, n >= w + L ? L : n > w ? n - w : 0));
    }
  }
}

#define ROW_GROUPS ((TILE_ROWS + L - 1) / L)

// A[rows ≤ TILE_ROWS, k] into `out` column by column. Whole vectors are written: what spills over is
// overwritten by the next column, or lies in the room of L elements after the last.
static void F(pack_a)(size_t rows, size_t k, int layout, const T *a, size_t stride, T *out) {
  if (layout == BY_COLUMNS) {
    for (size_t p = 0; p < k; p++, a += stride)
      for (size_t i = 0; i < rows; i++) *out++ = a[i];
    return;
  }
  size_t p = 0;
  for (; p + L <= k; p += L) {
    V v[ROW_GROUPS][L];
    UNROLL for (size_t g = 0; g < ROW_GROUPS; g++) {
      UNROLL for (size_t i = 0; i < L; i++) {
        size_t row = g * L + i < rows ? g * L + i : rows - 1;
        v[g][i] = F(load)(a + row * stride + p);
      }
      F(transpose_square)(v[g]);
    }
    UNROLL for (size_t i = 0; i < L; i++, out += rows) {
      UNROLL for (size_t g = 0; g < ROW_GROUPS; g++) {
        if (g * L < rows) F(store)(out + g * L, v[g][i]);
      }
    }
  }
  for (; p < k; p++)
    for (size_t i = 0; i < rows; i++) *out++ = a[i * stride + p];
}
