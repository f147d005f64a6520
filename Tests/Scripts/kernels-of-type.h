// The comparisons of kernels.c for elements of one type T.

static T *F(array)(size_t count, Real (*draw)(void)) {
  T *x = malloc((count + 1) * sizeof(T));
  for (size_t i = 0; i < count; i++) x[i] = (T)draw();
  return x;
}

// Whether `got` is within `limit` units of the last place of the truth.
static bool F(is_near)(T got, Real truth, Real limit) {
  T nearest = (T)truth;
  if (got == nearest || (isnan(got) && isnan(truth))) return true;
  return fabsl((Real)got - truth) <= limit * EPSILON * fmaxl(fabsl(truth), SMALLEST);
}

static void F(products)(size_t m, size_t n, size_t k) {
  for (int flags = 0; flags < 8; flags++) {
    bool trans_a = flags & 1, trans_b = flags & 2, accumulate = flags & 4;
    size_t lda = (trans_a ? m : k) + 1, ldb = (trans_b ? k : n) + 2, ldc = n + 3;
    T *a = F(array)((trans_a ? k : m) * lda, quarter), *b = F(array)((trans_b ? n : k) * ldb, quarter);
    T *c = F(array)(m * ldc, quarter), *before = malloc(m * ldc * sizeof(T));
    for (size_t i = 0; i < m * ldc; i++) before[i] = c[i];
    F(ck_gemm)(trans_a, trans_b, m, n, k, a, lda, b, ldb, c, ldc, accumulate, 2);
    for (size_t i = 0; i < m; i++) {
      for (size_t j = 0; j < ldc; j++) {
        Real sum = accumulate || j >= n ? before[i * ldc + j] : 0;
        for (size_t p = 0; p < k && j < n; p++)
          sum += (Real)a[trans_a ? p * lda + i : i * lda + p] * b[trans_b ? j * ldb + p : p * ldb + j];
        report(c[i * ldc + j] == sum, "gemm", TYPE, c[i * ldc + j], sum);
      }
    }
    free(a), free(b), free(c), free(before);
  }
}

static void F(all_products)(void) {
  const size_t shapes[][3] = {{1, 1, 1},   {1, 1, 70},  {1, 33, 17}, {37, 1, 29},  {5, 7, 0},    {2, 3, 40},
                              {6, 16, 8},  {7, 17, 9},  {13, 31, 21}, {14, 10, 50}, {29, 10, 33}, {17, 66, 3},
                              {62, 90, 100}, {70, 10, 66}, {9, 21, 1},  {31, 70, 70}};
  for (size_t i = 0; i < sizeof shapes / sizeof *shapes; i++)
    F(products)(shapes[i][0], shapes[i][1], shapes[i][2]);
}

// Of `count` numbers, which no length of a vector divides.
enum { F(count) = 61 };

static void F(unary)(const char *name, void (*kernel)(size_t, const T *, T *), Real (*truth)(Real), Real limit,
                     Real scale) {
  T *x = F(array)(F(count), number), y[F(count)];
  for (int i = 0; i < F(count); i++) x[i] *= (T)scale;
  kernel(F(count), x, y);
  for (int i = 0; i < F(count); i++)
    report(F(is_near)(y[i], truth(x[i]), limit), name, TYPE, y[i], truth(x[i]));
  free(x);
}

static void F(all_unary)(void) {
#define UNARY(name, truth, limit, scale) F(unary)(#name, F(ck_##name), truth, limit, scale)
  UNARY(neg, negation, 0.5, 4);
  UNARY(abs, fabsl, 0.5, 4);
  UNARY(square, square, 0.5, 4);
  UNARY(sqrt, sqrtl, 0.5, 4);
  UNARY(relu, rectified, 0.5, 4);
  UNARY(copy, identity, 0.5, 4);
  for (Real scale = 0.01L; scale < 200; scale *= 5) {
    UNARY(exp, expl, 2, scale);
    UNARY(expm1, expm1l, 2, scale);
    UNARY(log, logl, 2, scale);
    UNARY(log1p, log1pl, 2, scale);
    UNARY(tanh, tanhl, 2, scale);
    UNARY(sigmoid, logistic, 2, scale);
    UNARY(logistic_density, density, 4, scale);
    UNARY(softplus, soft_plus, 2, scale);
    UNARY(sin, sinl, 2, scale);
    UNARY(cos, cosl, 2, scale);
  }
}

static void F(pairs)(const char *name, void (*kernel)(size_t, const T *, const T *, T *),
                     void (*with_number)(size_t, const T *, T, T *), Real (*truth)(Real, Real)) {
  T *x = F(array)(F(count), quarter), *y = F(array)(F(count), number), out[F(count)];
  if (kernel) kernel(F(count), x, y, out);
  for (int i = 0; kernel && i < F(count); i++)
    report(F(is_near)(out[i], truth(x[i], y[i]), 0.5), name, TYPE, out[i], truth(x[i], y[i]));
  if (with_number) with_number(F(count), x, y[0], out);
  for (int i = 0; with_number && i < F(count); i++)
    report(F(is_near)(out[i], truth(x[i], y[0]), 0.5), name, TYPE, out[i], truth(x[i], y[0]));
  free(x), free(y);
}

static void F(all_pairs)(void) {
  F(pairs)("add", F(ck_add), F(ck_add_scalar), addition);
  F(pairs)("sub", F(ck_sub), F(ck_sub_scalar), subtraction);
  F(pairs)("mul", F(ck_mul), F(ck_mul_scalar), multiplication);
  F(pairs)("div", F(ck_div), F(ck_div_scalar), division);
  F(pairs)("scalar_sub", NULL, F(ck_scalar_sub), reversed_subtraction);
  F(pairs)("scalar_div", NULL, F(ck_scalar_div), reversed_division);
  F(pairs)("less", F(ck_less), NULL, is_less);
  F(pairs)("equal", F(ck_equal), NULL, is_equal);
  T x[] = {0, INFINITY, 0, 2}, y[] = {INFINITY, 0, NAN, 3}, out[4];
  F(ck_chain)(4, x, y, out);
  for (int i = 0; i < 4; i++) report(out[i] == (i < 3 ? 0 : 6), "chain", TYPE, out[i], i < 3 ? 0 : 6);
}

static void F(reductions)(size_t rows, size_t cols) {
  T *x = F(array)(rows * cols, quarter), *by_row = F(array)(rows, quarter), *by_column = F(array)(cols, quarter);
  F(ck_sum_rows)(rows, cols, x, false, by_row);
  F(ck_sum_columns)(rows, cols, x, false, by_column);
  Real total = 0, squares = 0, largest = -INFINITY;
  for (size_t r = 0; r < rows; r++) {
    Real sum = 0;
    for (size_t c = 0; c < cols; c++) sum += x[r * cols + c];
    for (size_t c = 0; c < cols; c++) squares += (Real)x[r * cols + c] * x[r * cols + c];
    for (size_t c = 0; c < cols; c++) largest = fmaxl(largest, x[r * cols + c]);
    total += sum;
    report(by_row[r] == sum, "sum_rows", TYPE, by_row[r], sum);
  }
  for (size_t c = 0; c < cols; c++) {
    Real sum = 0;
    for (size_t r = 0; r < rows; r++) sum += x[r * cols + c];
    report(by_column[c] == sum, "sum_columns", TYPE, by_column[c], sum);
  }
  T sum = F(ck_sum)(rows * cols, x), sum_squares = F(ck_sum_squares)(rows * cols, x);
  report(sum == total, "sum", TYPE, sum, total);
  report(sum_squares == squares, "sum_squares", TYPE, sum_squares, squares);
  report(F(ck_dot)(rows * cols, x, x) == squares, "dot", TYPE, F(ck_dot)(rows * cols, x, x), squares);
  report(F(ck_maximum)(rows * cols, x) == largest, "maximum", TYPE, F(ck_maximum)(rows * cols, x), largest);
  free(x), free(by_row), free(by_column);
}

static void F(softmax)(size_t rows, size_t cols) {
  T *x = F(array)(rows * cols, number), *y = F(array)(rows * cols, number), *logs = F(array)(rows * cols, number);
  F(ck_softmax_rows)(rows, cols, x, y);
  F(ck_log_softmax_rows)(rows, cols, x, logs);
  for (size_t r = 0; r < rows; r++) {
    Real sum = 0;
    for (size_t c = 0; c < cols; c++) sum += expl(x[r * cols + c]);
    for (size_t c = 0; c < cols; c++) {
      Real z = x[r * cols + c], truth = expl(z) / sum;
      report(F(is_near)(y[r * cols + c], truth, 8), "softmax", TYPE, y[r * cols + c], truth);
      report(fabsl(logs[r * cols + c] - logl(truth)) < 32 * EPSILON, "log_softmax", TYPE, logs[r * cols + c],
             logl(truth));
    }
  }
  free(x), free(y), free(logs);
}

// Solving with both factorizations gives back what the matrix was multiplied by.
static void F(solving)(size_t n) {
  T *a = F(array)(n * n, quarter), *x = F(array)(n, quarter), *b = F(array)(n, quarter), *g = F(array)(n * n, quarter);
  int32_t *pivots = malloc(n * sizeof *pivots);
  for (size_t i = 0; i < n; i++) a[i * n + i] += (T)(4 * n);
  F(ck_gemm)(false, false, n, 1, n, a, n, x, 1, b, 1, false, 1);
  F(ck_gemm)(false, true, n, n, n, a, n, a, n, g, n, false, 1);
  F(ck_lu)(n, a, pivots);
  F(ck_lu_solve)(n, 1, a, pivots, false, b);
  for (size_t i = 0; i < n; i++) report(fabsl(b[i] - x[i]) < 64 * EPSILON, "lu_solve", TYPE, b[i], x[i]);
  F(ck_gemm)(false, false, n, 1, n, g, n, x, 1, b, 1, false, 1);
  report(F(ck_cholesky)(n, g), "cholesky", TYPE, 0, 1);
  F(ck_substitute)(n, 1, g, true, false, false, b);
  F(ck_substitute)(n, 1, g, true, true, false, b);
  for (size_t i = 0; i < n; i++) report(fabsl(b[i] - x[i]) < 256 * EPSILON, "cholesky", TYPE, b[i], x[i]);
  free(a), free(x), free(b), free(g), free(pivots);
}

static void F(transposes)(size_t rows, size_t cols) {
  T *x = F(array)(rows * cols, number), *y = F(array)(rows * cols, number);
  F(ck_transpose)(rows, cols, x, cols, y, rows);
  for (size_t i = 0; i < rows * cols; i++)
    report(y[i % cols * rows + i / cols] == x[i], "transpose", TYPE, y[i % cols * rows + i / cols], x[i]);
  free(x), free(y);
}

static void F(all)(void) {
  const size_t shapes[][2] = {{1, 1}, {1, 65}, {3, 10}, {5, 33}, {70, 3}, {100, 1}, {40, 70}};
  F(all_products)();
  F(all_unary)();
  F(all_pairs)();
  for (size_t i = 0; i < sizeof shapes / sizeof *shapes; i++) {
    F(reductions)(shapes[i][0], shapes[i][1]);
    F(softmax)(shapes[i][0], shapes[i][1]);
    F(transposes)(shapes[i][0], shapes[i][1]);
    F(solving)(shapes[i][1]);
  }
}
