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

#define VECTORS (CK_STRIP / L)
#define LOOP UNROLL for (int i = 0; i < VECTORS; i++)
#define A F(load)(a.at + i * a.step)
#define B F(load)(b.at + i * b.step)
#define C F(load)(c.at + i * c.step)

INLINE void F(add_products)(V sums[VECTORS], const T *x, struct F(Operand) y) {
  if (y.step) {
    LOOP { sums[i] += F(load)(x + i * L) * F(load)(y.at + i * L); }
  } else {
    V factor = F(load)(y.at);
    LOOP { sums[i] += F(load)(x + i * L) * factor; }
  }
}

// Products of the chain rule are added up as ordinary ones: where a 0 would have met an infinite number the sum is NaN,
// and then these lanes are computed once more. That is one comparison for a sum and not two for each product.
INLINE bool F(is_nan)(const V sums[VECTORS]) {
  V sum = sums[0];
  UNROLL for (int i = 1; i < VECTORS; i++) sum += sums[i];
  return F(any)(sum != sum);
}
static __attribute__((noinline)) void F(chain_again)(const struct ck_step *step, const T *memory, V checked[VECTORS]) {
  struct F(Operand) a = F(operand)(memory, step->a);
  LOOP { checked[i] = A; }
  for (const struct ck_step *factors = step + 1; factors <= step + step->b; factors++) {
    struct F(Operand) b = F(operand)(memory, factors->b), c = F(operand)(memory, factors->a);
    LOOP { checked[i] += F(chained)(B, C); }
  }
}

// a + Σ products; the sums stay in registers.
INLINE const struct ck_step *F(run_dot)(const struct ck_step *step, const T *memory, T *out, bool is_chain) {
  struct F(Operand) a = F(operand)(memory, step->a);
  V sums[VECTORS];
  LOOP { sums[i] = A; }
  const struct ck_step *last = step + step->b;
  for (const struct ck_step *factors = step + 1; factors <= last; factors++) {
    F(add_products)(sums, memory + (factors->a >> 1), F(operand)(memory, factors->b));
  }
  if (is_chain && F(is_nan)(sums)) {
    // Not into the sums themselves: what is given by its address is stored after every product.
    V checked[VECTORS];
    F(chain_again)(step, memory, checked);
    LOOP { sums[i] = F(choose)(sums[i] != sums[i], checked[i], sums[i]); }
  }
  LOOP { F(store)(out + i * L, sums[i]); }
  return last;
}

// The total of products of the chain rule, each looked at.
static __attribute__((noinline)) void F(add_chained)(const T *memory, uint32_t factor, const T *x, T *out) {
  struct F(Operand) a = F(operand)(memory, factor);
  V sum = F(load)(out);
  LOOP { sum += F(chained)(A, F(load)(x + i * L)); }
  F(store)(out, sum);
}

// Totals of products with one factor, which stays in registers until one of them is to be looked at.
INLINE const struct ck_step *F(run_totals)(const struct ck_step *step, T *memory) {
  const struct ck_step *other = step + 1, *last = step + step->b;
  for (;; other++) {
    struct F(Operand) a = F(operand)(memory, step->a);
    V factor[VECTORS];
    LOOP { factor[i] = A; }
    for (; other <= last; other++) {
      const T *x = memory + (other->a >> 1);
      T *out = memory + other->out;
      V sum = factor[0] * F(load)(x), second = factor[1] * F(load)(x + L);
      UNROLL for (int i = 2; i < VECTORS; i += 2) {
        sum += factor[i] * F(load)(x + i * L);
        second += factor[i + 1] * F(load)(x + (i + 1) * L);
      }
      sum += second;
      if (F(any)(sum != sum)) break;
      F(store)(out, F(load)(out) + sum);
    }
    if (other > last) return last;
    F(add_chained)(memory, step->a, memory + (other->a >> 1), memory + other->out);
  }
}

#define EACH(EXPRESSION)                   \
  LOOP { F(store)(out + i * L, EXPRESSION); } \
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
      case CK_DOT: step = F(run_dot)(step, memory, out, false); break;
      case CK_CHAIN_DOT: step = F(run_dot)(step, memory, out, true); break;
      case CK_TANH_AND_SLOPE: {
        T *slopes = memory + step->b;
        LOOP {
          V slope;
          F(store)(out + i * L, F(tanh_and_slope)(A, &slope));
          F(store)(slopes + i * L, slope);
        }
        break;
      }
      case CK_COPY: EACH(A);
      case CK_TOTAL: {
        V sum = F(load)(out);
        LOOP { sum += A; }
        F(store)(out, sum);
        break;
      }
      case CK_CHAIN_TOTALS: step = F(run_totals)(step, memory); break;
    }
  }
}

#undef VECTORS
#undef LOOP
#undef A
#undef B
#undef C
#undef EACH
#undef SINGLE
#undef SINGLY
