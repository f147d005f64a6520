// Factors of square matrices, row-major and in place, and substitution with them. Blocks of some columns are factored
// or solved one element after the other; what they do to the rest is a matrix product, which is where the time goes.

#define PANEL 32

// C −= op(A)·B, by way of −C: the product can only add.
static void F(subtract_product)(bool transA, bool transB, size_t m, size_t n, size_t k, const T *a, size_t lda,
                                const T *b, size_t ldb, T *c, size_t ldc) {
  if (k == 0) return;
  for (size_t i = 0; i < m; i++) F(neg)(n, c + i * ldc, c + i * ldc);
  F(gemm)(transA, transB, m, n, k, a, lda, b, ldb, c, ldc, true, 1);
  for (size_t i = 0; i < m; i++) F(neg)(n, c + i * ldc, c + i * ldc);
}

// Columns k0 ..< k1 of the factors, below and on the diagonal; rows are exchanged as wholes. As `lu`.
static int F(lu_panel)(size_t n, size_t k0, size_t k1, T *a, int32_t *pivots) {
  int sign = 1;
  for (size_t k = k0; k < k1; k++) {
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
      F(axpy)(k1 - k - 1, -factor, a + k * n + k + 1, a + i * n + k + 1);
    }
  }
  return sign;
}

// PA = LU by rows: below the diagonal L, whose own diagonal is 1, the rest U. Row k was exchanged with row
// pivots[k], the one with the largest element in column k. Returns the sign of P; 0 where a pivot is 0.
static int F(lu)(size_t n, T *a, int32_t *pivots) {
  int sign = 1;
  for (size_t k0 = 0; k0 < n; k0 += PANEL) {
    size_t k1 = F(smaller_size)(k0 + PANEL, n), right = n - k1;
    sign *= F(lu_panel)(n, k0, k1, a, pivots);
    if (sign == 0) return 0;
    for (size_t i = k0 + 1; i < k1; i++)
      for (size_t t = k0; t < i; t++) F(axpy)(right, -a[i * n + t], a + t * n + k1, a + i * n + k1);
    // The trailing rows less L·U; the sign is changed in U, which is smaller.
    T *u = a + k0 * n + k1;
    for (size_t i = 0; i < k1 - k0; i++) F(neg)(right, u + i * n, u + i * n);
    F(gemm)(false, false, right, right, k1 - k0, a + k1 * n + k0, n, u, n, a + k1 * n + k1, n, true, 1);
    for (size_t i = 0; i < k1 - k0; i++) F(neg)(right, u + i * n, u + i * n);
  }
  return sign;
}

// Σ x·y of less than a panel: `dot` looks for long sums first.
INLINE T F(short_dot)(size_t n, const T *x, const T *y) {
  V sum = {0};
  size_t i = 0, width = L;
  for (; i + L <= n; i += L) sum += AT(x) * AT(y);
  width = n - i;
  if (width > 0) sum += AT(x) * AT(y);
  return F(fold)(sum);
}

// A = L·Lᵀ; what stands above the diagonal becomes 0. False where A is not positive definite.
static bool F(cholesky)(size_t n, T *a) {
  for (size_t j0 = 0; j0 < n; j0 += PANEL) {
    size_t j1 = F(smaller_size)(j0 + PANEL, n);
    T *block = a + j0 * n;
    F(subtract_product)(false, true, n - j0, j1 - j0, j0, block, n, block, n, block + j0, n);
    for (size_t i = j0; i < n; i++) {
      T *row = a + i * n;
      for (size_t j = j0; j < F(smaller_size)(j1, i); j++)
        row[j] = (row[j] - F(short_dot)(j - j0, row + j0, a + j * n + j0)) / a[j * n + j];
      if (i >= j1) continue;
      T square = row[i] - F(short_dot)(i - j0, row + j0, row + j0);
      if (!(square > 0)) return false;
      row[i] = LIBM(sqrt)(square);
      for (size_t j = i + 1; j < n; j++) row[j] = 0;
    }
  }
  return true;
}

// B[n,m] = op(A)⁻¹·B for a triangular A: each block of rows of B less its part in the rows already solved, then within
// the block each row less its part in those before.
static void F(substitute)(size_t n, size_t m, const T *a, bool lower, bool trans, bool unit, T *b) {
  size_t across = trans ? 1 : n, down = trans ? n : 1;
  bool forward = lower != trans;
  for (size_t s0 = 0; s0 < n; s0 += PANEL) {
    size_t s1 = F(smaller_size)(s0 + PANEL, n);
    size_t first = forward ? s0 : n - s1, solved = forward ? 0 : n - s0;
    F(subtract_product)(trans, false, s1 - s0, m, s0, a + first * across + solved * down, n, b + solved * m, m,
                        b + first * m, m);
    for (size_t s = s0; s < s1; s++) {
      size_t i = forward ? s : n - 1 - s;
      for (size_t t = s0; t < s; t++) {
        size_t k = forward ? t : n - 1 - t;
        F(axpy)(m, -a[i * across + k * down], b + k * m, b + i * m);
      }
      if (!unit) F(div_scalar)(m, b + i * m, a[i * n + i], b + i * m);
    }
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
