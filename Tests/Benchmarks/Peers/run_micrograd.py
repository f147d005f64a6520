"""micrograd, with sin and tanh added the way it defines relu."""

import math
from importlib.metadata import version

import harness
from micrograd.engine import Value


def unary(name, value, local):
    def apply(x):
        out = Value(value(x.data), (x,), name)

        def backward():
            x.grad += local(x.data, out.data) * out.grad

        out._backward = backward
        return out

    return apply


def record(f, inputs):
    x = [Value(value) for value in inputs]
    y = f(x)

    def walk():
        y.backward()
        return [v.grad for v in x]

    return walk


sin = unary("sin", math.sin, lambda x, y: math.cos(x))
tanh = unary("tanh", math.tanh, lambda x, y: 1 - y * y)
harness.run(f"micrograd {version('micrograd')}", record, sin, tanh, (2_000, 2, 20_000))
