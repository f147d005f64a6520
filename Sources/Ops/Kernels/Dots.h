// The matrix product where k runs along the rows of A and along the rows of the stored B (A · Bᵀ): every
// element of C is the dot product of two rows, L values of k at a time, several rows of each at once.

#define DOT_ROWS 3
#define DOT_COLUMNS 4
// From here on packing B is faster.
#define DOT_MOST_ROWS 16

// sum[i][j] += a[i, p ..< p + L] · b[j, p ..< p + L], without the lanes before `skip`.
INLINE void F(dot_step)(int R, size_t p, Integer skip, const T *a, size_t lda, const T *const *b,
                        V sum[][DOT_COLUMNS]) {
  I wanted = F(iota)() >= skip;
  V y[DOT_COLUMNS];
  UNROLL for (int j = 0; j < DOT_COLUMNS; j++) y[j] = (V)(wanted & (I)F(load)(b[j] + p));
  UNROLL for (int i = 0; i < R; i++) {
    V x = (V)(wanted & (I)F(load)(a + (size_t)i * lda + p));
    UNROLL for (int j = 0; j < DOT_COLUMNS; j++) sum[i][j] = x * y[j] + sum[i][j];
  }
}

// out[i][j] = the dot product of row i of A and row b[j], for k ≥ L.
INLINE void F(dot_tile)(int R, size_t k, const T *a, size_t lda, const T *const *b, T out[][DOT_COLUMNS]) {
  V sum[DOT_ROWS][DOT_COLUMNS];
  UNROLL for (int i = 0; i < R; i++) {
    UNROLL for (int j = 0; j < DOT_COLUMNS; j++) sum[i][j] = (V){0};
  }
  size_t p = 0;
  for (; p + L <= k; p += L) F(dot_step)(R, p, 0, a, lda, b, sum);
  if (p < k) F(dot_step)(R, k - L, (Integer)(p - (k - L)), a, lda, b, sum);
  UNROLL for (int i = 0; i < R; i++) F(fold_four)(sum[i], out[i]);
}

// C[i, j] at c[i·row + j·column]; B's rows are ldb apart.
static void F(dots)(size_t m, size_t n, size_t k, const T *a, size_t lda, const T *b, size_t ldb, T *c, size_t row,
                    size_t column, bool add) {
  for (size_t i = 0; i < m; i += DOT_ROWS, a += DOT_ROWS * lda) {
    size_t rows = m - i < DOT_ROWS ? m - i : DOT_ROWS;
    for (size_t j = 0; j < n; j += DOT_COLUMNS) {
      const T *y[DOT_COLUMNS];
      T out[DOT_ROWS][DOT_COLUMNS];
      // Past the last row of B the last one is taken again, and its products left out.
      for (size_t q = 0; q < DOT_COLUMNS; q++) y[q] = b + (j + q < n ? j + q : n - 1) * ldb;
      if (rows == 3) F(dot_tile)(3, k, a, lda, y, out);
      else if (rows == 2) F(dot_tile)(2, k, a, lda, y, out);
      else F(dot_tile)(1, k, a, lda, y, out);
      for (size_t r = 0; r < rows; r++) {
        for (size_t q = 0; q < DOT_COLUMNS && j + q < n; q++) {
          T *element = c + (i + r) * row + (j + q) * column;
          T value = out[r][q];
          *element = add ? *element + value : value;
        }
      }
    }
  }
}
