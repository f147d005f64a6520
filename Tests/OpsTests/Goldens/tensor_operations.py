"""Goldens of the tensor operations: values, gradients and gradients of gradients by PyTorch in double precision.

Run with PyTorch 2 and NumPy:  python3 tensor_operations.py > tensor_operations.txt

For each case, with inputs x: y = f(x), s = Σ u·y, gᵢ = ∂s/∂xᵢ, t = Σ v·g and hᵢ = ∂t/∂xᵢ, where u and v are the fixed
weights of `weights`. One line per tensor: the shape, then the elements in the shortest form that reads back the same.
"""
import numpy as np
import torch

torch.set_default_dtype(torch.float64)
rng = np.random.default_rng(1)


def weights(shape, salt):
    """Not all equal, not symmetric, exact in binary: (37·k + salt) mod 11 from −5 to 5, in quarters."""
    n = int(np.prod(shape, dtype=int))
    w = (((37 * np.arange(n) + salt) % 11) - 5) / 4
    return torch.tensor(np.where(w == 0, 1.5, w).reshape(shape))


def line(tag, x):
    x = x.detach().numpy(force=True)
    shape = ",".join(map(str, x.shape)) or "-"
    print(tag, shape, *(repr(float(v)) for v in x.reshape(-1)))


def case(name, f, *inputs):
    xs = [torch.tensor(x, requires_grad=True) for x in inputs]
    print("case", name)
    for x in xs:
        line("x", x)
    y = f(*xs)
    line("y", y)
    s = (weights(y.shape, 1) * y).sum()
    gs = torch.autograd.grad(s, xs, create_graph=True, allow_unused=True)
    gs = [torch.zeros_like(x) if g is None else g for g, x in zip(gs, xs)]
    for g in gs:
        line("g", g)
    t = sum((weights(g.shape, 3 + i) * g).sum() for i, g in enumerate(gs))
    hs = [None] * len(xs)
    if t.requires_grad:
        hs = torch.autograd.grad(t, xs, allow_unused=True)
    for h, x in zip(hs, xs):
        line("h", torch.zeros_like(x) if h is None else h)


def reals(*shape):
    return np.round(rng.uniform(-2, 2, shape), 3)


def positive(*shape):
    return np.round(rng.uniform(0.2, 2.5, shape), 3)


def inside(*shape):
    return np.round(rng.uniform(-0.9, 0.9, shape), 3)


def probabilities(*shape):
    return np.round(rng.uniform(0.05, 0.95, shape), 3)


def signs(*shape):
    return np.where(rng.uniform(size=shape) < 0.5, -1.0, 1.0)


def bits(*shape):
    return np.where(rng.uniform(size=shape) < 0.5, 0.0, 1.0)


def definite(*shape):
    """Well conditioned: a multiple of the identity and some noise."""
    n = shape[-1]
    return np.round(rng.uniform(-1, 1, shape), 3) + 3 * np.eye(n)


# Elementwise, over shapes: a vector, one element, none, and a transposed matrix.
unary = {
    "negate": (torch.neg, reals), "square": (torch.square, reals), "reciprocal": (torch.reciprocal, positive),
    "exp": (torch.exp, reals), "expm1": (torch.expm1, reals), "log": (torch.log, positive),
    "log1p": (torch.log1p, positive), "sqrt": (torch.sqrt, positive), "sin": (torch.sin, reals),
    "cos": (torch.cos, reals), "tan": (torch.tan, inside), "asin": (torch.asin, inside),
    "acos": (torch.acos, inside), "atan": (torch.atan, reals), "sinh": (torch.sinh, reals),
    "cosh": (torch.cosh, reals), "tanh": (torch.tanh, reals), "asinh": (torch.asinh, reals),
    "acosh": (torch.acosh, lambda *s: 1 + positive(*s)), "atanh": (torch.atanh, inside), "erf": (torch.erf, reals),
    "abs": (torch.abs, reals), "sgn": (torch.sgn, reals), "sigmoid": (torch.sigmoid, reals),
    "relu": (torch.relu, reals), "softplus": (torch.nn.functional.softplus, reals),
    "leakyRelu": (torch.nn.functional.leaky_relu, reals), "elu": (torch.nn.functional.elu, reals),
    "gelu": (torch.nn.functional.gelu, reals), "silu": (torch.nn.functional.silu, reals),
}
for name, (f, sample) in unary.items():
    case(name, f, sample(2, 3))
for name in ["tanh", "softplus"]:
    f, sample = unary[name]
    for shape in [(), (1,), (0,), (3, 0, 2), (1, 1, 1), (2, 1, 3, 2), (67,)]:
        case(name, f, sample(*shape))
    case(name + " of a transposed", lambda x, f=f: f(x.mT), sample(3, 2))
    case(name + " of a slice", lambda x, f=f: f(x[1:, ::2]), sample(3, 4))

binary = {
    "add": (torch.add, reals, reals), "subtract": (torch.sub, reals, reals), "multiply": (torch.mul, reals, reals),
    "divide": (torch.div, reals, positive), "power": (torch.pow, positive, reals),
    "maximum": (torch.maximum, reals, reals), "minimum": (torch.minimum, reals, reals),
}
for name, (f, first, second) in binary.items():
    for a, b in [((2, 3), (2, 3)), ((2, 3), (3,)), ((3, 1), (1, 4)), ((2, 1), (2, 3)), ((), (2, 2)), ((2, 2), ())]:
        case(name, f, first(*a), second(*b))
for a, b in [((2, 0, 3), (3,)), ((1,), (1, 1)), ((2, 3, 2), (3, 1)), ((4, 1, 2), (1, 3, 1))]:
    case("multiply", torch.mul, reals(*a), reals(*b))
case("add of a transposed", lambda a, b: a.mT + b, reals(3, 2), reals(2, 3))
case("maximum", torch.maximum, np.array([1.0, 2.0, 3.0]), np.array([1.0, 5.0, 0.0]))
case("clip", lambda x: torch.clip(x, -0.5, 1), reals(3, 3))
case("where", lambda c, a, b: torch.where(c > 0, a, b), reals(2, 3), reals(3), reals(2, 1))

# Reductions, over all axes, one, several, and keeping them.
x23, x43, x234 = reals(2, 3), reals(4, 3), reals(2, 3, 4)
for name, f in {
    "sum": torch.sum, "mean": torch.mean, "max": torch.amax, "min": torch.amin, "logSumExp": torch.logsumexp,
    "variance": lambda x, d, keepdim=False: torch.var(x, d, correction=0, keepdim=keepdim),
    "unbiased variance": lambda x, d, keepdim=False: torch.var(x, d, keepdim=keepdim),
    "standardDeviation": lambda x, d, keepdim=False: torch.std(x, d, correction=0, keepdim=keepdim),
    "norm": lambda x, d, keepdim=False: torch.linalg.vector_norm(x, 2, d, keepdim=keepdim),
    "norm 1": lambda x, d, keepdim=False: torch.linalg.vector_norm(x, 1, d, keepdim=keepdim),
    "norm 3": lambda x, d, keepdim=False: torch.linalg.vector_norm(x, 3, d, keepdim=keepdim),
    "norm ∞": lambda x, d, keepdim=False: torch.linalg.vector_norm(x, np.inf, d, keepdim=keepdim),
}.items():
    case(f"{name} all", lambda x, f=f: f(x, (0, 1, 2)), x234)
    case(f"{name} 0", lambda x, f=f: f(x, 0), x43)
    case(f"{name} -1", lambda x, f=f: f(x, -1), x234)
    case(f"{name} 0,2", lambda x, f=f: f(x, (0, 2)), x234)
    case(f"{name} 1 keeping", lambda x, f=f: f(x, 1, keepdim=True), x234)
    case(f"{name} -1", lambda x, f=f: f(x, -1), reals(2, 4))
    case(f"{name} of a transposed", lambda x, f=f: f(x.mT, 0), x23)
case("sum all", torch.sum, reals(0, 3))
case("sum 0", lambda x: torch.sum(x, 0), reals(0, 3))
case("max all", lambda x: torch.amax(x, (0, 1)), np.array([[1.0, 3.0], [3.0, 3.0]]))
case("max -1", lambda x: torch.amax(x, -1), np.array([[1.0, 1.0], [2.0, 3.0]]))
case("min all", lambda x: torch.amin(x, (0, 1)), np.array([[1.0, 3.0], [1.0, 3.0]]))
case("norm all", lambda x: torch.linalg.vector_norm(x, 2, 0), np.array([3.0, -4.0]))
case("prod all", torch.prod, x23)
case("prod -1", lambda x: torch.prod(x, -1), reals(2, 5))
case("prod 0", lambda x: torch.prod(x, 0), x23)
case("prod all", torch.prod, np.array([2.0, 0.0, 3.0]))
case("prod all", torch.prod, np.array([2.0, 0.0, 0.0, 5.0]))
case("prod all", torch.prod, np.array([1.5]))
case("cumulativeSum -1", lambda x: torch.cumsum(x, -1), x23)
case("cumulativeSum 0", lambda x: torch.cumsum(x, 0), x234)
case("logSumExp -1", lambda x: torch.logsumexp(x, -1), np.array([[1000.0, 1000.5], [-1000.0, 3.0]]))
for name, f in {"softmax": torch.softmax, "logSoftmax": torch.log_softmax}.items():
    case(f"{name} -1", lambda x, f=f: f(x, -1), x23)
    case(f"{name} 0", lambda x, f=f: f(x, 0), x234)
    case(f"{name} 1", lambda x, f=f: f(x, 1), x234)
    case(f"{name} -1", lambda x, f=f: f(x, -1), np.array([[30.0, 20.0, 0.0], [-500.0, 0.0, 3.0]]))
    case(f"{name} 0,2", lambda x, f=f: f(x.permute(1, 0, 2).reshape(3, 8), 1).reshape(3, 2, 4).permute(1, 0, 2), x234)

# Products and systems.
for a, b in [((2, 3), (3, 4)), ((3,), (3,)), ((2, 3), (3,)), ((3,), (3, 2)), ((5, 2, 3), (3, 2)), ((5, 2, 3), (3,)),
             ((2, 3), (5, 3, 2)), ((5, 2, 3), (5, 3, 2)), ((2, 1, 2, 3), (4, 3, 2)), ((3,), (5, 3, 2)), ((1, 1), (1, 1)),
             ((2, 0), (0, 3)), ((0, 2), (2, 3)), ((9, 17), (17, 5))]:
    case("matmul", torch.matmul, reals(*a), reals(*b))
case("matmul of a transposed", lambda a, b: a.mT @ b, reals(3, 2), reals(3, 4))
case("matmul by a transposed", lambda a, b: a @ b.mT, reals(5, 2, 3), reals(5, 4, 3))
case("matmul of two transposed", lambda a, b: a.mT @ b.mT, reals(3, 2), reals(4, 3))
case("dot", torch.dot, reals(4), reals(4))
case("outer", torch.outer, reals(2), reals(3))
case("trace", torch.trace, reals(3, 3))
case("diagonal", lambda x: torch.diagonal(x, dim1=-2, dim2=-1), reals(2, 3, 4))
case("lowerTriangle", torch.tril, reals(3, 4))
case("upperTriangle", torch.triu, reals(2, 3, 3))
case("solve", torch.linalg.solve, definite(3, 3), reals(3, 2))
case("solve", torch.linalg.solve, definite(3, 3), reals(3))
case("solve", torch.linalg.solve, definite(2, 3, 3), reals(2, 3, 1))
case("solve", torch.linalg.solve, np.array([[0.0, 2.0, 1.0], [3.0, 0.0, 1.0], [1.0, 1.0, 0.0]]), reals(3, 1))
case("solve", torch.linalg.solve, definite(12, 12) * 2, reals(12, 2))
case("solve lower", lambda a, b: torch.linalg.solve_triangular(a, b, upper=False), definite(3, 3), reals(3, 2))
case("solve lower transposed", lambda a, b: torch.linalg.solve_triangular(a.mT, b, upper=True), definite(3, 3), reals(3, 2))
case("inverse", torch.linalg.inv, definite(3, 3))
case("inverse", torch.linalg.inv, definite(2, 2, 2))
case("determinant", torch.linalg.det, definite(3, 3))
case("determinant", torch.linalg.det, np.array([[0.0, 2.0], [3.0, 1.0]]))
case("determinant", torch.linalg.det, definite(2, 3, 3))
case("logDeterminant", torch.logdet, definite(4, 4))
case("logDeterminant", lambda x: torch.linalg.slogdet(x)[1], definite(2, 3, 3) * np.array([[[-1.0]], [[1.0]]]))
case("cholesky", lambda x: torch.linalg.cholesky(x @ x.mT), definite(3, 3))
case("cholesky", lambda x: torch.linalg.cholesky(x @ x.mT), definite(2, 2, 2))

# Shaping.
case("reshape", lambda x: x.reshape(3, 4), reals(2, 6))
case("transpose", lambda x: x.mT, reals(2, 3, 4))
case("permute", lambda x: x.permute(2, 0, 1), reals(2, 3, 4))
case("broadcast", lambda x: x.expand(2, 3, 4), reals(3, 1))
case("concatenate 0", lambda a, b: torch.cat([a, b]), reals(2, 3), reals(1, 3))
case("concatenate -1", lambda a, b, c: torch.cat([a, b, c], -1), reals(2, 3), reals(2, 1), reals(2, 2))
case("concatenate 0", lambda a, b: torch.cat([a, b]), reals(0, 3), reals(2, 3))
case("stack 0", lambda a, b, c: torch.stack([a, b, c]), reals(2), reals(2), reals(2))
case("stack -1", lambda a, b: torch.stack([a, b], -1), reals(2, 2), reals(2, 2))
case("split", lambda x: torch.mul(*torch.split(x, [2, 2], 1)), reals(3, 4))
case("slice rows", lambda x: x[1:3], reals(4, 3))
case("slice columns", lambda x: x[:, 1:], reals(4, 3))
case("slice -1", lambda x: x[1:, -1], reals(4, 3))
case("slice steps", lambda x: x[1::2, ::3], reals(5, 4))
case("slice new axis", lambda x: x[:, None, 0], reals(3, 2))
case("flip", lambda x: torch.flip(x, [0, 1]), reals(2, 3))
case("flip columns", lambda x: torch.flip(x, [1])[:, ::2], reals(2, 5))
case("pad", lambda x: torch.nn.functional.pad(x, (1, 2, 0, 1)), reals(2, 2))
case("pad with 3", lambda x: torch.nn.functional.pad(x, (0, 1), value=3.0), reals(2, 2))
case("gather", lambda x: x[[2, 0, 2, 1]], reals(3, 2))
case("gather -1", lambda x: x[:, :, [1, 1]], reals(2, 3, 2))
case("pick", lambda x: x[[0, 1, 2], [2, 0, 1]], reals(3, 3))
case("scatterAdd", lambda x, y: x.index_add(0, torch.tensor([1, 1, 0]), y), reals(3, 2), reals(3, 2))
case("tile", lambda x: x.tile(2, 3), reals(2, 2))
case("repeat", lambda x: x.repeat_interleave(2, 0).repeat_interleave(3, 1), reals(2, 2))
case("squeeze", lambda x: x.squeeze(1).unsqueeze(0), reals(2, 1, 3))

# Losses, with a mean over the samples.
F = torch.nn.functional
case("absoluteError", F.l1_loss, reals(3, 2), reals(3, 2))
case("squaredError", F.mse_loss, reals(3, 2), reals(3, 2))
case("squaredError sum", lambda a, b: F.mse_loss(a, b, reduction="sum"), reals(3, 2), reals(3, 2))
case("squaredError none", lambda a, b: F.mse_loss(a, b, reduction="none"), reals(3, 2), reals(3, 2))
case("halfSquaredError", lambda a, b: F.mse_loss(a, b) / 2, reals(4), reals(4))
y01, y11 = np.array([1.0, 0, 0, 1, 1]), np.array([1.0, -1, -1, 1, -1])
case("perceptronError 01", lambda s: (torch.tensor(y01) * F.relu(-s) + (1 - torch.tensor(y01)) * F.relu(s)).mean(), reals(5))
case("perceptronError ±1", lambda s: F.relu(-torch.tensor(y11) * s).mean(), reals(5))
case("hinge", lambda s: F.relu(1 - torch.tensor(y11) * s).mean(), reals(5))
case("squaredHinge", lambda s: (0.5 * F.relu(1 - torch.tensor(y11) * s) ** 2).mean(), reals(5))
case("logistic", lambda s: F.soft_margin_loss(s, torch.tensor(y11)), reals(5))


def log_loss(p, y):  # PyTorch's own adds 1e-12 to a denominator of its second derivative
    return -(y * torch.log(p) + (1 - y) * torch.log1p(-p)).mean()


case("logLoss", lambda p: log_loss(p, torch.tensor(y01)), probabilities(5))
case("logLoss soft", log_loss, probabilities(5), probabilities(5))
case("logLoss logits", F.binary_cross_entropy_with_logits, reals(5) * 10, probabilities(5))
case("crossEntropy", lambda p, q: -(q * torch.log(p)).sum(-1).mean(), probabilities(3, 4), probabilities(3, 4))
case("crossEntropy labels", lambda p: F.nll_loss(torch.log(p), torch.tensor([1, 3, 0])), probabilities(3, 4))
case("crossEntropy logits", lambda z, q: F.cross_entropy(z, q), reals(3, 4) * 5, probabilities(3, 4))
case("softmaxCrossEntropy", lambda z: F.cross_entropy(z, torch.tensor([1, 3, 0])), reals(3, 4) * 5)
case("softmaxCrossEntropy sum", lambda z: F.cross_entropy(z, torch.tensor([1, 3, 0]), reduction="sum"), reals(3, 4) * 5)
case("l1Penalty", lambda w: w.abs().sum(), reals(2, 3))
case("l2Penalty", lambda w: (w * w).sum(), reals(2, 3))

case("gather elements", lambda x: torch.gather(x, 1, torch.tensor([[0, 2, 2, 1], [1, 1, 0, 2]])), reals(3, 3))
case("gather elements 0", lambda x: torch.gather(x, 0, torch.tensor([[[2, 0]], [[1, 2]]])), reals(3, 2, 2))
case("scatterAdd elements", lambda x, y: x.scatter_add(0, torch.tensor([[2, 0, 2], [2, 1, 0]]), y), reals(3, 3), reals(2, 3))

# What was named last: special functions, order, triangles, sums of products, windows.
more_unary = {
    "exp2": (torch.exp2, reals), "log2": (torch.log2, positive), "log10": (torch.log10, positive),
    "erfc": (torch.erfc, reals), "lgamma": (torch.lgamma, positive), "digamma": (torch.digamma, positive),
    "sinc": (torch.sinc, reals), "logSigmoid": (F.logsigmoid, reals), "floor": (torch.floor, reals),
    "cbrt": (lambda x: torch.sgn(x) * torch.abs(x) ** (1 / 3), reals),
}
for name, (f, sample) in more_unary.items():
    case(name, f, sample(2, 3))
more_binary = {
    "atan2": (torch.atan2, reals, reals), "hypot": (torch.hypot, reals, reals),
    "logAddExp": (torch.logaddexp, reals, reals), "xlogy": (torch.xlogy, reals, positive),
    "mod": (torch.remainder, reals, positive),
}
for name, (f, first, second) in more_binary.items():
    case(name, f, first(2, 3), second(2, 3))
    case(name, f, first(2, 1), second(3))
case("cumulativeProduct -1", lambda x: torch.cumprod(x, -1), reals(2, 4))
case("cumulativeProduct 0", lambda x: torch.cumprod(x, 0), reals(3, 2, 2))
case("cumulativeProduct -1", lambda x: torch.cumprod(x, -1), np.array([[2.0, 0.0, 3.0], [1.5, -2.0, 0.0]]))
case("sorted -1", lambda x: torch.sort(x, -1)[0], reals(2, 5))
case("sorted 0 descending", lambda x: torch.sort(x, 0, descending=True)[0], reals(4, 3))
case("argsort", lambda x: x * torch.argsort(x, -1), reals(2, 5))
case("topK", lambda x: torch.topk(x, 2)[0], reals(2, 5))
case("topK 0", lambda x: torch.topk(x, 3, 0)[0], reals(4, 2))
case("lowerTriangle -1", lambda x: torch.tril(x, -1), reals(3, 4))
case("upperTriangle 1", lambda x: torch.triu(x, 1), reals(3, 3))
case("diagonal matrix", torch.diag, reals(3))
case("kronecker", torch.kron, reals(2, 3), reals(2, 2))
case("kronecker", torch.kron, reals(2), reals(3))
for rule, shapes in [("ij,jk->ik", [(2, 3), (3, 4)]), ("bij,bjk->bik", [(2, 2, 3), (2, 3, 2)]), ("ij,kj->ik", [(2, 3), (4, 3)]),
                     ("i,j->ij", [(2,), (3,)]), ("ij->ji", [(2, 3)]), ("ij->j", [(2, 3)]), ("ij,ij->", [(2, 3), (2, 3)]),
                     ("ij,jk,kl->il", [(2, 3), (3, 2), (2, 2)]), ("bhqd,bhkd->bhqk", [(2, 2, 2, 3), (2, 2, 3, 3)]),
                     ("ii->i", [(3, 3)]), ("ii->", [(3, 3)]), ("iji,i->j", [(2, 3, 2), (2,)]), ("ij,i", [(2, 3), (2,)])]:
    case("einsum " + rule, lambda *x, rule=rule: torch.einsum(rule, *x), *[reals(*s) for s in shapes])
case("oneHot", lambda x: F.one_hot(torch.tensor([2, 0]), 3).double() @ x, reals(3, 2))
case("take", lambda x: x[[1, 1, 0]], reals(3, 2))
case("convolution 1", F.conv1d, reals(2, 2, 5), reals(3, 2, 2))
case("convolution 1 by 2", lambda x, w: F.conv1d(x, w, stride=2, padding=1), reals(1, 2, 6), reals(2, 2, 3))
case("convolution 2", F.conv2d, reals(2, 2, 3, 4), reals(2, 2, 2, 2))
case("convolution 2 by 2", lambda x, w: F.conv2d(x, w, stride=2, padding=1), reals(1, 2, 4, 3), reals(2, 2, 2, 3))
case("maxPooled 1", lambda x: F.max_pool1d(x, 2), reals(1, 2, 6))
case("maxPooled 2", lambda x: F.max_pool2d(x, 2, stride=1, padding=1), reals(1, 2, 3, 4))
case("averagePooled 1", lambda x: F.avg_pool1d(x, 3, stride=1), reals(1, 2, 6))
case("averagePooled 2", lambda x: F.avg_pool2d(x, 2, padding=1), reals(1, 2, 4, 4))
case("normalized", lambda x: F.layer_norm(x, x.shape[-1:]), reals(3, 4))
case("layer norm", lambda x, g, b: F.layer_norm(x, x.shape[-1:], g, b), reals(3, 4), positive(4), reals(4))
