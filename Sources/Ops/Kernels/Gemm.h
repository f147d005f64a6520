// The matrix product: which way for which shape, the blocks of a large one, and its division among threads.

// C = A·B as the tiles see it.
struct F(Product) {
  size_t m, n, k;
  const T *a;
  int layout;  // BY_ROWS or BY_COLUMNS
  size_t lda;
  const T *b;
  bool transposed;  // B[p, j] at b[j·ldb + p]
  size_t ldb;
  T *c;
  size_t c_row, c_column;  // C[i, j] at c[i·c_row + j·c_column]
  bool add;
  bool pack_a, pack_b;
  bool padded;  // C is one panel, wider than C itself
};

// K_BLOCK rows of a panel of B fit in the first-level cache (24 KB) where vectors have 32 bytes; with 64 they do not,
// but fewer passes over C are worth more (2048 × 2048: + 5 %). A_BLOCK of A's rows times that fit in half of the second
// (240 KB), B_BLOCK of B's columns times that in the third (8 MB).
#define K_BLOCK (VECTOR_BYTES == 64 ? 512 : 384)
#define A_BLOCK (480 / sizeof(T))
#define B_BLOCK (16384 / sizeof(T))

INLINE size_t F(smaller_size)(size_t x, size_t y) { return x < y ? x : y; }

// A range divided into the fewest parts of at most `most`, as equal as can be: where part number `i` begins.
INLINE size_t F(parts)(size_t n, size_t most) { return (n + most - 1) / most; }
INLINE size_t F(part_start)(size_t n, size_t parts, size_t i) {
  return i * (n / parts) + F(smaller_size)(i, n % parts);
}

// The columns of the panel that begins at j: how many vectors wide, and where it begins so that it does not
// leave C; it then overlaps the panel before. Of a C that is narrower, the last vector has only `last` lanes.
struct F(Panel) {
  size_t start, vectors, next, last;
};
INLINE struct F(Panel) F(panel)(const struct F(Product) *p, size_t j) {
  size_t n = p->n, vectors = 1, left = n - j;
  bool wide = p->m <= WIDE_ROWS;
  if (p->padded) return (struct F(Panel)){0, n <= L ? 1 : 2, n, L};
  if (HAS_MASKS && n < 2 * L) return (struct F(Panel)){0, n <= L ? 1 : 2, n, n <= L ? n : n - L};
  if (left > L && n >= 2 * L) vectors = 2;
  if (wide && left > 2 * L && n >= 4 * L) vectors = 4;
  size_t start = j + vectors * L <= n ? j : n - vectors * L;
  return (struct F(Panel)){start, vectors, start + vectors * L, L};
}

// A tile of C that is narrower than a vector, or whose columns do not lie side by side: by way of a copy.
static void F(put_copy)(const struct F(Product) *p, F(Tile) *tile, size_t rows, size_t from, size_t to, size_t k,
                        const T *a, size_t lda, const T *b, size_t ldb, size_t width, size_t last, T *c, bool add) {
  T sums[MOST_VECTORS * L];
  tile(k, a, lda, b, ldb, sums, width, 0, last, false);
  for (size_t j = from; j < to; j++) {
    T *element = c + j * p->c_column;
    for (size_t i = 0; i < rows; i++, element += p->c_row) {
      T value = sums[i * width + j];
      *element = add ? *element + value : value;
    }
  }
}

// One block of C: rows i0 ..< i1, columns j0 ..< j1, with the packed panels where they are packed.
static void F(multiply_block)(const struct F(Product) *p, size_t k0, size_t k1, size_t i0, size_t i1, size_t j0,
                              size_t j1, const T *packed_a, const T *packed_b) {
  bool add = p->add || k0 > 0;
  size_t k = k1 - k0, m = i1 - i0;
  for (size_t j = j0; j < j1;) {
    struct F(Panel) panel = F(panel)(p, j);
    size_t most = panel.vectors == 1 ? NARROW_ROWS : panel.vectors == 2 ? TILE_ROWS : WIDE_ROWS;
    if (p->pack_a) most = TILE_ROWS;
    size_t blocks = F(parts)(m, most);
    size_t least = m / blocks, longer = m % blocks, rows;  // as F(part_start), without its divisions
    for (size_t i = i0; i < i1; i += rows, longer -= longer > 0) {
      rows = least + (longer > 0);
      int layout = p->pack_a ? BY_COLUMNS : p->layout;
      F(Tile) *tile = panel.vectors == 1   ? F(narrow_tiles)[layout][rows - 1]
                      : panel.vectors == 2 ? F(usual_tiles)[layout][rows - 1]
                                           : F(wide_tiles)[layout][rows - 1];
      const T *a = p->pack_a             ? packed_a + (i - i0) * k
                   : layout == BY_ROWS ? p->a + i * p->lda + k0
                                       : p->a + k0 * p->lda + i;
      size_t lda = p->pack_a ? rows : p->lda;
      const T *b = p->pack_b ? packed_b : p->b + k0 * p->ldb + panel.start;
      size_t ldb = p->pack_b ? panel.vectors * L : p->ldb;
      T *c = p->c + i * p->c_row + panel.start * p->c_column;
      size_t width = panel.vectors * L, keep = j - panel.start;
      if (p->padded || p->c_column != 1) {
        size_t to = F(smaller_size)(width, p->n);
        F(put_copy)(p, tile, rows, keep, to, k, a, lda, b, ldb, width, panel.last, c, add);
      } else {
        tile(k, a, lda, b, ldb, c, p->c_row, keep, panel.last, add);
      }
    }
    if (p->pack_b) packed_b += k * panel.vectors * L;
    j = panel.next;
  }
}

static void F(pack_columns)(const struct F(Product) *p, size_t k0, size_t k1, size_t j0, size_t j1, T *out) {
  for (size_t j = j0; j < j1;) {
    struct F(Panel) panel = F(panel)(p, j);
    size_t width = panel.vectors * L, n = F(smaller_size)(width, p->n);
    const T *b = p->b + (p->transposed ? panel.start * p->ldb + k0 : k0 * p->ldb + panel.start);
    F(pack_b)(k1 - k0, width, n, p->transposed, b, p->ldb, out);
    out += (k1 - k0) * width;
    j = panel.next;
  }
}

static void F(pack_rows)(const struct F(Product) *p, size_t k0, size_t k1, size_t i0, size_t i1, T *out) {
  size_t m = i1 - i0, blocks = F(parts)(m, TILE_ROWS);
  for (size_t t = 0; t < blocks; t++) {
    size_t i = i0 + F(part_start)(m, blocks, t), rows = i0 + F(part_start)(m, blocks, t + 1) - i;
    const T *a = p->a + (p->layout == BY_ROWS ? i * p->lda + k0 : k0 * p->lda + i);
    F(pack_a)(rows, k1 - k0, p->layout, a, p->lda, out + (i - i0) * (k1 - k0));
  }
}

// Tiles of rows of A to take at once: what fits in the first-level cache beside all of B where B itself is that
// small, otherwise A_BLOCK.
INLINE size_t F(row_tiles)(const struct F(Product) *p, size_t k) {
  size_t rows = k * p->n * sizeof(T) <= 18 * 1024 ? 6 * 1024 / sizeof(T) / k : A_BLOCK;
  return rows < TILE_ROWS ? 1 : rows / TILE_ROWS;
}

static void F(multiply)(const struct F(Product) *p) {
  size_t k_parts = F(parts)(p->k, K_BLOCK), k_most = F(parts)(p->k, k_parts);
  size_t tiles = F(parts)(p->m, TILE_ROWS), i_parts = F(parts)(tiles, F(row_tiles)(p, k_most));
  size_t i_most = F(parts)(tiles, i_parts) * TILE_ROWS, j_most = F(smaller_size)(B_BLOCK, p->n) + 4 * L;
  size_t a_room = p->pack_a ? (i_most * k_most + L + 63) / 64 * 64 : 0, b_room = p->pack_b ? k_most * j_most : 0;
  T *packed_a = a_room + b_room > 0 ? ck_scratch((a_room + b_room) * sizeof(T)) : NULL;
  T *packed_b = packed_a ? packed_a + a_room : NULL;
  for (size_t j0 = 0; j0 < p->n; j0 += B_BLOCK) {
    size_t j1 = F(smaller_size)(j0 + B_BLOCK, p->n);
    for (size_t q = 0; q < k_parts; q++) {
      size_t k0 = F(part_start)(p->k, k_parts, q), k1 = F(part_start)(p->k, k_parts, q + 1);
      if (p->pack_b) F(pack_columns)(p, k0, k1, j0, j1, packed_b);
      for (size_t t = 0; t < i_parts; t++) {
        size_t i0 = F(part_start)(tiles, i_parts, t) * TILE_ROWS;
        size_t i1 = F(smaller_size)(F(part_start)(tiles, i_parts, t + 1) * TILE_ROWS, p->m);
        if (p->pack_a) F(pack_rows)(p, k0, k1, i0, i1, packed_a);
        F(multiply_block)(p, k0, k1, i0, i1, j0, j1, packed_a, packed_b);
      }
    }
  }
}

// One thread's share of C, without its borders: rows or columns in whole tiles, whatever the others do.
struct F(Shares) {
  const struct F(Product) *whole;
  size_t count;
  bool of_columns;
};

static void F(multiply_share)(void *context, size_t share) {
  const struct F(Shares) *shares = context;
  struct F(Product) p = *shares->whole;
  size_t size = shares->of_columns ? p.n : p.m, unit = shares->of_columns ? 4 * L : TILE_ROWS;
  size_t units = F(parts)(size, unit);
  size_t from = F(part_start)(units, shares->count, share) * unit;
  size_t to = F(smaller_size)(F(part_start)(units, shares->count, share + 1) * unit, size);
  if (shares->of_columns) {
    p.n = to - from;
    p.b += p.transposed ? from * p.ldb : from;
    p.c += from * p.c_column;
  } else {
    p.m = to - from;
    p.a += p.layout == BY_ROWS ? from * p.lda : from;
    p.c += from * p.c_row;
  }
  F(multiply)(&p);
}

// Threads pay from here on, in multiplications for each: starting and waiting costs a few microseconds.
#define WORTH_A_THREAD 400000.0

static void F(multiply_on_threads)(const struct F(Product) *p, int threads) {
  double worth = (double)p->m * (double)p->n * (double)p->k / WORTH_A_THREAD;
  bool of_columns = p->n >= p->m;
  size_t room = of_columns ? p->n / (4 * L) : p->m / (2 * TILE_ROWS);
  size_t count = F(smaller_size)(threads > 1 ? (size_t)threads : 1, worth < 1e6 ? (size_t)worth : 1000000);
  count = F(smaller_size)(count, room);
  if (count <= 1) return F(multiply)(p);
  struct F(Shares) shares = {p, count, of_columns};
  ck_parallel(count, (int)count, F(multiply_share), &shares);
}

// k = 0: the empty sum.
static void F(write_empty)(const struct F(Product) *p) {
  for (size_t i = 0; i < p->m; i++) {
    for (size_t j = 0; j < p->n; j++) {
      if (!p->add) p->c[i * p->c_row + j * p->c_column] = 0;
    }
  }
}

// Cᵀ = Bᵀ·Aᵀ instead of C = A·B: for a narrow C and an A stored transposed, so that the vectors run along A's
// long rows.
static void F(swap_sides)(struct F(Product) *p) {
  struct F(Product) q = *p;
  p->m = q.n, p->n = q.m;
  p->a = q.b, p->lda = q.ldb, p->layout = q.transposed ? BY_ROWS : BY_COLUMNS;
  p->b = q.a, p->ldb = q.lda, p->transposed = false;
  p->c_row = q.c_column, p->c_column = q.c_row;
}

// k = 1: every row of C is B's row times a number. B's elements lie `step` apart, A's `stride`.
static void F(outer)(const struct F(Product) *p, size_t stride, size_t step) {
  const T *b = p->b;
  if (step != 1) {
    T *row = ck_scratch(p->n * sizeof(T));
    for (size_t j = 0; j < p->n; j++) row[j] = b[j * step];
    b = row;
  }
  for (size_t i = 0; i < p->m; i++) {
    T *c = p->c + i * p->c_row;
    if (p->add) F(axpy)(p->n, p->a[i * stride], b, c);
    else F(mul_scalar)(p->n, b, p->a[i * stride], c);
  }
}

static void F(gemm)(bool transA, bool transB, size_t m, size_t n, size_t k, const T *a, size_t lda, const T *b,
                    size_t ldb, T *c, size_t ldc, bool accumulate, int threads) {
  // A row or column of one element is as good as transposed: let it be what suits the dot products.
  if (n == 1 && !transB && ldb == 1) transB = true, ldb = k;
  if (m == 1 && transA && lda == 1) transA = false, lda = k;
  struct F(Product) p = {.m = m, .n = n, .k = k, .a = a, .layout = transA ? BY_COLUMNS : BY_ROWS, .lda = lda, .b = b,
                         .transposed = transB, .ldb = ldb, .c = c, .c_row = ldc, .c_column = 1, .add = accumulate};
  if (m == 0 || n == 0) return;
  if (k == 0) return F(write_empty)(&p);
  if (k == 1) return F(outer)(&p, transA ? 1 : lda, transB ? ldb : 1);
  if (!transA && transB && k >= 2 * L && (m <= DOT_MOST_ROWS || n == 1)) {
    // One column: its row of B against the rows of A, so that four of those go together.
    if (n == 1) F(dots)(1, m, k, b, ldb, a, lda, c, 1, ldc, accumulate);
    else F(dots)(m, n, k, a, lda, b, ldb, c, ldc, 1, accumulate);
    return;
  }
  if (transA && n < 2 * L && n < m && (k >= 64 || n == 1)) F(swap_sides)(&p);
  // Packing B pays where each panel serves many tiles, packing A where its rows fall into the same cache sets.
  bool large = p.m >= 10 * TILE_ROWS && (m * n * k > 80 * 80 * 80 || (p.n < 2 * L && k >= 64));
  p.padded = !HAS_MASKS && (p.n < L || (large && p.n < 2 * L));
  p.pack_b = p.transposed || p.padded || large;
  p.pack_a = large && p.n >= 8 * L && p.k >= 64 && p.lda * sizeof(T) >= 2048;
  F(multiply_on_threads)(&p, threads);
}
