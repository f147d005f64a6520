#!/usr/bin/env python3
"""Writes the golden tables: value and derivatives of every scalar operation, from mpmath at 60 digits.

    python3 goldens.py          writes Arithmetic.txt, Elementary.txt, Comparisons.txt, Activations.txt,
                                Special.txt and Rounding.txt beside it
    python3 goldens.py --check  compares with what stands there

A section `[name]` per operation, a row per point:

    operands   value   first derivatives   second derivatives (upper triangle, by rows)

Numbers are the doubles nearest to the true ones, in the shortest decimal form that reads back to the same bits.
`*` is a number nobody should rely on (outside the domain, or a derivative that does not exist), and `0?` the
limit 0 or NaN: the textbook formula meets 0 * inf or inf - inf there, and by IEEE 754 that is NaN.

The formulas below are written for accuracy at every point and share nothing with the rules they check. They are
themselves checked: against numerical differentiation (mpmath.diff) at ordinary points, and at twice the digits.
"""
import math
import sys
from fractions import Fraction
from pathlib import Path

from mpmath import mp, mpf

DIGITS = 60
INF, NAN, MAX, TINY, NORMAL = math.inf, math.nan, sys.float_info.max, 5e-324, 2.0**-1022

# ---------------------------------------------------------------- numbers


def double(x):
    """The nearest double, ties to even: what Python does for a ratio of integers, subnormals included."""
    if isinstance(x, float):
        return x
    if mp.isnan(x) or mp.isinf(x):
        return float(x)
    sign, mantissa, exponent, _ = x._mpf_
    if mantissa == 0:
        return 0.0
    if exponent < -5000:  # below 2^-4700: nothing is left of it
        return -0.0 if sign else 0.0
    if exponent > 2000:
        return -INF if sign else INF
    ratio = Fraction(mantissa) * (Fraction(2) ** exponent)
    try:
        return float(-ratio if sign else ratio)
    except OverflowError:
        return -INF if sign else INF


def text(x):
    return x if isinstance(x, str) else repr(double(x)).removesuffix(".0").replace("e+", "e")


# ---------------------------------------------------------------- points

ORDINARY = [s * x for x in (0.125, 0.25, 0.5, 0.75, 1.0, 1.5, 2.0, 3.0, 5.0, 7.25, 10.0, 20.0,
                            0.1, 1 / 3, 2.7, 1.2345678901234567) for s in (1, -1)]
SMALL = [s * x for x in (TINY, NORMAL, 2.0**-149, 2.0**-126, 1e-300, 1e-20, 2.0**-30, 1e-8, 1e-5, 2.0**-10)
         for s in (1, -1)]
LARGE = [s * x for x in (100.0, 1e5, 2.0**40, 1e20, 1e80, 1e154, 1e155, 1e200, MAX, (2 - 2.0**-23) * 2.0**127)
         for s in (1, -1)]
# Where functions saturate, and the whole range in steps of 10^20.
SATURATED = [s * x for x in (15.0, 17.5, 25.0, 30.0, 38.0, 40.0, 60.0, 88.0, 300.0, 700.0, 720.0, 800.0) for s in (1, -1)]
DECADES = [s * float(f"1e{k}") for k in range(-300, 309, 20) for s in (1, -1)]
SPECIAL = [0.0, -0.0, INF, -INF, NAN]
LINE = ORDINARY + SMALL + LARGE + SATURATED + DECADES + SPECIAL


def near(*centers):
    """The neighbours of points, a few ulps to either side."""
    return [c + k * math.ulp(c) for c in centers for k in (-3, -1, 0, 1, 3)] + [
        c * (1 + s * 2.0**-k) for c in centers for k in (40, 23, 12, 6) for s in (1, -1)]


# ---------------------------------------------------------------- rules of one argument


class Unary:
    """f gives (y, y', y'') at an exact number; limits say what holds where no number does."""

    def __init__(self, name, f, extra=(), domain=(-INF, INF), odd=False, limits={}, kinks=()):
        self.name, self.f, self.domain, self.odd, self.kinks = name, f, domain, odd, kinks
        self.points = LINE + list(extra)
        self.limits = {"nan": (NAN, NAN, NAN)} | limits

    def rows(self):
        for x in dict.fromkeys(self.points):
            yield (x,), self.at(x)

    def at(self, x):
        if repr(x) in self.limits:
            return self.limits[repr(x)]
        if not self.domain[0] <= x <= self.domain[1]:
            return (NAN, "*", "*")
        y = self.f(mpf(x))
        if self.odd and x == 0:
            return (x,) + tuple(y[1:])
        return y

    def verify(self):
        if not self.f:
            return
        for x in (-2.7, -0.75, -0.1, 0.1, 0.75, 1.5, 2.7):
            if self.domain[0] < x < self.domain[1] and x not in self.kinks:
                y, first, second = self.f(mpf(x))
                assert close(first, mp.diff(lambda t: self.f(t)[0], mpf(x))), (self.name, x)
                assert close(second, mp.diff(lambda t: self.f(t)[1], mpf(x))), (self.name, x)


def close(a, b):
    return abs(mpf(a) - mpf(b)) <= mpf(10) ** -20 * max(1, abs(mpf(b)))


def sech2(x):
    return 1 / mp.cosh(x) ** 2


def normal_cdf(x):
    if abs(x) > 1000:  # 1 or 1e-217150 at most, where mpmath's erfc gives up
        return mpf(1) if x > 0 else mpf("1e-217150")
    return mp.erfc(-x / mp.sqrt(2)) / 2


def normal_pdf(x):
    return mp.exp(-x * x / 2) / mp.sqrt(2 * mp.pi)


def logistic(x):
    return 1 / (1 + mp.exp(-x)) if x >= 0 else mp.exp(x) / (1 + mp.exp(x))


def d_logistic(x):
    return logistic(x) * logistic(-x)


def d2_logistic(x):
    return -d_logistic(x) * mp.tanh(x / 2)


def arc(x):
    return (1 - x) * (1 + x)


def sign(x):
    return mp.sign(x)


def piece(choose):
    """A function of pieces: choose gives (y, y', y'') for the piece x lies on."""
    return lambda x: tuple(mpf(v) for v in choose(x))


ARITHMETIC = [
    Unary("negate", lambda x: (-x, mpf(-1), mpf(0)), odd=True,
          limits={"-0.0": (0.0, -1.0, 0.0), "0.0": (-0.0, -1.0, 0.0),
                  "inf": (-INF, -1.0, 0.0), "-inf": (INF, -1.0, 0.0), "nan": (NAN, -1.0, 0.0)}),
    Unary("square", lambda x: (x * x, 2 * x, mpf(2)), near(1.3407807929942596e154, 1.4916681462400413e-154),
          limits={"inf": (INF, INF, 2.0), "-inf": (INF, -INF, 2.0), "nan": (NAN, NAN, 2.0)}),
    Unary("reciprocal", lambda x: (1 / x, -1 / x**2, 2 / x**3), near(5.562684646268003e-309, 1e-103, 1e154),
          limits={"0.0": (INF, -INF, INF), "-0.0": (-INF, -INF, -INF),
                  "inf": (0.0, 0.0, 0.0), "-inf": (-0.0, 0.0, 0.0)}),
]

ELEMENTARY = [
    Unary("exp", lambda x: (mp.exp(x),) * 3, near(709.782712893384, -745.1332191019411, -708.3964185322641,
                                                   88.722839, -103.97208),
          limits={"inf": (INF,) * 3, "-inf": (0.0,) * 3}),
    Unary("expm1", lambda x: (mp.expm1(x), mp.exp(x), mp.exp(x)), near(709.782712893384, -37.42994775023705, -1.0),
          odd=True, limits={"inf": (INF,) * 3, "-inf": (-1.0, 0.0, 0.0)}),
    Unary("log", lambda x: (mp.log(x), 1 / x, -1 / x**2), near(1.0, 2.718281828459045), domain=(0, INF),
          limits={"0.0": (-INF, INF, -INF), "-0.0": (-INF, -INF, -INF), "inf": (INF, 0.0, 0.0)}),
    Unary("log1p", lambda x: (mp.log1p(x), 1 / (1 + x), -1 / (1 + x) ** 2), [-1 + 2.0**-k for k in (53, 52, 30, 24, 10, 2)],
          domain=(-1, INF), odd=True, limits={"-1.0": (-INF, INF, -INF), "inf": (INF, 0.0, 0.0)}),
    # sqrt(-0) is -0 (IEEE 754), so that 1/(2y) is -inf there.
    Unary("sqrt", lambda x: (mp.sqrt(x), 0.5 / mp.sqrt(x), -0.25 / mp.sqrt(x) ** 3), near(1.0, 4.0), domain=(0, INF),
          limits={"0.0": (0.0, INF, -INF), "-0.0": (-0.0, -INF, "*"), "inf": (INF, 0.0, 0.0)}),
    Unary("sin", lambda x: (mp.sin(x), mp.cos(x), -mp.sin(x)), near(math.pi / 2, math.pi, 22.0, 1e22), odd=True,
          limits={"inf": (NAN,) * 3, "-inf": (NAN,) * 3}),
    Unary("cos", lambda x: (mp.cos(x), -mp.sin(x), -mp.cos(x)), near(math.pi / 2, math.pi, 22.0, 1e22),
          limits={"inf": (NAN,) * 3, "-inf": (NAN,) * 3}),
    Unary("tan", lambda x: (mp.tan(x), 1 / mp.cos(x) ** 2, 2 * mp.tan(x) / mp.cos(x) ** 2),
          near(math.pi / 2, math.pi, 1.5, 22.0, 1e22), odd=True, limits={"inf": (NAN,) * 3, "-inf": (NAN,) * 3}),
    Unary("asin", lambda x: (mp.asin(x), 1 / mp.sqrt(arc(x)), x / mp.sqrt(arc(x)) ** 3), near(1.0, -1.0, 0.5),
          domain=(-1, 1), odd=True,
          limits={"1.0": (mp.pi / 2, INF, "inf?"), "-1.0": (-mp.pi / 2, INF, "-inf?")}),
    Unary("acos", lambda x: (mp.acos(x), -1 / mp.sqrt(arc(x)), -x / mp.sqrt(arc(x)) ** 3), near(1.0, -1.0, 0.5),
          domain=(-1, 1),
          limits={"1.0": (0.0, -INF, "-inf?"), "-1.0": (mp.pi, -INF, "inf?")}),
    Unary("atan", lambda x: (mp.atan(x), 1 / (1 + x * x), -2 * x / (1 + x * x) ** 2), near(1.0, 6e76), odd=True,
          limits={"inf": (mp.pi / 2, 0.0, "0?"), "-inf": (-mp.pi / 2, 0.0, "0?")}),
    Unary("sinh", lambda x: (mp.sinh(x), mp.cosh(x), mp.sinh(x)), near(710.4758600739439, 1.0, 22.0, 89.4), odd=True,
          limits={"inf": (INF,) * 3, "-inf": (-INF, INF, -INF)}),
    Unary("cosh", lambda x: (mp.cosh(x), mp.sinh(x), mp.cosh(x)), near(710.4758600739439, 1.0, 22.0, 89.4),
          limits={"inf": (INF,) * 3, "-inf": (INF, -INF, INF)}),
    Unary("tanh", lambda x: (mp.tanh(x), sech2(x), -2 * mp.tanh(x) * sech2(x)), near(0.55, 1.0, 9.0, 19.06, 354.0),
          odd=True, limits={"inf": (1.0, 0.0, 0.0), "-inf": (-1.0, 0.0, 0.0)}),
    Unary("asinh", lambda x: (mp.asinh(x), 1 / mp.sqrt(x * x + 1), -x / mp.sqrt(x * x + 1) ** 3), near(1.0, 1e103), odd=True,
          limits={"inf": (INF, 0.0, "0?"), "-inf": (-INF, 0.0, "0?")}),
    Unary("acosh", lambda x: (mp.acosh(x), 1 / mp.sqrt(-arc(x)), -x / mp.sqrt(-arc(x)) ** 3),
          [1 + 2.0**-k for k in (52, 51, 40, 30, 23, 20, 10, 5, 1)] + [k + 0.5 for k in range(2, 22)],
          domain=(1, INF), limits={"1.0": (0.0, INF, "-inf?"), "inf": (INF, 0.0, "0?")}),
    Unary("atanh", lambda x: (mp.atanh(x), 1 / arc(x), 2 * x / arc(x) ** 2), near(1.0, -1.0, 0.5), domain=(-1, 1),
          odd=True, limits={"1.0": (INF, INF, "inf?"), "-1.0": (-INF, INF, "-inf?")}),
    Unary("erf", lambda x: (mp.erf(x), 2 / mp.sqrt(mp.pi) * mp.exp(-x * x), -4 * x / mp.sqrt(mp.pi) * mp.exp(-x * x)),
          near(0.84375, 1.25, 6.0, 26.0, 27.0), odd=True, limits={"inf": (1.0, 0.0, "0?"), "-inf": (-1.0, 0.0, "0?")}),
]

def gaussian(x):
    return 2 / mp.sqrt(mp.pi) * mp.exp(-x * x)


def sinc(x):
    """With its derivatives; at 0 the series. mpmath's sinpi is exact at whole numbers."""
    if x == 0:
        return (mpf(1), mpf(0), -mp.pi**2 / 3)
    with mp.extradps(900 if abs(x) < 1 else 60):
        t = mp.pi * x
        y, c = mp.sinpi(x) / t, mp.cospi(x)
        first = (c - y) / x
        return (y, first, -mp.pi**2 * y - 2 * first / x)


def gamma_poles(y, first, second):
    """At whole numbers below 0 the logarithm of |gamma| is infinite, and its derivatives have no value."""
    return {repr(x): (y, first, second) for x in LINE if -INF < x < 0 and x == math.floor(x)}


def polygammas(n, x):
    """psi(n) from n on; next to a pole and far out by series, where mpmath gives up."""
    if x > mpf(10) ** 40:
        magnitude = mp.log(x) if n == 0 else mp.factorial(n - 1) / x**n
        return magnitude if n == 0 or n % 2 else -magnitude
    if abs(x) < mpf(10) ** -40:
        return (-1) ** (n + 1) * mp.factorial(n) / x ** (n + 1)
    return mp.polygamma(n, x)


def root3(x):
    return mp.sign(x) * mp.cbrt(abs(x))


def log_gamma(x):
    if x > mpf(10) ** 40:
        return x * (mp.log(x) - 1) - mp.log(x) / 2 + mp.log(2 * mp.pi) / 2
    return mp.log(abs(mp.gamma(x))) if abs(x) < 1000 else mp.re(mp.loggamma(x))


SPECIAL_FUNCTIONS = [
    Unary("exp2", lambda x: (mp.power(2, x), mp.power(2, x) * mp.log(2), mp.power(2, x) * mp.log(2) ** 2),
          near(1023.5, -1021.5, -1073.0), limits={"inf": (INF,) * 3, "-inf": (0.0,) * 3}),
    Unary("log2", lambda x: (mp.log(x, 2), 1 / (x * mp.log(2)), -1 / (x * x * mp.log(2))), near(1.0, 8.0), domain=(0, INF),
          limits={"0.0": (-INF, INF, -INF), "-0.0": (-INF, -INF, -INF), "inf": (INF, 0.0, 0.0)}),
    Unary("log10", lambda x: (mp.log10(x), 1 / (x * mp.log(10)), -1 / (x * x * mp.log(10))), near(1.0, 1000.0),
          domain=(0, INF), limits={"0.0": (-INF, INF, -INF), "-0.0": (-INF, -INF, -INF), "inf": (INF, 0.0, 0.0)}),
    Unary("erfc", lambda x: (mp.erfc(x) if x < 1000 else mpf("1e-217150"), -gaussian(x), 2 * x * gaussian(x)),
          near(0.84375, 1.25, 6.0, 26.0, 27.0), limits={"inf": (0.0, 0.0, "0?"), "-inf": (2.0, 0.0, "0?")}),
    Unary("lgamma", lambda x: (log_gamma(x), polygammas(0, x), polygammas(1, x)), near(1.0, 2.0, 1.4616321449683622, -0.5),
          limits={"inf": (INF, INF, 0.0), "-inf": (INF, "*", "*"), "0.0": (INF, -INF, INF), "-0.0": (INF, INF, INF)}
          | gamma_poles(INF, "*", "*")),
    Unary("digamma", lambda x: (polygammas(0, x), polygammas(1, x), polygammas(2, x)),
          near(1.0, 1.4616321449683622, -0.5), limits={"inf": (INF, 0.0, 0.0), "-inf": ("*",) * 3,
          "0.0": (-INF, INF, -INF), "-0.0": (INF, INF, INF)} | gamma_poles(NAN, "*", "*")),
    Unary("cbrt", lambda x: (root3(x), 1 / (3 * root3(x) ** 2), -2 / (9 * root3(x) ** 5)), near(1.0, 8.0, 27.0), odd=True,
          limits={"0.0": (0.0, INF, "*"), "-0.0": (-0.0, INF, "*"), "inf": (INF, 0.0, "0?"), "-inf": (-INF, 0.0, "0?")}),
    Unary("sinc", sinc, near(0.5, 1.0, 2.0, 1.4302966531242027, 22.0),
          limits={"inf": (NAN, "*", "*"), "-inf": (NAN, "*", "*")}),
    Unary("logSigmoid", lambda x: (-mp.log1p(mp.exp(-abs(x))) + min(x, 0), logistic(-x), -d_logistic(x)),
          near(36.7, -36.7, 709.0, 745.1, 1.0), limits={"inf": (-0.0, 0.0, 0.0), "-inf": (-INF, 1.0, 0.0)}),
]
ROUNDING = [
    Unary("floor", piece(lambda x: (mp.floor(x), 0, 0)), near(1.0, 2.0, -1.0), odd=True,
          limits={"inf": (INF, 0.0, 0.0), "-inf": (-INF, 0.0, 0.0), "nan": (NAN, 0.0, 0.0)}),
    Unary("ceil", None, near(1.0, 2.0, -1.0),
          limits={repr(x): (NAN if math.isnan(x) else x if math.isinf(x) else math.copysign(math.ceil(x), x), 0.0, 0.0)
                  for x in LINE + near(1.0, 2.0, -1.0)}),
    Unary("round", None, near(1.0, 2.0, -1.0) + [k + 0.5 for k in range(-5, 5)],
          limits={repr(x): (NAN if math.isnan(x) else x if math.isinf(x) else math.copysign(round(x), x), 0.0, 0.0)
                  for x in LINE + near(1.0, 2.0, -1.0) + [k + 0.5 for k in range(-5, 5)]}),
]

COMPARISONS = [
    # At 0 the local gradient is 0.
    Unary("abs", piece(lambda x: (abs(x), sign(x), 0)), kinks=(0,),
          limits={"inf": (INF, 1.0, 0.0), "-inf": (INF, -1.0, 0.0)} | {"nan": (NAN, NAN, 0.0)}),
    Unary("sgn", piece(lambda x: (sign(x), 0, 0)), odd=True,
          limits={"inf": (1.0, 0.0, 0.0), "-inf": (-1.0, 0.0, 0.0), "nan": (NAN, 0.0, 0.0)}),
    # 1 at 0.
    Unary("step", piece(lambda x: (0 if x < 0 else 1, 0, 0)),
          limits={"inf": (1.0, 0.0, 0.0), "-inf": (0.0, 0.0, 0.0), "nan": (NAN, 0.0, 0.0)}),
    Unary("stopGradient", None, odd=True,
          limits={repr(x): (x, 0.0, 0.0) for x in LINE}),
]

ACTIVATIONS = [
    Unary("sigmoid", lambda x: (logistic(x), d_logistic(x), d2_logistic(x)), near(36.7, -36.7, -709.0, -745.1, 1.0),
          limits={"inf": (1.0, 0.0, 0.0), "-inf": (0.0, 0.0, 0.0)}),
    # At 0 the local gradient is 0, as in PyTorch; where x is NaN no comparison holds and it is 0 too.
    Unary("relu", piece(lambda x: (x, 1, 0) if x > 0 else (0, 0, 0)), odd=True,
          limits={"inf": (INF, 1.0, 0.0), "-inf": (0.0, 0.0, 0.0), "nan": (NAN, 0.0, 0.0)}),
    Unary("softplus", lambda x: (mp.log1p(mp.exp(-abs(x))) + max(x, 0), logistic(x), d_logistic(x)),
          near(36.7, -36.7, -709.0, -745.1, 1.0), limits={"inf": (INF, 1.0, 0.0), "-inf": (0.0, 0.0, 0.0)}),
    # At 0 the local gradient is that of below, 0.01: PyTorch's leaky_relu takes the slope of above where x > 0 only.
    Unary("leakyRelu", piece(lambda x: (x, 1, 0) if x > 0 else (x / 100, mpf(1) / 100, 0)), odd=True,
          limits={"inf": (INF, 1.0, 0.0), "-inf": (-INF, mpf(1) / 100, 0.0), "nan": (NAN, mpf(1) / 100, 0.0)}),
    # At 0 both pieces have the slope 1; the second derivative, which jumps from 1 to 0, is that of above.
    Unary("elu", lambda x: (x, mpf(1), mpf(0)) if x >= 0 else (mp.expm1(x), mp.exp(x), mp.exp(x)), near(-37.4, -745.1, -1.0),
          odd=True, limits={"inf": (INF, 1.0, 0.0), "-inf": (-1.0, 0.0, 0.0), "nan": (NAN, 1.0, 0.0)}),
    # At -inf the formula is -inf * 0 (PyTorch and JAX give NaN too).
    Unary("gelu", lambda x: (x * normal_cdf(x), normal_cdf(x) + x * normal_pdf(x), (2 - x * x) * normal_pdf(x)),
          near(-0.7517915247, 1.4142135623730951, -5.0, -8.3, -37.5), odd=True,
          limits={"inf": (INF, "1?", "0?"), "-inf": ("0?", "0?", "0?")}),
    Unary("silu", lambda x: (x * logistic(x), logistic(x) + x * d_logistic(x), 2 * d_logistic(x) + x * d2_logistic(x)),
          near(-1.2784645427610738, 2.399357280515468, -36.7, -745.1), odd=True,
          limits={"inf": (INF, "1?", "0?"), "-inf": ("0?", "0?", "0?")}),
]

# ---------------------------------------------------------------- rules of two and three arguments


class Several:
    """at gives value, first and second derivatives at a point of doubles."""

    def __init__(self, name, points, at, smooth=None):
        self.name, self.points, self.at, self.smooth = name, points, at, smooth

    def rows(self):
        for point in {tuple(map(repr, p)): p for p in self.points}.values():
            yield point, self.at(*point)

    def verify(self):
        if not self.smooth:
            return
        orders = [(1, 0), (0, 1), (2, 0), (1, 1), (0, 2)]
        for point in ((0.75, 1.5), (2.7, -0.3), (1.1, 3.0)):
            derivatives = self.at(*point)[1:]
            for order, derivative in zip(orders, derivatives):
                expected = mp.diff(self.smooth, tuple(map(mpf, point)), order)
                assert close(derivative, expected), (self.name, point, order)


GRID = [-3.0, -1.0, -0.1, 0.5, 1.0, 2.7]
PAIRS = [(a, b) for a in GRID for b in GRID] + [
    (0.0, 1.5), (1.5, 0.0), (-0.0, 2.0), (2.0, -0.0), (0.0, 0.0), (0.0, -0.0), (-0.0, 0.0), (-0.0, -0.0),
    (TINY, TINY), (TINY, 0.5), (NORMAL, 0.5), (1e-300, 1e-10), (1e-310, 1e-10), (1e-310, 1e10), (TINY, 0.3), (1e-315, 1e-5), (1e-200, 1e-120), (1e160, 1e150),
    (MAX, 0.5), (MAX, 2.0), (MAX, MAX), (-MAX, MAX), (1e308, 1e308), (1e-155, 1e-155), (3.0, 1e103), (3.0, 1e-103),
    (INF, 1.0), (1.0, INF), (-INF, 2.0), (2.0, -INF), (INF, INF), (INF, -INF), (INF, 0.0), (0.0, INF),
    (NAN, 1.0), (1.0, NAN), (NAN, NAN), (NAN, INF)]


def exact(f, a, b):
    """f in exact arithmetic where both operands are numbers, by IEEE 754 otherwise."""
    return f(mpf(a), mpf(b)) if math.isfinite(a) and math.isfinite(b) else f(a, b)


def signed_sum(a, b):
    return a + b if a == 0 and b == 0 else exact(lambda a, b: a + b, a, b)


def signed_product(a, b):
    if a == 0 and math.isfinite(b) or b == 0 and math.isfinite(a):
        return math.copysign(0.0, math.copysign(1, a) * math.copysign(1, b))
    return exact(lambda a, b: a * b, a, b)


def add(a, b):
    return (signed_sum(a, b), 1.0, 1.0, 0.0, 0.0, 0.0)


def subtract(a, b):
    return (signed_sum(a, -b), 1.0, -1.0, 0.0, 0.0, 0.0)


def multiply(a, b):
    return (signed_product(a, b), b, a, 0.0, 1.0, 0.0)


def ieee_divide(a, b):
    if b == 0:
        return NAN if a == 0 or math.isnan(a) else math.copysign(INF, math.copysign(1, a) * math.copysign(1, b))
    if a == 0 or not (math.isfinite(a) and math.isfinite(b)):
        return a / b
    return mpf(a) / mpf(b)


def divide(a, b):
    y = ieee_divide(a, b)
    inverse = ieee_divide(1.0, b)
    if a == 0 and b == 0 or math.isnan(a):  # the quotient is NaN and so is what depends on it
        inverse_squared = NAN if math.isnan(b) else -INF if b == 0 else -1 / mpf(b) ** 2 if math.isfinite(b) else 0.0
        return (NAN, inverse, NAN, 0.0, inverse_squared, NAN)
    if math.isnan(b):
        return (NAN, NAN, NAN, 0.0, NAN, NAN)
    if b == 0:
        return (y, inverse, -y * inverse, 0.0, -INF, y * INF)
    if math.isinf(b):
        return (y, inverse, 0.0 if math.isfinite(a) else NAN, 0.0, 0.0, 0.0 if math.isfinite(a) else NAN)
    if math.isinf(a):
        return (y, inverse, -y / b, 0.0, -1 / mpf(b) ** 2, y)
    return (y, inverse, -mpf(a) / mpf(b) ** 2, 0.0, -1 / mpf(b) ** 2, 2 * mpf(a) / mpf(b) ** 3)


def power(x, p):
    """x^p for x > 0, or for x < 0 and an integer p, where nothing can be said of other exponents."""
    x, p = mpf(x), mpf(p)
    if x < 0 and p != int(p):
        return (NAN,) + ("*",) * 5
    first = p * mp.power(x, p - 1) if p else mpf(0)
    second = p * (p - 1) * mp.power(x, p - 2) if p * (p - 1) else mpf(0)
    if x < 0:
        return (mp.power(x, p), first, NAN, second, "*" if p == 0 else NAN, NAN)
    y, log = mp.power(x, p), mp.log(x)
    if math.isinf(double(y)):  # and so are the derivatives by p, multiples of it
        return (y, first, log * INF, second, mp.power(x, p - 1) * (1 + p * log), INF)
    return (y, first, y * log, second, mp.power(x, p - 1) * (1 + p * log), y * log**2)


# At x = 0, from above. By p: 0, as of the constant 0^p; for p = 0 too, where 0^0 = 1 stands alone (as in PyTorch).
AT_ZERO = {
    0.0: (1.0, 0.0, 0.0, 0.0, "*", "*"),
    1.0: (0.0, 1.0, 0.0, 0.0, "*", 0.0),
    2.0: (0.0, 0.0, 0.0, 2.0, 0.0, 0.0),
    3.0: (0.0, 0.0, 0.0, 0.0, 0.0, 0.0),
    2.5: (0.0, 0.0, 0.0, 0.0, 0.0, 0.0),
    1.5: (0.0, 0.0, 0.0, INF, 0.0, 0.0),
    0.5: (0.0, INF, 0.0, -INF, "*", 0.0),
    -1.0: (INF, -INF, "*", INF, "*", "*"),
    -0.5: (INF, -INF, "*", INF, "*", "*"),
    INF: (0.0, "*", "*", "*", "*", "*"),
}
# pow(x, 0) = 1 and pow(1, p) = 1 whatever the other operand, NaN included (IEEE 754).
POWER_SPECIAL = {
    (-0.0, 1.0): (-0.0, 1.0, 0.0, 0.0, "*", 0.0),
    (-0.0, 2.0): (0.0, 0.0, 0.0, 2.0, 0.0, 0.0),
    (INF, 2.0): (INF, INF, INF, 2.0, INF, INF),
    (INF, 1.0): (INF, 1.0, INF, 0.0, INF, INF),
    (INF, 0.0): (1.0, 0.0, INF, "*", "*", INF),
    (INF, -1.0): (0.0, 0.0, "0?", 0.0, "0?", "0?"),
    (-INF, 3.0): (-INF, INF, NAN, -INF, NAN, NAN),
    (2.0, INF): (INF, INF, INF, "*", "*", INF),
    (2.0, -INF): (0.0, "0?", 0.0, "*", "*", 0.0),
    (0.5, INF): (0.0, "0?", 0.0, "*", "*", 0.0),
    (-1.0, INF): (1.0,) + ("*",) * 5,
}
POWER_NAN = [((NAN, 0.0), (1.0, "0?", NAN, "*", "*", NAN)), ((1.0, NAN), (1.0, NAN, 0.0, "*", "*", 0.0)),
             ((NAN, 2.0), (NAN,) * 3 + ("*",) * 3), ((2.0, NAN), (NAN,) * 3 + ("*",) * 3)]
POWER_POINTS = [(x, p) for x in (0.1, 0.5, 1.0, 1.5, 2.7, 10.0) for p in (-2.5, -1.0, 0.0, 0.5, 1.0, 2.0, 3.7)] + [
    (-2.0, 3.0), (-0.5, 2.0), (-1.5, -2.0), (-3.0, 1.0), (-2.7, 0.0), (-2.0, 0.5), (-8.0, 1 / 3), (TINY, 0.5), (NORMAL, 2.0),
    (1e-300, 0.1), (1e300, 0.1), (1e300, -0.9), (1e154, 2.0), (1e155, 2.0), (1e-155, 2.0), (MAX, 1.0), (MAX, 0.5),
    (1 + 2.0**-52, 1e15), (1 - 2.0**-53, 1e15), (1e-5, 60.0), (2.0, 1023.0), (2.0, 1024.0), (2.0, -1074.0), (2.0, 1e-20),
    (0.3, 1e-300), (1.0000001, -40.0), (7.0, 1 / 3)]


class Power(Several):
    def rows(self):
        for point in POWER_POINTS:
            yield point, power(*point)
        yield from (((0.0, p), row) for p, row in AT_ZERO.items())
        yield from POWER_SPECIAL.items()
        yield from POWER_NAN


def comparison(holds):
    return lambda a, b: (1.0 if holds(a, b) else 0.0,) + (0.0,) * 5


def extremum(first_wins):
    """A tie is shared equally, and its value is the first operand; NaN of either is NaN, with no gradient."""

    def at(a, b):
        if math.isnan(a) or math.isnan(b):
            return (NAN,) + (0.0,) * 5
        if a == b:
            return (a, 0.5, 0.5, 0.0, 0.0, 0.0)
        return (a, 1.0, 0.0, 0.0, 0.0, 0.0) if first_wins(a, b) else (b, 0.0, 1.0, 0.0, 0.0, 0.0)

    return at


def clip(x, low, high):
    """The lower bound first: where the bounds are crossed, it wins. On a bound, x keeps its gradient."""
    y, first = (low, (0.0, 1.0, 0.0)) if x < low else (high, (0.0, 0.0, 1.0)) if high < x else (x, (1.0, 0.0, 0.0))
    return (y,) + first + (0.0,) * 6


def where(condition, a, b):
    """NaN is not 0: the condition holds."""
    return (a if condition != 0 else b, 0.0) + ((1.0, 0.0) if condition != 0 else (0.0, 1.0)) + (0.0,) * 6


TRIPLES = [(x, low, high) for x in GRID + [0.0, -0.0, INF, -INF, NAN, MAX, TINY] for low, high in
           ((-1.0, 1.0), (-0.1, 0.5), (0.0, INF), (-INF, 0.0))] + [
    (0.0, 1.0, -1.0), (2.0, 1.0, -1.0), (-2.0, 1.0, -1.0), (1.0, 1.0, 1.0), (2.0, 1.0, 1.0), (0.0, NAN, 1.0),
    (0.0, -1.0, NAN), (1 + 2.0**-52, -1.0, 1.0), (1 - 2.0**-53, -1.0, 1.0)]
CHOICES = [(c, a, b) for c in (0.0, -0.0, 1.0, -1.0, 0.5, TINY, INF, NAN) for a, b in
           ((2.0, 3.0), (-0.0, 1.0), (INF, 1.0), (1.0, -INF), (NAN, 2.0), (2.0, NAN))]

def hypotenuse(a, b):
    if math.isnan(a) or math.isnan(b) or math.isinf(a) or math.isinf(b):
        return (INF if math.isinf(a) or math.isinf(b) else NAN,) + ("*",) * 5
    a, b = mpf(a), mpf(b)
    y = mp.sqrt(a * a + b * b)
    if y == 0:
        return (0.0, 0.0, 0.0) + ("*",) * 3
    second = (b * b / y**3, -a * b / y**3, a * a / y**3) if y >= NORMAL else ("*",) * 3
    return (y, a / y, b / y) + second


def angle(y, x):
    """The side from which y = -0 comes is not told, nor are directions between infinities."""
    if math.isnan(y) or math.isnan(x) or math.isinf(y) or math.isinf(x) or (y == 0 and (x < 0 or math.copysign(1, y) < 0)):
        return ("*",) * 6
    y, x = mpf(y), mpf(x)
    square = x * x + y * y
    if square == 0:
        return (0.0, 0.0, 0.0) + ("*",) * 3
    second = (-2 * x * y / square**2, (y * y - x * x) / square**2, 2 * x * y / square**2)
    large = any(abs(s) > MAX for s in second) or square > mpf(10) ** 300 or square < mpf(10) ** -200
    return (mp.atan2(y, x), x / square, -y / square) + (("*",) * 3 if large else second)


def log_add_exp(a, b):
    if math.isnan(a) or math.isnan(b):
        return (NAN,) * 6
    if math.isinf(a) or math.isinf(b):
        return (max(a, b),) + (("*",) * 5 if a == b else (1.0, 0.0, 0.0, 0.0, 0.0) if a > b else (0.0, 1.0, 0.0, 0.0, 0.0))
    a, b = mpf(a), mpf(b)
    d = d_logistic(a - b)
    return (max(a, b) + mp.log1p(mp.exp(-abs(a - b))), logistic(a - b), logistic(b - a), d, -d, d)


def xlogy(x, y):
    if math.isnan(x) or math.isnan(y) or math.isinf(x) or math.isinf(y) or y < 0:
        return ("*",) * 6
    if x == 0:
        return (0.0, mp.log(y) if y > 0 else 0.0, 0.0, 0.0, "*" if y == 0 else 1 / mpf(y), 0.0 if y > 0 else "*")
    if y == 0:
        return ("*",) * 6
    x, y = mpf(x), mpf(y)
    return (math.copysign(0.0, x) if y == 1 else x * mp.log(y), mp.log(y), x / y, mpf(0), 1 / y, -x / y**2)


def modulo(a, b):
    if math.isnan(a) or math.isnan(b) or math.isinf(a) or math.isinf(b) or b == 0:
        return ("*",) * 6
    quotient = Fraction(a) // Fraction(b)
    y = Fraction(a) - Fraction(b) * quotient
    # The sign of 0 is that of a.
    return (math.copysign(0.0, a) if y == 0 else ratio(y), 1.0, ratio(Fraction(-quotient)), 0.0, 0.0, 0.0)


def ratio(x):
    try:
        return float(x)
    except OverflowError:
        return INF if x > 0 else -INF


def polygamma(n, x):
    return (polygammas(int(n), mpf(x)), 0.0, polygammas(int(n) + 1, mpf(x)), 0.0, 0.0, polygammas(int(n) + 2, mpf(x)))


POLYGAMMAS = [(float(n), x) for n in range(6) for x in (1e-5, 0.1, 0.5, 1.0, 1.5, 2.7, 7.25, 30.0, 1e5, -0.25, -0.5, -2.7, -7.25)]
LOGARITHMS = [(0.0, 1e5), (0.0, 800.0), (800.0, 0.0), (-800.0, -810.0), (700.0, 745.0), (1e16, 1e16), (-1e16, -1e16), (40.0, 0.0)]

SPECIAL_FUNCTIONS += [
    Several("hypot", PAIRS, hypotenuse, lambda a, b: mp.sqrt(a * a + b * b)),
    Several("atan2", PAIRS, angle, lambda y, x: mp.atan2(y, x)),
    Several("logAddExp", PAIRS + LOGARITHMS, log_add_exp, lambda a, b: mp.log(mp.exp(a) + mp.exp(b))),
    Several("xLogY", PAIRS, xlogy),
    Several("polygamma", POLYGAMMAS, polygamma),
]
ROUNDING += [Several("mod", PAIRS + [(1e20, 3.0), (7.5, -2.0), (-7.5, 2.0)], modulo)]
ARITHMETIC += [
    Several("add", PAIRS, add, lambda a, b: a + b),
    Several("subtract", PAIRS, subtract, lambda a, b: a - b),
    Several("multiply", PAIRS, multiply, lambda a, b: a * b),
    Several("divide", PAIRS, divide, lambda a, b: a / b),
    Power("power", POWER_POINTS, power, lambda x, p: mp.power(x, p)),
]
COMPARISONS += [
    Several("less", PAIRS, comparison(lambda a, b: a < b)),
    Several("equal", PAIRS, comparison(lambda a, b: a == b)),
    Several("lessOrEqual", PAIRS, comparison(lambda a, b: a <= b)),
    Several("maximum", PAIRS, extremum(lambda a, b: a > b)),
    Several("minimum", PAIRS, extremum(lambda a, b: a < b)),
    Several("clip", TRIPLES, clip),
    Several("where", CHOICES, where),
]
FAMILIES = {"Arithmetic": ARITHMETIC, "Elementary": ELEMENTARY, "Comparisons": COMPARISONS, "Activations": ACTIVATIONS,
            "Special": SPECIAL_FUNCTIONS, "Rounding": ROUNDING}

# ---------------------------------------------------------------- the tables


def section(rule):
    rows = [" ".join(map(text, (*point, *numbers))) for point, numbers in rule.rows()]
    assert len(rows) >= 40, (rule.name, len(rows))
    return f"[{rule.name}]\n" + "\n".join(rows) + "\n"


def table(family):
    lines = [section(rule) for rule in FAMILIES[family]]
    return "# Written by goldens.py; the format is described there.\n\n" + "\n".join(lines)


def main():
    mp.dps = DIGITS
    for rules in FAMILIES.values():
        for rule in rules:
            rule.verify()
    for family in FAMILIES:
        path = Path(__file__).with_name(family + ".txt")
        mp.dps = DIGITS
        written = table(family)
        mp.dps = 2 * DIGITS
        assert written == table(family), f"{family}: {DIGITS} digits are not enough"
        if "--check" in sys.argv[1:]:
            assert written == path.read_text(), f"{path.name} is not what this script writes"
        else:
            path.write_text(written)


main()
