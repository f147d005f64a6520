"""Writes truth.txt: for each claim of the documents beside it whether it is true.

    python3 truth.py > truth.txt        (NumPy 2)

Nothing here reads LaTeX. Each document is written again as plain functions of arrays, its derivatives are taken by
central differences of fourth order, and each claim, in the order of the document, is a pair of values: true where the
two agree at eight random points. An inequality is the pair of its excess and zero.

Each line: document | number of the claim | true or false.
"""

import numpy as np

DOCUMENTS = {}


def document(name):
    def register(body):
        DOCUMENTS[name] = body
        return body
    return register


def d(f, x, h=2e-3):
    """The derivative of f at x: the shape of the value, then that of x."""
    x = np.asarray(x, dtype=float)
    columns = []
    for place in np.ndindex(x.shape):
        step = np.zeros_like(x)
        step[place] = h
        columns.append(
            (8 * (np.asarray(f(x + step)) - f(x - step)) - (np.asarray(f(x + 2 * step)) - f(x - 2 * step))) / (12 * h))
    if not x.shape:
        return np.asarray(columns[0])
    return np.stack(columns, axis=-1).reshape(np.shape(columns[0]) + x.shape)


def dd(f, x, h=1e-2):
    """The second derivative by the same numbers."""
    return d(lambda u: d(f, u, h), x, h)


def mixed(f, x, y, h=1e-2):
    """The derivative of f(x, y) by x and by y."""
    return d(lambda u: d(lambda v: f(u, v), y, h), x, h)


class Random:
    """Points at which a claim is compared."""

    def __init__(self, seed):
        self.generator = np.random.default_rng(seed)

    def normal(self, *shape):
        return self.generator.normal(size=shape)

    def within(self, low, high, *shape):
        return self.generator.uniform(low, high, size=shape)

    def bits(self, *shape):
        return self.generator.integers(0, 2, size=shape).astype(float)


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def softmax(z):
    e = np.exp(z)
    return e / e.sum()


log, exp, sin, cos, sqrt, tanh = np.log, np.exp, np.sin, np.cos, np.sqrt, np.tanh
outer, diag, eye, inv, det, norm = np.outer, np.diag, np.eye, np.linalg.inv, np.linalg.det, np.linalg.norm

# A function of which nothing is said: f, its first and its second derivative; and g.
f, f1, f2 = (lambda x: sin(1.3 * x) + 0.4 * x**2 + 2), (lambda x: 1.3 * cos(1.3 * x) + 0.8 * x), (
    lambda x: -1.69 * sin(1.3 * x) + 0.8)
g, g1 = (lambda x: exp(0.5 * x) + 0.3 * x), (lambda x: 0.5 * exp(0.5 * x) + 0.3)


@document("activations.md")
def _(r):
    x, b = r.within(-2, 2), r.within(0.5, 2)
    s = sigmoid
    h = lambda x: (exp(x) - exp(-x)) / (exp(x) + exp(-x))
    q = lambda x: x * s(b * x)
    yield d(s, x), s(x) * (1 - s(x))
    yield s(-x), 1 - s(x)
    yield dd(s, x), s(x) * (1 - s(x)) * (1 - 2 * s(x))
    yield d(h, x), 1 - h(x)**2
    yield h(x), 2 * s(2 * x) - 1
    yield d(lambda x: log(1 + exp(x)), x), s(x)
    yield d(q, x), s(b * x) + b * x * s(b * x) * (1 - s(b * x))
    yield d(lambda x: max(0, x), x), 1.0 if x > 0 else 0.0
    yield d(h, x), h(x) * (1 - h(x))
    yield d(q, x), s(b * x) + x * s(b * x) * (1 - s(b * x))
    yield d(s, x), -exp(-x) / (1 + exp(-x))**2


@document("attention.md")
def _(r):
    q, K, V = r.normal(3), r.normal(4, 3), r.normal(4, 2)
    s = K @ q / sqrt(3)
    a = softmax(s)
    o = lambda q: V.T @ softmax(K @ q / sqrt(3))
    yield d(lambda q: K @ q / sqrt(3), q), K / sqrt(3)
    yield d(softmax, s), diag(a) - outer(a, a)
    yield d(lambda a: V.T @ a, a), V.T
    yield d(o, q), V.T @ (diag(a) - outer(a, a)) @ K / sqrt(3)
    yield d(o, q), V.T @ (diag(a) - outer(a, a)) @ K / 3
    yield d(softmax, s), diag(a) - diag(a * a)
    yield d(lambda a: V.T @ a, a), V


@document("backpropagation.md")
def _(r):
    x, y, w1, b1, w2, b2 = r.normal(6)
    C = lambda w1=w1, b1=b1, w2=w2, b2=b2: (sigmoid(w2 * sigmoid(w1 * x + b1) + b2) - y)**2 / 2
    z1 = w1 * x + b1
    a1 = sigmoid(z1)
    z2 = w2 * a1 + b2
    a2 = sigmoid(z2)
    δ2 = (a2 - y) * a2 * (1 - a2)
    δ1 = w2 * δ2 * a1 * (1 - a1)
    by_z2 = d(lambda z: (sigmoid(z) - y)**2 / 2, z2)
    by_z1 = d(lambda z: (sigmoid(w2 * sigmoid(z) + b2) - y)**2 / 2, z1)
    yield by_z2, δ2
    yield by_z1, δ1
    yield d(lambda w: C(w2=w), w2), δ2 * a1
    yield d(lambda b: C(b2=b), b2), δ2
    yield d(lambda w: C(w1=w), w1), δ1 * x
    yield d(lambda b: C(b1=b), b1), δ1
    yield d(lambda w: C(w1=w), w1), (
        d(lambda a: (a - y)**2 / 2, a2) * d(sigmoid, z2) * d(lambda a: w2 * a + b2, a1) * d(sigmoid, z1)
        * d(lambda w: w * x + b1, w1))
    yield d(lambda w: C(w2=w), w2), δ2 * a2
    yield by_z1, δ2 * a1 * (1 - a1)
    yield d(lambda b: C(b1=b), b1), δ1 * x


@document("batch-normalization.md")
def _(r):
    m = 4
    x, t, γ, β, ε = r.normal(m), r.normal(m), r.normal(), r.normal(), r.within(0.1, 0.5)
    hat = lambda x: (x - x.mean()) / sqrt(x.var() + ε)
    L = lambda x=x, γ=γ, β=β: ((γ * hat(x) + β - t)**2).sum() / 2
    y = γ * hat(x) + β
    e = y - t
    scale = sqrt(x.var() + ε)
    yield d(lambda y: ((y - t)**2).sum() / 2, y), e
    yield d(lambda β: L(β=β), β), e.sum()
    yield d(lambda γ: L(γ=γ), γ), (e * hat(x)).sum()
    yield d(np.mean, x), np.full(m, 1 / m)
    yield d(np.var, x), 2 * (x - x.mean()) / m
    yield d(L, x), γ / (m * scale) * (m * e - e.sum() - hat(x) * (e * hat(x)).sum())
    yield d(L, x), γ * e / scale
    yield d(np.var, x), 2 * (x - x.mean())


@document("calculus-rules.md")
def _(r):
    x, a = r.within(-1, 1), r.within(0.5, 2)
    product, quotient, chain = (lambda x: f(x) * g(x)), (lambda x: f(x) / g(x)), (lambda x: f(g(x)))
    yield d(product, x), f1(x) * g(x) + f(x) * g1(x)
    x = r.within(0.2, 2)
    yield d(quotient, x), (f1(x) * g(x) - f(x) * g1(x)) / g(x)**2
    yield d(chain, x), f1(g(x)) * g1(x)
    yield d(lambda x: f(a * x), x), a * f1(a * x)
    yield d(lambda x: exp(f(x)), x), exp(f(x)) * f1(x)
    yield d(product, x), f1(x) * g1(x)
    yield d(quotient, x), (f(x) * g1(x) - f1(x) * g(x)) / g(x)**2
    yield d(chain, x), f1(g(x))


@document("cobb-douglas.md")
def _(r):
    (K, L, A), (α, β) = r.within(0.5, 2, 3), r.within(0.2, 0.8, 2)
    Y = lambda K=K, L=L: A * K**α * L**β
    by_K, by_L = d(Y, K), d(lambda L: Y(L=L), L)
    yield by_K, α * Y() / K
    yield by_L, β * Y() / L
    yield by_K * K / Y(), α
    yield K * by_K + L * by_L, (α + β) * Y()
    yield dd(Y, K), α * (α - 1) * A * K**(α - 2) * L**β
    yield K * by_K + L * by_L, Y()
    yield by_K, α * A * K**α * L**β
    yield dd(Y, K), α * (α - 1) * A * K**(α - 1) * L**β


@document("cosine-similarity.md")
def _(r):
    a, b = r.normal(3), r.normal(3)
    c = lambda a: a @ b / (norm(a) * norm(b))
    yield d(norm, a), a / norm(a)
    yield d(c, a), b / (norm(a) * norm(b)) - c(a) * a / norm(a)**2
    yield a @ d(c, a), 0
    yield d(c, a), b / (norm(a) * norm(b)) - c(a) * a / norm(a)
    yield d(c, a), b / (norm(a) * norm(b))
    yield d(norm, a), a


@document("exponential-family.md")
def _(r):
    η, a, b = r.normal(), r.normal(), r.within(-2, -0.5)
    A = lambda η: log(1 + exp(η))
    B = lambda a=a, b=b: -a**2 / (4 * b) - log(-2 * b) / 2
    by_b = d(lambda b: B(b=b), b)
    yield d(A, η), exp(η) / (1 + exp(η))
    yield dd(A, η), d(A, η) * (1 - d(A, η))
    yield d(B, a), -a / (2 * b)
    yield by_b, a**2 / (4 * b**2) - 1 / (2 * b)
    yield dd(B, a), -1 / (2 * b)
    yield by_b, a**2 / (16 * b**2) - 1 / (2 * b)
    yield dd(A, η), d(A, η)
    yield d(B, a), -a / (4 * b)


@document("focal-loss.md")
def _(r):
    γ, z = r.within(1, 3), r.within(-2, 2)
    F = lambda p, γ=γ: -(1 - p)**γ * log(p)
    p = sigmoid(z)
    by_z = d(lambda z: F(sigmoid(z)), z)
    yield d(F, p), γ * (1 - p)**(γ - 1) * log(p) - (1 - p)**γ / p
    yield by_z, (1 - p)**γ * (γ * p * log(p) + p - 1)
    yield d(lambda γ: F(p, γ), γ), -(1 - p)**γ * log(p) * log(1 - p)
    yield d(lambda z: -log(sigmoid(z)), z), p - 1
    yield F(p), (1 - p)**γ * -log(p)
    yield d(F, p), -γ * (1 - p)**(γ - 1) * log(p) - (1 - p)**γ / p
    yield by_z, (1 - p)**γ * (p - 1)


@document("gaussian-mixture.md")
def _(r):
    x, μ, s, w = r.normal(), r.normal(3), r.within(0.5, 2, 3), r.within(0.2, 1, 3)
    n = lambda μ=μ, s=s, w=w: w / (sqrt(2 * np.pi) * s) * exp(-(x - μ)**2 / (2 * s**2))
    ℓ = lambda **changed: log(n(**changed).sum())
    q = n() / n().sum()
    by_μ, by_s, by_w = d(lambda u: ℓ(μ=u), μ), d(lambda u: ℓ(s=u), s), d(lambda u: ℓ(w=u), w)
    yield by_μ, q * (x - μ) / s**2
    yield by_s, q * ((x - μ)**2 / s**3 - 1 / s)
    yield by_w, q / w
    yield by_μ, (x - μ) / s**2
    yield by_s, q * (x - μ)**2 / s**3
    yield by_w, q


@document("gru.md")
def _(r):
    a, b, c, u, v, w, h = r.normal(7)
    Z, R = (lambda h: sigmoid(a + u * h)), (lambda h: sigmoid(b + v * h))
    N = lambda h, w=w: tanh(c + R(h) * w * h)
    H = lambda h: (1 - Z(h)) * N(h) + Z(h) * h
    z, q, n = Z(h), R(h), N(h)
    yield d(lambda n: (1 - z) * n + z * h, n), 1 - z
    yield d(lambda z: (1 - z) * n + z * h, z), h - n
    yield d(lambda w: N(h, w), w), (1 - n**2) * q * h
    yield d(N, h), (1 - n**2) * (w * q + w * h * q * (1 - q) * v)
    yield d(H, h), z + (1 - z) * d(N, h) + (h - n) * u * z * (1 - z)
    yield d(lambda z: (1 - z) * n + z * h, z), n - h
    yield d(H, h), z


@document("heat-equation.md")
def _(r):
    (a, k, c), x, t = r.within(0.5, 2, 3), r.normal(), r.normal()
    u = lambda x, t: exp(-a * k**2 * t) * sin(k * x)
    w = lambda x, t: f(x - c * t)
    ut, uxx = d(lambda t: u(x, t), t), dd(lambda x: u(x, t), x)
    wt, wtt = d(lambda t: w(x, t), t), dd(lambda t: w(x, t), t)
    yield ut, a * uxx
    yield ut, -a * k**2 * u(x, t)
    yield d(lambda x: u(x, t), x), k * exp(-a * k**2 * t) * cos(k * x)
    yield uxx, k**2 * u(x, t)
    yield wt, -c * d(lambda x: w(x, t), x)
    yield wtt, c**2 * dd(lambda x: w(x, t), x)
    yield wt, c * f1(x - c * t)


@document("kl-normals.md")
def _(r):
    m1, m2, (s1, s2) = r.normal(), r.normal(), r.within(0.1, 2, 2)
    D = lambda m1=m1, s1=s1, m2=m2, s2=s2: log(s2 / s1) + (s1**2 + (m1 - m2)**2) / (2 * s2**2) - 0.5
    by_s1, by_s2 = d(lambda s: D(s1=s), s1), d(lambda s: D(s2=s), s2)
    yield d(D, m1), (m1 - m2) / s2**2
    yield by_s1, s1 / s2**2 - 1 / s1
    yield d(lambda m: D(m2=m), m2), -(m1 - m2) / s2**2
    yield by_s2, 1 / s2 - (s1**2 + (m1 - m2)**2) / s2**3
    yield min(D(), 0), 0
    yield dd(D, m1), 1 / s2**2
    yield by_s1, s1 / s2**2 + 1 / s1
    yield by_s2, 1 / s2 - (s1**2 + (m1 - m2)**2) / (2 * s2**3)
    yield dd(D, m1), 1 / s1**2


@document("laplacian-polar.md")
def _(r):
    ρ, θ = r.within(0.5, 2), r.normal()
    u = lambda ρ=ρ, θ=θ: ρ**3 * cos(3 * θ)
    by_θ = lambda θ: u(θ=θ)
    yield dd(u, ρ) + d(u, ρ) / ρ + dd(by_θ, θ) / ρ**2, 0
    yield d(u, ρ), 3 * ρ**2 * cos(3 * θ)
    yield dd(u, ρ), 6 * ρ * cos(3 * θ)
    yield dd(by_θ, θ), -9 * ρ**3 * cos(3 * θ)
    yield dd(by_θ, θ), -3 * ρ**3 * cos(3 * θ)
    yield mixed(u, ρ, θ), 9 * ρ**2 * sin(3 * θ)


@document("layer-normalization.md")
def _(r):
    n = 4
    x, γ, β, ε = r.normal(n), r.normal(n), r.normal(n), r.within(0.1, 0.5)
    S = lambda x: sqrt(((x - x.mean())**2).mean() + ε)
    H = lambda x: (x - x.mean()) / S(x)
    h, s, one = H(x), S(x), eye(n)
    by_x = d(lambda x: γ * H(x) + β, x)
    yield d(S, x), (x - x.mean()) / (n * s)
    yield d(H, x), (one - 1 / n - outer(h, h) / n) / s
    yield by_x, γ[:, None] / s * (one - (1 + outer(h, h)) / n)
    yield d(lambda γ: γ * h + β, γ), one * h[:, None]
    yield d(lambda β: γ * h + β, β), one
    yield d(H, x), (one - outer(h, h) / n) / s
    yield by_x, γ[None, :] / s * (one - (1 + outer(h, h)) / n)


@document("least-squares.md")
def _(r):
    x, y, w, b = r.normal(4), r.normal(4), r.normal(), r.normal()
    J = lambda w=w, b=b: ((w * x + b - y)**2).mean() / 2
    by_b = lambda b: J(b=b)
    yield d(J, w), ((w * x + b - y) * x).mean()
    yield d(by_b, b), (w * x + b - y).mean()
    yield dd(J, w), (x**2).mean()
    yield mixed(J, w, b), x.mean()
    yield dd(by_b, b), 1
    yield d(J, w), (w * x + b - y).mean()
    yield d(by_b, b), 2 * (w * x + b - y).mean()


@document("lennard-jones.md")
def _(r):
    (ρ, s), ε = r.within(0.8, 1.25, 2), r.within(0.5, 2)
    U = lambda ρ=ρ, s=s, ε=ε: 4 * ε * ((s / ρ)**12 - (s / ρ)**6)
    by_s = d(lambda s: U(s=s), s, 1e-4)
    slope = d(U, ρ, 1e-4)
    yield -slope, 24 * ε / ρ * (2 * (s / ρ)**12 - (s / ρ)**6)
    yield slope, -24 * ε / ρ * ((s / ρ)**12 - (s / ρ)**6)
    yield d(lambda ε: U(ε=ε), ε), U() / ε
    yield ρ * slope + s * by_s, 0
    yield slope, s / ρ * by_s


@document("logistic-regression.md")
def _(r):
    x, w, b, y = r.normal(3), r.normal(3), r.normal(), r.bits()
    loss = lambda p: -y * log(p) - (1 - y) * log(1 - p)
    L = lambda w=w, b=b: loss(sigmoid(w @ x + b))
    z = w @ x + b
    p = sigmoid(z)
    by_b = lambda b: L(b=b)
    yield d(sigmoid, z), p * (1 - p)
    yield d(loss, p, 1e-5), -y / p + (1 - y) / (1 - p)
    yield d(sigmoid, z), p * (1 - p)
    yield d(lambda z: loss(sigmoid(z)), z), p - y
    yield d(L, w), (p - y) * x
    yield d(by_b, b), y - p
    yield dd(L, w), p * (1 - p) * outer(x, x)
    yield dd(by_b, b), p


@document("logistic-regression-sample.tex")
def _(r):
    X, w, y, λ, n = r.normal(4, 3), r.normal(3), r.bits(4), r.normal(), 4

    def L(w, λ=λ):
        p = sigmoid(X @ w)
        return -(y * log(p) + (1 - y) * log(1 - p)).mean() + λ / 2 * w @ w
    p = sigmoid(X @ w)
    yield d(L, w), X.T @ (p - y) / n + λ * w
    yield dd(L, w), X.T @ diag(p * (1 - p)) @ X / n + λ * eye(3)
    yield d(L, w), X.T @ (p - y) + λ * w
    yield dd(L, w), X.T @ diag(p * (1 - p)) @ X / n
    yield d(lambda λ: L(w, λ), λ), w @ w / 2


@document("lstm.md")
def _(r):
    ai, af, ao, ag, c0 = r.normal(5)
    C = lambda ai=ai, af=af, ag=ag, c0=c0: sigmoid(af) * c0 + sigmoid(ai) * tanh(ag)
    H = lambda ao=ao, c0=c0: sigmoid(ao) * tanh(C(c0=c0))
    i, f, o, g, c = sigmoid(ai), sigmoid(af), sigmoid(ao), tanh(ag), C()
    by_c, by_g = d(lambda c: o * tanh(c), c), d(lambda a: C(ag=a), ag)
    yield d(lambda c: C(c0=c), c0), f
    yield by_c, o * (1 - tanh(c)**2)
    yield d(lambda c: H(c0=c), c0), o * (1 - tanh(c)**2) * f
    yield d(H, ao), o * (1 - o) * tanh(c)
    yield d(lambda a: C(af=a), af), f * (1 - f) * c0
    yield by_g, i * (1 - g**2)
    yield by_c, o * tanh(c)
    yield by_g, i * g * (1 - g)
    yield d(lambda a: C(ai=a), ai), i * (1 - i) * c0


@document("matrix-cookbook.md")
def _(r):
    a, b, x, A, X = r.normal(3), r.normal(3), r.normal(3), r.normal(3, 3), r.normal(3, 3)
    quadratic, trace, bilinear = (lambda x: x @ A @ x), (lambda X: np.trace(A @ X)), (lambda X: a @ X @ b)
    yield d(lambda x: a @ x, x), a
    yield d(quadratic, x), (A + A.T) @ x
    yield d(bilinear, X), outer(a, b)
    yield d(lambda X: a @ X.T @ b, X), outer(b, a)
    yield d(trace, X), A.T
    yield d(lambda X: np.trace(X.T @ X), X), 2 * X
    yield d(det, X), det(X) * inv(X).T
    yield d(quadratic, x), 2 * A @ x
    yield d(trace, X), A
    yield d(det, X), det(X) * inv(X)
    yield d(bilinear, X), outer(b, a)


@document("matrix-factorization.md")
def _(r):
    u, v, q, λ = r.normal(3), r.normal(3), r.normal(), r.normal()
    J = lambda u=u, v=v: (q - u @ v)**2 + λ * (u @ u + v @ v)
    e = q - u @ v
    by_v = d(lambda v: J(v=v), v)
    yield d(J, u), -2 * e * v + 2 * λ * u
    yield by_v, -2 * e * u + 2 * λ * v
    yield d(J, u), -2 * e * v + 2 * λ * u
    yield dd(J, u), 2 * outer(v, v) + 2 * λ * eye(3)
    yield d(J, u), 2 * e * v + 2 * λ * u
    yield by_v, -2 * e * v + 2 * λ * v
    yield dd(J, u), 2 * outer(v, v) + λ * eye(3)


@document("multivariate-normal.tex")
def _(r):
    x, m, A = r.normal(3), r.normal(3), r.normal(3, 3)
    P = A @ A.T + eye(3) + 0.2 * r.normal(3, 3)
    ℓ = lambda x=x, m=m, P=P: log(det(P)) / 2 - (x - m) @ P @ (x - m) / 2
    by_m, by_P = d(lambda m: ℓ(m=m), m), d(lambda P: ℓ(P=P), P)
    yield by_m, (P + P.T) @ (x - m) / 2
    yield by_P, inv(P).T / 2 - outer(x - m, x - m) / 2
    yield d(ℓ, x), -by_m
    yield by_m, -(P + P.T) @ (x - m) / 2
    yield by_P, inv(P).T - outer(x - m, x - m) / 2


@document("newton-gravity.md")
def _(r):
    p, (G, M, m) = r.within(0.5, 2, 3), r.within(0.5, 2, 3)
    V = lambda p: -G * M * m / norm(p)
    ρ, (x, y, _) = norm(p), p
    H = dd(V, p)
    yield d(norm, p)[0], x / ρ
    yield d(lambda ρ: -G * M * m / ρ, ρ), G * M * m / ρ**2
    yield d(V, p)[0], G * M * m * x / ρ**3
    yield H[0, 0], G * M * m * (1 / ρ**3 - 3 * x**2 / ρ**5)
    yield np.trace(H), 0
    yield d(V, p)[0], G * M * m * x / ρ**2
    yield H[0, 1], 3 * G * M * m * x * y / ρ**5


@document("oscillator.md")
def _(r):
    (ω, m), A, φ, t = r.within(0.5, 2, 2), r.normal(), r.normal(), r.normal()
    x = lambda t: A * cos(ω * t + φ)
    E = lambda t: m / 2 * d(x, t)**2 + m / 2 * ω**2 * x(t)**2
    yield d(x, t), -A * ω * sin(ω * t + φ)
    yield dd(x, t), -ω**2 * x(t)
    yield d(E, t), 0
    yield E(t), m / 2 * ω**2 * A**2
    yield d(x, t), -A * sin(ω * t + φ)
    yield dd(x, t), ω**2 * x(t)
    yield E(t), m * ω**2 * A**2


@document("poisson-regression.md")
def _(r):
    X, y, w = r.normal(4, 3), r.normal(4), r.normal(3)
    rate = lambda w: exp(X @ w)
    loss = lambda q: (q - y * log(q)).sum()
    L = lambda w: loss(rate(w))
    q = rate(w)
    yield d(rate, w), q[:, None] * X
    yield d(loss, q, 1e-4), 1 - y / q
    yield d(L, w), X.T @ (q - y)
    yield dd(L, w, 2e-3), X.T @ diag(q) @ X
    yield d(L, w), X.T @ (1 - y)
    yield dd(L, w, 2e-3), X.T @ diag(q - y) @ X


@document("polar-coordinates.md")
def _(r):
    p = np.array([r.within(0.1, 2), r.normal()])
    XY = lambda p: np.array([p[0] * cos(p[1]), p[0] * sin(p[1])])
    J, (ρ, θ), (x, y) = d(XY, p), p, XY(p)
    yield J[0, 0], cos(θ)
    yield J[0, 1], -ρ * sin(θ)
    yield J[1, 0], sin(θ)
    yield J[1, 1], ρ * cos(θ)
    yield det(J), ρ
    yield x**2 + y**2, ρ**2
    yield J[0, 0] * J[1, 1] - J[0, 1] * J[1, 0], ρ**2
    yield J[0, 1], ρ * sin(θ)
    yield J[1, 1], cos(θ)


@document("relativity.md")
def _(r):
    v, c, m = r.within(-0.8, 0.8), r.within(1, 2), r.within(0.5, 2)
    γ = lambda v: 1 / sqrt(1 - v**2 / c**2)
    E, p = (lambda v: γ(v) * m * c**2), (lambda v: γ(v) * m * v)
    slope = lambda f: d(f, v, 1e-4)
    yield slope(γ), γ(v)**3 * v / c**2
    yield slope(E), γ(v)**3 * m * v
    yield slope(p), γ(v)**3 * m
    yield slope(E), v * slope(p)
    yield E(v)**2 - p(v)**2 * c**2, m**2 * c**4
    yield slope(p), γ(v) * m
    yield slope(γ), γ(v)**3 * v


@document("reparameterization.md")
def _(r):
    μ, s, ε = r.normal(), r.within(0.5, 2), r.normal()
    F = lambda μ=μ, s=s: f(μ + s * ε)
    K = lambda μ=μ, s=s: (μ**2 + s**2 - 1) / 2 - log(s)
    by_s, K_s = (lambda s: F(s=s)), d(lambda s: K(s=s), s)
    z = μ + s * ε
    yield d(F, μ), f1(z)
    yield d(by_s, s), f1(z) * ε
    yield dd(by_s, s), f2(z) * ε**2
    yield mixed(F, μ, s), f2(z) * ε
    yield d(K, μ), μ
    yield K_s, s - 1 / s
    yield d(by_s, s), f1(z)
    yield dd(by_s, s), f2(z) * ε
    yield K_s, s + 1 / s


@document("ridge.tex")
def _(r):
    X, y, w, λ = r.normal(4, 3), r.normal(4), r.normal(3), r.within(0.1, 2)
    J = lambda w: norm(X @ w - y)**2 + λ * norm(w)**2
    second = (X @ w - y) @ (X @ w - y) + λ * w @ w
    third = 2 * X.T @ X @ w - 2 * X.T @ y + 2 * λ * w
    yield J(w), second
    yield second, w @ X.T @ X @ w - 2 * y @ X @ w + y @ y + λ * w @ w
    yield d(J, w), third
    yield third, 2 * X.T @ (X @ w - y) + 2 * λ * w
    yield dd(J, w), 2 * (X.T @ X + λ * eye(3))
    yield d(J, w), 2 * X.T @ (y - X @ w) + 2 * λ * w
    yield d(J, w), 2 * X.T @ (X @ w - y) + λ * w
    yield dd(J, w), 2 * (X @ X.T + λ * eye(4))


@document("rms-normalization.md")
def _(r):
    n = 4
    x, a, ε = r.normal(n), r.normal(n), r.within(0.1, 0.5)
    R = lambda x: sqrt((x**2).mean() + ε)
    ρ, by_x = R(x), d(lambda x: a * x / R(x), x)
    yield d(R, x), x / (n * ρ)
    yield d(lambda a: a * x / ρ, a), diag(x / ρ)
    yield by_x, a[:, None] / ρ * (eye(n) - outer(x, x) / (n * ρ**2))
    yield by_x, a[:, None] / ρ * (eye(n) - outer(x, x) / (n * ρ))
    yield d(R, x), 2 * x / n
    yield d(lambda a: a * x / ρ, a), diag(x)


@document("robust-losses.md")
def _(r):
    δ, x = r.within(0.5, 2), r.within(-2, 2)
    h = lambda x: δ**2 * (sqrt(1 + (x / δ)**2) - 1)
    c = lambda x: δ**2 / 2 * log(1 + x**2 / δ**2)
    l = lambda x: log(np.cosh(x))
    yield d(h, x), x / sqrt(1 + (x / δ)**2)
    yield dd(h, x), (1 + (x / δ)**2)**-1.5
    yield d(c, x), x / (1 + x**2 / δ**2)
    yield d(l, x), tanh(x)
    yield dd(l, x), 1 - tanh(x)**2
    yield d(c, x), x / (1 + x**2)
    yield dd(h, x), (1 + (x / δ)**2)**-0.5
    yield d(h, x), 2 * x * (sqrt(1 + (x / δ)**2) - 1)


@document("rotations.md")
def _(r):
    θ = r.normal()
    R = lambda θ: np.array([[cos(θ), -sin(θ)], [sin(θ), cos(θ)]])
    J = np.array([[0, -1], [1, 0]])
    yield R(θ).T @ R(θ), eye(2)
    yield det(R(θ)), 1
    yield d(R, θ), J @ R(θ)
    yield d(R, θ), np.array([[-sin(θ), -cos(θ)], [cos(θ), -sin(θ)]])
    yield J @ J, -eye(2)
    yield d(R, θ), np.array([[sin(θ), -cos(θ)], [cos(θ), sin(θ)]])
    yield dd(R, θ), R(θ)


@document("softmax-components.md")
def _(r):
    z, y, one = r.normal(4), r.normal(4), eye(4)
    p = softmax(z)
    L = lambda z: -(y * log(softmax(z))).sum()
    yield d(softmax, z), p[:, None] * (one - p)
    yield d(softmax, z), np.repeat((p * (1 - p))[:, None], 4, axis=1)
    yield log(p), z - log(exp(z).sum())
    yield d(lambda z: log(softmax(z)), z), one - p
    yield d(lambda p: -(y * log(p)).sum(), p, 1e-4), -y / p
    yield d(L, z), p * y.sum() - y
    yield d(L, z), y - p
    yield d(lambda p: -(y * log(p)).sum(), p, 1e-4), y / p


@document("softmax-vectors.md")
def _(r):
    z, t, T = r.normal(4), r.normal(4), r.within(0.5, 2)
    p, q = softmax(z), softmax(z / T)
    L = lambda z: log(exp(z).sum()) - t @ z
    tempered = d(lambda z: softmax(z / T), z)
    yield d(softmax, z), diag(p) - outer(p, p)
    yield d(L, z), p - t
    yield dd(L, z), diag(p) - outer(p, p)
    yield d(L, z), t - p
    yield tempered, (diag(q) - outer(q, q)) / T
    yield tempered, diag(q) - outer(q, q)


@document("spherical-coordinates.md")
def _(r):
    p = np.array([r.within(0.5, 2), r.normal(), r.normal()])
    XYZ = lambda p: p[0] * np.array([sin(p[1]) * cos(p[2]), sin(p[1]) * sin(p[2]), cos(p[1])])
    J, (ρ, θ, φ) = d(XYZ, p), p
    yield (XYZ(p)**2).sum(), ρ**2
    yield J[0, 1], ρ * cos(θ) * cos(φ)
    yield J[1, 2], ρ * sin(θ) * cos(φ)
    yield J[2, 1], -ρ * sin(θ)
    yield (J[:, 1]**2).sum(), ρ**2
    yield J[0, 2]**2 + J[1, 2]**2, ρ**2 * sin(θ)**2
    yield J[0, 2]**2 + J[1, 2]**2, ρ**2
    yield J[0, 2], ρ * sin(θ) * sin(φ)


@document("taylor.md")
def _(r):
    x, y = r.normal(), r.normal()

    def jet(side):
        """What first order sees: the value and the slope at 0."""
        return np.array([side(0.0), d(side, 0.0)])
    yield jet(lambda h: sin(x + h)), jet(lambda h: sin(x) + h * cos(x))
    yield jet(lambda h: exp(x + h)), jet(lambda h: exp(x) * (1 + h))
    yield jet(lambda h: sqrt(4 + h)), jet(lambda h: 2 + h / 4)
    yield jet(lambda h: f(x + h)), jet(lambda h: f(x) + h * f1(x))
    yield jet(lambda h: 1 / (1 + h)), jet(lambda h: 1 + h)
    yield jet(lambda h: sqrt(1 + h)), jet(lambda h: 1 + h)
    yield jet(lambda h: f(x - h * f1(x))), jet(lambda h: f(x) - h * f1(x)**2)


@document("two-layer-network.md")
def _(r):
    x, W1, b1, W2, b2, t = r.normal(3), r.normal(4, 3), r.normal(4), r.normal(2, 4), r.normal(2), r.normal(2)
    L = lambda x=x, W1=W1, b1=b1, W2=W2: norm(W2 @ tanh(W1 @ x + b1) + b2 - t)**2 / 2
    z = W1 @ x + b1
    a = tanh(z)
    s = W2 @ a + b2
    by_z = d(lambda z: norm(W2 @ tanh(z) + b2 - t)**2 / 2, z)
    by_W2, by_b1 = d(lambda W: L(W2=W), W2), d(lambda b: L(b1=b), b1)
    yield d(lambda s: norm(s - t)**2 / 2, s), s - t
    yield by_W2, outer(s - t, a)
    yield d(lambda a: norm(W2 @ a + b2 - t)**2 / 2, a), W2.T @ (s - t)
    yield by_z, W2.T @ (s - t) * (1 - a**2)
    yield d(lambda W: L(W1=W), W1), outer(by_z, x)
    yield by_b1, by_z
    yield d(L, x), W1.T @ by_z
    yield by_z, W2.T @ (s - t) * a * (1 - a)
    yield by_W2, outer(a, s - t)
    yield by_b1, W2.T @ (s - t)


@document("van-der-waals.md")
def _(r):
    V, b, (a, R, T) = r.within(1.5, 3), r.within(0.1, 0.5), r.within(0.5, 2, 3)
    p = lambda V=V, T=T: R * T / (V - b) - a / V**2
    yield d(lambda T: p(T=T), T), R / (V - b)
    yield d(p, V), -R * T / (V - b)**2 + 2 * a / V**3
    yield dd(p, V), 2 * R * T / (V - b)**3 - 6 * a / V**4
    yield mixed(p, V, T), mixed(lambda T, V: p(V, T), T, V)
    yield mixed(lambda T, V: p(V, T), T, V), -R / (V - b)**2
    yield d(p, V), -R * T / (V - b)**2 - 2 * a / V**3
    yield dd(p, V), 2 * R * T / (V - b)**3 - 2 * a / V**4


@document("weighted-least-squares.md")
def _(r):
    X, y, s, w, λ = r.normal(5, 3), r.normal(5), r.normal(5), r.normal(3), r.within(0.5, 2)
    J = lambda w: (y - X @ w) @ diag(s) @ (y - X @ w)
    A = lambda λ: inv(X.T @ X + λ * eye(3))
    v = lambda y=y, λ=λ: A(λ) @ X.T @ y
    by_λ = d(lambda λ: v(λ=λ), λ)
    yield d(J, w), -2 * X.T @ diag(s) @ (y - X @ w)
    yield dd(J, w), 2 * X.T @ diag(s) @ X
    yield X.T @ X @ v() + λ * v(), X.T @ y
    yield d(v, y), A(λ) @ X.T
    yield by_λ, -A(λ) @ v()
    yield by_λ, A(λ) @ v()
    yield d(J, w), 2 * X.T @ diag(s) @ (y - X @ w)
    yield dd(J, w), 2 * X.T @ X


def agree(a, b):
    a, b = np.asarray(a, dtype=float), np.asarray(b, dtype=float)
    return (not b.shape or a.shape == b.shape) and np.allclose(a, b, rtol=1e-5, atol=1e-6)


if __name__ == "__main__":
    for name, body in sorted(DOCUMENTS.items()):
        verdicts = [[agree(a, b) for a, b in body(Random(seed))] for seed in range(8)]
        for number, claim in enumerate(zip(*verdicts), start=1):
            print(name, number, "true" if all(claim) else "false", sep=" | ")
