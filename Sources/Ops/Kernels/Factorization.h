// Factors of square matrices, row-major and in place, and substitution with them.

// PA = LU by rows: below the diagonal L, whose own diagonal is 1, the rest U. Row k was exchanged with row
// pivots[k], the one with the largest element in column k. Returns the sign of P; 0 where a pivot is 0.
static int F(lu)(size_t n, T *a, int32_t *pivots) {
  int sign = 1;
  for (size_t k = 0; k < n; k++) {
    size_t p = k;
    for (size_t i = k + 1; i < n; i++)
      if (LIBM(fabs)(a[i * n + k]) > LIBM(fabs)(a[p * n + k])) p = i;
    pivots[k] = (int32_t)p;
    if (a[p * n + k] == 0) return 0;
    if (p != k) {
      F(exchange)(n, a + p * n, a + k * n);
      sign = -sign;
    }
    for (size_t i = k + 1; i < n; i++) {
      T factor = a[i * n + k] /= a[k * n + k];
      F(axpy)(n - k - 1, -factor, a + k * n + k + 1, a + i * n + k + 1);
    }
  }
  return sign;
}

// A = L·Lᵀ; what stands above the diagonal becomes 0. False where A is not positive definite.
static bool F(cholesky)(size_t n, T *a) {
  for (size_t i = 0; i < n; i++) {
    T *row = a + i * n;
    for (size_t j = 0; j < i; j++) row[j] = (row[j] - F(dot)(j, row, a + j * n)) / a[j * n + j];
    T square = row[i] - F(sum_squares)(i, row);
    if (!(square > 0)) return false;
    row[i] = LIBM(sqrt)(square);
    for (size_t j = i + 1; j < n; j++) row[j] = 0;
  }
  return true;
}

// B[n,m] = op(A)⁻¹·B for a triangular A: each row of B less its part in the rows already solved.
static void F(substitute)(size_t n, size_t m, const T *a, bool lower, bool trans, bool unit, T *b) {
  size_t across = trans ? 1 : n, down = trans ? n : 1;
  bool forward = lower != trans;
  for (size_t s = 0; s < n; s++) {
    size_t i = forward ? s : n - 1 - s;
    for (size_t t = 0; t < s; t++) {
      size_t k = forward ? t : n - 1 - t;
      F(axpy)(m, -a[i * across + k * down], b + k * m, b + i * m);
    }
    if (!unit) F(div_scalar)(m, b + i * m, a[i * n + i], b + i * m);
  }
}

static void F(lu_solve)(size_t n, size_t m, const T *lu, const int32_t *pivots, bool trans, T *b) {
  if (!trans)
    for (size_t k = 0; k < n; k++)
      if (pivots[k] != (int32_t)k) F(exchange)(m, b + k * m, b + pivots[k] * m);
  F(substitute)(n, m, lu, !trans, trans, !trans, b);
  F(substitute)(n, m, lu, trans, trans, trans, b);
  if (trans)
    for (size_t k = n; k-- > 0;)
      if (pivots[k] != (int32_t)k) F(exchange)(m, b + k * m, b + pivots[k] * m);
}

static void F(lower_triangle)(size_t rows, size_t cols, ptrdiff_t offset, const T *x, T *out) {
  for (size_t r = 0; r < rows; r++)
    for (size_t c = 0; c < cols; c++)
      out[r * cols + c] = (ptrdiff_t)c <= (ptrdiff_t)r + offset ? x[r * cols + c] : 0;
}
