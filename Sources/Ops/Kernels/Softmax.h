// Softmax and its relatives, row by row. m = max(x) is taken out of every exponent, so that none overflows:
// log Σ exp(x) = m + log Σ exp(x − m).

// log Σ exp(x − m), through blocks on the stack.
#define EXPONENTIALS 256
static T F(log_sum)(size_t n, const T *x, T m) {
  T block[EXPONENTIALS], sum = 0;
  for (size_t done = 0; done < n; done += EXPONENTIALS) {
    size_t width = n - done < EXPONENTIALS ? n - done : EXPONENTIALS;
    F(sub_scalar)(width, x + done, m, block);
    F(exp)(width, block, block);
    sum += F(sum)(width, block);
  }
  return LIBM(log)(sum);
}
#undef EXPONENTIALS

static void F(log_sum_exp_rows)(size_t rows, size_t cols, const T *x, T *out) {
  for (size_t r = 0; r < rows; r++, x += cols) {
    T m = F(maximum)(cols, x);
    out[r] = m - m == 0 ? m + F(log_sum)(cols, x, m) : m;  // an infinite m is the result
  }
}

static void F(log_softmax_rows)(size_t rows, size_t cols, const T *x, T *out) {
  for (size_t r = 0; r < rows; r++, x += cols, out += cols) {
    T m = F(maximum)(cols, x), s = F(log_sum)(cols, x, m);
    F(sub_scalar)(cols, x, m, out);
    F(sub_scalar)(cols, out, s, out);
  }
}

static void F(softmax_rows)(size_t rows, size_t cols, const T *x, T *out) {
  for (size_t r = 0; r < rows; r++, x += cols, out += cols) {
    F(sub_scalar)(cols, x, F(maximum)(cols, x), out);
    F(exp)(cols, out, out);
    F(div_scalar)(cols, out, F(sum)(cols, out), out);
  }
}

static void F(cross_entropy_rows)(size_t rows, size_t cols, const T *x, const int32_t *labels, T *out) {
  for (size_t r = 0; r < rows; r++, x += cols) {
    T m = F(maximum)(cols, x);
    out[r] = (m - x[labels[r]]) + F(log_sum)(cols, x, m);
  }
}
