"""JAX, each scalar an array, not compiled: a trace of so many operations would be compiled for minutes."""

import harness
import jax

jax.config.update("jax_enable_x64", True)


def record(f, inputs):
    _, vjp = jax.vjp(f, [jax.numpy.float64(value) for value in inputs])
    return lambda: vjp(jax.numpy.float64(1))[0]


harness.run(f"JAX {jax.__version__}, scalars, not compiled", record, jax.numpy.sin, jax.numpy.tanh, (100, 1, 1_000))
