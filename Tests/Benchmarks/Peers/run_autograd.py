"""autograd. It takes a gradient by a list of scalars in time quadratic in their number, hence the small sizes."""

from importlib.metadata import version

import autograd.numpy as np
import harness
from autograd import make_vjp


def record(f, inputs):
    vjp, _ = make_vjp(f)(inputs)
    return lambda: vjp(1.0)


harness.run(f"autograd {version('autograd')}", record, np.sin, np.tanh, (100, 1, 10_000))
