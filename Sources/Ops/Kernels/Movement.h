// Transposed copies, and copies of strided and broadcast arrays.

// A block at the edge begins further back, where there is room, and copies some elements twice.
static void F(transpose)(size_t rows, size_t cols, const T *x, size_t ldx, T *out, size_t ldout) {
  if (rows < L || cols < L) {
    for (size_t r = 0; r < rows; r++)
      for (size_t c = 0; c < cols; c++) out[c * ldout + r] = x[r * ldx + c];
    return;
  }
  for (size_t i = 0; i < rows; i += L) {
    size_t r = i + L <= rows ? i : rows - L;
    for (size_t j = 0; j < cols; j += L) {
      size_t c = j + L <= cols ? j : cols - L;
      V v[L];
      UNROLL for (size_t q = 0; q < L; q++) v[q] = F(load)(x + (r + q) * ldx + c);
      F(transpose_square)(v);
      UNROLL for (size_t q = 0; q < L; q++) F(store)(out + (c + q) * ldout + r, v[q]);
    }
  }
}

// Innermost dimension by a loop of its own, the others by recursion: at most 8 deep.
static void F(gather_from)(int rank, const size_t *shape, const ptrdiff_t *strides, const T *x, T **out) {
  if (rank == 0) {
    *(*out)++ = *x;
  } else if (rank > 1) {
    for (size_t i = 0; i < *shape; i++, x += *strides) F(gather_from)(rank - 1, shape + 1, strides + 1, x, out);
  } else {
    if (*strides == 1) {
      F(copy)(*shape, x, *out);
    } else if (*strides == 0) {
      F(fill)(*shape, *x, *out);
    } else {
      for (size_t i = 0; i < *shape; i++) (*out)[i] = x[(ptrdiff_t)i * *strides];
    }
    *out += *shape;
  }
}

static void F(gather)(int rank, const size_t *shape, const ptrdiff_t *strides, const T *x, T *out) {
  F(gather_from)(rank, shape, strides, x, &out);
}

static void F(scatter_from)(int rank, const size_t *shape, const ptrdiff_t *strides, const T **y, T *x) {
  if (rank == 0) {
    *x += *(*y)++;
  } else if (rank > 1) {
    for (size_t i = 0; i < *shape; i++, x += *strides) F(scatter_from)(rank - 1, shape + 1, strides + 1, y, x);
  } else {
    if (*strides == 1) {
      F(add)(*shape, x, *y, x);
    } else if (*strides == 0) {
      *x += F(sum)(*shape, *y);
    } else {
      for (size_t i = 0; i < *shape; i++) x[(ptrdiff_t)i * *strides] += (*y)[i];
    }
    *y += *shape;
  }
}

static void F(scatter_add)(int rank, const size_t *shape, const ptrdiff_t *strides, const T *y, T *x) {
  F(scatter_from)(rank, shape, strides, &y, x);
}
