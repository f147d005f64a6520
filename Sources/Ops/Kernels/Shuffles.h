// Rearranging lanes: zipping, transposing a square of vectors, sums of lanes.

// The lanes of two vectors taken alternately: from their first halves, from their second halves.
#define ZIP_LOW_2 0, 2
#define ZIP_HIGH_2 1, 3
#define ZIP_LOW_4 0, 4, 1, 5
#define ZIP_HIGH_4 2, 6, 3, 7
#define ZIP_LOW_8 0, 8, 1, 9, 2, 10, 3, 11
#define ZIP_HIGH_8 4, 12, 5, 13, 6, 14, 7, 15
#define ZIP_LOW_16 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23
#define ZIP_HIGH_16 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31
INLINE V F(zip_low)(V a, V b) { return __builtin_shufflevector(a, b, PASTE(ZIP_LOW_, LANES)); }
INLINE V F(zip_high)(V a, V b) { return __builtin_shufflevector(a, b, PASTE(ZIP_HIGH_, LANES)); }

// Transposes L vectors of L lanes. Zipping vector i with vector i + L/2 moves every element's (row, column)
// index one bit around as in a perfect shuffle; after log₂ L rounds row and column have changed places.
INLINE void F(transpose_square)(V *v) {
  UNROLL for (int round = 1; round < L; round *= 2) {
    V next[L];
    UNROLL for (int i = 0; i < L / 2; i++) {
      next[2 * i] = F(zip_low)(v[i], v[i + L / 2]);
      next[2 * i + 1] = F(zip_high)(v[i], v[i + L / 2]);
    }
    UNROLL for (int i = 0; i < L; i++) v[i] = next[i];
  }
}

// Halves onto halves of both vectors; the sums of a's lanes stand in the even lanes, of b's in the odd ones.
INLINE V F(join)(V a, V b) { return F(zip_low)(a, b) + F(zip_high)(a, b); }

// The sum of the lanes, in a fixed tree.
INLINE T F(fold)(V v) {
  UNROLL for (int round = 1; round < L; round *= 2) v = F(join)(v, v);
  return v[0];
}

// out[q] = the sum of the lanes of v[q], for four vectors at once.
INLINE void F(fold_four)(const V *v, T *out) {
  if (L == 2) {
    UNROLL for (int q = 0; q < 4; q++) out[q] = F(fold)(v[q]);
  } else {
    V all = F(join)(F(join)(v[0], v[2]), F(join)(v[1], v[3]));
    UNROLL for (int round = 4; round < L; round *= 2) all = F(join)(all, all);
    UNROLL for (int q = 0; q < 4; q++) out[q] = all[q * (L / 4)];
  }
}
