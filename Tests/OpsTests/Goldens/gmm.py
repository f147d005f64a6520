"""Golden of the Gaussian mixture objective of ADBench: value and gradient by mpmath at 50 digits.

Run with mpmath 1.3:  python3 gmm.py > gmm.txt

With α [k], μ [k, d], q [k, d], l [k, d(d−1)/2], x [n, d], γ and m: Q_k is lower triangular, with exp(q_k) on its diagonal
and l_k below it, column by column, and

    L = −½·n·d·log 2π + Σᵢ log Σ_k exp(α_k + Σ q_k − ½‖Q_k(xᵢ − μ_k)‖²) − n·log Σ_k exp α_k
        + Σ_k (½γ²·(‖exp q_k‖² + ‖l_k‖²) − m·Σ q_k) − k·(N·d·log(γ/√2) − log Γ_d(½N)),   N = d + m + 1

where log Γ_d(a) = ¼d(d−1)·log π + Σⱼ log Γ(a + ½(1 − j)), j = 1 … d. The gradient is that formula differentiated by hand.
"""
import random

from mpmath import exp, gamma, log, mp, mpf, pi, sqrt

mp.dps = 50
random.seed(7)
n, d, k, g, m = 6, 3, 4, mpf(1) / 2, 2


def table(rows, columns):
    return [[mpf(random.randint(-800, 800)) / 512 for _ in range(columns)] for _ in range(rows)]


α, μ, q, l, x = table(1, k)[0], table(k, d), table(k, d), table(k, d * (d - 1) // 2), table(n, d)


def q_matrix(c):
    places = [(i, j) for j in range(d) for i in range(j + 1, d)]
    Q = [[exp(q[c][i]) if i == j else mpf(0) for j in range(d)] for i in range(d)]
    for (i, j), value in zip(places, l[c]):
        Q[i][j] = value
    return Q, places


def total(rows):
    return sum(sum(r) for r in rows)


# The terms of every point and component, and with them the posteriors, which are all the gradient needs.
main = mpf(0)
dα, dμ = [mpf(0)] * k, [[mpf(0)] * d for _ in range(k)]
dq, dl = [[mpf(0)] * d for _ in range(k)], [[mpf(0)] * (d * (d - 1) // 2) for _ in range(k)]
for point in x:
    terms, details = [], []
    for c in range(k):
        Q, places = q_matrix(c)
        v = [a - b for a, b in zip(point, μ[c])]
        z = [sum(Q[i][j] * v[j] for j in range(d)) for i in range(d)]
        terms.append(α[c] + sum(q[c]) - sum(e * e for e in z) / 2)
        details.append((Q, places, v, z))
    top = log(sum(exp(t) for t in terms))
    main += top
    for c, (Q, places, v, z) in enumerate(details):
        w = exp(terms[c] - top)
        dα[c] += w
        for j in range(d):
            dμ[c][j] += w * sum(Q[i][j] * z[i] for i in range(d))
            dq[c][j] += w * (1 - z[j] * v[j] * exp(q[c][j]))
        for place, (i, j) in enumerate(places):
            dl[c][place] -= w * z[i] * v[j]

weight = sum(exp(a) for a in α)
N = d + m + 1
log_gamma = mpf(d * (d - 1)) / 4 * log(pi) + sum(log(gamma(mpf(N) / 2 + mpf(1 - j) / 2)) for j in range(1, d + 1))
prior = sum(
    g * g / 2 * (sum(exp(e) ** 2 for e in q[c]) + sum(e * e for e in l[c])) - m * sum(q[c]) for c in range(k)
) - k * (N * d * log(g / sqrt(2)) - log_gamma)
value = -mpf(n * d) / 2 * log(2 * pi) + main - n * log(weight) + prior
for c in range(k):
    dα[c] -= n * exp(α[c]) / weight
    for j in range(d):
        dq[c][j] += g * g * exp(q[c][j]) ** 2 - m
    for place in range(len(dl[c])):
        dl[c][place] += g * g * l[c][place]


def line(tag, shape, numbers):
    print(tag, ",".join(map(str, shape)) or "-", *(repr(float(e)) for e in numbers))


def flat(rows):
    return [e for r in rows for e in r]


print("case gmm")
line("x", [k], α)
line("x", [k, d], flat(μ))
line("x", [k, d], flat(q))
line("x", [k, d * (d - 1) // 2], flat(l))
line("x", [n, d], flat(x))
line("y", [], [value])
line("g", [k], dα)
line("g", [k, d], flat(dμ))
line("g", [k, d], flat(dq))
line("g", [k, d * (d - 1) // 2], flat(dl))
