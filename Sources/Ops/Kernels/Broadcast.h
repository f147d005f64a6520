// A matrix with a vector along its rows (the same for every row) or columns (one number per row).

#define ROW_AND_COLUMN(name, OPERATOR)                                                              \
  static void F(name##_row)(size_t rows, size_t cols, const T *x, const T *v, T *out) {             \
    for (size_t r = 0; r < rows; r++, x += cols, out += cols) MAP(cols, out, AT(x) OPERATOR AT(v)); \
  }                                                                                                 \
  static void F(name##_column)(size_t rows, size_t cols, const T *x, const T *v, T *out) {          \
    for (size_t r = 0; r < rows; r++, x += cols, out += cols) {                                     \
      V s = F(splat)(v[r]);                                                                         \
      MAP(cols, out, AT(x) OPERATOR s);                                                             \
    }                                                                                               \
  }

ROW_AND_COLUMN(add, +)
ROW_AND_COLUMN(sub, -)
ROW_AND_COLUMN(mul, *)
ROW_AND_COLUMN(div, /)

#undef ROW_AND_COLUMN
