// The innermost part of the matrix product: a tile of C, R rows by W vectors, kept in registers while k runs.
// B is read as it lies, one row of W vectors for each k; from A one number per row and k is spread over a
// vector. In a tile each element is the sum over k in order, from 0, whatever R and W are.

#define NARROW_ROWS (TILE_ROWS < 12 ? 12 : TILE_ROWS)
#define WIDE_ROWS (TILE_ROWS / 3)
#define MOST_ROWS NARROW_ROWS
#define MOST_VECTORS (2 * TILE_ROWS)  // of a tile: the usual ones are two wide, the others hold no more

// How a tile reads A: element (i, p) at a[i·stride + p], or at a[p·stride + i].
#define BY_ROWS 0
#define BY_COLUMNS 1

typedef void F(Tile)(size_t k, const T *a, size_t stride, const T *b, size_t ldb, T *c, size_t ldc, size_t keep,
                     size_t last, bool add);

// The last vector of a row of B or C, of which only `last` lanes are there where vectors can be masked.
#if HAS_MASKS
INLINE V F(load_of)(const T *p, bool is_last, size_t last) { return is_last ? F(masked_load)(p, last) : F(load)(p); }
INLINE void F(store_of)(T *p, V v, bool is_last, size_t last) {
  if (is_last) F(masked_store)(p, last, v);
  else F(store)(p, v);
}
#else
INLINE V F(load_of)(const T *p, bool is_last, size_t last) { return F(load)(p); }
INLINE void F(store_of)(T *p, V v, bool is_last, size_t last) { F(store)(p, v); }
#endif

// The first `keep` columns were done by the tile before, which this one overlaps at the right edge of C.
// Overwritten, they get the same bits again; added to, they stay as they are.
INLINE void F(tile)(int R, int W, int layout, size_t k, const T *a, size_t stride, const T *b, size_t ldb, T *c,
                    size_t ldc, size_t keep, size_t last, bool add) {
  V sum[MOST_ROWS][4];
  UNROLL for (int i = 0; i < R; i++) {
    UNROLL for (int w = 0; w < W; w++) sum[i][w] = (V){0};
    __builtin_prefetch(c + i * ldc, 1);
    __builtin_prefetch(c + i * ldc + W * L - 1, 1);
  }
  for (size_t p = 0; p < k; p++, b += ldb) {
    V row[4];
    UNROLL for (int w = 0; w < W; w++) row[w] = F(load_of)(b + w * L, w == W - 1, last);
    UNROLL for (int i = 0; i < R; i++) {
      V s = F(splat)(layout == BY_ROWS ? a[i * stride + p] : a[p * stride + i]);
      UNROLL for (int w = 0; w < W; w++) sum[i][w] = s * row[w] + sum[i][w];
    }
  }
  if (add) {
    UNROLL for (int i = 0; i < R; i++) {
      UNROLL for (int w = 0; w < W; w++) {
        V old = F(load_of)(c + i * ldc + w * L, w == W - 1, last);
        sum[i][w] = F(choose)(F(iota)() + w * L < (Integer)keep, old, old + sum[i][w]);
      }
    }
  }
  UNROLL for (int i = 0; i < R; i++) {
    UNROLL for (int w = 0; w < W; w++) F(store_of)(c + i * ldc + w * L, sum[i][w], w == W - 1, last);
  }
}

#define EACH_2(X, ...) X(1, __VA_ARGS__) X(2, __VA_ARGS__)
#define EACH_4(X, ...) EACH_2(X, __VA_ARGS__) X(3, __VA_ARGS__) X(4, __VA_ARGS__)
#define EACH_3(X, ...) X(1, __VA_ARGS__) X(2, __VA_ARGS__) X(3, __VA_ARGS__)
#define EACH_6(X, ...) EACH_3(X, __VA_ARGS__) X(4, __VA_ARGS__) X(5, __VA_ARGS__) X(6, __VA_ARGS__)
#define EACH_7(X, ...) EACH_6(X, __VA_ARGS__) X(7, __VA_ARGS__)
#define EACH_12(X, ...)                                                                                      \
  EACH_7(X, __VA_ARGS__) X(8, __VA_ARGS__) X(9, __VA_ARGS__) X(10, __VA_ARGS__) X(11, __VA_ARGS__) \
      X(12, __VA_ARGS__)
#define EACH_14(X, ...) EACH_12(X, __VA_ARGS__) X(13, __VA_ARGS__) X(14, __VA_ARGS__)
#if TILE_ROWS == 6
#define EACH_WIDE EACH_2
#define EACH_USUAL EACH_6
#define EACH_NARROW EACH_12
#else
#define EACH_WIDE EACH_4
#define EACH_USUAL EACH_14
#define EACH_NARROW EACH_14
#endif

#define DEFINE_TILE(R, W, layout)                                                                              \
  static void F(tile_##R##_##W##_##layout)(size_t k, const T *a, size_t stride, const T *b, size_t ldb, T *c,    \
                                           size_t ldc, size_t keep, size_t last, bool add) {    \
    F(tile)(R, W, layout, k, a, stride, b, ldb, c, ldc, keep, last, add);                                \
  }
#define TILE_NAME(R, W, layout) F(tile_##R##_##W##_##layout),

EACH_WIDE(DEFINE_TILE, 4, 0)
EACH_WIDE(DEFINE_TILE, 4, 1)
EACH_USUAL(DEFINE_TILE, 2, 0)
EACH_USUAL(DEFINE_TILE, 2, 1)
EACH_NARROW(DEFINE_TILE, 1, 0)
EACH_NARROW(DEFINE_TILE, 1, 1)

// By layout and the number of rows − 1.
static F(Tile) *const F(wide_tiles)[2][WIDE_ROWS] = {{EACH_WIDE(TILE_NAME, 4, 0)}, {EACH_WIDE(TILE_NAME, 4, 1)}};
static F(Tile) *const F(usual_tiles)[2][TILE_ROWS] = {{EACH_USUAL(TILE_NAME, 2, 0)}, {EACH_USUAL(TILE_NAME, 2, 1)}};
static F(Tile) *const F(narrow_tiles)[2][NARROW_ROWS] = {{EACH_NARROW(TILE_NAME, 1, 0)},
                                                         {EACH_NARROW(TILE_NAME, 1, 1)}};
