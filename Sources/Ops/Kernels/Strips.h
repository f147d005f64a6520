// A program of elementary operations over strips of points: each step reads and writes CK_STRIP numbers side by side, so
// that finding out what to do costs a thirty-second of what it would for a point alone.

// The operand of a step: where it stands, and how far apart its vectors are; of a number for all points, 0.
struct F(Operand) {
  const T *at;
  size_t step;
};
INLINE struct F(Operand) F(operand)(const T *memory, uint32_t place) {
  return (struct F(Operand)){memory + (place >> 1), place & 1 ? 0 : L};
}
INLINE V F(chained)(V x, V y) { return F(choose)((x != 0) & (y != 0), x * y, (V){0}); }

#define LOOP UNROLL for (int i = 0; i < CK_STRIP / L; i++)
#define A F(load)(a.at + i * a.step)
#define B F(load)(b.at + i * b.step)
#define C F(load)(c.at + i * c.step)
#define EACH(EXPRESSION)                   \
  LOOP { F(store)(out + i * L, EXPRESSION); } \
  break
#define TOTAL(EXPRESSION)     \
  {                           \
    V sum = F(load)(out);     \
    LOOP { sum += EXPRESSION; } \
    F(store)(out, sum);       \
  }                           \
  break
// The sum stays in registers.
#define DOT(EXPRESSION)                                                          \
  {                                                                              \
    V sums[CK_STRIP / L];                                                        \
    LOOP { sums[i] = A; }                                                        \
    for (const struct ck_step *end = step + step->b; step < end;) {              \
      step++;                                                                    \
      a = F(operand)(memory, step->a);                                           \
      b = F(operand)(memory, step->b);                                           \
      LOOP { sums[i] += EXPRESSION; }                                            \
    }                                                                            \
    LOOP { F(store)(out + i * L, sums[i]); }                                     \
  }                                                                              \
  break
#define SINGLE(x, j) x.at[x.step ? j : 0]
#define SINGLY(EXPRESSION)                                    \
  for (int j = 0; j < CK_STRIP; j++) out[j] = EXPRESSION; \
  break

static void F(run_strips)(size_t count, const struct ck_step *steps, T *memory) {
  for (const struct ck_step *step = steps; step < steps + count; step++) {
    struct F(Operand) a = F(operand)(memory, step->a), b = F(operand)(memory, step->b), c = F(operand)(memory, step->c);
    T *out = memory + step->out;
    switch (step->operation) {
      case CK_ADD: EACH(A + B);
      case CK_SUBTRACT: EACH(A - B);
      case CK_MULTIPLY: EACH(A * B);
      case CK_DIVIDE: EACH(A / B);
      case CK_NEGATE: EACH(-A);
      case CK_EXP: EACH(F(exp_lanes)(A));
      case CK_EXPM1: EACH(F(expm1_lanes)(A));
      case CK_LOG: EACH(F(log_lanes)(A));
      case CK_LOG1P: EACH(F(log1p_lanes)(A));
      case CK_SQRT: EACH(__builtin_elementwise_sqrt(A));
      case CK_POW: SINGLY(LIBM(pow)(SINGLE(a, j), SINGLE(b, j)));
      case CK_SIN: EACH(F(sin_lanes)(A));
      case CK_COS: EACH(F(cos_lanes)(A));
      case CK_TAN: SINGLY(LIBM(tan)(SINGLE(a, j)));
      case CK_ASIN: SINGLY(LIBM(asin)(SINGLE(a, j)));
      case CK_ACOS: SINGLY(LIBM(acos)(SINGLE(a, j)));
      case CK_ATAN: SINGLY(LIBM(atan)(SINGLE(a, j)));
      case CK_SINH: SINGLY(LIBM(sinh)(SINGLE(a, j)));
      case CK_COSH: SINGLY(LIBM(cosh)(SINGLE(a, j)));
      case CK_TANH: EACH(F(tanh_lanes)(A));
      case CK_ASINH: SINGLY(LIBM(asinh)(SINGLE(a, j)));
      case CK_ACOSH: SINGLY(LIBM(acosh)(SINGLE(a, j)));
      case CK_ATANH: SINGLY(LIBM(atanh)(SINGLE(a, j)));
      case CK_ERF: SINGLY(LIBM(erf)(SINGLE(a, j)));
      case CK_ERFC: SINGLY(LIBM(erfc)(SINGLE(a, j)));
      case CK_LGAMMA: SINGLY(LIBM(lgamma)(SINGLE(a, j)));
      case CK_ABS: EACH(F(magnitude)(A));
      case CK_FLOOR: EACH(__builtin_elementwise_floor(A));
      case CK_REMAINDER: SINGLY(LIBM(fmod)(SINGLE(a, j), SINGLE(b, j)));
      case CK_LESS: EACH(F(choose)(A < B, F(splat)(1), (V){0}));
      case CK_EQUAL: EACH(F(choose)(A == B, F(splat)(1), (V){0}));
      case CK_SELECT: EACH(F(choose)(A != 0, B, C));
      case CK_CHAIN: EACH(F(chained)(A, B));
      case CK_DOT: DOT(A * B);
      case CK_CHAIN_DOT: DOT(F(chained)(A, B));
      case CK_COPY: EACH(A);
      case CK_TOTAL: TOTAL(A);
      case CK_TOTAL_CHAIN: TOTAL(F(chained)(A, B));
    }
  }
}

#undef LOOP
#undef A
#undef B
#undef C
#undef EACH
#undef TOTAL
#undef DOT
#undef SINGLE
#undef SINGLY
