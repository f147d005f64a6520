// Optimizer steps: each reads and writes every array once.

static void F(descend)(size_t n, T rate, const T *g, T *p) {
  V step = F(splat)(rate);
  MAP(n, p, AT(p) - step * AT(g));
}

static void F(descend_momentum)(size_t n, T rate, T momentum, const T *g, T *v, T *p) {
  V step = F(splat)(rate), keep = F(splat)(momentum);
  for (size_t i = 0; i < n; i += L) {
    size_t width = n - i < L ? n - i : L;
    V velocity = keep * AT(v) + AT(g);
    F(put)(v + i, width, velocity);
    F(put)(p + i, width, AT(p) - step * velocity);
  }
}

static void F(adam)(size_t n, T rate, T beta1, T beta2, T epsilon, T c1, T c2, const T *g, T *m, T *v, T *p) {
  V step = F(splat)(rate / c1), b1 = F(splat)(beta1), b2 = F(splat)(beta2), over_c2 = F(splat)(1 / c2);
  for (size_t i = 0; i < n; i += L) {
    size_t width = n - i < L ? n - i : L;
    V gradient = AT(g);
    V mean = b1 * AT(m) + (1 - b1) * gradient;
    V square = b2 * AT(v) + (1 - b2) * (gradient * gradient);
    F(put)(m + i, width, mean);
    F(put)(v + i, width, square);
    F(put)(p + i, width, AT(p) - step * mean / (__builtin_elementwise_sqrt(square * over_c2) + epsilon));
  }
}
