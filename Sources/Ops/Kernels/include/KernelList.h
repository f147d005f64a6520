// The list of kernels, each stated once: CK_FUNCTION(result, name, (parameters), (arguments)).
// Included with different meanings of CK_FUNCTION, CK_T (an element of an array) and CK_S (a number): it declares the
// public functions, the table of a variant, its contents, and the dispatching definitions. Hence no include guard.

// MARK: matrix product (Gemm.h)

/// C[m,n] = op(A)[m,k] · op(B)[k,n] (+ C, where `accumulate`).
/// Row-major; row i of the stored A begins at a + i·lda. op transposes: with transA, A is stored [k,m].
/// Without `accumulate`, C is never read. C must not overlap A or B. `threads` ≥ 1 is the most threads to
/// use; few are used where more would not pay. Each element is summed over k in one order for a given
/// shape and flags, whatever the number of threads.
CK_FUNCTION(void, gemm,
            (bool transA, bool transB, size_t m, size_t n, size_t k, const CK_T *a, size_t lda,
             const CK_T *b, size_t ldb, CK_T *c, size_t ldc, bool accumulate, int threads),
            (transA, transB, m, n, k, a, lda, b, ldb, c, ldc, accumulate, threads))

// MARK: elementwise arithmetic (Elementwise.h); one rounding per operation, except where a product is added

/// out = x + y
CK_FUNCTION(void, add, (size_t n, const CK_T *x, const CK_T *y, CK_T *out), (n, x, y, out))
/// out = x − y
CK_FUNCTION(void, sub, (size_t n, const CK_T *x, const CK_T *y, CK_T *out), (n, x, y, out))
/// out = x · y
CK_FUNCTION(void, mul, (size_t n, const CK_T *x, const CK_T *y, CK_T *out), (n, x, y, out))
/// out = x / y
CK_FUNCTION(void, div, (size_t n, const CK_T *x, const CK_T *y, CK_T *out), (n, x, y, out))
/// out = −x
CK_FUNCTION(void, neg, (size_t n, const CK_T *x, CK_T *out), (n, x, out))
/// out = |x|
CK_FUNCTION(void, abs, (size_t n, const CK_T *x, CK_T *out), (n, x, out))
/// out = x²
CK_FUNCTION(void, square, (size_t n, const CK_T *x, CK_T *out), (n, x, out))
/// out = √x, correctly rounded
CK_FUNCTION(void, sqrt, (size_t n, const CK_T *x, CK_T *out), (n, x, out))
/// out = max(x, 0); NaN where x is NaN
CK_FUNCTION(void, relu, (size_t n, const CK_T *x, CK_T *out), (n, x, out))
/// out = x + s
CK_FUNCTION(void, add_scalar, (size_t n, const CK_T *x, CK_S s, CK_T *out), (n, x, s, out))
/// out = x − s
CK_FUNCTION(void, sub_scalar, (size_t n, const CK_T *x, CK_S s, CK_T *out), (n, x, s, out))
/// out = s − x
CK_FUNCTION(void, scalar_sub, (size_t n, const CK_T *x, CK_S s, CK_T *out), (n, x, s, out))
/// out = s · x
CK_FUNCTION(void, mul_scalar, (size_t n, const CK_T *x, CK_S s, CK_T *out), (n, x, s, out))
/// out = x / s
CK_FUNCTION(void, div_scalar, (size_t n, const CK_T *x, CK_S s, CK_T *out), (n, x, s, out))
/// out = s / x
CK_FUNCTION(void, scalar_div, (size_t n, const CK_T *x, CK_S s, CK_T *out), (n, x, s, out))
/// y += s · x
CK_FUNCTION(void, axpy, (size_t n, CK_S s, const CK_T *x, CK_T *y), (n, s, x, y))
/// out = s
CK_FUNCTION(void, fill, (size_t n, CK_S s, CK_T *out), (n, s, out))
/// out = x
CK_FUNCTION(void, copy, (size_t n, const CK_T *x, CK_T *out), (n, x, out))

// MARK: comparison and choice (Selection.h); comparisons with NaN are false

/// out = x < y ? 1 : 0
CK_FUNCTION(void, less, (size_t n, const CK_T *x, const CK_T *y, CK_T *out), (n, x, y, out))
/// out = x = y ? 1 : 0
CK_FUNCTION(void, equal, (size_t n, const CK_T *x, const CK_T *y, CK_T *out), (n, x, y, out))
/// out = condition ≠ 0 ? a : b
CK_FUNCTION(void, select, (size_t n, const CK_T *condition, const CK_T *a, const CK_T *b, CK_T *out),
            (n, condition, a, b, out))
/// out = x · y, but 0 where either is 0, be the other infinite or NaN
CK_FUNCTION(void, chain, (size_t n, const CK_T *x, const CK_T *y, CK_T *out), (n, x, y, out))

// MARK: a matrix x[rows, cols] with a vector along its rows or columns (Broadcast.h)

/// out[r,c] = x[r,c] + v[c]
CK_FUNCTION(void, add_row, (size_t rows, size_t cols, const CK_T *x, const CK_T *v, CK_T *out),
            (rows, cols, x, v, out))
/// out[r,c] = x[r,c] − v[c]
CK_FUNCTION(void, sub_row, (size_t rows, size_t cols, const CK_T *x, const CK_T *v, CK_T *out),
            (rows, cols, x, v, out))
/// out[r,c] = x[r,c] · v[c]
CK_FUNCTION(void, mul_row, (size_t rows, size_t cols, const CK_T *x, const CK_T *v, CK_T *out),
            (rows, cols, x, v, out))
/// out[r,c] = x[r,c] / v[c]
CK_FUNCTION(void, div_row, (size_t rows, size_t cols, const CK_T *x, const CK_T *v, CK_T *out),
            (rows, cols, x, v, out))
/// out[r,c] = x[r,c] + v[r]
CK_FUNCTION(void, add_column, (size_t rows, size_t cols, const CK_T *x, const CK_T *v, CK_T *out),
            (rows, cols, x, v, out))
/// out[r,c] = x[r,c] − v[r]
CK_FUNCTION(void, sub_column, (size_t rows, size_t cols, const CK_T *x, const CK_T *v, CK_T *out),
            (rows, cols, x, v, out))
/// out[r,c] = x[r,c] · v[r]
CK_FUNCTION(void, mul_column, (size_t rows, size_t cols, const CK_T *x, const CK_T *v, CK_T *out),
            (rows, cols, x, v, out))
/// out[r,c] = x[r,c] / v[r]
CK_FUNCTION(void, div_column, (size_t rows, size_t cols, const CK_T *x, const CK_T *v, CK_T *out),
            (rows, cols, x, v, out))

// MARK: reductions (Reductions.h); sums are pairwise over blocks: the error grows with log n, not with n

/// Σ x; 0 for n = 0
CK_FUNCTION(CK_S, sum, (size_t n, const CK_T *x), (n, x))
/// Σ x²
CK_FUNCTION(CK_S, sum_squares, (size_t n, const CK_T *x), (n, x))
/// Σ x·y
CK_FUNCTION(CK_S, dot, (size_t n, const CK_T *x, const CK_T *y), (n, x, y))
/// out[r] (+)= Σ_c x[r,c]; not in place
CK_FUNCTION(void, sum_rows, (size_t rows, size_t cols, const CK_T *x, bool accumulate, CK_T *out),
            (rows, cols, x, accumulate, out))
/// out[c] (+)= Σ_r x[r,c]; not in place
CK_FUNCTION(void, sum_columns, (size_t rows, size_t cols, const CK_T *x, bool accumulate, CK_T *out),
            (rows, cols, x, accumulate, out))
/// The largest of x; NaN where any is NaN; −∞ for n = 0
CK_FUNCTION(CK_S, maximum, (size_t n, const CK_T *x), (n, x))
/// out[r] = max_c x[r,c]; not in place
CK_FUNCTION(void, max_rows, (size_t rows, size_t cols, const CK_T *x, CK_T *out), (rows, cols, x, out))

// MARK: vector mathematics (Exponential.h, Logarithm.h, Trigonometry.h): within 2 ulp of the true value

/// out = eˣ
CK_FUNCTION(void, exp, (size_t n, const CK_T *x, CK_T *out), (n, x, out))
/// out = eˣ − 1, without cancellation near 0
CK_FUNCTION(void, expm1, (size_t n, const CK_T *x, CK_T *out), (n, x, out))
/// out = ln x; −∞ at ±0, NaN below
CK_FUNCTION(void, log, (size_t n, const CK_T *x, CK_T *out), (n, x, out))
/// out = ln(1 + x), without cancellation near 0; −∞ at −1, NaN below
CK_FUNCTION(void, log1p, (size_t n, const CK_T *x, CK_T *out), (n, x, out))
/// out = tanh x
CK_FUNCTION(void, tanh, (size_t n, const CK_T *x, CK_T *out), (n, x, out))
/// out = 1 / (1 + e⁻ˣ); subnormal, not 0, where the true value is
CK_FUNCTION(void, sigmoid, (size_t n, const CK_T *x, CK_T *out), (n, x, out))
/// out = eˣ / (1 + eˣ)², the slope of the sigmoid; within 4 ulp
CK_FUNCTION(void, logistic_density, (size_t n, const CK_T *x, CK_T *out), (n, x, out))
/// out = ln(1 + eˣ)
CK_FUNCTION(void, softplus, (size_t n, const CK_T *x, CK_T *out), (n, x, out))
/// out = sin x; right for every finite x, slower beyond a few thousand (float) or million (double)
CK_FUNCTION(void, sin, (size_t n, const CK_T *x, CK_T *out), (n, x, out))
/// out = cos x; as sin
CK_FUNCTION(void, cos, (size_t n, const CK_T *x, CK_T *out), (n, x, out))
/// out = tan x; through the system's libm, as are the following
CK_FUNCTION(void, tan, (size_t n, const CK_T *x, CK_T *out), (n, x, out))
/// out = arcsin x
CK_FUNCTION(void, asin, (size_t n, const CK_T *x, CK_T *out), (n, x, out))
/// out = arccos x
CK_FUNCTION(void, acos, (size_t n, const CK_T *x, CK_T *out), (n, x, out))
/// out = arctan x
CK_FUNCTION(void, atan, (size_t n, const CK_T *x, CK_T *out), (n, x, out))
/// out = sinh x
CK_FUNCTION(void, sinh, (size_t n, const CK_T *x, CK_T *out), (n, x, out))
/// out = cosh x
CK_FUNCTION(void, cosh, (size_t n, const CK_T *x, CK_T *out), (n, x, out))
/// out = erf x, the error function
CK_FUNCTION(void, erf, (size_t n, const CK_T *x, CK_T *out), (n, x, out))
/// out = x^y
CK_FUNCTION(void, pow, (size_t n, const CK_T *x, const CK_T *y, CK_T *out), (n, x, y, out))
/// out = x^s
CK_FUNCTION(void, pow_scalar, (size_t n, const CK_T *x, CK_S s, CK_T *out), (n, x, s, out))

// MARK: optimizer steps, one pass over all arrays (Steps.h)

/// p −= rate · g
CK_FUNCTION(void, descend, (size_t n, CK_S rate, const CK_T *g, CK_T *p), (n, rate, g, p))
/// v = momentum · v + g;  p −= rate · v
CK_FUNCTION(void, descend_momentum, (size_t n, CK_S rate, CK_S momentum, const CK_T *g, CK_T *v, CK_T *p),
            (n, rate, momentum, g, v, p))
/// m = β₁m + (1 − β₁)g;  v = β₂v + (1 − β₂)g²;  p −= rate · (m / c₁) / (√(v / c₂) + ε),
/// where the caller gives the bias corrections c₁ = 1 − β₁ᵗ and c₂ = 1 − β₂ᵗ of step t = 1, 2, …
CK_FUNCTION(void, adam,
            (size_t n, CK_S rate, CK_S beta1, CK_S beta2, CK_S epsilon, CK_S c1, CK_S c2, const CK_T *g,
             CK_T *m, CK_T *v, CK_T *p),
            (n, rate, beta1, beta2, epsilon, c1, c2, g, m, v, p))

// MARK: data movement (Movement.h)

/// out[c,r] = x[r,c], with row strides ldx and ldout; not in place
CK_FUNCTION(void, transpose, (size_t rows, size_t cols, const CK_T *x, size_t ldx, CK_T *out, size_t ldout),
            (rows, cols, x, ldx, out, ldout))
/// out = the elements x[Σ index[d] · strides[d]] of an array of `rank` ≤ 8 dimensions, in row-major order.
/// Strides count elements; 0 repeats (broadcasting), negative ones run backwards. Not in place.
CK_FUNCTION(void, gather, (int rank, const size_t *shape, const ptrdiff_t *strides, const CK_T *x, CK_T *out),
            (rank, shape, strides, x, out))
/// The opposite of gather: x[Σ index[d] · strides[d]] += y in row-major order of the index; with strides 0
/// it sums over the broadcast dimensions.
CK_FUNCTION(void, scatter_add, (int rank, const size_t *shape, const ptrdiff_t *strides, const CK_T *y, CK_T *x),
            (rank, shape, strides, y, x))
/// out[o,i,:] = x[o,indices[i],:] for i in 0 ..< count, where x is [outer, extent, inner]; not in place
CK_FUNCTION(void, take_rows,
            (size_t outer, size_t extent, size_t inner, size_t count, const int32_t *indices, const CK_T *x, CK_T *out),
            (outer, extent, inner, count, indices, x, out))
/// x[o,indices[i],:] += y[o,i,:], the opposite of take_rows: an index given twice adds twice
CK_FUNCTION(void, add_rows,
            (size_t outer, size_t extent, size_t inner, size_t count, const int32_t *indices, const CK_T *y, CK_T *x),
            (outer, extent, inner, count, indices, y, x))
/// out[r,c] = Σ x[r,0 ... c], or from the end x[r,c ...]
CK_FUNCTION(void, cumulative_rows, (size_t rows, size_t cols, bool backwards, const CK_T *x, CK_T *out),
            (rows, cols, backwards, x, out))

// MARK: softmax (Softmax.h), over the rows of x[rows, cols]

/// out[r] = log Σ_c exp x[r,c]
CK_FUNCTION(void, log_sum_exp_rows, (size_t rows, size_t cols, const CK_T *x, CK_T *out), (rows, cols, x, out))
/// out[r,c] = exp x[r,c] / Σ exp x[r,:]
CK_FUNCTION(void, softmax_rows, (size_t rows, size_t cols, const CK_T *x, CK_T *out), (rows, cols, x, out))
/// out[r,c] = x[r,c] − log Σ exp x[r,:]
CK_FUNCTION(void, log_softmax_rows, (size_t rows, size_t cols, const CK_T *x, CK_T *out), (rows, cols, x, out))
/// out[r] = log Σ exp x[r,:] − x[r,labels[r]]
CK_FUNCTION(void, cross_entropy_rows, (size_t rows, size_t cols, const CK_T *x, const int32_t *labels, CK_T *out),
            (rows, cols, x, labels, out))

// MARK: square matrices (Factorization.h)

/// PA = LU in place by partial pivoting. Returns the sign of the permutation; 0 where a pivot is 0.
CK_FUNCTION(int, lu, (size_t n, CK_T *a, int32_t *pivots), (n, a, pivots))
/// b[n,m] = A⁻¹·b, or A⁻ᵀ·b, from the factors of `lu`
CK_FUNCTION(void, lu_solve,
            (size_t n, size_t m, const CK_T *factors, const int32_t *pivots, bool trans, CK_T *b),
            (n, m, factors, pivots, trans, b))
/// A = L·Lᵀ in place, zeros above. False where A is not positive definite.
CK_FUNCTION(bool, cholesky, (size_t n, CK_T *a), (n, a))
/// b[n,m] = op(A)⁻¹·b for a triangular A, of which the other triangle is not read; `unit`: its diagonal is 1
CK_FUNCTION(void, substitute,
            (size_t n, size_t m, const CK_T *a, bool lower, bool trans, bool unit, CK_T *b),
            (n, m, a, lower, trans, unit, b))
/// out[r,c] = c ≤ r + offset ? x[r,c] : 0
CK_FUNCTION(void, lower_triangle, (size_t rows, size_t cols, ptrdiff_t offset, const CK_T *x, CK_T *out),
            (rows, cols, offset, x, out))

// MARK: programs of elementary operations (Strips.h)

/// Runs the steps in their order on a strip of points, which stands in `memory`.
CK_FUNCTION(void, run_strips, (size_t count, const struct ck_step *steps, CK_T *memory), (count, steps, memory))
